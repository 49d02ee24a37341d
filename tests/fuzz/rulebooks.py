"""Fuzzed: a file of rules. It is a rulebook or is refused with every fault in words.

The first byte says what the text is: a bundle, a manual alone, or a pack or an override beside a small manual.
"""

from collections.abc import Iterator

from calculators.errors import BadRulebook
from calculators.rulebook import Rulebook
from calculators.rulebook_reader import bundle, read_rulebook, unbundle
from cli.rulebooks import shipped_texts
from tests.fuzz.given import Given

_MANUAL = """[document]
id = "001"
title = "手册"

[[rule]]
id = "001-1"
title = "一"
status = "computed"
quotations = ["赔 5%"]

[[rule.parameter]]
name = "late_rate"
unit = "percent"
values = [{ value = "5", from = 2026-01-01, to = 2026-06-30 }, { value = "6", from = 2026-07-01 }]
"""
_NAMES = ("", "001.toml", "packs/x.toml", "override/1/x.toml", "active.toml")
_SEED_MAX = 4096


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    given = Given(data)
    name = given.one_of(_NAMES)
    text = given.rest().decode("utf-8", "replace")
    try:
        bundled = bundle({"manual.toml": _MANUAL, name: text}) if name else text
        rulebook = read_rulebook(bundled)
    except BadRulebook as bad:
        _assert_told(bad.faults)
        return
    _assert_whole(rulebook, bundled)


def _assert_told(faults: list[str]) -> None:
    assert faults
    assert all(fault.strip() for fault in faults)


def _assert_whole(rulebook: Rulebook, bundled: str) -> None:
    assert rulebook.text == bundled
    assert rulebook.rules
    assert read_rulebook(bundle(unbundle(bundled))).rules == rulebook.rules
    for parameter in rulebook.parameters.values():
        assert parameter.rule in rulebook.rules


def seeds() -> Iterator[bytes]:
    """A small manual, and the beginnings of the shipped ones, a rule or two of each."""
    yield b"\x00" + bundle({"a.toml": _MANUAL}).encode()
    yield b"\x01" + _MANUAL.replace("001", "002").replace("late_rate", "other_rate").encode()
    yield b"\x04" + b'[active]\npacks = ["x"]\n'
    for name, text in sorted(shipped_texts().items()):
        kind = b"\x02" if name.startswith("packs/") else b"\x01"
        head, *rules = text.split("\n[[")
        for rule in rules[:12]:
            whole = f"{head}\n[[{rule}\n"
            if len(whole.encode()) < _SEED_MAX:
                yield kind + whole.encode()
