"""The table of laws (laws.toml), and what the tests are that it names.

`python -m tests.laws` lists those that a night tries longest.
"""

import ast
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
GROUPS = {
    "M": range(1, 7),
    "A": range(7, 14),
    "F": range(14, 31),
    "R": range(31, 42),
    "L": range(42, 55),
    "K": range(55, 62),
    "T": range(62, 69),
    "V": range(69, 75),
    "Q": range(75, 77),
}
OF_CALCULATION = "MAFR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """One law, the tests that hold it, and further ones that show more of it."""

    number: int
    group: str
    says: str
    held_by: tuple[str, ...]
    beside: tuple[str, ...] = ()
    note: str = ""


@cache
def _table() -> dict[str, object]:
    return tomllib.loads((ROOT / "tests" / "laws.toml").read_text(encoding="utf-8"))


def laws() -> list[Law]:
    """Every law of the table, in its order."""
    rows: list[dict[str, object]] = _table()["law"]  # type: ignore[assignment]
    return [
        Law(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
        for row in rows
    ]


def exhaustive() -> frozenset[str]:
    """The tests that try every case there is, and so draw none."""
    return frozenset(_table()["exhaustive"])  # type: ignore[arg-type]


@cache
def _functions(path: str) -> dict[str, bool]:
    """By name, the tests of a file, and whether Hypothesis draws what they are given."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = (
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )
    return {node.name: any(map(_is_given, node.decorator_list)) for node in found}


def _is_given(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "given"


def is_there(node_id: str) -> bool:
    """Whether a test of that path and name exists."""
    path, _, name = node_id.partition("::")
    return (ROOT / path).is_file() and name in _functions(path)


def is_property(node_id: str) -> bool:
    """Whether Hypothesis draws what a test is given."""
    path, _, name = node_id.partition("::")
    return _functions(path)[name]


def longest() -> Iterator[str]:
    """The properties of money, shares, refunds and rates that need no book: what a night tries hardest."""
    for law in laws():
        if law.group in OF_CALCULATION:
            yield from (test for test in law.held_by if is_property(test) and "/calculators/" in test)


if __name__ == "__main__":
    sys.stdout.write("\n".join(dict.fromkeys(longest())) + "\n")
