"""Checking a file of rules before it is used: a manual, a platform pack, a shop's override, or a whole bundle.

A pack and an override are held to the manuals that come with the program, for what they amend is named there.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from calculators.errors import BadRulebook
from calculators.rulebook import Rulebook
from calculators.rulebook_reader import bundle, read_rulebook, unbundle
from cli.rulebooks import rules_text, shipped_texts

_LINE = re.compile(r"(.*?):(\d+): ", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a file of rules holds, and every fault with file, line and path; nothing is held where one is."""

    holds: str
    faults: tuple[str, ...] = ()


def check_rules(path: Path) -> Checked:
    """Check a file of rules; `UnreadableRules` where there is none."""
    text, name = rules_text(path), str(path)
    try:
        files = unbundle(text)
        rulebook = read_rulebook(text if files else _beside_the_others(name, text))
    except BadRulebook as problem:
        return Checked(holds="", faults=tuple(sorted(problem.faults, key=_place)))
    return Checked(holds=_holds(rulebook, None if files else _kind(text)))


def _beside_the_others(name: str, text: str) -> str:
    """A bundle in which only this file can be at fault: a manual stands alone, a layer over those shipped."""
    kind = _kind(text)
    if kind == "manual":
        return bundle({name: text})
    shipped = shipped_texts()
    if kind == "pack":
        shipped = {other: one for other, one in shipped.items() if not other.startswith("packs/")}
    return bundle(shipped | {name: text})


def _place(fault: str) -> tuple[str, int]:
    found = _LINE.match(fault)
    return (found[1], int(found[2])) if found else ("", 0)


def _kind(text: str) -> str:
    try:
        found = tomllib.loads(text, parse_float=str)
    except tomllib.TOMLDecodeError:
        return "manual"
    return next((kind for kind in ("pack", "override") if kind in found), "manual")


def _holds(rulebook: Rulebook, kind: str | None) -> str:
    if kind == "override":
        override = rulebook.overrides[0]
        return f"override of {override.shop} with {len(override.amendments)} entries"
    if kind == "pack":
        (pack,) = rulebook.packs.values()
        return f"pack {pack.id} with {len(pack.amendments)} entries"
    return f"{len(rulebook.rules)} rules, {len(rulebook.parameters)} parameters, digest {rulebook.digest}"
