import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell, asked, noted


@pytest.fixture
def recorded(booked: Shell, notes: list[dict[str, Any]]) -> Shell:
    """A book with one recorded return."""
    booked("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    return booked


def _by_hand(database: Path, *statements: str) -> None:
    """What somebody does who opens the file with another program, past every trigger and key."""
    with sqlite3.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_book_agrees(recorded: Shell, lang: str) -> None:
    recorded.matches(f"replay.{lang}", recorded("replay", "--lang", lang))
    told = recorded("replay", "--json").json
    assert (told["guards"], told["first_difference"]) == ([], None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_dropped_guard_and_the_changed_posting_are_both_named(recorded: Shell, lang: str) -> None:
    _by_hand(
        recorded.folder / "settle.db",
        "DROP TRIGGER posting_update",
        "UPDATE posting SET amount_fen = amount_fen + 100 * (3 - 2 * line) WHERE seq = 1103 AND line <= 2",
    )
    recorded.matches(f"replay_tampered.{lang}", recorded("replay", "--lang", lang, code=1))
    told = recorded("replay", "--json", code=1).json
    assert told["guards"] == ["posting_update is missing"]
    assert (told["first_difference"]["seq"], told["first_difference"]["table"]) == (1103, "posting")
    assert told["first_difference"]["stored"] != told["first_difference"]["recomputed"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_guard_alone_is_a_finding(recorded: Shell, lang: str) -> None:
    _by_hand(recorded.folder / "settle.db", "DROP TRIGGER posting_delete")
    recorded.matches(f"replay_guard.{lang}", recorded("replay", "--lang", lang, code=1))


def test_a_guard_that_was_put_back_weaker_is_altered(recorded: Shell) -> None:
    _by_hand(
        recorded.folder / "settle.db",
        "DROP TRIGGER posting_update",
        "CREATE TRIGGER posting_update BEFORE UPDATE ON posting BEGIN SELECT 1; END",
    )
    assert recorded("replay", "--json", code=1).json["guards"] == ["posting_update is altered"]
    assert "posting_update 被改动过" in recorded("replay", "--lang", "zh", code=1).out


def test_every_other_command_still_refuses_such_a_book(recorded: Shell) -> None:
    _by_hand(recorded.folder / "settle.db", "DROP TRIGGER posting_update")
    assert "posting_update 不见了" in recorded("show", "1", "--lang", "zh", code=5).err
    assert recorded("show", "1", "--json", code=5).json["error"]["names"] == ["posting_update is missing"]


def test_replay_writes_nothing(recorded: Shell) -> None:
    before = sorted((path.name, path.read_bytes()) for path in recorded.folder.iterdir())
    recorded("replay")
    assert sorted((path.name, path.read_bytes()) for path in recorded.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "没有账套"), (b"", "数据库是空的"), (b"not a database" * 99, "这个数据库用不了")],
)
def test_a_file_that_is_no_book_ends_with_5(shell: Shell, content: bytes | None, said: str) -> None:
    if content is not None:
        (shell.folder / "settle.db").write_bytes(content)
    assert said in shell("replay", "--lang", "zh", code=5).err


def test_another_programs_database_is_refused(shell: Shell) -> None:
    _by_hand(shell.folder / "settle.db", "CREATE TABLE posting (a)")
    assert "不是 Settle 建的" in shell("replay", "--lang", "zh", code=5).err
