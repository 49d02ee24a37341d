"""Fuzzed: a command line, typed in a folder that is empty or has a small shop in it.

It ends with one of our exit codes and never with a traceback, and writes nothing outside of its folder. The words
come from the commands' own dictionary, or are any text; slashes are taken out, for whoever names a path elsewhere
means it. `demo` is left out: it makes a whole month each time.
"""

import contextlib
import functools
import importlib
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest import mock

from typer.main import get_command

from cli import exits
from cli.main import COMMANDS, run
from tests.cli.readers.corpus import CLAIM, statement
from tests.cli.readers.small import file_of, small
from tests.fuzz.given import Given
from tests.fuzz.watching import watched

_LEFT_OUT = ("demo",)
_WORDS_MAX = 14
_CODES = {code for name, code in vars(exits).items() if name.isupper()}
_TYPED = """
settle.db orders.csv items.csv alipay.csv cases.jsonl own.toml out.xlsx new.db sub . settle.db.anchors sqlite:
3300000000000000001 3300000000000000002 c1 1 0 -1 12 x - -- @ main other wang li
2026-10 2026-10-12 2026-10-12T10:00 2026-13 9999-12-31 0001-01-01 9999-12 0.00 12.30 -5.00 1e9 1:1 2:0
zh en return refund_only exchange cancel tmall-2026 asked 月结 已核对 journal trial-balance account order
1012.01 1012.01=50000.00 1002 kis hledger csv --json --help --version 张三丰 13800138000 =1+1
"""
_VALUES = ("", "a" * 64, *_TYPED.split())


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    words, has_shop = words_of(data)
    code, said, elsewhere = _ended(words, has_shop)
    assert code in _CODES, f"exit {code} of {words}"
    assert "Traceback" not in said, f"{words}: {said}"
    assert not elsewhere, f"{words} wrote to {elsewhere}"


def words_of(data: bytes) -> tuple[list[str], bool]:
    """The command line that the bytes stand for, and whether there is a shop in the folder."""
    given = Given(data)
    has_shop = bool(given.byte() & 1)
    command = given.one_of(sorted(_dictionary()))
    words = [command]
    while not given.is_used_up and len(words) < _WORDS_MAX:
        kind = given.below(8)
        if kind == 0:
            words.append(_plain(given.text()))
        else:
            words.append(given.one_of(_dictionary()[command] if kind % 2 else _VALUES))
    return words, has_shop


def _plain(text: str) -> str:
    for sign in ("\x00", "/", "\\", "..", "~"):
        text = text.replace(sign, "")
    return text


@functools.cache
def _dictionary() -> dict[str, tuple[str, ...]]:
    """By command, its options and the words of its own."""
    modules = {name: module for name, module in COMMANDS.items() if name not in _LEFT_OUT}
    found = {name: get_command(importlib.import_module(module).app) for name, module in modules.items()}
    return {name: tuple(dict.fromkeys(["--help", *_own(command)])) for name, command in found.items()}


def _own(command: Any) -> Iterator[str]:
    for parameter in command.params:
        yield from parameter.opts if parameter.param_type_name == "option" else ()
        yield from parameter.secondary_opts
    for name, inner in getattr(command, "commands", {}).items():
        yield name
        yield from _own(inner)


def _ended(words: Sequence[str], has_shop: bool) -> tuple[int, str, list[str]]:
    """The exit code, all that was said, and the paths outside of the folder that were written to."""
    output = io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True)
    with tempfile.TemporaryDirectory() as folder:
        if has_shop:
            shutil.copytree(_shop().name, folder, dirs_exist_ok=True)
        with (
            _standing_in(folder),
            watched(folder) as elsewhere,
            mock.patch.multiple(
                sys, argv=["settle", *words], stdin=io.StringIO(), stdout=output, stderr=output
            ),
        ):
            code = _run()
    output.seek(0)
    return code, output.buffer.getvalue().decode(), elsewhere  # type: ignore[attr-defined]


def _run() -> int:
    try:
        run()
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    return 0


@contextlib.contextmanager
def _standing_in(folder: str) -> Iterator[None]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith("SETTLE_")}
    with (
        contextlib.chdir(folder),
        mock.patch.dict(os.environ, {**plain, "HOME": folder, "COLUMNS": "100"}, clear=True),
        mock.patch.object(tempfile, "tempdir", folder),
        mock.patch.object(sys, "dont_write_bytecode", True),
    ):
        yield


@functools.cache
def _shop() -> "tempfile.TemporaryDirectory[str]":
    """A folder with a book and the files that a command line may name; it goes with the process."""
    made = tempfile.TemporaryDirectory()
    folder = Path(made.name)
    (folder / "sub").mkdir()
    (folder / "orders.csv").write_bytes(file_of(small("order_report", "2022")))
    (folder / "items.csv").write_bytes(file_of(small("item_report", "2021-22")))
    (folder / "alipay.csv").write_bytes(statement())
    (folder / "cases.jsonl").write_text(CLAIM + "\n", "utf-8")
    (folder / "own.toml").write_text('[override]\nshop = "x"\n', "utf-8")
    output = io.TextIOWrapper(io.BytesIO(), "utf-8")
    for words in (
        ["init", "--opening", "1012.01=50000.00", "--on", "2026-10-01", "--actor", "wang"],
        ["import", "orders.csv", "items.csv", "--actor", "wang"],
    ):
        with (
            _standing_in(str(folder)),
            mock.patch.multiple(sys, argv=["settle", *words], stdout=output, stderr=output),
        ):
            assert _run() == exits.DONE, words
    return made


def seeds() -> Iterator[bytes]:
    """Every command with each of its options, in an empty folder and in a shop's."""
    for place, (_, options) in enumerate(sorted(_dictionary().items())):
        for option in range(len(options)):
            yield bytes([1, place, 1, option, 2, place + option])
        yield bytes([0, place, 2, 3])
        yield bytes([1, place])
        yield bytes([1, place, 0, 4]) + b"\xff\xfe--" + bytes([2, 9, 2, 22])
