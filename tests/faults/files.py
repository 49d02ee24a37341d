"""What any file whatever may make of the readers: rows of a sensible shape or a `BadFile`, and nothing else.

The mutated files and the fuzzer ask it alike. `read_or_refused` raises only for a real fault of ours.
"""

import io
import re
import time
import types
from collections.abc import Mapping
from contextlib import redirect_stdout
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, get_args, get_type_hints

from calculators.masking import redacted
from cli.errors import LANGUAGES, BadFile, Fault, fault_codes
from cli.readers import NOT_READ, ReadFile, read_tables
from cli.readers.layouts import layout_named

NAME = "x.csv"
CPU_SECONDS_MAX = 5.0
# As many fen as twelve digits of yuan are; a price with more is a damaged one.
FEN_MAX = 10**14
# People who stand in the columns of the seeds that nobody reads; none of them may ever be told.
PEOPLE = ("张三丰", "西湖区", "alice@example.com")
_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_or_refused(
    content: bytes, people: tuple[str, ...] = PEOPLE
) -> tuple[ReadFile, ...] | tuple[Fault, ...]:
    """The tables of a file or its faults, each looked over; raises `AssertionError` or whatever came instead.

    None of the `people` may be named. A fuzzer, which writes names among the headings, had better give none: of a
    heading nobody can say that it is somebody.
    """
    began, printed = time.process_time(), io.StringIO()
    try:
        with redirect_stdout(printed):
            read = read_tables(NAME, content)
    except BadFile as bad:
        _assert_refused(bad.faults, people)
        return bad.faults
    finally:
        # Of this process alone: a busy machine is not the reader's fault.
        seconds = time.process_time() - began
        assert seconds < CPU_SECONDS_MAX, f"{seconds:.1f} s of CPU"
        assert not printed.getvalue(), f"printed {printed.getvalue()!r}"
    assert read, "neither a table nor a fault"
    for file in read:
        _assert_sensible(file)
    return read


def _assert_refused(faults: tuple[Fault, ...], people: tuple[str, ...]) -> None:
    assert faults, "refused for nothing"
    for fault in faults:
        _assert_telling(fault, people)


def _assert_telling(fault: Fault, people: tuple[str, ...]) -> None:
    assert fault.code in fault_codes(), fault.code
    assert fault.file.startswith(NAME), fault.file
    assert fault.row >= 0, fault.row
    for language in LANGUAGES:
        said = fault.sentence(language)
        assert redacted(said) == said, f"unmasked: {fault}"
        assert not any(person in said for person in people), f"names somebody: {fault}"


def _assert_sensible(file: ReadFile) -> None:
    assert _SHA256.fullmatch(file.sha256), file.sha256
    assert file.layout in (NOT_READ, "claims") or layout_named(file.layout), file.layout
    assert file.layout != NOT_READ or not file.rows
    numbers = [row.row for row in file.rows]
    assert len(set(numbers)) == len(numbers), "a row is told twice"
    assert min(numbers, default=1) > 0
    for row in file.rows:
        _assert_typed(row)
    if file.statement:
        _assert_typed(file.statement)
        assert file.statement.first_on <= file.statement.last_on


def _assert_typed(record: Any) -> None:
    for name, kinds in _kinds(type(record)).items():
        value = getattr(record, name)
        assert type(value) in kinds, f"{name} is {value!r}"
        if isinstance(value, int):
            assert abs(value) < FEN_MAX, f"{name} is {value}"
        if isinstance(value, datetime):
            assert value.utcoffset() is not None, f"{name} is {value!r}"
        if isinstance(value, str):
            value.encode()  # half a character cannot be kept


@cache
def _kinds(record: type) -> Mapping[str, frozenset[type]]:
    hints = get_type_hints(record)
    return {field.name: _plain(hints[field.name]) for field in fields(record)}


def _plain(hint: Any) -> frozenset[type]:
    if isinstance(hint, types.UnionType):
        return frozenset(kind for part in get_args(hint) for kind in _plain(part))
    return frozenset({getattr(hint, "__origin__", hint)})
