"""Which anchor file a command goes by."""

from pathlib import Path

import pytest

from cli.anchoring import anchor_head, anchor_path, check_anchors, known_anchors
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.errors import BadAnchor
from tests.ledger.samples import NOW

SERVER = "postgresql+psycopg://server/settle"


def test_a_named_file_goes_before_the_one_beside_the_book(tmp_path: Path) -> None:
    named, url = tmp_path / "mine", sqlite_url(tmp_path / "settle.db")
    assert anchor_path(named, url) == named
    assert anchor_path(None, url) == tmp_path / "settle.db.anchors"
    assert (anchor_path(None, SERVER), anchor_path(named, SERVER)) == (None, named)


def test_a_file_that_was_named_must_be_there_and_the_one_beside_need_not(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "settle.db")
    assert known_anchors(None, url, "main") == known_anchors(None, SERVER, "main") == ()
    with pytest.raises(BadAnchor):
        known_anchors(tmp_path / "mine", url, "main")


def test_a_place_where_no_file_can_stand_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with create_book(sqlite_url(tmp_path / "settle.db"), actor="wang", now=NOW) as book:
        with pytest.raises(BadAnchor, match="is a folder"):
            check_anchors(book, tmp_path)
        with pytest.raises(BadAnchor, match="create it first"):
            check_anchors(book, tmp_path / "no" / "such.anchors")


def test_where_there_is_no_file_nothing_is_checked_and_nothing_written(tmp_path: Path) -> None:
    with create_book(sqlite_url(tmp_path / "settle.db"), actor="wang", now=NOW) as book:
        check_anchors(book, None)
        assert anchor_head(book, None, NOW) is None
        path = tmp_path / "mine"
        check_anchors(book, path)
        assert not path.exists()
        assert anchor_head(book, path, NOW) == known_anchors(path, "sqlite://", "main")[0]
