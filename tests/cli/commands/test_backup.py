"""`settle backup`: a copy that `settle verify` takes, with its own anchor."""

import json
from pathlib import Path

from cli import exits
from ledger.connections import sqlite_url
from ledger.engine import create_book
from tests.cli.commands.test_verify import call
from tests.ledger.samples import NOW


def test_a_backup_verifies_with_the_anchor_beside_it(tmp_path: Path) -> None:
    db, to = tmp_path / "settle.db", tmp_path / "backup.db"
    create_book(sqlite_url(db), actor="wang", now=NOW).leave()
    code, said = call("backup", "--db", db, "--to", to, "--lang", "en")
    assert (code, "backed up and verified, head #0" in said) == (0, True)
    assert json.loads(call("verify", "--db", to, "--json")[1])["needs_anchor"] is False
    assert call("backup", "--db", db, "--to", to)[0] == exits.REFUSED
    (one,) = json.loads(call("backup", "--db", db, "--to", tmp_path / "second.db", "--json")[1])
    assert one["book"] == "main"
