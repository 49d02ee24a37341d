"""Vouchers fit to be handed over: what every importer insists on, checked before a byte is written.

Each voucher balances and has two lines or more, names leaves of the chart only, carries the next number of
its month, and all of them together move every account by what the trial balance says.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from calculators.days import period_of
from calculators.money import format_yuan
from exports.errors import BadBooks
from exports.package import write_whole
from ledger.corrections import sides
from ledger.reports import EntryReport, PostingRow, TrialBalanceRow
from ledger.reports_of_handing import HandOver

WORD = "记"
LINES_MIN = 2
FAULTS_MAX = 5
_CODE = re.compile(r"\d+(\.\d+)*", re.ASCII)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def checked_entries(month: HandOver) -> tuple[EntryReport, ...]:
    """The month's entries in the order of their vouchers; `BadBooks` with the first faults where one is wrong."""
    faults = [fault for check in _CHECKS for fault in check(month)]
    if faults:
        more = [f"… {len(faults) - FAULTS_MAX} more"] if len(faults) > FAULTS_MAX else []
        raise BadBooks(faults[:FAULTS_MAX] + more)
    return month.entries


def write_text(to: Path, text: str, encoding: str, *, overwrite: bool) -> None:
    """Write a text as the file `to`, whole or not at all; line ends stay as they are."""
    content = text.encode(encoding)
    write_whole(to, lambda file: file.write(content), overwrite=overwrite)


def number_of(entry: EntryReport) -> int:
    """The number of a voucher such as 记-12."""
    return int(entry.voucher.rpartition("-")[2])


def says(entry: EntryReport, line: PostingRow) -> str:
    """What a line is for, on one line: its own narration, else its entry's; of a correction, always its entry's."""
    return one_line(line.narration if line.narration and entry.reverses is None else entry.narration)


def voucher_lines(month: HandOver) -> list["VoucherLine"]:
    """Every line of every checked voucher, for formats in which a voucher is many rows."""
    entries = checked_entries(month)
    return [VoucherLine(entry=entry, line=line) for entry in entries for line in entry.postings]


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherLine:
    """One row of an import file: a line together with the voucher that it belongs to."""

    entry: EntryReport
    line: PostingRow

    @property
    def number(self) -> int:
        """The voucher's number."""
        return number_of(self.entry)

    @property
    def says(self) -> str:
        """What the line is for."""
        return says(self.entry, self.line)

    @property
    def debit_fen(self) -> int:
        """The line's debit, or 0; below zero in red."""
        return sides(self.line.amount_fen, self.entry.colour)[0]

    @property
    def credit_fen(self) -> int:
        """The line's credit, or 0; below zero in red."""
        return sides(self.line.amount_fen, self.entry.colour)[1]

    @property
    def amount_fen(self) -> int:
        """The line's amount without its side; below zero in red."""
        return self.debit_fen or self.credit_fen


def one_line(text: str) -> str:
    r"""The text without anything that could end a line: such characters become U+FFFD.

    >>> one_line("退款\n2026-10-01 open")
    '退款�2026-10-01 open'
    """
    return _UNSEEN.sub("\ufffd", text)


def _balances(month: HandOver) -> Iterator[str]:
    for entry in month.entries:
        off_fen = sum(line.amount_fen for line in entry.postings)
        if off_fen or len(entry.postings) < LINES_MIN:
            lines = len(entry.postings)
            yield f"{entry.voucher} (#{entry.seq}): {lines} lines, debits − credits {format_yuan(off_fen)}"


def _numbers(month: HandOver) -> Iterator[str]:
    """A gap in the numbers (断号) is refused: the importer would renumber, and paper would not match."""
    for number, entry in enumerate(month.entries, 1):
        if entry.voucher != f"{WORD}-{number}":
            yield f"#{entry.seq}: voucher {entry.voucher or '-'} stands where {WORD}-{number} should"
            return
        if period_of(entry.effective_on) != month.period:
            yield f"{entry.voucher}: {entry.effective_on} is not in {month.period}"


def _leaves(month: HandOver) -> Iterator[str]:
    codes = {row.code for row in month.accounts}
    used = {line.account for entry in month.entries for line in entry.postings}
    used |= {row.account for row in month.trial_balance}
    for code in sorted(used):
        if code not in codes or not _CODE.fullmatch(code):
            yield f"account {code!r} is not in the chart"
        elif any(other.startswith(f"{code}.") for other in codes):
            yield f"account {code} has accounts below it, and only leaves are posted to"


def _movements(month: HandOver) -> Iterator[str]:
    moved: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry in month.entries:
        for line in entry.postings:
            debit, credit = sides(line.amount_fen, entry.colour)
            moved[line.account][0] += debit
            moved[line.account][1] += credit
    shown = {row.account: [row.debit_fen, row.credit_fen] for row in month.trial_balance}
    for account in sorted(moved.keys() | shown.keys()):
        if moved.get(account, [0, 0]) != shown.get(account, [0, 0]):
            yield f"account {account}: the vouchers move it by other sums than the trial balance"


def _trial_balance(month: HandOver) -> Iterator[str]:
    rows = month.trial_balance
    for row in rows:
        if row.opening_fen + row.debit_fen - row.credit_fen != row.closing_fen:
            yield f"account {row.account}: opening and movement do not make the closing balance"
    yield from _zero("openings", rows, lambda row: row.opening_fen)
    yield from _zero("closings", rows, lambda row: row.closing_fen)


def _zero(
    what: str, rows: Iterable[TrialBalanceRow], figure: Callable[[TrialBalanceRow], int]
) -> Iterator[str]:
    off_fen = sum(map(figure, rows))
    if off_fen:
        yield f"the {what} of the trial balance sum to {format_yuan(off_fen)}, not to zero"


_CHECKS: tuple[Callable[[HandOver], Iterator[str]], ...] = (
    _balances,
    _numbers,
    _leaves,
    _movements,
    _trial_balance,
)
