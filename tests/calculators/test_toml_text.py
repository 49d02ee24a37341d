import tomllib
from pathlib import Path

import pytest

from calculators.toml_text import line_of, read_toml

TEXT = '''# a comment with [brackets] and "quotes"
title = "a # that is text"

[document]
id = "x"

[[rule]]
id = "1"
words = ["one",
  "two", "thr]ee"]

[[rule.parameter]]
name = "p"
values = [
    { value = 1 },  # first
    { value = 2, from = "2026-01-01" },
]

[[rule]]
id = "2"
text = """
several = lines
"""
rate = 0.5
'''


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("title", 2),
        ("document", 4),
        ("document.id", 5),
        ("rule", 7),
        ("rule[0].id", 8),
        ("rule[0].words", 9),
        ("rule[0].words[1]", 10),
        ("rule[0].parameter[0]", 12),
        ("rule[0].parameter[0].values", 14),
        ("rule[0].parameter[0].values[0].value", 15),
        ("rule[0].parameter[0].values[1].from", 16),
        ("rule[1]", 19),
        ("rule[1].text", 21),
        ("rule[1].rate", 24),
    ],
)
def test_every_value_has_the_line_it_begins_on(path: str, line: int) -> None:
    assert read_toml(TEXT).line(path) == line


@pytest.mark.parametrize(
    ("path", "line"),
    [("rule[1].title", 19), ("rule[0].parameter[0].values[1].to", 16), ("nothing", 1), ("", 1)],
)
def test_what_is_missing_has_the_line_of_what_should_hold_it(path: str, line: int) -> None:
    assert read_toml(TEXT).line(path) == line


def test_a_float_is_named_and_never_made() -> None:
    toml = read_toml(TEXT)
    assert toml.floats == (("rule[1].rate", "0.5"),)
    assert toml.value["rule"][1]["rate"] == "0.5"


@pytest.mark.parametrize(("text", "line"), [('a = 1\nb = "x\n', 2), ("a = 1\n\n[b", 3)])
def test_a_syntax_fault_has_its_line(text: str, line: int) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as fault:
        read_toml(text)
    assert line_of(fault.value, text) == line


@pytest.mark.parametrize(
    "file", sorted(Path("calculators/rules").rglob("*.toml")), ids=lambda file: file.name
)
def test_in_the_shipped_files_every_key_stands_on_the_line_it_is_said_to(file: Path) -> None:
    text = file.read_text("utf-8")
    toml, lines = read_toml(text), text.splitlines()
    for table, entries in toml.value.items():
        for place, entry in enumerate(entries if isinstance(entries, list) else []):
            for key in entry:
                found = lines[toml.line(f"{table}[{place}].{key}") - 1]
                assert found.startswith((f"{key} =", f"[[{table}.{key}]]"))


@pytest.mark.parametrize(
    ("last", "path", "line"),
    [
        ("b = 2", "b", 2),
        ("b = [2]", "b[0]", 2),
        ("b = [\n2\n]", "b[0]", 3),
        ("b = { c = 2 }", "b.c", 2),
        ('[t]\nb = "2"', "t.b", 3),
        ("[t]", "t", 2),
        ("[[t]]", "t[0]", 2),
        ("X = 2", "X", 2),
        ("\"'b'\" = 2", "b", 2),
    ],
)
def test_a_text_may_end_without_a_new_line(last: str, path: str, line: int) -> None:
    toml = read_toml(f"a = 1\n{last}")
    assert (toml.line("a"), toml.line(path), toml.line("nothing")) == (1, line, 1)
