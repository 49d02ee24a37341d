"""The state of a book as JSON: one value a line, the same bytes for the same book wherever it is asked.

It is plain ASCII, for no terminal may change it, and its last line but one holds the SHA-256 of all lines above:
whoever has the file can check it with `head -n -2 FILE | sha256sum`.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from exports.package import write_whole
from ledger.replay_reports import State

FORMAT = "settle state 1"


def state_lines(state: State) -> Iterator[str]:
    """The state line by line, its line ends included; its refunds are read on the way."""
    seen = hashlib.sha256()
    for line in _lines(state):
        seen.update(line.encode())
        yield line
    yield f'"digest": "{seen.hexdigest()}"\n'
    yield "}\n"


def write_state(lines: Iterable[str], to: Path, *, overwrite: bool = False) -> None:
    """Write a state's lines as the file `to`, whole or not at all; `BadPlace` where it cannot stand there."""
    write_whole(to, lambda file: file.writelines(line.encode("ascii") for line in lines), overwrite=overwrite)


def _lines(state: State) -> Iterator[str]:
    yield "{\n"
    yield f'"format": {_json(FORMAT)},\n'
    for name in ("book", "until", "entries", "postings", "settlements"):
        yield f'"{name}": {_json(getattr(state, name))},\n'
    yield f'"head": {_json(asdict(state.head))},\n'
    yield f'"operation": {_json({"op_no": state.operation.seq, "hash": state.operation.hash})},\n'
    yield from _list("balances", state.balances)
    yield from _list("periods", state.periods)
    yield from _list("refunds", state.refunds)


def _list(name: str, rows: Iterable[Any]) -> Iterator[str]:
    yield f'"{name}": [\n'
    comma = ""
    for row in rows:
        if comma:
            yield comma
        yield _json(asdict(row))
        comma = ",\n"
    yield "\n],\n" if comma else "],\n"


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True)
