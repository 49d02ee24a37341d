"""Case files: one JSON object, or one a line. A line that is no JSON is a bad case of its own."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from calculators.errors import BadCase
from calculators.masking import redacted


def read_json(path: Path) -> Any:
    """The JSON of a file; `BadCase` with an empty path where it is none or cannot be read."""
    return _parsed(_text(path), str(path))


def case_lines(path: Path) -> Iterator[Any]:
    """Each line's case in order; a line that is no JSON stands as its own text, which no case is."""
    for line in _text(path).splitlines():
        if not line.strip():
            continue
        try:
            yield _parsed(line, str(path))
        except BadCase:
            yield line


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise BadCase(redacted(str(path)), f"cannot be read: {problem.strerror or problem}") from None
    except UnicodeDecodeError as problem:
        raise BadCase(
            redacted(str(path)), f"is not a UTF-8 text: {problem.reason} at byte {problem.start}"
        ) from None


def _parsed(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_constant=lambda name: name)
    except (ValueError, RecursionError) as problem:
        raise BadCase(where, f"is not JSON: {problem}") from None
