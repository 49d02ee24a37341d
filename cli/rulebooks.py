"""The rulebook in use: the manuals that come with Settle, the packs it knows, and what the shop puts over them.

Known packs are always part of the text, so that a recorded settlement's warnings are recomputed by replay; they
bind only where an override or an option makes them active.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from calculators.masking import redacted
from calculators.rulebook import Rulebook
from calculators.rulebook_reader import ACTIVE, bundle, read_rulebook, unbundle
from cli.errors import ShellError
from cli.refusals import in_chinese

VARIABLE = "SETTLE_RULES"


class UnreadableRules(ShellError):
    """A file of rules that is not there or is no UTF-8 text."""


@lru_cache(maxsize=1)
def default_rulebook() -> Rulebook:
    """The manuals' own rulebook with no pack active, checked whole; `BadRulebook` names every fault."""
    return read_rulebook(bundle(shipped_texts()))


def rulebook_in_use(overrides: Iterable[Path] | None = None, packs: Iterable[str] | None = None) -> Rulebook:
    """The manuals under these override files, else those of SETTLE_RULES, with these packs active."""
    given = list(overrides or _from_environment())
    if not given and not packs:
        return default_rulebook()
    own = {f"override/{place}/{path.name}": rules_text(path) for place, path in enumerate(given, start=1)}
    return read_rulebook(bundle(shipped_texts() | own, tuple(packs or ())))


def rulebook_to_rehearse(given: Sequence[Path] | None, packs: Sequence[str] | None = None) -> Rulebook | None:
    """The other rulebook of a rehearsal: override files, over a whole bundle where one is among them; None for none.

    What the bundle says of active packs gives way to `packs`.
    """
    if not given:
        return rulebook_in_use(None, packs) if packs else None
    texts = {f"override/{place}/{path.name}": rules_text(path) for place, path in enumerate(given, start=1)}
    own = {name: text for name, text in texts.items() if not unbundle(text)}
    whole = [text for text in texts.values() if unbundle(text)]
    if not whole:
        return rulebook_in_use(given, packs)
    if len(whole) > 1:
        raise UnreadableRules("只能给一本整本规则 / one whole rulebook at a time")
    if not own and not packs:
        return read_rulebook(whole[0])
    files = {name: text for name, text in unbundle(whole[0]).items() if not (packs and name == ACTIVE)}
    return read_rulebook(bundle(files | own, tuple(packs or ())))


def shipped_texts() -> dict[str, str]:
    """The rulebook files that come with the program, by name: the manuals and every known pack."""
    folder = files("calculators") / "rules"
    manuals = {one.name: one.read_text("utf-8") for one in folder.iterdir() if one.name.endswith(".toml")}
    packs = (folder / "packs").iterdir()
    return manuals | {
        f"packs/{one.name}": one.read_text("utf-8") for one in packs if one.name.endswith(".toml")
    }


def rules_text(path: Path) -> str:
    """The text of a file of rules; `UnreadableRules` where there is none."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        why = problem.reason if isinstance(problem, UnicodeDecodeError) else problem.strerror or "?"
        raise UnreadableRules(
            f"{redacted(str(path))}：规则文件读不了（{in_chinese(why, 'OSError')}）。请检查文件名和编码（UTF-8）。",
            f"{redacted(str(path))}: the file of rules cannot be read: {why}. Check its name, and that it is UTF-8.",
        ) from None


def _from_environment() -> Iterator[Path]:
    named = os.environ.get(VARIABLE, "")
    return (Path(one) for one in named.split(os.pathsep) if one)
