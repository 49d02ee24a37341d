"""Which functions a commit changed, as far as their mutants are to be tried again; on a small repository."""

import json
import subprocess
from pathlib import Path

import pytest

from benchmarks.changed import are_there, changed, patterns, run

ROOT = Path(__file__).parent.parent
BEFORE = """
RATE = 5

def share(fen): return fen // 2

def kept(fen):
    return fen

class Line:
    def left(self): return 1

    def gone(self): return 2
"""
AFTER = """
RATE = 6

def added(fen): return 0

def share(fen): return fen // 3

def kept(fen):  # as it was
    return (
        fen
    )

class Line:
    def left(self): return 1

    def gone(self): return 3
"""

CHOSEN = """
[tool.mutmut]
only_mutate = ["calculators/*"]
do_not_mutate = ["calculators/units.py"]
"""


def _git(root: Path, *arguments: str) -> str:
    named = ("-c", "user.name=wang", "-c", "user.email=wang@example.com")
    return subprocess.run(
        ["git", *named, *arguments], cwd=root, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose one commit has two calculators, one that is not mutated, and a module beside them."""
    folder = tmp_path / "calculators" / "kinds"
    folder.mkdir(parents=True)
    (folder / "gifts.py").write_text(BEFORE, "utf-8")
    for name in ("money.py", "units.py", "../shops.py"):
        (folder.parent / name).write_text(BEFORE, "utf-8")
    (tmp_path / "pyproject.toml").write_text(CHOSEN, "utf-8")
    _git(tmp_path, "init", "--quiet")
    _git(tmp_path, "add", ".")
    _git(tmp_path, "commit", "--quiet", "-m", "first")
    return tmp_path


def test_a_function_changed_where_python_reads_another_one() -> None:
    assert list(patterns("m", BEFORE, AFTER)) == [
        "m.x_added__mutmut_*",
        "m.x_share__mutmut_*",
        "m.xǁLineǁgone__mutmut_*",
    ]
    assert list(patterns("m", BEFORE, BEFORE)) == []
    assert len(list(patterns("m", "", BEFORE))) == 4


def test_every_changed_file_that_is_mutated_is_looked_at_and_a_deleted_one_is_not(root: Path) -> None:
    commit = _git(root, "rev-parse", "HEAD")
    assert changed(root, commit) == []
    for name in ("calculators/kinds/gifts.py", "calculators/units.py", "shops.py"):
        (root / name).write_text(AFTER, "utf-8")
    (root / "calculators" / "money.py").unlink()
    assert changed(root, commit) == [
        "calculators.kinds.gifts.x_added__mutmut_*",
        "calculators.kinds.gifts.x_share__mutmut_*",
        "calculators.kinds.gifts.xǁLineǁgone__mutmut_*",
    ]


def test_what_was_not_run_is_said(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(root, "0123456789") == 0
    assert capsys.readouterr().out.startswith("mutants: not run, 0 tried: ")
    assert run(root, "HEAD") == 0
    assert capsys.readouterr().out == "mutants: 0 functions changed since HEAD\n"


def test_a_function_without_a_mutant_is_known_from_what_mutmut_left(root: Path) -> None:
    folder = root / "mutants" / "calculators"
    folder.mkdir(parents=True)
    (folder / "money.py.meta").write_text(
        json.dumps({"exit_code_by_key": {"calculators.money.x_share__mutmut_1": None}})
    )
    assert are_there(root, ["calculators.money.x_share__mutmut_*"])
    assert not are_there(root, ["calculators.money.x_kept__mutmut_*"])


def test_the_mark_of_the_makefile_is_the_commit_that_the_documents_name() -> None:
    marks = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith("TRIED ?= ")
    ]
    assert len(marks) == 1
    assert f"until commit {marks[0].split()[-1]}." in (ROOT / "docs" / "mutants.md").read_text("utf-8")
