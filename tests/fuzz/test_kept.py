"""The kept inputs of the fuzzer are tried again with every run, and each target tells a fault when it sees one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.fuzz import command_lines
from tests.fuzz.given import Given
from tests.fuzz.targets import KEPT, KEPT_BYTES_MAX, KEPT_MAX, TARGETS, kept

INPUTS = [(name, path) for name in TARGETS for path in kept(name)]


@pytest.mark.parametrize(("name", "path"), INPUTS, ids=[f"{name} {path.name}" for name, path in INPUTS])
def test_every_kept_input_is_answered(name: str, path: Path) -> None:
    TARGETS[name].one(path.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_each_target_has_its_kept_inputs_small_and_few(name: str) -> None:
    sizes = [path.stat().st_size for path in kept(name)]
    assert 3 <= len(sizes) <= KEPT_MAX
    assert max(sizes) <= KEPT_BYTES_MAX
    assert {path.name for path in KEPT.iterdir()} == TARGETS.keys()


@pytest.mark.parametrize("name", sorted(TARGETS.keys() - {"command-line"}))
def test_every_seed_is_answered(name: str) -> None:
    for content in TARGETS[name].seeds():
        TARGETS[name].one(content)


def _fails(*_: Any, **__: Any) -> Any:
    raise ZeroDivisionError


def _answers(*_: Any, **__: Any) -> str:
    return ""


@pytest.mark.parametrize(
    ("name", "what", "wrong"),
    [
        ("csv", "tests.faults.files.read_tables", _fails),
        ("workbook", "cli.readers.files.open_archive", _fails),
        ("rulebook", "tests.fuzz.rulebooks.read_rulebook", _fails),
        ("encoding", "tests.fuzz.encodings.digest", _answers),
        ("command-line", "cli.refusals.exit_code", _fails),
        ("anchors", "tests.fuzz.anchor_files.misfits", _fails),
    ],
)
def test_a_fault_of_ours_is_a_fault_of_the_target(
    monkeypatch: pytest.MonkeyPatch, name: str, what: str, wrong: Callable[..., Any]
) -> None:
    monkeypatch.setattr(what, wrong)
    faults = 0
    for path in kept(name):
        try:
            TARGETS[name].one(path.read_bytes())
        except (ZeroDivisionError, AssertionError):
            faults += 1
    assert faults


def test_what_a_command_writes_elsewhere_is_seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def writes() -> None:
        (tmp_path / "elsewhere").write_text("x")

    monkeypatch.setattr(command_lines, "run", writes)
    with pytest.raises(AssertionError, match="wrote to"):
        command_lines.one(b"")


def test_a_traceback_and_a_strange_exit_code_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command_lines, "run", lambda: print("Traceback (most recent call last)"))  # noqa: T201
    with pytest.raises(AssertionError, match="Traceback"):
        command_lines.one(b"")
    monkeypatch.setattr(command_lines, "run", lambda: exec("raise SystemExit(77)"))
    with pytest.raises(AssertionError, match="exit 77"):
        command_lines.one(b"")


def test_the_same_bytes_are_the_same_choices_and_none_are_the_first() -> None:
    given = Given(b"\x05\x02ab\x01\x00rest")
    assert [given.byte(), given.text(), given.below(300), given.rest()] == [5, "ab", 256, b"rest"]
    assert (given.is_used_up, given.byte(), given.some(), given.one_of("xy")) == (True, 0, b"", "x")
