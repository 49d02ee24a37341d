"""The Alipay statement (账务明细): its lines, and whether it proves itself.

Alipay writes the account and the days above the table and the counts and sums below it, and every line
carries the balance after it. A statement is taken in only when all three agree with its lines.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from calculators.days import business_day
from calculators.money import format_yuan, parse_yuan
from cli.errors import Fault
from cli.readers.frames import Frame, Span, lines_after, span
from cli.readers.meanings import Wording, claim_number, meaning_of, order_number
from cli.readers.rows import ReadFile, StatementFacts, StatementLine
from cli.readers.tables import refuse

_TOTAL = re.compile(
    r"(支出|收入)合计：([0-9]{1,9})笔，共(-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?)元", re.ASCII
)
_END = "账务明细列表结束"
_SIDES = ("收入", "支出")
_MAY_LACK_TOTALS = "mbill"


def read_line(*, merchant_no: str = "", base_order_no: str = "", **values: object) -> StatementLine:
    """One line with the order it belongs to, where its numbers or its remark name one, and its meaning."""
    at = values["at"]
    assert isinstance(at, datetime)
    wording = Wording(
        kind=str(values["kind"]),
        remark=str(values["remark"]),
        description=str(values.pop("description", "")),
        is_income=bool(values["in_fen"]),
        on=business_day(at),
    )
    order_no = order_number(base_order_no, merchant_no, wording.remark)
    meaning = meaning_of(wording)
    told = {"order_no": order_no, "meaning": meaning, "claim_no": claim_number(wording.remark)}
    return StatementLine(**values, description=wording.description, **told)  # type: ignore[arg-type]


def checked(read: ReadFile, frame: Frame) -> ReadFile:
    """The statement with its lines oldest first and its facts; `BadFile` where it does not prove itself."""
    lines = read.lines
    if lines and lines[0].at > lines[-1].at:
        lines = lines[::-1]
    name, within = read.name, span(read.name, frame)
    totals = _totals(frame)
    lacks = not totals and _END not in frame.said_below and read.variant == _MAY_LACK_TOTALS
    below = [] if lacks else _footer(name, frame, totals, lines)
    refuse([*below, *_chain(name, lines), *_outside(name, lines, within)])
    told = [Fault(code="no_totals", file=name)] if lacks else []
    return replace(read, rows=lines, statement=_facts(lines, within), told=(*read.told, *told))


def _facts(lines: Sequence[StatementLine], within: Span) -> StatementFacts:
    opened = lines[0].balance_fen - lines[0].in_fen - lines[0].out_fen if lines else None
    return StatementFacts(
        account=within.account,
        account_digest=within.account_digest,
        first_on=within.first_on,
        last_on=within.last_on,
        whole_months=within.whole_months,
        covered_until=within.covered_until,
        opening_fen=opened,
        closing_fen=lines[-1].balance_fen if lines else None,
        in_fen=sum(line.in_fen for line in lines),
        in_count=sum(1 for line in lines if line.in_fen),
        out_fen=sum(line.out_fen for line in lines),
        out_count=sum(1 for line in lines if line.out_fen),
    )


def _totals(frame: Frame) -> dict[str, tuple[int, str]]:
    return {side: (int(count), amount) for side, count, amount in _TOTAL.findall(frame.said_below)}


def _footer(
    name: str, frame: Frame, totals: dict[str, tuple[int, str]], lines: Sequence[StatementLine]
) -> list[Fault]:
    if _END not in frame.said_below or set(totals) != set(_SIDES):
        return [Fault(code="no_footer", file=name)]
    late = lines_after(frame, _END, (line.row for line in lines))
    return [Fault(code="after_footer", file=name, row=row) for row in late] or [
        *_total(name, "收入", totals["收入"], [line.in_fen for line in lines]),
        *_total(name, "支出", totals["支出"], [line.out_fen for line in lines]),
    ]


def _total(name: str, side: str, said: tuple[int, str], amounts: Sequence[int]) -> list[Fault]:
    """Alipay has written expense totals with and without the minus, so only the size is compared."""
    count, total = sum(1 for fen in amounts if fen), abs(sum(amounts))
    if said[0] == count and abs(parse_yuan(said[1])) == total:
        return []
    detail = f"({side}: {said[0]} / {said[1]} ≠ {count} / {format_yuan(total)})"
    return [Fault(code="wrong_totals", file=name, detail=detail)]


def _chain(name: str, lines: Sequence[StatementLine]) -> list[Fault]:
    return [
        Fault(code="broken_chain", file=name, row=line.row, value=format_yuan(line.balance_fen))
        for before, line in pairwise(lines)
        if before.balance_fen + line.in_fen + line.out_fen != line.balance_fen
    ]


def _outside(name: str, lines: Sequence[StatementLine], within: Span) -> list[Fault]:
    return [
        Fault(code="outside_period", file=name, row=line.row, value=line.at.strftime("%Y-%m-%d %H:%M:%S"))
        for line in lines
        if not within.first_at <= line.at < within.end_at
    ]
