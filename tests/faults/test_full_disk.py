"""A full disk: each command ends with one clear line and its exit code, and leaves nothing half-written."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli import exits
from cli.demo.reports import item_report, order_report
from cli.demo.shop import build_shop
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.verify import verify
from tests.faults.programs import answer_of, with_own_disks
from tests.faults.tally import SIZE, TARGETS, Tally
from tests.ledger.samples import NOW

_ORDERS = 60
_SAID = ("database or disk is full", "disk I/O error", "File too large", "No space left on device")
_COMMANDS = {
    "import": ("import", "kept.orders.csv", "kept.items.csv", "--db", "book.db", "--json"),
    "close": (
        *("close", "2026-10", "--despite-gates", "--reason", "等平台答复", "--db", "book.db"),
        *("--to", "october.xlsx", "--overwrite", "--json"),
    ),
    "backup": ("backup", "--db", "book.db", "--to", "backup.db", "--json"),
}
_SHARES = {"import": 3, "close": 1, "backup": 1}
# What leaves too little room for a command, and what leaves enough: a largest file, or bytes of a disk.
_ROOM = {
    "full disk": {"import": 1_500_000, "close": 600_000, "backup": 600_000},
    "small disk": {"import": 500_000, "close": 300_000, "backup": 700_000},
}


@pytest.fixture
def folders(tmp_path: Path) -> dict[str, Path]:
    """A folder for each command; the first has an empty book and the reports to import into it."""
    made = {name: tmp_path / name for name in _COMMANDS}
    for folder in made.values():
        folder.mkdir()
    create_book(sqlite_url(made["import"] / "kept.db"), actor="wang", now=NOW).leave()
    _write_reports(made["import"])
    return made


@pytest.mark.parametrize("group", _ROOM)
def test_a_full_disk_is_said_and_leaves_nothing_half_written(
    group: str, folders: dict[str, Path], tally: Callable[[str], Tally]
) -> None:
    within = with_own_disks(folders["import"]) if group == "small disk" else ()
    counted = tally(group)
    answers = [("import", one) for one in _answers(group, "import", folders["import"], within)]
    for name in ("close", "backup"):
        shutil.copy(folders["import"] / "book.db", folders[name] / "kept.db")
        answers += [(name, one) for one in _answers(group, name, folders[name], within)]
    wrong = [(name, one) for name, one in answers if not _is_right(name, one)]
    lost = [(name, one) for name, one in answers if one["findings"] or one["exit_again"] != _again(name, one)]
    assert (wrong, lost) == ([], [])
    if group == "small disk":
        # The workbook is what a close writes last, and more than its commit needs beside the book.
        assert any("is closed and stays closed, but" in one["said"] for _, one in answers)
    ended = {(name, one["exit"] == 0) for name, one in answers}
    assert ended == {(name, is_done) for name in _COMMANDS for is_done in (True, False)}
    counted.closes(len(answers), lost=len(lost), wrong=len(wrong))


def _answers(group: str, name: str, folder: Path, within: Sequence[str]) -> list[dict[str, Any]]:
    before = verify(sqlite_url(folder / "kept.db"))
    count = -(-TARGETS[group][SIZE] * _SHARES[name] // sum(_SHARES.values()))
    limits = ",".join(str(1 + _ROOM[group][name] * number // (count - 1)) for number in range(count))
    asked = (group.split(maxsplit=1)[0], folder, limits, *_COMMANDS[name])
    answers: list[dict[str, Any]] = answer_of("tests.faults.full_disk", *asked, within=within)
    whole = max(one["entries_again"] for one in answers)
    return [one | {"before": before.entries, "whole": whole} for one in answers]


def _is_right(name: str, one: dict[str, Any]) -> bool:
    """Whether a run did all of it, or said why not and did nothing of it."""
    if one["exit"] == 0:
        return bool(one["entries"] == one["whole"])
    is_said = any(word in one["said"] for word in _SAID) and "Traceback" not in one["said"]
    is_whole = one["entries"] in (one["before"], one["whole"]) and one["entries_again"] == one["whole"]
    return is_said and is_whole and not {"october.xlsx", "backup.db"} & set(one["left"])


def _again(name: str, one: dict[str, Any]) -> int:
    """The exit code of the run that follows with room: a backup that was made is not made twice."""
    return exits.REFUSED if name == "backup" and one["exit"] == 0 else 0


def _write_reports(folder: Path) -> None:
    """The first orders of the demo shop with their lines, as its owner would export them."""
    shop = build_shop()
    orders = order_report(shop, {}).decode("gb18030").splitlines(keepends=True)
    items = item_report(shop).decode("gb18030").splitlines(keepends=True)
    numbers = [line.split(",")[0] for line in orders[1 : _ORDERS + 1]]
    kept = [line for line in items[1:] if any(number in line for number in numbers)]
    for name, lines in (("orders", orders[: _ORDERS + 1]), ("items", [items[0], *kept])):
        (folder / f"kept.{name}.csv").write_bytes("".join(lines).encode("gb18030"))
