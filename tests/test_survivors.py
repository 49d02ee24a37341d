"""How surviving mutants are counted and matched with their reasons, on a small tree as mutmut leaves one."""

import json
import shutil
from pathlib import Path

import pytest

from benchmarks.survivors import Mutant, reasons, run, tried, written

MUTATED = """
def x_share__mutmut_orig(fen: int) -> int:
    if fen < 0:
        return 0
    return split(
        fen,
        strict=True)
def x_share__mutmut_1(fen: int) -> int:
    if fen <= 0:
        return 0
    return split(
        fen,
        strict=True)
def x_share__mutmut_2(fen: int) -> int:
    if fen < 0:
        return 0
    return split(
        fen,
        )
def x_share__mutmut_3(fen: int) -> int:
    if fen < 1:
        return 0
    return split(
        fen,
        strict=True)
def x\u01c1_Line\u01c1left__mutmut_orig(self) -> int:
    a = one()
    a = one()
def x\u01c1_Line\u01c1left__mutmut_1(self) -> int:
    a = one()
    a = None
"""
SPANS = {
    "x_share__mutmut_orig": [2, 7],
    "x_share__mutmut_1": [8, 13],
    "x_share__mutmut_2": [14, 19],
    "x_share__mutmut_3": [20, 25],
    "x\u01c1_Line\u01c1left__mutmut_orig": [26, 28],
    "x\u01c1_Line\u01c1left__mutmut_1": [29, 31],
}
BOUND = Mutant(function="kinds.gifts.share", was="if fen < 0:", became="if fen <= 0:")
STRICT = Mutant(function="kinds.gifts.share", was="strict=True)", became=")")
SECOND = Mutant(function="kinds.gifts._Line.left #2", was="a = one()", became="a = None")
REASONS = """# Survivors

- not a mutant

## Equivalent: zero is zero

```diff
@@ kinds.gifts.share @@
- if fen < 0:
+ if fen <= 0:
+ if fen == 0:
```

## A guard

```diff
@@ kinds.gifts.share @@
- strict=True)
+ )
```
"""


def tree(folder: Path, *codes: int | None) -> Path:
    """A tree of one mutated file, its mutants ended with these codes."""
    kinds = folder / "mutants/calculators/kinds"
    kinds.mkdir(parents=True)
    names = [name for name in SPANS if not name.endswith("orig")]
    by_key = {f"calculators.kinds.gifts.{name}": code for name, code in zip(names, codes, strict=True)}
    (kinds / "gifts.py").write_text(MUTATED, "utf-8")
    (kinds / "gifts.py.meta").write_text(json.dumps({"exit_code_by_key": by_key}), "utf-8")
    (kinds / "gifts.py.spans").write_text(json.dumps({"version": 1, "spans": SPANS}), "utf-8")
    (folder / "docs").mkdir()
    (folder / "docs/survivors.md").write_text(REASONS, "utf-8")
    return folder / "mutants"


def test_a_mutant_no_test_fails_for_or_reaches_survives_and_is_told_by_what_it_changes(
    tmp_path: Path,
) -> None:
    (file,) = tried(tree(tmp_path, 0, 33, 1, 0))
    assert file.survivors == (BOUND, STRICT, SECOND)
    assert (file.file, file.mutants, file.tried, file.noticed, file.by_time) == ("kinds/gifts", 4, 4, 1, 0)


def test_files_of_the_ledger_are_told_by_its_name_and_stand_behind_the_calculators(tmp_path: Path) -> None:
    mutants = tree(tmp_path, 0, 0, 1, 1)
    shutil.copytree(mutants / "calculators" / "kinds", mutants / "ledger")
    calculator, kept = tried(mutants)
    assert (calculator.file, kept.file) == ("kinds/gifts", "ledger/gifts")
    assert [one.function for one in kept.survivors] == ["ledger.gifts.share", "ledger.gifts.share"]


def test_what_was_not_tried_counts_for_nothing_and_time_is_a_way_of_noticing(tmp_path: Path) -> None:
    (file,) = tried(tree(tmp_path, None, -24, 2, 1))
    assert (file.survivors, file.untried, file.tried, file.noticed, file.by_time) == ((), 2, 2, 2, 1)


def test_a_reason_is_the_heading_over_the_lines_of_a_diff() -> None:
    found = reasons(REASONS)
    assert found[BOUND] == "Equivalent: zero is zero"
    assert found[STRICT] == "A guard"
    assert len(found) == 3


def test_what_is_written_is_read_back() -> None:
    lines = [*written([BOUND, STRICT, SECOND])]
    assert lines[:2] == ["@@ kinds.gifts._Line.left #2 @@", "- a = one()"]
    assert set(reasons("\n".join(["## why", "```diff", *lines, "```"]))) == {BOUND, STRICT, SECOND}


@pytest.mark.parametrize(
    ("codes", "status", "said"),
    [
        ((0, 0, 1, 1), 0, "4 mutants tried, 2 noticed (50.0%, 0 of them by time)"),
        ((0, 0, None, 1), 0, "3 of 4 mutants tried, 1 noticed (33.3%, 0 of them by time)"),
        (
            (0, 1, 1, 0),
            1,
            "1 with no reason in docs/survivors.md:\n\n@@ kinds.gifts._Line.left #2 @@\n- a = one()",
        ),
        (
            (0, 1, 1, 1),
            0,
            "2 reasons in docs/survivors.md for what survives no more:\n\n@@ kinds.gifts.share @@\n",
        ),
        ((None, None, None, None), 2, "no mutant was tried"),
    ],
)
def test_a_survivor_without_a_reason_is_a_missing_test(
    codes: tuple[int | None, ...], status: int, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree(tmp_path, *codes)
    assert run([], tmp_path) == status
    assert said in capsys.readouterr().out


def test_of_a_file_that_was_not_tried_whole_no_reason_is_called_stale(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tree(tmp_path, 0, None, 1, 1)
    run([], tmp_path)
    assert "no more" not in capsys.readouterr().out


def test_the_table_has_a_row_a_file_and_a_sum(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tree(tmp_path, 0, 0, 1, -24)
    run(["--table"], tmp_path)
    rows = capsys.readouterr().out.splitlines()
    assert rows[2:4] == ["| `kinds/gifts` | 4 | 2 | 1 | 2 | 50.0% |", "| together | 4 | 2 | 1 | 2 | 50.0% |"]
