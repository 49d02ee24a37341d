"""The mutants of what changed: those functions of the core that are not what they were at a commit.

The commit is one whose mutants were all tried, so that these and those together are all of today's. Functions are
compared as Python reads them: a comment, a line broken elsewhere or a place further down is no change. Ends with 1
where one survives without a reason; where the clone does not have the commit nothing is tried, and that is said.

    python -m benchmarks.changed COMMIT
"""

import ast
import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from benchmarks import survivors

_MUTMUT = (str(Path(sys.executable).with_name("mutmut")), "run", "--max-children", "2")


def patterns(module: str, was: str, now: str) -> Iterator[str]:
    """Mutmut's names for the mutants of the functions that a module has now and did not have so before."""
    before = dict(_functions(was))
    for name, function in _functions(now):
        if before.get(name) != function:
            yield f"{module}.{name}__mutmut_*"


def changed(root: Path, commit: str) -> list[str] | None:
    """The patterns of all that changed below a root since a commit; None where the commit is not known there."""
    if _git(root, "cat-file", "-e", f"{commit}^{{commit}}") is None:
        return None
    paths = (_git(root, "diff", "--name-only", "--diff-filter=d", commit) or "").split()
    return [pattern for path in paths if _is_mutated(root, path) for pattern in _of_file(root, commit, path)]


def are_there(root: Path, wanted: Iterable[str]) -> bool:
    """Whether mutmut, having looked, has a mutant of one of these names."""
    metas = (root / survivors.MUTANTS).rglob("*.py.meta")
    names = [name for meta in metas for name in json.loads(meta.read_text("utf-8"))["exit_code_by_key"]]
    return any(fnmatch(name, pattern) for name in names for pattern in wanted)


def run(root: Path, commit: str) -> int:
    """Try what changed, and say what came of it."""
    wanted = changed(root, commit)
    if wanted is None:
        sys.stdout.write(f"mutants: not run, 0 tried: this clone does not have the commit {commit}\n")
        return 0
    sys.stdout.write(f"mutants: {len(wanted)} functions changed since {commit}\n")
    if not wanted:
        return 0
    code = subprocess.run([*_MUTMUT, *wanted], cwd=root, check=False).returncode
    if not are_there(root, wanted):
        sys.stdout.write("mutants: 0 tried: there is nothing in them that could be changed\n")
        return 0
    return code or survivors.run([], root)


def _is_mutated(root: Path, path: str) -> bool:
    with (root / "pyproject.toml").open("rb") as file:
        chosen = tomllib.load(file)["tool"]["mutmut"]
    is_in, is_out = (
        any(fnmatch(path, one) for one in chosen[key]) for key in ("only_mutate", "do_not_mutate")
    )
    return is_in and not is_out


def _of_file(root: Path, commit: str, path: str) -> Iterator[str]:
    module = ".".join(PurePosixPath(path).with_suffix("").parts)
    was = _git(root, "show", f"{commit}:{path}") or ""
    return patterns(module, was, (root / path).read_text("utf-8"))


def _functions(source: str) -> Iterator[tuple[str, str]]:
    """Every function and method by mutmut's name for it, as Python reads it; what is inside one belongs to it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield f"x_{node.name}", ast.dump(node)
        elif isinstance(node, ast.ClassDef):
            methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
            yield from ((f"xǁ{node.name}ǁ{method.name}", ast.dump(method)) for method in methods)


def _git(root: Path, *arguments: str) -> str | None:
    git = shutil.which("git")
    if git is None:
        return None
    said = subprocess.run([git, *arguments], cwd=root, capture_output=True, text=True, check=False)
    return said.stdout if said.returncode == 0 else None


if __name__ == "__main__":
    sys.exit(run(Path(), sys.argv[1]))
