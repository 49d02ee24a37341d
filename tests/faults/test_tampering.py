"""Tampering: every kind is found, and what only an anchor can find is said to need one."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from cli.views.verified import ONLY_AN_ANCHOR, anchored_line
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.errors import BookError
from ledger.verify import verify
from tests.faults.books import LATER, NOVEMBER, anchor_of_file
from tests.faults.forger import Deed, unguarded
from tests.faults.kinds import FOUND_BY_AN_ANCHOR, FOUND_BY_THE_CHAIN, IN_THE_SCHEMA
from tests.faults.tally import Tally
from tests.ledger.samples import an_entry


def _damaged(full_book: Path, folder: Path, deed: Deed) -> Path:
    path = folder / "book.db"
    shutil.copy(full_book, path)
    with unguarded(path) as connection:
        deed(connection)
    return path


def test_an_untouched_book_verifies_with_its_anchor_and_needs_one_without(full_book: Path) -> None:
    before = full_book.read_bytes()
    with_anchor = verify(sqlite_url(full_book), anchors=[anchor_of_file(full_book)])
    assert (with_anchor.findings, with_anchor.needs_anchor) == ((), False)
    without = verify(sqlite_url(full_book))
    assert (without.findings, without.needs_anchor) == ((), True)
    assert full_book.read_bytes() == before


def test_every_kind_is_found(full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]) -> None:
    group, anchor = tally("tampering"), anchor_of_file(full_book)
    kinds = {**FOUND_BY_THE_CHAIN, **FOUND_BY_AN_ANCHOR}
    unseen, unnamed = [], []
    for name, deed in kinds.items():
        url = sqlite_url(_damaged(full_book, tmp_path, deed))
        alone, anchored = verify(url), verify(url, anchors=[anchor])
        if not anchored.findings or (name in FOUND_BY_THE_CHAIN and not alone.findings):
            unseen.append(name)
        if name in FOUND_BY_AN_ANCHOR and (alone.findings or not alone.needs_anchor):
            unnamed.append((name, alone.findings))
    assert (unseen, unnamed) == ([], [])
    group.closes(len(kinds), lost=len(unseen), wrong=len(unnamed))


def test_an_old_backup_in_the_place_of_the_book_needs_an_anchor_to_be_found(
    full_book: Path, tmp_path: Path
) -> None:
    newer = tmp_path / "newer.db"
    shutil.copy(full_book, newer)
    with open_book(sqlite_url(newer)) as book, book.writing(actor="li", now=LATER) as desk:
        desk.post(an_entry(5, on=NOVEMBER), key="after the backup")
    anchors = [anchor_of_file(full_book), anchor_of_file(newer)]
    alone, anchored = verify(sqlite_url(full_book)), verify(sqlite_url(full_book), anchors=anchors)
    assert (alone.findings, alone.needs_anchor) == ((), True)
    assert [finding.check for finding in anchored.findings] == ["anchor"]
    assert "entry 13 is not there any more" in anchored.findings[0].what


def test_without_an_anchor_the_six_kinds_are_named(full_book: Path) -> None:
    assert len(ONLY_AN_ANCHOR) == len(FOUND_BY_AN_ANCHOR) + 1  # an old backup is put back by no SQL
    said = anchored_line(verify(sqlite_url(full_book)), "en")
    assert "needs an anchor" in said
    assert all(english in said for _, english in ONLY_AN_ANCHOR)
    anchored = verify(sqlite_url(full_book), anchors=[anchor_of_file(full_book)])
    assert "needs" not in anchored_line(anchored, "en")


def test_every_line_of_the_anchors_is_checked_and_not_the_last_alone(full_book: Path) -> None:
    good = anchor_of_file(full_book)
    bad = replace(good, entries=6, hash="f" * 64)
    for anchors in ([bad, good], [good, bad, good]):
        assert [one.check for one in verify(sqlite_url(full_book), anchors=anchors).findings] == ["anchor"]


def test_every_change_of_the_schema_is_found(
    full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group = tally("schema tampering")
    unseen = []
    for name, statements in IN_THE_SCHEMA.items():
        path = tmp_path / "book.db"
        shutil.copy(full_book, path)
        before = _schema(path)
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                connection.execute(statement)
        assert name == "version changed" or _schema(path) != before, f"{name} changed nothing"
        unseen += [name] * (not _is_seen(path))
    assert unseen == []
    group.closes(len(IN_THE_SCHEMA), lost=len(unseen), wrong=0)


def _is_seen(path: Path) -> bool:
    try:
        return bool(verify(sqlite_url(path)).findings)
    except BookError:
        return True


def _schema(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT name, sql FROM sqlite_schema ORDER BY name").fetchall()


def test_a_guard_changed_and_the_anchor_say_so_together(full_book: Path, tmp_path: Path) -> None:
    anchor, path = anchor_of_file(full_book), tmp_path / "book.db"
    shutil.copy(full_book, path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DROP TRIGGER posting_update")
    checks = [finding.check for finding in verify(sqlite_url(path), anchors=[anchor]).findings]
    assert checks == ["guards", "anchor"]
