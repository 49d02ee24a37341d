"""What stands around Alipay's tables: whose account, which days, when it was exported, and the totals below.

The lines begin with `#`. 账务明细 and 业务明细 write days as 2026年05月01日 and end at the midnight after the last
one; the 资金流水 of 22 columns writes 2026-05-01 and ends at 23:59:59. Both are kept as the moment after the end.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from calculators.days import SHANGHAI, business_day
from cli.errors import BadCell, BadFile, Fault
from cli.readers.text import RawRow

_ACCOUNT = re.compile(r"账号[：:]\s*[^\[\],\s]*\[([0-9A-Za-z@._*-]{4,64})\]")
_PERIOD = re.compile(
    r"起始日期[：:]\s*\[?([^\[\],\n]+?)\]?\s*终止日期[：:]\s*\[?([^\[\],\n]+?)\]?\s*(?:,|\n|$)"
)
_FIGURES = re.compile(r"(?!.*[0-9]{9})[0-9年月日:\- ]{1,32}")
_EXPORTED = re.compile(r"导出时间[：:]\s*\[?([^\[\],\n]+?)\]?\s*(?:,|\n|$)")
_MOMENT = re.compile(
    r"([0-9]{4})(?:年|-)([0-9]{2})(?:月|-)([0-9]{2})日? ([0-9]{2}):([0-9]{2}):([0-9]{2})", re.ASCII
)
_TAOBAO_ACCOUNT = re.compile(r"([0-9]{16})0156", re.ASCII)
_SECOND = timedelta(seconds=1)
_SAID_MAX = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A file's rows told apart: what stands above the table, the table, and what stands below it.

    The table is read once, row by row; what stands below it is there when all of it has been read.
    """

    preamble: Sequence[RawRow]
    table: Iterable[RawRow]
    footer: Sequence[RawRow]

    @property
    def said_above(self) -> str:
        """The lines above the table, as one text."""
        return _text(self.preamble)

    @property
    def said_below(self) -> str:
        """The lines below the table, as one text."""
        return _text(self.footer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Whose account and which time: the account masked, its digest, and the moments from and until (exclusive)."""

    account: str
    account_digest: str
    first_at: datetime
    end_at: datetime
    exported_at: datetime | None

    @property
    def first_on(self) -> date:
        """The first day."""
        return business_day(self.first_at)

    @property
    def last_on(self) -> date:
        """The last day."""
        return business_day(self.end_at - _SECOND)

    @property
    def covered_until(self) -> datetime:
        """The moment from which lines may lack: the end, or an export before it."""
        return min(self.end_at, self.exported_at or self.end_at)

    @property
    def whole_months(self) -> bool:
        """Whether the span is one or more whole months of Shanghai, all over when it was exported."""
        is_over = self.covered_until == self.end_at
        return is_over and _begins_month(self.first_at) and _begins_month(self.end_at)


def split(found: Iterator[RawRow]) -> Frame:
    """The rows around a statement's table; all of them are the table where the first is no `#` line."""
    first = next(found, None)
    if first is None or not _is_said(first):
        return Frame(preamble=(), table=chain([first], found) if first else (), footer=())
    preamble, footer = [first], list[RawRow]()
    for row in found:
        if not _is_said(row):
            return Frame(preamble=preamble, table=_table(row, found, footer), footer=footer)
        _keep(preamble, row)
    return Frame(preamble=preamble, table=(), footer=())


def span(name: str, frame: Frame) -> Span:
    """Whose file it is and which days it covers; `BadFile` where the lines above the table do not say it."""
    said = frame.said_above
    account, period = _ACCOUNT.search(said), _PERIOD.search(said)
    if not account or not period:
        raise BadFile([Fault(code="no_preamble", file=name)])
    first, last = (_moment(part) for part in period.groups())
    if first is None or last is None or first >= last:
        raise BadFile([Fault(code="no_preamble", file=name, detail=_figures(period.groups()))])
    exported = _EXPORTED.search(f"{said}\n{frame.said_below}")
    return Span(
        account=_shown(account.group(1)),
        account_digest=_digest(account.group(1)),
        first_at=first,
        end_at=last + _SECOND if last.second else last,
        exported_at=_moment(exported.group(1)) if exported else None,
    )


def lines_after(frame: Frame, end: str, rows: Iterable[int]) -> list[int]:
    """The rows that stand below the line that ends the table."""
    ends = next(row.number for row in frame.footer if end in ",".join(row.cells))
    return [row for row in rows if row > ends]


def _is_said(row: RawRow) -> bool:
    return row.cells[0].startswith("#")


def _table(first: RawRow, rest: Iterator[RawRow], footer: list[RawRow]) -> Iterator[RawRow]:
    """The rows of the table as they are asked for; the `#` lines among and below them go to the footer."""
    yield first
    for row in rest:
        if _is_said(row):
            _keep(footer, row)
        else:
            yield row


def _keep(said: list[RawRow], row: RawRow) -> None:
    if len(said) == _SAID_MAX:
        raise BadCell("too_many_rows", f"(#: {_SAID_MAX})")
    said.append(row)


def _text(rows: Iterable[RawRow]) -> str:
    return "\n".join(",".join(row.cells) for row in rows)


def _moment(text: str) -> datetime | None:
    found = _MOMENT.fullmatch(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=SHANGHAI)
    except ValueError:
        return None


def _figures(said: Iterable[str]) -> str:
    """Days as they stand, where they are nothing but days."""
    return " … ".join(filter(_FIGURES.fullmatch, said))


def _begins_month(moment: datetime) -> bool:
    return (moment.day, moment.hour, moment.minute, moment.second) == (1, 0, 0, 0)


def _shown(account: str) -> str:
    return f"{account[:3]}…{account[-2:]}"


def _digest(account: str) -> str:
    """One digest for one account: the statement of 22 columns leaves out the 0156 that the others put behind it."""
    taobao = _TAOBAO_ACCOUNT.fullmatch(account)
    return hashlib.sha256((taobao.group(1) if taobao else account).encode()).hexdigest()[:16]
