"""`settle verify`: what it prints, what it answers a script, and when it writes an anchor."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli import exits
from cli.main import app
from ledger.anchors import beside, read_anchors
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from tests.ledger.samples import NOW, an_entry, post, tamper


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "settle.db"
    with create_book(sqlite_url(path), actor="wang", now=NOW) as book:
        post(book, an_entry(), "a")
        post(book, an_entry(), "b")
    return path


def call(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(argument) for argument in arguments], catch_exceptions=False)
    return done.exit_code, done.stdout


def test_a_sound_book_without_an_anchor_says_what_needs_one(db: Path) -> None:
    code, said = call("verify", "--db", db, "--lang", "en")
    assert code == exits.DONE
    assert said.startswith("verified: 2 entries, 1 operations, head #2 ")
    assert "needs an anchor" in said
    assert "an old backup put in its place" in said
    assert "需要锚点" in call("verify", "--db", db, "--lang", "zh")[1]


def test_a_finding_is_named_and_answered_with_1(db: Path) -> None:
    with open_book(sqlite_url(db)) as book:
        tamper(book, "UPDATE posting SET amount_fen = amount_fen * 2 WHERE seq = 2")
    code, said = call("verify", "--db", db, "--json")
    assert code == exits.DIFFERS
    (finding,) = json.loads(said)["findings"]
    assert finding["what"].startswith("entry 2: ")
    assert "chain: entry 2: " in call("verify", "--db", db, "--lang", "en")[1]


def test_the_anchor_beside_the_book_is_checked_unless_another_is_named(db: Path, tmp_path: Path) -> None:
    assert call("verify", "--db", db, "--write-anchor", beside(db))[0] == exits.DONE
    code, said = call("verify", "--db", db, "--json")
    assert (code, json.loads(said)["needs_anchor"]) == (exits.DONE, False)
    beside(db).write_text(beside(db).read_text().replace('"entries": 2', '"entries": 3'))
    code, said = call("verify", "--db", db, "--lang", "en")
    assert (code, "anchor: " in said, "entry 3 is not there any more" in said) == (exits.DIFFERS, True, True)
    elsewhere = tmp_path / "auditor"
    assert call("verify", "--db", db, "--anchor", elsewhere)[0] == exits.REFUSED


def test_no_anchor_is_written_for_a_book_that_does_not_verify(db: Path, tmp_path: Path) -> None:
    file = tmp_path / "auditor"
    with open_book(sqlite_url(db)) as book:
        tamper(book, "UPDATE posting SET narration = 'x' WHERE seq = 2")
    assert call("verify", "--db", db, "--write-anchor", file)[0] == exits.DIFFERS
    assert not file.exists()


def test_closing_a_month_appends_an_anchor_and_refuses_a_book_that_an_earlier_one_does_not_fit(
    db: Path,
) -> None:
    assert call("close", "2026-10", "--db", db, "--lang", "en")[0] == exits.DONE
    (anchor,) = read_anchors(beside(db), "main")
    assert (anchor.entries, anchor.operations) == (2, 2)
    assert call("close", "2026-10", "--db", db)[0] == exits.DONE
    assert len(read_anchors(beside(db), "main")) == 1
    beside(db).write_text(anchor.line().replace(anchor.hash, "f" * 64))
    assert call("close", "2026-11", "--db", db)[0] == exits.REFUSED
    assert len(read_anchors(beside(db), "main")) == 1
