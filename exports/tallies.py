"""What a month's long lists come to, counted in one passage through each of them.

Every total that the workbook shows before anybody recalculates it comes from here, so that a list of any length
is gone through once for its sums and once for its rows.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, TypeVar

from calculators.settlement import BESIDE_THE_BUYER
from exports.item_homes import home_of
from exports.sheets import ROWS_MAX
from exports.words import channel_zh, kind_zh
from ledger.reports import JournalRow, PeriodReport, SettledItemRow

_Key = TypeVar("_Key")


class Sums(NamedTuple):
    """What some items come to: claims and items in number, the rest in fen; `taken_fen` is negative or zero."""

    claims: int = 0
    items: int = 0
    given_fen: int = 0
    taken_fen: int = 0
    beside_fen: int = 0

    @property
    def net_fen(self) -> int:
        """What the buyers got, less what was taken from them."""
        return self.given_fen + self.taken_fen

    @property
    def all_fen(self) -> int:
        """Every amount together, also those that never touch a buyer."""
        return self.net_fen + self.beside_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalTally:
    """A journal's rows, its vouchers, the highest of their numbers, and its sums by account, in fen."""

    rows: int
    vouchers: int
    last_number: int
    debit_fen: Mapping[str, int]
    credit_fen: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTally:
    """The items' sums as a whole, and by kind, clause, channel, day and home, each keyed as its cells read.

    `entries` says in which entries the items of a home stand, so that they can be found again without a search.
    """

    whole: Sums
    kinds: Mapping[str, Sums]
    clauses: Mapping[str, Sums]
    channels: Mapping[str, Sums]
    days: Mapping[date, Sums]
    homes: Mapping[str, Sums]
    entries: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A report with its tallies: all that a sheet of the workbook is made from. `rows_max` is a sheet's length."""

    report: PeriodReport
    journal: JournalTally
    items: ItemTally
    rows_max: int = ROWS_MAX


def month_of(report: PeriodReport, rows_max: int = ROWS_MAX) -> Month:
    """The report counted."""
    journal, items = journal_tally(report.journal), item_tally(report.items)
    return Month(report=report, journal=journal, items=items, rows_max=rows_max)


def beside(row: SettledItemRow) -> bool:
    """Whether an item never touches the buyer."""
    return row.item in BESIDE_THE_BUYER


def number_of(voucher: str) -> int:
    """The number of a voucher such as 记-12; 0 for what bears none."""
    digits = voucher.rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() else 0


def journal_tally(rows: Iterable[JournalRow]) -> JournalTally:
    """The journal counted, in one passage."""
    count = vouchers = last = 0
    debit: Counter[str] = Counter()
    credit: Counter[str] = Counter()
    for row in rows:
        count += 1
        vouchers += row.line == 1
        last = max(last, number_of(row.voucher))
        debit[row.account] += row.debit_fen
        credit[row.account] += row.credit_fen
    return JournalTally(rows=count, vouchers=vouchers, last_number=last, debit_fen=debit, credit_fen=credit)


def item_tally(rows: Iterable[SettledItemRow]) -> ItemTally:
    """The items counted, in one passage."""
    whole: dict[str, Sums] = {}
    kinds: dict[str, Sums] = {}
    clauses: dict[str, Sums] = {}
    channels: dict[str, Sums] = {}
    homes: dict[str, Sums] = {}
    days: dict[date, Sums] = {}
    entries: dict[str, array[int]] = defaultdict(lambda: array("q"))
    for row in rows:
        one, home = _one(row), home_of(row.item)
        _add(whole, "", one)
        _add(kinds, kind_zh(row.kind), one)
        _add(clauses, row.rule, one)
        _add(channels, channel_zh(row.channel), one)
        _add(homes, home, one)
        _add(days, row.effective_on, one)
        if entries[home][-1:] != array("q", [row.seq]):
            entries[home].append(row.seq)
    return ItemTally(
        whole=whole.get("", Sums()),
        kinds=kinds,
        clauses=clauses,
        channels=channels,
        days=days,
        homes=homes,
        entries=entries,
    )


def _one(row: SettledItemRow) -> Sums:
    fen = row.amount_fen
    if beside(row):
        return Sums(row.claims, 1, 0, 0, fen)
    return Sums(row.claims, 1, max(fen, 0), min(fen, 0), 0)


def _add(sums: dict[_Key, Sums], key: _Key, one: Sums) -> None:
    before = sums.get(key, Sums())
    sums[key] = Sums(*[was + more for was, more in zip(before, one, strict=True)])
