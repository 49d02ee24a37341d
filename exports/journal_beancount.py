r"""The month as a Beancount journal, closed by a balance directive for every account, which bean-check proves.

The first transaction brings the opening balances; the balance directives stand on the first of the month
after, because Beancount checks them in the morning, and say `~ 0`, because it would let a fen pass. Texts
stand in quotes, with quotes and backslashes escaped and without line ends, so none can become a directive.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from calculators.days import first_of, months_after
from calculators.money import format_yuan
from exports.account_names import beancount_name
from exports.vouchers import checked_entries, one_line, write_text
from ledger.reports import EntryReport
from ledger.reports_of_handing import HandOver

COMMODITY = "CNY"


def write_beancount(month: HandOver, to: Path, *, overwrite: bool = False) -> None:
    """Write the month as a Beancount journal in UTF-8; `ExportError` where it or the place cannot be."""
    write_text(to, beancount_text(month), "utf-8", overwrite=overwrite)


def beancount_text(month: HandOver) -> str:
    """The journal's text; `BadBooks` for vouchers that do not tie out."""
    entries = sorted(checked_entries(month), key=lambda entry: (entry.effective_on, entry.seq))
    names = {account.code: beancount_name(account) for account in month.accounts}
    first = first_of(month.period)
    parts = [
        _heading(month),
        *(_opened(name, first) for name in names.values()),
        *_opening(month, names, first),
        *(_transaction(entry, names) for entry in entries),
        "",
        *_closing(month, names, months_after(first, 1)),
    ]
    return "\n".join([*parts, ""])


def quoted(text: str) -> str:
    r"""The text as a Beancount string: one line, with quotes and backslashes escaped.

    >>> quoted('the "red" one')
    '"the \\"red\\" one"'
    """
    escaped = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _heading(month: HandOver) -> str:
    title = quoted(f"{month.book} {month.period}")
    head = f"; head {month.head.seq} {month.head.hash}"
    return f'option "title" {title}\noption "operating_currency" "{COMMODITY}"\n{head}\n'


def _opened(name: str, on: date) -> str:
    return f"{on.isoformat()} open {name} {COMMODITY}"


def _opening(month: HandOver, names: dict[str, str], on: date) -> list[str]:
    rows = [(names[row.account], row.opening_fen) for row in month.trial_balance if row.opening_fen]
    lines = (_posting(name, fen) for name, fen in rows)
    return [_block(f'{on.isoformat()} * "期初余额 / opening balances"', lines)] if rows else []


def _closing(month: HandOver, names: dict[str, str], on: date) -> Iterator[str]:
    for row in month.trial_balance:
        balance = f"{format_yuan(row.closing_fen)} ~ 0 {COMMODITY}"
        yield f"{on.isoformat()} balance {names[row.account]} {balance}"


def _transaction(entry: EntryReport, names: dict[str, str]) -> str:
    about = [("voucher", entry.voucher), ("order", entry.order_no), ("claim", entry.claim_no)]
    heading = [
        f"{entry.effective_on.isoformat()} * {quoted(entry.narration)}",
        f"  seq: {entry.seq}",
        *(f"  {name}: {quoted(text)}" for name, text in about if text),
        *([f"  corrects-in-{entry.colour}: {entry.reverses}"] if entry.colour else []),
    ]
    return _block("\n".join(heading), _lines(entry, names))


def _lines(entry: EntryReport, names: dict[str, str]) -> Iterator[str]:
    for line in entry.postings:
        yield _posting(names[line.account], line.amount_fen)
        if line.narration:
            yield f"    narration: {quoted(line.narration)}"


def _posting(name: str, fen: int) -> str:
    return f"  {name}  {format_yuan(fen)} {COMMODITY}"


def _block(heading: str, lines: Iterable[str]) -> str:
    return "\n".join(["", heading, *lines])
