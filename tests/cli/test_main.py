import errno
import fcntl
import importlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from cli import exits
from cli.main import COMMANDS, app
from tests.cli.shell import Shell

SETTLE = Path(sys.executable).with_name("settle")


def _run(*words: str, **more: Any) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([SETTLE, *words], capture_output=True, check=False, **more)


def test_every_command_is_there_and_says_what_it_does_in_both_languages(shell: Shell) -> None:
    listed = shell("--help").out
    for name, module in COMMANDS.items():
        assert f" {name} " in listed
        assert importlib.import_module(module).app.registered_commands
        assert " / " in shell(name, "--help").out


def test_the_exit_codes_are_seven_different_ones() -> None:
    codes = [value for name, value in vars(exits).items() if name.isupper()]
    assert sorted(codes) == [0, 1, 2, 3, 4, 5, 6]


def test_an_unknown_command_ends_with_2(shell: Shell) -> None:
    shell("sell", code=exits.USAGE)
    assert shell("--version").out.startswith("settle ")


def test_a_fault_of_ours_is_seen_whole(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a slip of ours")

    monkeypatch.setattr("cli.commands.init.place", broken)
    ended = CliRunner().invoke(app, ["init"])
    assert isinstance(ended.exception, RuntimeError)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES, errno.EIO])
def test_whatever_the_system_refuses_is_one_line_and_5(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    def refused(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number), "settle.db.lock")

    shell("init")
    monkeypatch.setattr("ledger.connections.os.open", refused)
    said = shell("reverse", "1", "--reason", "x", "--lang", "zh", code=exits.NO_BOOK)
    assert said.err.startswith("settle.db.lock：")
    assert len(said.err.splitlines()) == 1


def test_the_language_of_a_refusal_is_the_options_else_the_locales(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "there is no book" in shell("show", "1", code=5).err
    assert "没有账套" in shell("show", "1", "--lang=zh", code=5).err
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert "没有账套" in shell("show", "1", code=5).err
    assert "there is no book" in shell("show", "1", "--lang", "en", code=5).err
    assert "there is no book" in shell("show", "1", "--json", code=5).json["error"]["message"]


def test_a_book_that_another_program_holds_is_refused_after_a_while(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("init")
    monkeypatch.setattr("ledger.connections.WAIT_MAX_SECONDS", 0)
    with (shell.folder / "settle.db.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        said = shell("reverse", "1", "--reason", "x", "--lang", "zh", code=exits.NO_BOOK)
    assert "别的程序已写" in said.err


def test_a_database_that_another_program_has_locked_is_refused(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell("init")
    monkeypatch.setattr("ledger.connections.WAIT_MAX_SECONDS", 0)
    other = sqlite3.connect(shell.folder / "settle.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    said = shell("init", "--book", "second", "--lang", "zh", code=exits.NO_BOOK)
    other.close()
    assert "数据库正被别的程序占用（database is locked）" in said.err


def test_a_folder_that_may_not_be_written_is_refused(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> int:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("ledger.connections.os.open", forbidden)  # a folder's mode binds everybody but root
    said = shell("init", "--lang", "zh", code=exits.NO_BOOK)
    assert "没有权限" in said.err
    assert list(shell.folder.iterdir()) == []


def test_a_full_disk_under_the_output_is_told_without_a_traceback(shell: Shell) -> None:
    with Path("/dev/full").open("w") as full:
        ended = subprocess.run([SETTLE, "quote", "--kinds"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert b"Traceback" not in ended.stderr
    assert ended.returncode == exits.NO_BOOK


def test_a_reader_that_goes_away_is_no_fault() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([SETTLE, "quote", "--kinds"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert ended.stderr == b""


def test_an_output_that_knows_no_chinese_still_gets_valid_json(shell: Shell) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    ended = _run("show", "1", "--lang", "zh", "--json", cwd=shell.folder, env=environment)
    assert "没有账套" in json.loads(ended.stdout)["error"]["message"]


def test_a_quote_of_a_case_loads_neither_the_database_nor_the_workbook() -> None:
    code = (
        "import sys, cli.commands.quote, ledger.quoting;"
        "sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'openpyxl', 'alembic')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("tongue", "said"), [("zh", "第 3 个词不是 UTF-8 文字"), ("en", "word 3 is no text")]
)
def test_a_word_in_another_encoding_than_ours_is_refused(shell: Shell, tongue: str, said: str) -> None:
    word = "流水".encode("gb18030").decode("utf-8", "surrogateescape")
    refused = shell("show", "--db", word, "--lang", tongue, code=2)
    assert said in refused.err
    assert "Traceback" not in refused.err
