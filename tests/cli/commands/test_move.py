"""`settle move`: the book in another database, and what is said of it."""

import json
from pathlib import Path

from cli import exits
from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.cli.commands.test_verify import call
from tests.ledger.samples import NOW, an_entry, post


def test_a_book_is_moved_to_a_path_or_a_url_with_its_head(tmp_path: Path) -> None:
    db = tmp_path / "settle.db"
    with create_book(sqlite_url(db), actor="wang", now=NOW) as book:
        head = post(book, an_entry(), "a")
    code, said = call("move", "--db", db, "--to", tmp_path / "new.db", "--lang", "en")
    assert (code, f"verified, head #{head} " in said) == (0, True)
    moved = json.loads(call("move", "--db", db, "--to", sqlite_url(tmp_path / "url.db"), "--json")[1])
    assert moved == json.loads(call("verify", "--db", db, "--json")[1])["head"] | {"book": "main"}
    assert call("move", "--db", db, "--to", tmp_path / "new.db")[0] == exits.NO_BOOK
