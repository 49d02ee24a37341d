"""The mutants of what changed: those functions of the core that are not what they were at a commit.

The commit is one whose mutants were all tried, so that these and those together are all of today's. Functions are
compared as Python reads them: a comment, a line broken elsewhere or a place further down is no change. Ends with 1
where one survives without a reason, and with 2 where nothing could be told of the commit or mutmut fell; but a shallow
clone, which cannot have it, says that nothing was tried and goes on. A new file counts from when git knows of it.

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


def changed(root: Path, commit: str) -> dict[str, list[str]]:
    """The patterns of all that changed below a root since a commit, by file; `CalledProcessError` as git refuses."""
    paths = _git(root, "diff", "--name-only", "--diff-filter=d", commit).split()
    chosen = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["mutmut"]
    found = {path: list(_of_file(root, commit, path)) for path in paths if _is_mutated(chosen, path)}
    return {path: names for path, names in found.items() if names}


def run(root: Path, commit: str) -> int:
    """Try what changed, and say what came of it."""
    try:
        if not _has(root, commit) and _git(root, "rev-parse", "--is-shallow-repository").strip() == "true":
            _say(f"not run, 0 tried: this shallow clone does not have the commit {commit}")
            return 0
        files = changed(root, commit)
    except (subprocess.CalledProcessError, FileNotFoundError) as refused:
        _say(f"not run: {getattr(refused, 'stderr', '') or refused}")
        _say("name a commit whose mutants were all tried (TRIED in the Makefile), in a clone that has it")
        return 2
    return _try(root, commit, files)


def _try(root: Path, commit: str, files: dict[str, list[str]]) -> int:
    wanted = [pattern for patterns in files.values() for pattern in patterns]
    _say(f"{len(wanted)} functions changed since {commit}")
    if not wanted:
        return 0
    # What an earlier run left would be counted with what this one tries.
    folder = root / survivors.MUTANTS
    if folder.exists():
        shutil.rmtree(folder)
    code = subprocess.run([*_MUTMUT, *wanted], cwd=root, check=False).returncode
    metas = [folder / f"{path}.meta" for path in files]
    missing = [meta.name for meta in metas if not meta.exists()]
    if missing:
        _say(f"mutmut ended with {code} before it came to {', '.join(missing)}")
        return 2
    if not any(fnmatch(name, pattern) for name in _mutants(metas) for pattern in wanted):
        _say("0 tried: there is nothing in them that could be changed")
        return 0
    return code or survivors.run([], root)


def _mutants(metas: Iterable[Path]) -> Iterator[str]:
    """The names of the mutants that mutmut has made of some files; it leaves word also of a file without any."""
    for meta in metas:
        yield from json.loads(meta.read_text("utf-8"))["exit_code_by_key"]


def _has(root: Path, commit: str) -> bool:
    try:
        _git(root, "cat-file", "-e", f"{commit}^{{commit}}")
    except subprocess.CalledProcessError:
        return False
    return True


def _say(what: str) -> None:
    sys.stdout.write(f"mutants: {what}\n")


def _is_mutated(chosen: dict[str, list[str]], path: str) -> bool:
    is_in, is_out = (
        any(fnmatch(path, one) for one in chosen[key]) for key in ("only_mutate", "do_not_mutate")
    )
    return path.endswith(".py") and is_in and not is_out


def _of_file(root: Path, commit: str, path: str) -> Iterator[str]:
    module = ".".join(PurePosixPath(path).with_suffix("").parts)
    try:
        was = _git(root, "show", f"{commit}:{path}")
    except subprocess.CalledProcessError:
        was = ""  # it was not there yet
    return patterns(module, was, (root / path).read_text("utf-8"))


def _functions(source: str) -> Iterator[tuple[str, str]]:
    """Every function and method by mutmut's name for it, as Python reads it; what is inside one belongs to it."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            yield f"x_{node.name}", ast.dump(node)
        elif isinstance(node, ast.ClassDef):
            methods = (one for one in node.body if isinstance(one, ast.FunctionDef))
            yield from ((f"xǁ{node.name}ǁ{method.name}", ast.dump(method)) for method in methods)


def _git(root: Path, *arguments: str) -> str:
    git = ["git", *arguments]
    return subprocess.run(git, cwd=root, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.exit(run(Path(), sys.argv[1]))
