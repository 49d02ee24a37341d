"""Days and times that `fromisoformat` or `strptime` would take, or that are none."""

from datetime import datetime, timedelta

from calculators.days import SHANGHAI
from tests.cli.readers.corpus import PAID_AT, Sample, bad_cell, good_cell
from tests.cli.readers.small import small, workbook

_NO_MOMENTS = (
    *("2026-02-30 10:00:00", "2025-02-29 10:00:00", "2100-02-29 10:00:00", "2026-13-01 10:00:00"),
    *("2026-00-10 10:00:00", "2026-10-00 10:00:00", "2026-10-32 10:00:00", "0000-10-01 10:00:00"),
    *("20260228", "20261001100000", "2026-W09-6", "2026-244", "2026-2-3 10:00:00", "２０２６-10-01 10:00:00"),
    *("2026-10-01 24:00:00", "2026-10-01 10:60:00", "2026-10-01 10:00:60", "2026-10-01 10:00:00.5"),
    *("2026-10-01T10:00:00", "2026-10-01 10:00:00Z", "2026-10-01 10:00:00+08:00", "2026-10-01", "10:00:00"),
    *(
        "46296.42",
        "46296",
        "01/10/2026 10:00",
        "10/01/2026 10:00:00",
        "2026.10.01 10:00",
        "2026年10月1日 10:00",
    ),
    *("昨天", "2026-10-01 上午10:00", "Oct 1 2026 10:00", "1759284000", "2026-10-01  10:00:00"),
)
_MOMENTS = {
    "2026-10-01 10:00:00": (10, 1, 10, 0, 0),
    "2026-10-01 9:05": (10, 1, 9, 5, 0),
    "2026/10/1 9:05": (10, 1, 9, 5, 0),
    "2026/10/01 09:05:06": (10, 1, 9, 5, 6),
    "2026-10-01 23:59:59\t": (10, 1, 23, 59, 59),
    '="2026-10-01 00:00:00"': (10, 1, 0, 0, 0),
}
_ORDER = small("order_report", "2025-26")


def _workbook(name: str, value: object, **verdict: object) -> Sample:
    grid: list[list[object]] = [list(row) for row in _ORDER.grid()]
    grid[1][1] = value
    return Sample(name=name, made=workbook(grid), **verdict)  # type: ignore[arg-type]


DATES = [
    *(bad_cell(f"paid at {cell!r}", PAID_AT, cell, "bad_moment") for cell in _NO_MOMENTS),
    *(
        good_cell(f"paid at {cell!r}", PAID_AT, cell, {"paid_at": datetime(2026, *parts, tzinfo=SHANGHAI)})
        for cell, parts in _MOMENTS.items()
    ),
    good_cell(
        "29 February", PAID_AT, "2028-02-29 10:00:00", {"paid_at": datetime(2028, 2, 29, 10, tzinfo=SHANGHAI)}
    ),
    _workbook(
        "a day of a workbook",
        datetime(2026, 10, 1, 10, 0),
        rows=1,
        said={"created_at": datetime(2026, 10, 1, 10, 0, tzinfo=SHANGHAI)},
    ),
    _workbook(
        "a day of a workbook that is off by its rounding",
        datetime(2026, 10, 1, 9, 59, 59) + timedelta(microseconds=999_900),
        rows=1,
        said={"created_at": datetime(2026, 10, 1, 10, 0, tzinfo=SHANGHAI)},
    ),
    _workbook(
        "a serial number of a workbook",
        46296.42,
        codes=frozenset({"bad_moment"}),
        row=2,
        column="订单创建时间",
    ),
]
