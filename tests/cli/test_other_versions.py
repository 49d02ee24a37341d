"""Other versions: a program refuses a database of a later one, and of an earlier one, in one plain line."""

import sqlite3
from contextlib import closing

import pytest

from cli import exits
from tests.cli.shell import Shell
from tests.ledger.released import FIRST, lay_out

COMMANDS = [
    ("verify",),
    ("replay",),
    ("show", "1"),
    ("payables",),
    ("approve", "C1"),
    ("reverse", "1", "--reason", "x"),
    ("close", "2026-10"),
    ("backup", "--to", "copy.db"),
    ("move", "--to", "sqlite:///moved.db"),
]
LATER = {"en": "Use the program that wrote it.", "zh": "请使用写它的那个版本的程序。"}
EARLIER = {"en": "bring it up to date with `settle init`.", "zh": "再用 settle init 升级。"}


@pytest.fixture
def later(shell: Shell) -> Shell:
    """A shell that stands beside a book of a later program."""
    shell("init")
    with closing(sqlite3.connect(shell.folder / "settle.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    return shell


@pytest.fixture
def earlier(shell: Shell) -> Shell:
    """A shell that stands beside a book of the first program."""
    lay_out(FIRST, shell.folder / "settle.db")
    return shell


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", [*COMMANDS, ("init",)], ids=lambda command: command[0])
def test_a_book_of_a_later_program_is_refused_in_one_line(
    later: Shell, command: tuple[str, ...], language: str
) -> None:
    _is_refused(later, command, language, LATER[language])


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command[0])
def test_a_book_of_an_earlier_program_is_refused_in_one_line(
    earlier: Shell, command: tuple[str, ...], language: str
) -> None:
    _is_refused(earlier, command, language, EARLIER[language])


def _is_refused(shell: Shell, command: tuple[str, ...], language: str, ends: str) -> None:
    before = (shell.folder / "settle.db").read_bytes()
    said = shell(*command, "--lang", language, code=exits.NO_BOOK)
    assert said.err.endswith(f"{ends}\n")
    assert said.err.count("\n") == 1
    assert (shell.folder / "settle.db").read_bytes() == before
    assert not [file for file in ("copy.db", "moved.db") if (shell.folder / file).exists()]
