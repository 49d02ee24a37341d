"""The pages of the book on a terminal: what the span is, the lines, and the sums under them."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.speech import either
from cli.views.ledger_views import inked, show_left, trial_balance_table
from cli.words import word
from exports.pages import MONTH, OPENING, YEAR, Page
from exports.tabs.trial_balance import side
from ledger.chart import account
from ledger.page_reports import AccountPage, JournalPage, OrderPage, PageLine, Span, TrialBalancePage

_EN = {OPENING: "Opening", MONTH: "This month", YEAR: "This year"}
_SIDES = {"借": "Dr", "贷": "Cr", "平": "-"}


def show_page(page: Page, console: Console, language: str) -> None:
    """One page, whichever it is."""
    console.print(Text(_headline(page, language), style="bold"), soft_wrap=True)
    if isinstance(page, TrialBalancePage):
        table = trial_balance_table(page.rows, language)
        table.title = None
        console.print(table)
    elif isinstance(page, JournalPage):
        console.print(_journal(page, language))
    elif isinstance(page, AccountPage):
        console.print(_account(page, language))
    else:
        _show_order(page, console, language)


def span_said(span: Span, language: str) -> str:
    """What a page is of, in words: the month, until which day, known at which entry."""
    said = [span.period] if span.period else []
    if span.as_of:
        said.append(either(language, f"截至 {span.as_of}", f"as of {span.as_of}"))
    if span.known_at is not None:
        said.append(
            either(language, f"按第 {span.known_at} 号凭证时所知", f"as known at entry #{span.known_at}")
        )
    return " ".join(said)


def _headline(page: Page, language: str) -> str:
    title = {
        TrialBalancePage: word("trial_balance", language),
        JournalPage: word("journal", language),
    }.get(type(page), "")
    if isinstance(page, AccountPage):
        title = f"{page.account} {page.name_zh if language == 'zh' else page.name_en}"
    if isinstance(page, OrderPage):
        title = f"{word('order_no', language)} {page.order_no}"
    return f"{title}  {span_said(page.span, language)}".strip()


def _journal(page: JournalPage, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim", show_footer=True)
    for heading in ("day", "voucher", "narration", "account"):
        footer = word("total", language) if heading == "account" else ""
        table.add_column(word(heading, language), footer, overflow="fold", no_wrap=heading == "day")
    sums = (sum(row.debit_fen for row in page.rows), sum(row.credit_fen for row in page.rows))
    for heading, total in zip(("debit", "credit"), sums, strict=True):
        table.add_column(word(heading, language), format_yuan(total), justify="right", no_wrap=True)
    for row in page.rows:
        amounts = (inked(fen, row.colour) for fen in (row.debit_fen, row.credit_fen))
        table.add_row(
            row.effective_on.isoformat(),
            row.voucher,
            Text(row.narration),
            _named(row.account, row.account_zh, language),
            *amounts,
        )
    return table


def _account(page: AccountPage, language: str) -> Table:
    table = _lines_table(language)
    _add_sums(table, OPENING, (None, None, page.opening_fen), language)
    for line in page.lines:
        _add_line(table, line, "" if line.account == page.account else line.account, language)
    for label, sums in (
        (MONTH, (page.debit_fen, page.credit_fen, page.closing_fen)),
        (YEAR, (page.year_debit_fen, page.year_credit_fen, page.closing_fen)),
    ):
        _add_sums(table, label, sums, language)
    return table


def _show_order(page: OrderPage, console: Console, language: str) -> None:
    table = _lines_table(language)
    for line in page.lines:
        _add_line(table, line, _named(line.account, line.account_zh, language), language)
    console.print(table)
    held = Table(box=None, pad_edge=False, header_style="dim")
    held.add_column(word("account", language))
    held.add_column(word("balance", language), justify="right")
    for row in page.accounts:
        held.add_row(_named(row.account, row.name_zh, language), format_yuan(row.balance_fen))
    console.print(held)
    show_left(page.left, console, language)


def _lines_table(language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("day", "voucher", "narration", "account"):
        table.add_column(word(heading, language), overflow="fold", no_wrap=heading == "day")
    for heading in ("debit", "credit"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    table.add_column("")
    table.add_column(word("balance", language), justify="right", no_wrap=True)
    return table


def _add_line(table: Table, line: PageLine, named: str, language: str) -> None:
    amounts = (inked(fen, line.colour) for fen in (line.debit_fen, line.credit_fen))
    balance = _balance(line.balance_fen, language)
    day = line.effective_on.isoformat()
    table.add_row(day, line.voucher, Text(line.narration), named, *amounts, *balance)


def _add_sums(table: Table, label: str, sums: tuple[int | None, int | None, int], language: str) -> None:
    amounts = ("" if fen is None else format_yuan(fen) for fen in sums[:2])
    said = either(language, label, _EN[label])
    table.add_row("", "", said, "", *amounts, *_balance(sums[2], language), style="bold")


def _balance(fen: int, language: str) -> tuple[str, str]:
    return either(language, side(fen), _SIDES[side(fen)]), format_yuan(abs(fen))


def _named(code: str, name_zh: str, language: str) -> str:
    return f"{code} {name_zh if language == 'zh' else account(code).name_en}"
