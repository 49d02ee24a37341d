"""Settle as its user meets it: a command line in, what was printed and the exit code out, and golden copies of both.

A golden file is what a person would see. To renew them after a change of wording, run the tests with
SETTLE_RENEW_GOLDEN=1 and read the difference before it is kept. Hashes and folders of one run are masked.
"""

import json
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cli.main import app

GOLDEN = Path(__file__).parent / "golden"
DESPITE = ("--despite-gates", "--reason", "等平台答复")  # most tests close a month of which little is booked
RENEW = "SETTLE_RENEW_GOLDEN" in os.environ
_MASKS = (
    (re.compile(r"\b[0-9a-f]{64}\b"), "<hash>"),
    (re.compile(r"\b[0-9a-f]{24}\b"), "<key>"),
    (re.compile(r"\b[0-9a-f]{12}\b"), "<hash…>"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What one call of settle said and how it ended."""

    line: str
    out: str
    err: str
    code: int

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)

    @property
    def shown(self) -> str:
        """The call as a person sees it: the line typed, what came out, then what was refused."""
        parts = [f"$ {self.line}", self.out.rstrip("\n"), self.err.rstrip("\n")]
        parts += [f"(exit {self.code})"] if self.code else []
        return "\n".join(part for part in parts if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """A shell that stands in one folder."""

    folder: Path

    def __call__(self, *words: str | Path, code: int = 0) -> Said:
        """Run settle; it must end with `code`, and never with a traceback."""
        said = self.try_out(*words)
        assert said.code == code, said.shown
        return said

    def try_out(self, *words: str | Path) -> Said:
        """Run settle, however it ends, but never with a traceback."""
        given = [str(word) for word in words]
        ended = CliRunner().invoke(app, given)
        assert ended.exception is None or isinstance(ended.exception, SystemExit), ended.exception
        return Said(
            line=shlex.join(["settle", *given]), out=ended.stdout, err=ended.stderr, code=ended.exit_code
        )

    def matches(self, name: str, *said: Said) -> None:
        """What was said is what the golden file of that name holds."""
        text = "\n\n".join(one.shown for one in said).replace(str(self.folder), "…")
        for pattern, mask in _MASKS:
            text = pattern.sub(mask, text)
        text = "\n".join(line.rstrip() for line in text.splitlines()) + "\n"
        file = GOLDEN / f"{name}.txt"
        if RENEW:
            file.write_text(text, "utf-8")
        assert file.is_file(), f"there is no {file.name}: run once with SETTLE_RENEW_GOLDEN=1"
        assert text == file.read_text("utf-8")


def record_and_grant(shell: Shell, *words: str | Path) -> None:
    """Record the agents' notes, and let a supervisor grant what waits, until nothing waits any more."""
    shell("record", "--cases", *words)
    while waiting := shell("approve", "--json").json:
        for one in waiting:
            shell("approve", one["subject"], "--digest", one["digest"], "--actor", "主管")
        shell("record", "--cases", *words)


def dump(database: Path) -> bytes:
    """Every byte of a database's file."""
    return database.read_bytes()


def options_of(claim: dict[str, Any]) -> list[str]:
    """A claim of the case format as the options of a command line."""
    words: list[str] = []
    for name, value in claim.items():
        option = f"--{name.replace('_', '-')}"
        if name == "lines":
            words += [word for part in value for word in ("--line", f"{part['line']}:{part['qty']}")]
        elif name == "replacement":
            words += [option, f"{value['price']}:{value['stock']}"]
        elif isinstance(value, bool):
            words += [option] if value else [option, "false"]
        else:
            words += [option, str(value)]
    return words


def noted(notes: list[dict[str, Any]], **keys: Any) -> dict[str, Any]:
    """The first of the agents' notes whose claim says all of that."""
    claims = (note for note in notes if "claim" in note)
    return next(note for note in claims if keys.items() <= note["claim"].items())


def asked(note: dict[str, Any]) -> list[str]:
    """A note as the words after `settle quote` or `settle record`."""
    return [note["order_no"], *options_of(note["claim"]), "--at", note["at"]]
