"""What the shell knows of a month's gates: the files of a folder, each tried on its own, and the anchors."""

from datetime import date
from pathlib import Path

import pytest

from cli.demo.folder import CASES, STATEMENT
from cli.gates import Exports, GatesOpen, look_at, read_exports, with_anchors
from cli.rulebooks import default_rulebook
from ledger.anchors import add_anchor
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.gates import month_gates
from ledger.reports_of_gates import Gate, GateName, MonthGates, Standing, named
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell

OVER = date(2026, 11, 2)


def _looked_at(book: Book, exports: Exports | None = None, anchors: Path | None = None) -> MonthGates:
    with book.reading() as reader:
        look = look_at(reader, "2026-10", default_rulebook(), OVER, exports or Exports())
        return with_anchors(month_gates(reader, look), reader, anchors)


def _gate(gates: MonthGates, name: GateName) -> Gate:
    (one,) = [gate for gate in gates.gates if gate.name is name]
    return one


@pytest.fixture
def files(shop: Path, tmp_path: Path) -> Path:
    """A folder with the month's statement, one that is not imported and one that is no report at all."""
    folder = tmp_path / "exports"
    folder.mkdir()
    (folder / STATEMENT).write_bytes((shop / STATEMENT).read_bytes())
    text = (shop / STATEMENT).read_bytes().decode("gb18030").replace("2026-10-1", "2026-10-2")
    (folder / "改过.csv").write_bytes(text.encode("gb18030"))
    (folder / "b.csv").write_bytes(b"a,b\n1,2\n")
    (folder / CASES).write_bytes((shop / CASES).read_bytes())
    return folder


def test_every_file_of_a_folder_is_tried_on_its_own(files: Path) -> None:
    (files / "改过.csv").unlink()
    found = read_exports([files])
    assert (found.refused, [name for name, _ in found.read]) == (("b.csv",), [STATEMENT])
    assert read_exports([files / "nowhere.csv"]).refused == ("nowhere.csv",)


def test_a_file_that_failed_or_is_not_in_the_book_opens_the_gate_of_the_files(
    booked: Shell, files: Path
) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        assert not _gate(_looked_at(book), GateName.FILES).is_open
        exports = Exports(
            refused=("b.csv",), read=(*read_exports([files / STATEMENT]).read, ("c.csv", "f" * 64))
        )
        one = _gate(_looked_at(book, exports), GateName.FILES)
    assert [text.en for text in one.stands] == ["b.csv is refused", "c.csv is not imported"]
    assert [text.zh for text in one.stands] == ["b.csv 读不了", "c.csv 未导入"]


def test_an_anchor_that_does_not_fit_stops_the_close_and_stands_in_its_place(
    booked: Shell, tmp_path: Path
) -> None:
    anchors = tmp_path / "anchors"
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        with book.reading() as reader:
            add_anchor(reader, anchors, STANDS_AT)
        fits = _looked_at(book, anchors=anchors)
        anchors.write_text(anchors.read_text().replace('"hash": "', '"hash": "0')[:-1], "utf-8")
        broken = _looked_at(book, anchors=anchors)
        assert [one.name for one in _looked_at(book).gates] == list(GateName)
    assert not _gate(fits, GateName.ANCHORS).is_open
    assert [one.name for one in broken.stopping] == [GateName.ANCHORS]
    assert _gate(broken, GateName.ANCHORS).first == str(anchors)


def test_what_holds_up_a_close_is_said_in_both_languages_with_what_clears_it() -> None:
    waits: Standing = named("C1")
    gate = Gate(name=GateName.APPROVALS, count=4, stands=(waits.text,), first="C1 --digest abc")
    refused = GatesOpen(MonthGates(period="2026-10", gates=(gate, Gate(name=GateName.FILES))))
    assert refused.said("zh").splitlines() == [
        "待审批 4 (C1…): settle approve C1 --digest abc",
        "2026-10 还有 1 道关口未清：清掉再结，或写明原因越过：settle close 2026-10 --despite-gates --reason 原因",
    ]
    assert refused.said("en").splitlines()[1] == (
        "2026-10: 1 gate is open; clear them, or go past them for a reason: "
        "settle close 2026-10 --despite-gates --reason WHY"
    )
