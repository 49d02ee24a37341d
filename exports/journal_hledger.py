"""The month as an hledger journal, closed by assertions of every balance, so that `hledger check` proves it.

The first transaction brings the opening balances, the last asserts the closing ones. All accounts and the
one commodity are declared, so `--strict` holds too. Texts are made harmless: nothing in them can end a line,
start a comment, date a posting or become a posting.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from calculators.days import first_of, last_of
from calculators.money import format_yuan
from exports.account_names import hledger_name, root_of
from exports.vouchers import checked_entries, one_line, says, write_text
from ledger.reports import AccountRow, EntryReport
from ledger.reports_of_handing import HandOver

COMMODITY = "CNY"
_TYPES = {"Assets": "A", "Liabilities": "L", "Equity": "E", "Income": "R", "Expenses": "X"}
_HARMLESS = str.maketrans({";": "；", ":": "：", "[": "［", "]": "］", ",": "，", "|": "｜", "@": "＠"})


def write_hledger(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month as an hledger journal in UTF-8; `ExportError` where it or the place cannot be."""
    write_text(to, hledger_text(month), "utf-8", overwrite=overwrite)


def hledger_text(month: HandOver) -> str:
    """The journal's text; `BadBooks` for vouchers that do not tie out."""
    entries = sorted(checked_entries(month), key=lambda entry: (entry.effective_on, entry.seq))
    names = {account.code: hledger_name(account) for account in month.accounts}
    first = first_of(month.period)
    parts = [
        _heading(month),
        *(_declared(account) for account in month.accounts),
        _opening(month, names, first),
        *(_transaction(entry, names) for entry in entries),
        _closing(month, names, last_of(month.period)),
    ]
    return "\n".join([*filter(None, parts), ""])


def harmless(text: str) -> str:
    """A text that hledger takes as words only, wherever it stands in a description or a comment.

    >>> harmless("退款; date:2020-01-01")
    '退款； date：2020-01-01'
    """
    return one_line(text).translate(_HARMLESS).strip()


def _heading(month: HandOver) -> str:
    return (
        f"; {harmless(month.book)} {month.period}, head {month.head.seq} {month.head.hash}\n"
        f"decimal-mark .\ncommodity 1000.00 {COMMODITY}\n"
    )


def _declared(account: AccountRow) -> str:
    return f"account {hledger_name(account)}  ; type:{_TYPES[root_of(account.code)]}"


def _opening(month: HandOver, names: dict[str, str], on: date) -> str:
    rows = [(names[row.account], row.opening_fen) for row in month.trial_balance if row.opening_fen]
    return _block(f"{on.isoformat()} * 期初余额 / opening balances", _postings(rows)) if rows else ""


def _closing(month: HandOver, names: dict[str, str], on: date) -> str:
    """Postings of nothing, each asserting what its account must stand at."""
    lines = (
        f"    {names[row.account]}  0.00 {COMMODITY} = {format_yuan(row.closing_fen)} {COMMODITY}"
        for row in month.trial_balance
    )
    return _block(f"{on.isoformat()} * 期末余额 / closing balances", lines) if month.trial_balance else ""


def _transaction(entry: EntryReport, names: dict[str, str]) -> str:
    about = [("seq", str(entry.seq)), ("order", entry.order_no), ("claim", entry.claim_no)]
    about += [(f"corrects-in-{entry.colour}", str(entry.reverses))] if entry.colour else []
    tags = ", ".join(f"{name}:{harmless(text)}" for name, text in about if text)
    heading = f"{entry.effective_on.isoformat()} * ({entry.voucher}) {harmless(entry.narration)}  ; {tags}"
    return _block(heading, _lines(entry, names))


def _lines(entry: EntryReport, names: dict[str, str]) -> Iterator[str]:
    for line in entry.postings:
        posting = f"    {names[line.account]}  {format_yuan(line.amount_fen)} {COMMODITY}"
        yield f"{posting}  ; {harmless(says(entry, line))}" if line.narration else posting


def _postings(rows: Iterable[tuple[str, int]]) -> Iterator[str]:
    return (f"    {name}  {format_yuan(fen)} {COMMODITY}" for name, fen in rows)


def _block(heading: str, lines: Iterable[str]) -> str:
    return "\n".join(["", heading, *lines, ""])
