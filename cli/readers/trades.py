"""Alipay's trade detail (业务明细) and the platform's goods income (货款收入): what was sold, trade by trade.

Both only confirm what the orders and the statement book, so they are proved as far as they prove themselves:
the trade detail by the counts and sums below it, the goods income by lying in one month.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from calculators.money import format_yuan, parse_yuan
from cli.errors import Fault
from cli.readers.frames import Frame, Span, lines_after, span
from cli.readers.meanings import order_number
from cli.readers.rows import IncomeRow, ReadFile, StatementFacts, TradeRow
from cli.readers.tables import refuse

_TOTAL = re.compile(
    r"(交易|退款)合计：([0-9]{1,9})笔，商家实收(?:退款)?共(-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?)元",
    re.ASCII,
)
_END = "业务明细列表结束"
_SKU = re.compile(r"([0-9]{6,20})\|(.*)", re.ASCII | re.DOTALL)
_ESCAPED_COLON = re.compile(r"#3[AaBb]")


def read_trade(*, merchant_no: str = "", **values: object) -> TradeRow:
    """One trade or refund with the order its merchant's number names."""
    return TradeRow(**values, order_no=order_number("", merchant_no, ""))  # type: ignore[arg-type]


def read_income(*, sku: str = "", **values: object) -> IncomeRow:
    """One line of the goods income; its SKU is told apart into number and wording as the order report has them.

    >>> row = read_income(row=2, month="2026-07", order_no="1", sku="6177628402264|商品规格#3B1瓶装礼盒")
    >>> row.sku_id, row.attributes
    ('6177628402264', '商品规格:1瓶装礼盒')
    """
    spelt = _ESCAPED_COLON.sub(":", sku)
    found = _SKU.fullmatch(spelt)
    sku_id, attributes = found.groups() if found else ("", spelt)
    return IncomeRow(**values, sku_id=sku_id, attributes=attributes)  # type: ignore[arg-type]


def checked_trades(read: ReadFile, frame: Frame) -> ReadFile:
    """The trade detail with its facts; `BadFile` where signs, days, counts or sums do not fit."""
    trades = tuple(row for row in read.rows if isinstance(row, TradeRow))
    within = span(read.name, frame)
    refuse(
        [*_footer(read.name, frame, trades), *_signs(read.name, trades), *_outside(read.name, trades, within)]
    )
    return replace(read, statement=_facts(trades, within))


def in_one_month(read: ReadFile, frame: Frame) -> ReadFile:
    """The goods income as it is; `BadFile` where its rows are of several months, which no export has."""
    rows = [row for row in read.rows if isinstance(row, IncomeRow)]
    strange = [row for row in rows if row.month != rows[0].month]
    refuse([Fault(code="mixed_months", file=read.name, row=row.row, value=row.month) for row in strange])
    return read


def _facts(trades: Sequence[TradeRow], within: Span) -> StatementFacts:
    received = [row.received_fen for row in trades if row.kind == "交易"]
    refunded = [row.received_fen for row in trades if row.kind == "退款"]
    return StatementFacts(
        account=within.account,
        account_digest=within.account_digest,
        first_on=within.first_on,
        last_on=within.last_on,
        whole_months=within.whole_months,
        covered_until=within.covered_until,
        opening_fen=None,
        closing_fen=None,
        in_fen=sum(received),
        in_count=len(received),
        out_fen=sum(refunded),
        out_count=len(refunded),
    )


def _footer(name: str, frame: Frame, trades: Sequence[TradeRow]) -> list[Fault]:
    totals = {kind: (int(count), amount) for kind, count, amount in _TOTAL.findall(frame.said_below)}
    if _END not in frame.said_below or "交易" not in totals:
        return [Fault(code="no_footer", file=name)]
    late = lines_after(frame, _END, (row.row for row in trades))
    if late:
        return [Fault(code="after_footer", file=name, row=row) for row in late]
    return [fault for kind in ("交易", "退款") for fault in _total(name, kind, totals.get(kind), trades)]


def _total(name: str, kind: str, said: tuple[int, str] | None, trades: Sequence[TradeRow]) -> list[Fault]:
    """A file without any refund may lack their line."""
    amounts = [row.received_fen for row in trades if row.kind == kind]
    count, amount = said or (0, "0.00")
    if (count, abs(parse_yuan(amount))) == (len(amounts), abs(sum(amounts))):
        return []
    detail = f"({kind}: {count} / {amount} ≠ {len(amounts)} / {format_yuan(abs(sum(amounts)))})"
    return [Fault(code="wrong_totals", file=name, detail=detail)]


def _signs(name: str, trades: Sequence[TradeRow]) -> list[Fault]:
    return [
        Fault(
            code="wrong_sign",
            file=name,
            row=row.row,
            column="商家实收（元）",
            value=format_yuan(row.received_fen),
        )
        for row in trades
        if row.received_fen * (-1 if row.kind == "退款" else 1) < 0
    ]


def _outside(name: str, trades: Sequence[TradeRow], within: Span) -> list[Fault]:
    return [
        Fault(
            code="outside_period", file=name, row=row.row, value=row.finished_at.strftime("%Y-%m-%d %H:%M:%S")
        )
        for row in trades
        if not any(within.first_at <= at < within.end_at for at in (row.created_at, row.finished_at))
    ]
