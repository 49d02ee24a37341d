"""A TOML text with the line of every value in it, so that a fault can be mended where it stands.

The standard reader tells only what a text says. The lines are found by a second, lax walk over a text that has
been read, and only when somebody asks for one.
"""

import re
import tomllib
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from calculators.reading import join

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*'
    r"|\n|[][{},=.]|[^\s\[\]{},=.\"'#]+",
    re.DOTALL,
)
_STATED = re.compile(r"line (\d+)")
_LAST_PART = re.compile(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]+)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toml:
    """What a TOML text says, and the paths at which it wrongly says it with a float."""

    text: str
    value: dict[str, Any]
    floats: tuple[tuple[str, str], ...] = ()

    def line(self, path: str) -> int:
        """The line on which the value at `path` begins; of what holds it, where it is not there."""
        lines = _Walk(self.text).lines()
        while path and path not in lines:
            path = _LAST_PART.sub("", path)
        return lines.get(path, 1)


def read_toml(text: str) -> Toml:
    """The TOML of a text; `tomllib.TOMLDecodeError` where it is none. Floats are given as the text they are."""
    value = tomllib.loads(text, parse_float=_Float)
    floats: list[tuple[str, str]] = []
    return Toml(text=text, value=_plain(value, "", floats), floats=tuple(floats))


def line_of(problem: tomllib.TOMLDecodeError, text: str) -> int:
    """The line that a syntax fault names; the last one where it is found at the end."""
    stated = _STATED.search(str(problem))
    return int(stated[1]) if stated else text.count("\n") + 1


class _Float(str):
    """The literal of a float, so that no float ever comes to be."""

    __slots__ = ()


def _plain(value: Any, path: str, floats: list[tuple[str, str]]) -> Any:
    if isinstance(value, dict):
        return {key: _plain(one, join(path, key), floats) for key, one in value.items()}
    if isinstance(value, list):
        return [_plain(one, f"{path}[{place}]", floats) for place, one in enumerate(value)]
    if isinstance(value, _Float):
        floats.append((path, str(value)))
        return str(value)
    return value


class _Walk:
    """One walk over the tokens of a text: headers set the table, keys and list places are noted by line."""

    def __init__(self, text: str) -> None:
        breaks = list(accumulate((one == "\n" for one in text), initial=0))
        found = [(match[0], breaks[match.start()] + 1) for match in _TOKEN.finditer(text)]
        self._tokens = [*((token, line) for token, line in found if not token.startswith("#")), ("", 0)]
        self._at = 0
        self._counts: dict[str, int] = {}
        self._lines: dict[str, int] = {}

    def lines(self) -> dict[str, int]:
        """The line of every path."""
        table = ""
        while self._word:
            if self._word == "[":
                table = self._header()
            elif self._word == "\n":
                self._at += 1
            else:
                self._pair(table)
        return self._lines

    @property
    def _word(self) -> str:
        return self._tokens[self._at][0]

    def _note(self, path: str) -> str:
        self._lines.setdefault(path, self._tokens[self._at][1])
        return path

    def _header(self) -> str:
        """`[a.b]` or `[[a.b]]`: the path of the table that begins."""
        self._at += 1
        listed = self._word == "["
        self._at += listed
        *outer, last = self._names("]")
        path = ""
        for name in outer:
            path = self._latest(join(path, name))
        path = join(path, last)
        if listed:
            self._note(path)
            self._counts[path] = self._counts.get(path, -1) + 1
        path = self._note(self._latest(path))
        self._at += 1 + listed
        return path

    def _latest(self, path: str) -> str:
        return f"{path}[{self._counts[path]}]" if path in self._counts else path

    def _names(self, end: str) -> list[str]:
        names = []
        while self._word and self._word != end:
            if self._word not in {".", "\n"}:
                names.append(self._word.strip("\"'"))
            self._at += 1
        return names or [""]

    def _pair(self, table: str) -> None:
        start = self._at
        path = table
        for name in self._names("="):
            path = join(path, name)
        self._lines.setdefault(path, self._tokens[start][1])
        self._at += 1
        self._value(path)

    def _value(self, path: str) -> None:
        if self._word == "[":
            self._list(path)
        elif self._word == "{":
            self._table(path)
        else:
            while self._word not in {"", ",", "]", "}", "\n"}:
                self._at += 1

    def _list(self, path: str) -> None:
        self._at += 1
        place = 0
        while self._word not in {"", "]"}:
            if self._word in {",", "\n"}:
                place += self._word == ","
                self._at += 1
            else:
                self._value(self._note(f"{path}[{place}]"))
        self._at += 1

    def _table(self, path: str) -> None:
        self._at += 1
        while self._word not in {"", "}"}:
            if self._word in {",", "\n"}:
                self._at += 1
            else:
                self._pair(path)
        self._at += 1
