"""Where rules are exercised: the places of our code that cite them, and the worked cases and tests that list them.

The code is read as text from the installed packages. Worked cases come with the source tree only, so an installed
program has to be shown where they are, and otherwise says that it has not looked at any.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from cli.case_files import read_json

CASES = Path("tests/cases")
TEST_ONLY = ("rules", "packs", "expect", "expect_error")
CLAUSE = re.compile(r"(?<![\w-])00[0-4]-(?:II\.)?[0-9A-Z][0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*")
_PACKAGES = ("calculators", "ledger", "cli")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One place of the code that names a clause; `exact` where a value is the clause and no prose around it."""

    clause: str
    place: str
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedCase:
    """One case an accountant can sign: its file and name, the rules it lists, the packs in force, and what is asked."""

    place: str
    rules: tuple[str, ...]
    question: dict[str, Any]
    packs: tuple[str, ...] = ()
    refused_path: str | None = None


@cache
def citations() -> tuple[Citation, ...]:
    """Every place of the code that names a clause of the manuals."""
    return tuple(found for path, text in _sources() for found in _cited(path, text))


@cache
def item_clauses() -> dict[str, frozenset[str]]:
    """The texts that stand together in a call, by each of them: an item's name with the clause it is written under."""
    found: dict[str, frozenset[str]] = {}
    for _, text in _sources():
        tree = ast.parse(text)
        names = _constants(tree)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                words = {word for argument in node.args for word in _words(argument, names)}
                for word in words:
                    found[word] = found.get(word, frozenset()) | {
                        one for one in words if CLAUSE.fullmatch(one)
                    }
    return found


@cache
def texts_of_code() -> frozenset[str]:
    """Every text that stands in the code as a value: a parameter that is none of them is read by nobody."""
    return frozenset(
        node.value
        for _, text in _sources()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def cases_folder(given: Path | None) -> Path | None:
    """The folder of worked cases: the one given, else that of a source tree one stands in, else none."""
    return given or (CASES if CASES.is_dir() else None)


def worked_cases(folder: Path) -> tuple[WorkedCase, ...]:
    """Every worked case of a folder, in the order of its files; `ShellError` for a file that is no list of cases."""
    return tuple(case for path in sorted(folder.glob("*.json")) for case in _cases(path))


def named_in_tests(clause: str, folder: Path) -> list[str]:
    """The tests beside the folder of cases that name a clause, as file and line."""
    named = re.compile(re.escape(clause) + r"(?![\w.]*\w)")
    root = folder.parent
    return [
        f"{root.name}/{path.relative_to(root).as_posix()}:{number}"
        for path in sorted(root.rglob("test_*.py"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if named.search(line)
    ]


def _cases(path: Path) -> Iterator[WorkedCase]:
    listed = read_json(path)
    for case in listed if isinstance(listed, list) else []:
        yield WorkedCase(
            place=f"{path.stem}: {case.get('name', '')}",
            rules=tuple(case.get("rules", ())),
            packs=tuple(case.get("packs", ())),
            question={key: value for key, value in case.items() if key not in TEST_ONLY},
            refused_path=json.dumps(case["expect_error"]) if "expect_error" in case else None,
        )


@cache
def _sources() -> tuple[tuple[str, str], ...]:
    return tuple(one for package in _PACKAGES for one in _modules(files(package), package))


def _modules(folder: Traversable, path: str) -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _modules(entry, f"{path}/{entry.name}")
        elif entry.name.endswith(".py"):
            yield f"{path}/{entry.name}", entry.read_text("utf-8")


def _cited(path: str, text: str) -> Iterator[Citation]:
    exact = {
        (node.value, node.lineno)
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CLAUSE.fullmatch(node.value)
    }
    for number, line in enumerate(text.splitlines(), start=1):
        for clause in dict.fromkeys(CLAUSE.findall(line)):
            yield Citation(clause=clause, place=f"{path}:{number}", exact=(clause, number) in exact)


def _constants(tree: ast.Module) -> dict[str, str]:
    """The module's names for texts, such as ITEM."""
    return {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name) and isinstance(node.value.value, str)
    }


def _words(argument: ast.expr, names: dict[str, str]) -> Iterator[str]:
    """The texts that an argument may be: a literal, a named one, or either branch of a choice."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif isinstance(argument, ast.Name) and argument.id in names:
        yield names[argument.id]
    elif isinstance(argument, ast.IfExp):
        yield from _words(argument.body, names)
        yield from _words(argument.orelse, names)
