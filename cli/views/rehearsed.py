"""A rehearsal as people read it: the total, then clauses, orders, accounts and decisions that would be others."""

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.money import format_yuan
from cli.speech import either
from cli.words import word
from ledger.chart import account
from ledger.replay_reports import Compared, Rehearsed, RehearsedClaim

SHOWN_MAX = 20


def show_rehearsed(told: Rehearsed, console: Console, language: str) -> None:
    """What would have been otherwise; the largest differences first, and of each list as many as one reads."""
    console.print(Text(_headline(told, language), style="bold"), soft_wrap=True)
    lists = (
        (("clause", "item"), told.clauses, lambda row: (row.rule, word(row.item, language))),
        (("order_no",), told.orders, lambda row: (row.subject,)),
        (("account",), told.accounts, lambda row: (_account(row.account, language),)),
    )
    for headings, rows, names in lists:
        differing = [row for row in rows if row.difference_fen]
        if differing:
            console.print(_table(headings, ((names(row), row) for row in differing[:SHOWN_MAX]), language))
            _more(console, len(differing), language)
    _show_decisions(told, console, language)


def _headline(told: Rehearsed, language: str) -> str:
    amounts = (told.booked_fen, told.would_be_fen, told.difference_fen)
    booked, would_be, difference = map(format_yuan, amounts)
    counts = (told.settlements, len(told.claims))
    return either(
        language,
        "预演：结算单 {} 份，其中 {} 份会不同；账上 {}，改按此规则 {}，差额 {}。什么都没有入账。",
        "rehearsed: {} settlements, {} of them would be others; booked {}, would be {}, difference {}. "
        "Nothing was posted.",
    ).format(*counts, booked, would_be, difference)


def _table(headings: Sequence[str], rows: Iterable[tuple[tuple[str, ...], Compared]], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in headings:
        table.add_column(word(heading, language), overflow="fold")
    for heading in ("booked", "would_be", "difference"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for names, row in rows:
        table.add_row(*names, *map(format_yuan, (row.booked_fen, row.would_be_fen, row.difference_fen)))
    return table


def _account(code: str, language: str) -> str:
    leaf = account(code)
    return f"{code} {leaf.name_zh if language == 'zh' else leaf.name_en}"


def _show_decisions(told: Rehearsed, console: Console, language: str) -> None:
    """The claims that would have been held, refused or sent for approval, or would not have needed it."""
    decided = [claim for claim in told.claims if claim.decided != claim.would_decide]
    if not decided:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("claim_no", "order_no", "decision", "clause"):
        table.add_column(word(heading, language), no_wrap=heading != "clause")
    table.add_column("", overflow="fold")
    for claim in decided[:SHOWN_MAX]:
        table.add_row(*_decision(claim, language))
    console.print(table)
    _more(console, len(decided), language)


def _decision(claim: RehearsedClaim, language: str) -> tuple[str, ...]:
    change = f"{word(claim.decided, language)} → {word(claim.would_decide, language)}"
    return (
        claim.claim_no,
        claim.subject,
        change,
        claim.rule,
        claim.why_zh if language == "zh" else claim.why_en,
    )


def _more(console: Console, count: int, language: str) -> None:
    if count > SHOWN_MAX:
        left = count - SHOWN_MAX
        said = either(language, f"… 另有 {left} 行，见 --json 或 --to", f"… {left} more, in --json and --to")
        console.print(Text(said, style="dim"))
