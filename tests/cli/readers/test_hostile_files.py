"""Hostile files: whatever they hold, none takes more than 300 MB to be read or refused, each in a process of its own.

Their time is printed and not asserted. The files of the corpus that are large or are made to become so are tried, and
the largest that may be read.
"""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cli.readers.text import ROWS_MAX, SIZE_MAX
from tests.cli.readers.bad_input.groups import SAMPLES
from tests.cli.readers.corpus import Sample, good, order_file, order_line

MEMORY_MAX = 300 * 2**20
HOSTILE_MIN = 80
READ, REFUSED = 0, 3
ROOT = Path(__file__).parents[3]
_GROUPS = ("size", "zip and xml")
_LARGE = 100_000
_FREE = ("买家会员名", "买家留言", "收货人姓名", "宝贝标题", "订单备注", "运送方式", "订单关闭原因")

Read = Callable[[Sample], dict[str, float]]


def _orders(**cells: str) -> bytes:
    """As many orders as a file may have, by their number or their bytes; `@` in a cell differs in each."""
    heading, line, _ = order_file(order_line(**cells)).split(b"\n")
    each = (line.replace(b"@", b"%015d" % at) for at in range(ROWS_MAX - 2))
    made, size = [heading], len(heading)
    for order in each:
        size += len(order) + 1
        if size > SIZE_MAX:
            break
        made.append(order)
    return b"\n".join(made) + b"\n"


LARGEST = [
    good("orders of 50 MB", lambda: _orders(订单编号="3300@", 收货地址="浙江省 杭州市 西湖区 1 号" * 2)),
    good(
        "orders that have nothing in common", lambda: _orders(**dict.fromkeys(_FREE, "李@"), 订单编号="3300@")
    ),
]
HOSTILE = [
    *(one for group, one in SAMPLES if group in _GROUPS or one.is_large or len(one.content) > _LARGE),
    *LARGEST,
]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    """Reads one file apart: how it ended, the most bytes it held, and its seconds."""
    path = tmp_path_factory.mktemp("hostile") / "x.csv"
    words = [sys.executable, "-m", "tests.cli.readers.read_apart"]
    with subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as apart:
        assert apart.stdin is not None
        assert apart.stdout is not None
        asking, answers = apart.stdin, apart.stdout

        def one(sample: Sample) -> dict[str, float]:
            path.write_bytes(sample.content)
            asking.write(f"{path}\n")
            asking.flush()
            told: dict[str, float] = json.loads(answers.readline())
            path.unlink()
            return told

        yield one
        asking.close()


def test_no_hostile_file_takes_more_than_300_mb(read: Read) -> None:
    told = {sample.name: read(sample) for sample in HOSTILE}
    highest = max(told, key=lambda name: told[name]["bytes"])
    slowest = max(told, key=lambda name: told[name]["seconds"])
    print(  # noqa: T201
        f"hostile files {len(told)}, at most {told[highest]['bytes'] / 2**20:.0f} MB ({highest}), "
        f"{told[slowest]['seconds']:.1f} s ({slowest})"
    )
    assert len(told) >= HOSTILE_MIN
    assert [sample.name for sample in HOSTILE if told[sample.name]["code"] != _expected(sample)] == []
    assert {name: one["bytes"] for name, one in told.items() if one["bytes"] > MEMORY_MAX} == {}


def _expected(sample: Sample) -> int:
    return REFUSED if sample.codes else READ


def test_memory_that_is_taken_is_seen(read: Read) -> None:
    """The measure can fail: a file that fits is seen to take its own size at least, and a small one far less."""
    small = read(good("one order", order_file()))
    large = read(Sample(name="a line", made=b"x" * SIZE_MAX, codes=frozenset({"broken_csv"})))
    assert large["bytes"] - small["bytes"] > SIZE_MAX * 9 // 10
    assert small["bytes"] < MEMORY_MAX // 4
