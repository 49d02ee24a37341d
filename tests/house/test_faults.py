"""The test of the house can fail: each rule finds a fault made for it and names the line."""

import pytest

from tests.house import faults
from tests.house.source import body_lines, module_of

BODY = "\n".join("    a = 1" for _ in range(41))
GOOD = '''"""A module."""

@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record."""

    def total(self, a, b, c, d, e):
        """The sum."""
        return self.a + Fraction(1, 2)
'''
BAD = [
    (faults.too_long_a_file, "a = 1\n" * 301, 301),
    (faults.too_long_a_function, f'def f():\n    """Say."""\n{BODY}\n', 1),
    (faults.too_many_arguments, "def f(a, b, c, *, d, e, f): ...\n", 1),
    (faults.loose_records, "@dataclass(frozen=True, slots=True)\nclass A: ...\n", 2),
    (faults.loose_records, "\n@dataclass\nclass A: ...\n", 3),
    (
        faults.loose_records,
        "@dataclasses.dataclass(frozen=False, slots=True, kw_only=True)\nclass A: ...\n",
        2,
    ),
    (faults.empty_names, "class OrderManager: ...\n", 1),
    (faults.empty_names, "\ndef load_data(): ...\n", 2),
    (faults.empty_names, "\nclass HTTPHandlers: ...\n", 2),
    (faults.missing_docstrings, "a = 1\n", 1),
    (faults.missing_docstrings, '"""Module."""\ndef f(): ...\n', 2),
    (faults.missing_docstrings, '"""Module."""\nclass A:\n    """A."""\n    def f(self): ...\n', 4),
    (faults.impure_imports, "import os\n", 1),
    (faults.impure_imports, "\nfrom pathlib import Path\n", 2),
    (faults.impure_calls, "open('x')\n", 1),
    (faults.impure_calls, "\ndatetime.now()\n", 2),
    (faults.impure_calls, "a = round(b)\n", 1),
    (faults.impure_calls, "a = 0.5\n", 1),
]


@pytest.mark.parametrize(("rule", "text", "line"), BAD, ids=lambda value: getattr(value, "__name__", None))
def test_each_rule_finds_its_fault_and_names_the_line(rule: faults.Rule, text: str, line: int) -> None:
    found = list(rule(module_of("ledger/x.py", text)))
    assert len(found) == 1
    assert found[0].startswith(f"ledger/x.py:{line}: ")


def test_a_command_takes_as_many_arguments_as_its_user_has_options() -> None:
    text = "def f(a, b, c, d, e, g): ...\n"
    command = module_of("cli/commands/x.py", f"@app.command(name='x')\n{text}")
    assert list(faults.too_many_arguments(command)) == []
    assert list(faults.too_many_arguments(module_of("cli/commands/x.py", f"@app.callback()\n{text}"))) != []


@pytest.mark.parametrize(("path", "faulty"), [("calculators/sheet.py", 0), ("calculators/other.py", 1)])
def test_only_a_working_paper_need_not_be_frozen(path: str, faulty: int) -> None:
    text = "@dataclass(slots=True, kw_only=True)\nclass Sheet: ...\n"
    assert len(list(faults.loose_records(module_of(path, text)))) == faulty
    assert len(list(faults.loose_records(module_of(path, text.replace("slots=True, ", ""))))) == 1


@pytest.mark.parametrize("rule", [*faults.EVERYWHERE, *faults.IN_CALCULATORS])
def test_no_rule_finds_a_fault_where_there_is_none(rule: faults.Rule) -> None:
    assert list(rule(module_of("ledger/x.py", GOOD))) == []


@pytest.mark.parametrize("path", ["ledger/utils.py", "cli/data/x.py"])
def test_a_module_named_by_an_empty_word_is_found(path: str) -> None:
    assert list(faults.empty_names(module_of(path, ""))) != []


@pytest.mark.parametrize("name", ["update", "database", "utility_bill", "metadata_digest", "information"])
def test_words_that_only_contain_an_empty_one_are_allowed(name: str) -> None:
    assert list(faults.empty_names(module_of("ledger/x.py", f"def {name}(): ...\n"))) == []


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("import ledger.tables as t", "ledger.tables"),
        ("from ledger import tables", "ledger.tables"),
        ("from ledger.tables import entry", "ledger.tables"),
        ("from . import tables", "ledger.tables"),
        ("from .tables import entry", "ledger.tables"),
        ("from ..tables import entry", "ledger.tables"),
    ],
)
def test_an_import_is_seen_however_it_is_written(line: str, name: str) -> None:
    path = "ledger/deep/x.py" if ".." in line else "ledger/x.py"
    assert (1, name) in list(module_of(path, line).imports())


def test_a_body_is_counted_without_its_docstring() -> None:
    text = 'def f():\n    """One.\n\n    Two.\n    """\n    a = 1\n    return a\n'
    (function,) = module_of("x.py", text).functions()
    assert body_lines(function) == 2
