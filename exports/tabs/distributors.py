"""The 代购月结: what distributors are given back for a month, and batches at their own price.

Each rebate booked in the month stands beside the distributor's month that it belongs to. A distributor's month of
which nothing is booked yet has a row as well, without an amount, so that nobody is forgotten.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from exports.capitals import in_capitals
from exports.cells import Value
from exports.item_homes import DISTRIBUTORS, items_of
from exports.sheets import Column, Kind, Sheet, counted_and_summed
from exports.tabs.slices import LEAD, TAIL, WORKING, Slice, fact
from exports.tallies import Month
from exports.words import breach_zh, kind_zh, month_zh
from ledger.reports import SettledItemRow
from ledger.reports_of_payables import DistributorRow

AMOUNT = "本期入账"
KIND = "distributor_month"
_TENTHS_OF_PERMILLE = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebate:
    """A line of the sheet: an item that was booked, the distributor's month that it was booked for, or both."""

    item: SettledItemRow | None = None
    month: DistributorRow | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rebates:
    """Every item of the sheet with its month, then the months that have none; gone through anew each time."""

    items: Slice
    months: tuple[DistributorRow, ...]

    def __iter__(self) -> Iterator[Rebate]:
        booked = {month.claim_no: month for month in self.months if month.claim_no}
        for item in self.items:
            yield Rebate(item=item, month=booked.pop(item.claim_no or "", None))
        left = (month for month in self.months if not month.claim_no or month.claim_no in booked)
        yield from (Rebate(month=month) for month in left)


def distributors_sheet(month: Month) -> Sheet[Rebate]:
    """The sheet 代购月结; a month's figures stand once, beside the first of its items."""
    seqs = month.items.entries.get(DISTRIBUTORS, ())
    items = Slice(items=month.report.items, seqs=seqs, names=items_of(DISTRIBUTORS))
    rows = Rebates(items=items, months=month.report.distributors)
    count, sums = counted_and_summed(_COLUMNS, rows)
    return Sheet(
        title=DISTRIBUTORS,
        table="distributors",
        columns=_COLUMNS,
        rows=rows,
        count=count,
        sums=sums,
        note="代购按月分档优惠与批量优惠；负数为多结后追回，没有入账的月份也列出",
        above={WORKING: f"{AMOUNT}（大写）：{in_capitals(sums[AMOUNT])}"},
        headline=AMOUNT,
        frozen=3,
        rows_max=month.rows_max,
    )


def _of_item(column: Column[SettledItemRow], otherwise: Callable[[DistributorRow], Value]) -> Column[Rebate]:
    """A column of every sheet of items; what it says of a month without an item."""

    def value(row: Rebate) -> Value:
        if row.item is not None:
            return column.value(row.item)
        return otherwise(row.month) if row.month else None

    return Column(title=column.title, kind=column.kind, width=column.width, value=value)


def _of_month(
    title: str, kind: Kind, width: int, value: Callable[[DistributorRow], Value], **more: Any
) -> Column[Rebate]:
    return Column(
        title=title,
        kind=kind,
        width=width,
        value=lambda row: value(row.month) if row.month else None,
        **more,
    )


def _fen(title: str, value: Callable[[DistributorRow], int], *, summed: bool = True) -> Column[Rebate]:
    return _of_month(title, Kind.AMOUNT, 13, value, summed=summed)


def _rate(rate: Fraction) -> Decimal:
    """A rate to four places, the half away from zero."""
    tenths = (rate.numerator * 2 * _TENTHS_OF_PERMILLE + rate.denominator) // (2 * rate.denominator)
    return Decimal(tenths).scaleb(-4)


def _breaches(month: DistributorRow) -> str:
    return "、".join(map(breach_zh, month.breaches))


_DAY, _VOUCHER, _CLAIM, _ORDER, _KIND, _ITEM, _CLAUSE = LEAD
_WORKING, _CHANNEL, _SEQ = TAIL
_COLUMNS: tuple[Column[Rebate], ...] = (
    _of_item(_DAY, lambda month: None),
    _of_item(_VOUCHER, lambda month: month.voucher),
    _of_item(_CLAIM, lambda month: month.claim_no),
    _of_item(_ORDER, lambda month: None),
    _of_item(_KIND, lambda month: kind_zh(KIND)),
    _of_item(_ITEM, lambda month: None),
    _of_item(_CLAUSE, lambda month: month.rules),
    _of_month("代购", Kind.TEXT, 16, lambda month: month.distributor),
    _of_month("月份", Kind.TEXT, 9, lambda month: month.month),
    _of_month("状态", Kind.TEXT, 9, lambda month: month_zh(month.state)),
    _of_month("订单数", Kind.NUMBER, 8, lambda month: month.orders),
    _of_month("件数", Kind.NUMBER, 8, lambda month: month.pieces),
    _fen("采购额", lambda month: month.gross_fen),
    _fen("退款额", lambda month: month.refunds_fen),
    _fen("净采购额", lambda month: month.net_fen),
    _of_month("退货率", Kind.RATE, 9, lambda month: _rate(month.rate)),
    _of_month("退前档", Kind.RATE, 8, lambda month: Decimal(month.tier_before)),
    _of_month("退后档", Kind.RATE, 8, lambda month: Decimal(month.tier_after)),
    _of_month("违约", Kind.TEXT, 16, _breaches),
    _fen("应返优惠", lambda month: month.rebate_fen),
    _fen("已结", lambda month: month.settled_fen),
    _fen("待结", lambda month: month.due_fen),
    _fen("已付", lambda month: month.paid_fen),
    _fen("待退款", lambda month: month.pending_fen),
    _of_item(fact("计算基数", "net", "goods"), lambda month: month.net_fen),
    Column(
        title=AMOUNT,
        kind=Kind.AMOUNT,
        width=13,
        value=lambda row: row.item.amount_fen if row.item else 0,
        summed=True,
    ),
    _of_item(_WORKING, lambda month: None),
    _of_item(_CHANNEL, lambda month: None),
    _of_item(_SEQ, lambda month: month.seq),
)
