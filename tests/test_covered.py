"""What `make coverage` says of what it counted, and when it is enough."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import covered


def _file(lines: tuple[int, int], branches: tuple[int, int], *missing: int) -> dict[str, Any]:
    """A file of so many lines and branches, each with how many of them were reached."""
    return {
        "summary": {
            "num_statements": lines[0],
            "covered_lines": lines[1],
            "num_branches": branches[0],
            "covered_branches": branches[1],
        },
        "missing_lines": list(missing),
        "missing_branches": [[missing[0] - 1, missing[0]]] if missing else [],
    }


WHOLE = _file((50, 50), (50, 50))
TENTH = _file((100, 90), (0, 0), 7)


def _run(folder: Path, capsys: pytest.CaptureFixture[str], **files: dict[str, Any]) -> tuple[int, list[str]]:
    named = {f"{name}/x.py": file for name, file in files.items()}
    (folder / "c.json").write_text(json.dumps({"files": named}))
    return covered.run(folder / "c.json"), capsys.readouterr().out.splitlines()


def test_enough_is_said_in_two_lines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = _run(tmp_path, capsys, calculators=WHOLE, ledger=WHOLE, cli=WHOLE)
    assert (code, told) == (
        0,
        [
            "core: 100.0 % of 100 branches, 100.0 % of 100 lines; at least 98 % is wanted",
            "all: 100.0 % of 150 branches, 100.0 % of 150 lines; at least 90 % is wanted",
        ],
    )


def test_a_core_below_its_target_names_its_files_and_what_no_test_reaches(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = _run(tmp_path, capsys, calculators=WHOLE, ledger=TENTH)
    assert code == 1
    assert told[1] == "   90.0 % ledger/x.py: 7, 6→7"
    assert told[2].startswith("all: 100.0 % of 50 branches, 93.3 % of 150 lines")


def test_branches_alone_are_held_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = _run(tmp_path, capsys, calculators=_file((50, 50), (100, 97), 7))
    assert code == 1
    assert told[0].startswith("core: 97.0 % of 100 branches, 100.0 % of 50 lines")


def test_the_shell_is_held_to_the_target_of_all(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, told = _run(tmp_path, capsys, calculators=WHOLE, cli=_file((100, 80), (10, 10), 7))
    assert code == 1
    assert told[-1] == "   80.0 % cli/x.py: 7, 6→7"


def test_nothing_counted_is_not_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(tmp_path, capsys)[0] == 1
    assert _run(tmp_path, capsys, cli=WHOLE)[0] == 1
