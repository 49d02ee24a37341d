"""What the tests of the core let pass, and why: what mutmut left in `mutants/` beside docs/survivors.md.

Every surviving mutant needs a reason there, under a heading that says what kind of reason it is, as the lines of a
diff below the name of its function. One without a reason is a missing test, and ends this with 1. Mutants are known by
what they change and not by mutmut's numbers, which move whenever their function does.

    python -m benchmarks.survivors           the count, and what has no reason
    python -m benchmarks.survivors --table   the same for docs/mutants.md, file by file
"""

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

MUTANTS = Path("mutants")
# The packages that are mutated, and what their files' names begin with here.
PACKAGES = {"calculators": "", "ledger": "ledger/"}
REASONS = Path("docs/survivors.md")
UNTRIED, BY_TIME = {None, 2}, {-24, 24, 36, 152, 255}
SURVIVED = {0, 5, 33}  # no test failed, or none reaches it


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Mutant:
    """One change of one function: the lines that were, each stripped and joined, and what they became."""

    function: str
    was: str
    became: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What became of the mutants of one file."""

    file: str
    mutants: int
    untried: int
    by_time: int
    survivors: tuple[Mutant, ...]

    @property
    def tried(self) -> int:
        """How many were tried."""
        return self.mutants - self.untried

    @property
    def noticed(self) -> int:
        """How many of them a test noticed."""
        return self.tried - len(self.survivors)


def tried(folder: Path) -> list[Tried]:
    """What mutmut left of every file in the folder of its mutants, a package after the other."""
    return [
        _tried(prefix + meta.relative_to(folder / package).as_posix().removesuffix(".py.meta"), meta)
        for package, prefix in PACKAGES.items()
        for meta in sorted((folder / package).rglob("*.py.meta"))
    ]


def reasons(text: str) -> dict[Mutant, str]:
    """The heading above every mutant of a file of reasons: diffs whose hunks are named by their functions."""
    found, heading, function, was = {}, "", "", ""
    for line in text.splitlines():
        if line.startswith("## "):
            heading = line[3:]
        elif line.startswith("@@ "):
            function = line.strip("@ ")
        elif line.startswith("- ") and function:
            was = line[2:]
        elif line.startswith("+") and function:
            found[Mutant(function=function, was=was, became=line[1:].strip())] = heading
        elif line.startswith("```"):
            function = ""
    return found


def written(mutants: Iterable[Mutant]) -> Iterator[str]:
    """Mutants as the lines of a file of reasons."""
    for function, of_function in groupby(sorted(mutants), key=lambda one: one.function):
        yield f"@@ {function} @@"
        for was, alike in groupby(of_function, key=lambda one: one.was):
            yield f"- {was}"
            yield from (f"+ {one.became}".rstrip() for one in alike)


def run(options: Sequence[str], root: Path) -> int:
    """Print what was tried below the root and what survives why; 1 without a reason, 2 where nothing was tried."""
    files = tried(root / MUTANTS)
    if not any(file.tried for file in files):
        sys.stdout.write("no mutant was tried: run make mutants\n")
        return 2
    known = reasons((root / REASONS).read_text("utf-8"))
    survivors = {one for file in files for one in file.survivors}
    sys.stdout.write("\n".join([*(_table(files) if "--table" in options else [_counted(files)]), "", ""]))
    for why, count in Counter(known[one] for one in survivors if one in known).most_common():
        sys.stdout.write(f"{count:5} {why}\n")
    whole = tuple(f"{file.file.replace('/', '.')}." for file in files if not file.untried)
    _list(
        f"reasons in {REASONS} for what survives no more",
        {one for one in known if one.function.startswith(whole)} - survivors,
    )
    _list(f"with no reason in {REASONS}", survivors - set(known))
    return 1 if survivors - set(known) else 0


def _list(what: str, mutants: set[Mutant]) -> None:
    if mutants:
        sys.stdout.write("\n".join([f"{len(mutants):5} {what}:", "", *written(mutants), "", ""]))


def _tried(file: str, meta: Path) -> Tried:
    codes: dict[str, int | None] = json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    spans = json.loads(meta.with_suffix(".spans").read_text("utf-8"))["spans"]
    lines = meta.with_suffix("").read_text("utf-8").splitlines()
    sources = {name: lines[first - 1 : last] for name, (first, last) in spans.items()}
    names = [key.rpartition(".")[2] for key, code in codes.items() if code in SURVIVED]
    return Tried(
        file=file,
        mutants=len(codes),
        untried=sum(code in UNTRIED for code in codes.values()),
        by_time=sum(code in BY_TIME for code in codes.values()),
        survivors=tuple(_mutant(file.replace("/", "."), name, sources) for name in names),
    )


def _mutant(file: str, name: str, sources: dict[str, list[str]]) -> Mutant:
    """A mutant by its name in a mutated file; where its lines stand several times, the hunk says which."""
    function = name.partition("__mutmut_")[0]
    before, after = _plain(sources[f"{function}__mutmut_orig"]), _plain(sources[name])
    edits = [
        one for one in SequenceMatcher(None, before, after, autojunk=False).get_opcodes() if one[0] != "equal"
    ]
    was = [line for _, first, last, _, _ in edits for line in before[first:last]]
    became = [line for _, _, _, first, last in edits for line in after[first:last]]
    place = before[: edits[0][1] + 1].count(was[0]) if was else 1
    nth = f" #{place}" if place > 1 else ""
    shown = function.removeprefix("x_").removeprefix("xǁ").replace("ǁ", ".")
    return Mutant(function=f"{file}.{shown}{nth}", was=" ".join(was), became=" ".join(became))


def _plain(lines: list[str]) -> list[str]:
    return [re.sub(r"\bx[_ǁ](\w+?)__mutmut_\w+", r"\1", line).strip() for line in lines]


def _counted(files: list[Tried]) -> str:
    mutants, done, noticed, by_time = _sums(files)
    untried = f" of {mutants:,}" if done < mutants else ""
    return f"{done:,}{untried} mutants tried, {noticed:,} noticed ({noticed / done:.1%}, {by_time} of them by time)"


def _table(files: list[Tried]) -> Iterator[str]:
    yield "| file | mutants | noticed | of these by time | survived | share |"
    yield "|---|--:|--:|--:|--:|--:|"
    for one in files:
        if one.tried:
            yield _row(f"`{one.file}`", (one.tried, one.noticed, one.by_time))
    _, *figures = _sums(files)
    yield _row("together", figures)


def _row(name: str, figures: Iterable[int]) -> str:
    done, noticed, by_time = figures
    return f"| {name} | {done:,} | {noticed:,} | {by_time} | {done - noticed} | {noticed / done:.1%} |"


def _sums(files: list[Tried]) -> tuple[int, int, int, int]:
    rows = [(one.mutants, one.tried, one.noticed, one.by_time) for one in files]
    mutants, done, noticed, by_time = (sum(column) for column in zip(*rows, strict=True))
    return mutants, done, noticed, by_time


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:], Path()))
