"""The demo shop's files written once, a book with them imported copied for each test, and a clock that stands."""

import json
import shutil
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

import pytest

from calculators.days import SHANGHAI, parse_day
from cli.demo import write_shop
from cli.importing import files_in, import_files, read_files
from cli.rulebooks import default_rulebook
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.opening import opening_entry
from tests.cli.shell import Shell

STANDS_AT = datetime(2026, 11, 2, 9, 0, tzinfo=SHANGHAI)
OPENING = {"1012.01": 50_000_00}


class StandingClock(datetime):
    """A clock that stands."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        return STANDS_AT.astimezone(tz)


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's five files; nobody writes into it."""
    folder = tmp_path_factory.mktemp("shop")
    write_shop(folder)
    return folder


@pytest.fixture(scope="session")
def notes(shop: Path) -> list[dict[str, Any]]:
    """The agents' notes of the demo month, line by line."""
    lines = (shop / "cases.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="session")
def imported(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the month's four reports imported, to be copied."""
    database = tmp_path_factory.mktemp("imported") / "settle.db"
    files = read_files(files_in([shop]))
    with (
        create_book(sqlite_url(database), actor="wang", now=STANDS_AT) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        desk.post(opening_entry(OPENING, parse_day("2026-10-01")), key="opening", command="init")
        import_files(desk, files, default_rulebook())
    return database


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell in an empty folder, as user wang, in English, at a moment that stands."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.clock.datetime", StandingClock)
    for name in ("SETTLE_DB", "SETTLE_ACTOR", "LC_ALL", "LC_MESSAGES", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LOGNAME", "wang")
    return Shell(folder=tmp_path)


@pytest.fixture
def booked(shell: Shell, imported: Path) -> Shell:
    """A shell in a folder whose settle.db has the month's files imported."""
    shutil.copy(imported, shell.folder / "settle.db")
    return shell
