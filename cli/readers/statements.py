"""The Alipay statement (账务明细): its frame, its lines, and whether it proves itself.

Alipay writes the account and the days above the table and the counts and sums below it, and every line
carries the balance after it. A statement is taken in only when all three agree with its lines.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import chain, pairwise

from calculators.days import SHANGHAI, business_day
from calculators.money import format_yuan, parse_yuan
from cli.errors import BadFile, Fault
from cli.readers.meanings import Wording, claim_number, meaning_of, order_number
from cli.readers.rows import ReadFile, StatementFacts, StatementLine
from cli.readers.tables import refuse
from cli.readers.text import RawRow

_ACCOUNT = re.compile(r"账号：\[([0-9A-Za-z@._*-]{4,64})\]")
_PERIOD = re.compile(r"起始日期：\[([^\]]+)\]\s*终止日期：\[([^\]]+)\]")
_CHINESE_MOMENT = re.compile(
    r"([0-9]{4})年([0-9]{2})月([0-9]{2})日 ([0-9]{2}):([0-9]{2}):([0-9]{2})", re.ASCII
)
_TOTAL = re.compile(r"(支出|收入)合计：([0-9]{1,9})笔，共(-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,2})?)元")
_END = "账务明细列表结束"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A file's rows told apart: what stands above the table, the table, and what stands below it."""

    preamble: tuple[RawRow, ...]
    table: Iterable[RawRow]
    footer: tuple[RawRow, ...]


def split(found: Iterator[RawRow]) -> Frame:
    """The rows around a statement's table; all of them are the table where the first is no `#` line.

    Only a statement is held whole: the rows of any other file are handed on one by one.
    """
    first = next(found, None)
    if first is None or not first.cells[0].startswith("#"):
        return Frame(preamble=(), table=chain([first], found) if first else (), footer=())
    rest = list(found)
    table = [row for row in rest if not row.cells[0].startswith("#")]
    said = [first, *(row for row in rest if row.cells[0].startswith("#"))]
    begins = table[0].number if table else len(rest) + 1
    return Frame(
        preamble=tuple(row for row in said if row.number < begins),
        table=table,
        footer=tuple(row for row in said if row.number > begins),
    )


def read_line(*, merchant_no: str = "", base_order_no: str = "", **values: object) -> StatementLine:
    """One line with the order it belongs to, where its numbers or its remark name one, and its meaning."""
    wording = Wording(
        kind=str(values["kind"]),
        remark=str(values["remark"]),
        description=str(values.pop("description", "")),
        is_income=bool(values["in_fen"]),
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
    name = read.name
    account, first, end = _preamble(name, frame.preamble)
    refuse([*_footer(name, frame, lines), *_chain(name, lines), *_outside(name, lines, first, end)])
    return replace(read, rows=lines, statement=_facts(lines, account, first, end))


def _facts(lines: Sequence[StatementLine], account: str, first: datetime, end: datetime) -> StatementFacts:
    opened = lines[0].balance_fen - lines[0].in_fen - lines[0].out_fen if lines else None
    return StatementFacts(
        account=account,
        first_on=business_day(first),
        last_on=_last_on(end),
        opening_fen=opened,
        closing_fen=lines[-1].balance_fen if lines else None,
        in_fen=sum(line.in_fen for line in lines),
        in_count=sum(1 for line in lines if line.in_fen),
        out_fen=sum(line.out_fen for line in lines),
        out_count=sum(1 for line in lines if line.out_fen),
    )


def _last_on(end: datetime) -> date:
    """The last day inside the period: the file's end is the midnight after it."""
    return business_day(end - timedelta(seconds=1))


def _preamble(name: str, preamble: Sequence[RawRow]) -> tuple[str, datetime, datetime]:
    said = "\n".join(",".join(row.cells) for row in preamble)
    account, period = _ACCOUNT.search(said), _PERIOD.search(said)
    if not account or not period:
        raise BadFile([Fault(code="no_preamble", file=name)])
    first, end = (_chinese_moment(part) for part in period.groups())
    if first is None or end is None or first >= end:
        raise BadFile([Fault(code="no_preamble", file=name, detail=f"[{period.group(0)}]")])
    number = account.group(1)
    return f"{number[:3]}…{number[-2:]}", first, end


def _chinese_moment(text: str) -> datetime | None:
    found = _CHINESE_MOMENT.fullmatch(text)
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return None


def _footer(name: str, frame: Frame, lines: Sequence[StatementLine]) -> list[Fault]:
    said = "\n".join(",".join(row.cells) for row in frame.footer)
    totals = {side: (int(count), amount) for side, count, amount in _TOTAL.findall(said)}
    if _END not in said or len(totals) != len(("收入", "支出")):
        return [Fault(code="no_footer", file=name)]
    ends = next(row.number for row in frame.footer if _END in row.cells[0])
    late = [line for line in lines if line.row > ends]
    return [Fault(code="after_footer", file=name, row=line.row) for line in late] or [
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


def _outside(name: str, lines: Sequence[StatementLine], first: datetime, end: datetime) -> list[Fault]:
    return [
        Fault(code="outside_period", file=name, row=line.row, value=line.at.strftime("%Y-%m-%d %H:%M:%S"))
        for line in lines
        if not first <= line.at < end
    ]
