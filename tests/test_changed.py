"""Which functions a commit changed, as far as their mutants are to be tried again; on a small repository."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.changed import changed, patterns, run

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
    for name in ("money.py", "units.py", "rules.toml", "../shops.py"):
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
    assert changed(root, commit) == {}
    for name in ("calculators/kinds/gifts.py", "calculators/units.py", "calculators/rules.toml", "shops.py"):
        (root / name).write_text(AFTER, "utf-8")
    (root / "calculators" / "money.py").unlink()
    assert changed(root, commit) == {
        "calculators/kinds/gifts.py": [
            "calculators.kinds.gifts.x_added__mutmut_*",
            "calculators.kinds.gifts.x_share__mutmut_*",
            "calculators.kinds.gifts.xǁLineǁgone__mutmut_*",
        ]
    }


def test_a_file_that_is_new_has_changed_whole(root: Path) -> None:
    (root / "calculators" / "new.py").write_text(BEFORE, "utf-8")
    _git(root, "add", ".")
    assert [*map(len, changed(root, "HEAD").values())] == [4]


def test_a_shallow_clone_without_the_commit_goes_on_and_says_so(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = _git(root, "rev-parse", "HEAD")
    _git(root, "commit", "--quiet", "--allow-empty", "-m", "second")
    shallow = tmp_path / "shallow"
    _git(root, "clone", "--quiet", "--depth", "1", root.as_uri(), str(shallow))
    assert run(shallow, first) == 0
    assert capsys.readouterr().out.startswith("mutants: not run, 0 tried: ")


def _forget_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.rmtree(root / ".git")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(root.parent))


def _have_no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(root))


def _be_as_it_is(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pass


@pytest.mark.parametrize(
    ("happens", "said"),
    [(_be_as_it_is, "0123456789"), (_forget_git, "not a git repository"), (_have_no_git, "'git'")],
    ids=["a commit that is nowhere", "no repository", "no git"],
)
def test_where_git_cannot_tell_what_changed_it_ends_with_2(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    happens: Callable[[Path, pytest.MonkeyPatch], None],
    said: str,
) -> None:
    happens(root, monkeypatch)
    assert run(root, "0123456789") == 2
    assert said in capsys.readouterr().out


def test_what_earlier_runs_found_stays_where_nothing_changed(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / "mutants").mkdir()
    assert run(root, "HEAD") == 0
    assert capsys.readouterr().out == "mutants: 0 functions changed since HEAD\n"
    assert (root / "mutants").is_dir()


@pytest.mark.parametrize(
    ("made", "code", "ended"),
    [
        ({}, 1, 2),  # mutmut fell before it made any
        ({}, 0, 2),
        (
            {"kinds/gifts": ["calculators.kinds.gifts.x_share__mutmut_1"]},
            1,
            2,
        ),  # it fell before it came to the file
        ({"money": ["calculators.money.x_kept__mutmut_1"]}, 1, 0),  # it has none of what changed
    ],
)
def test_a_run_of_mutmut_that_fell_is_not_taken_for_one_that_had_nothing_to_try(
    root: Path, monkeypatch: pytest.MonkeyPatch, made: dict[str, list[str]], code: int, ended: int
) -> None:
    (root / "calculators" / "money.py").write_text(AFTER, "utf-8")
    mutmut = (
        "import json, pathlib, sys\n"
        f"for name, mutants in {made!r}.items():\n"
        "    meta = pathlib.Path('mutants/calculators') / (name + '.py.meta')\n"
        "    meta.parent.mkdir(parents=True, exist_ok=True)\n"
        "    meta.write_text(json.dumps({'exit_code_by_key': dict.fromkeys(mutants)}))\n"
        f"sys.exit({code})"
    )
    monkeypatch.setattr("benchmarks.changed._MUTMUT", (sys.executable, "-c", mutmut))
    assert run(root, "HEAD") == ended


def test_the_mark_of_the_makefile_is_the_commit_that_the_documents_name() -> None:
    marks = [
        line for line in (ROOT / "Makefile").read_text("utf-8").splitlines() if line.startswith("TRIED ?= ")
    ]
    assert len(marks) == 1
    assert f"until commit {marks[0].split()[-1]}." in (ROOT / "docs" / "mutants.md").read_text("utf-8")
