"""Why this amount and not more: the tree of a settlement in words, what binds it, and what would change it."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from calculators.money import format_yuan
from calculators.outcomes import Outcome
from calculators.readings import Alternative
from calculators.what_if import Binding, Change
from cli.views.settlement import COLOURS
from cli.words import word


def show_tree(answer: dict[str, Any], console: Console, language: str) -> None:
    """Every item with its clause, facts, parameters and rounding; then what did not apply."""
    decision = answer["decision"]
    tree = Tree(Text(word(decision, language), style=f"bold {COLOURS[decision]}"))
    for item in answer["items"]:
        branch = tree.add(
            Text(f"{word(item['item'], language)} {item['amount']}  [{item['rule']}]", style="bold")
        )
        branch.add(Text(f"{item['formula']} = {item['exact']} → {item['amount']}"))
        for name, value in item["inputs"].items():
            branch.add(Text(f"{name} = {value}"))
        for name, used in item["parameters"].items():
            since = f" {used['from']}" if used["from"] else ""
            branch.add(
                Text(f"{name} = {used['value']}  [{used['rule']}] {used['layer']}{since}", style="dim")
            )
    for note in answer["not_applied"]:
        tree.add(Text(f"{word(note['item'], language)} 0.00  [{note['rule']}] {note['why']}", style="dim"))
    for note in [*answer["awaits"], *answer["approvals"], *answer["advisories"]]:
        tree.add(Text(f"[{note['rule']}] {note['text']}", style="yellow"))
    console.print(tree)


def show_bindings(bindings: Sequence[Binding], console: Console, language: str) -> None:
    """The caps and boundaries that bind, each with what one step of it would give."""
    heading = "受限于" if language == "zh" else "What binds"
    for one in bindings:
        then = said_outcome(one.outcome, language)
        said = f"{heading}: {one.parameter} {one.value} [{one.rule}]; {one.stepped} → {then}"
        console.print(Text(said), soft_wrap=True)


def show_changes(changes: Sequence[Change], console: Console, language: str) -> None:
    """For each fact, the smallest move of it that changes the answer."""
    heading = "若" if language == "zh" else "If"
    for one in changes:
        said = f"{heading} {one.path}: {one.was} → {one.would_be}: {said_outcome(one.outcome, language)}"
        console.print(Text(said), soft_wrap=True)


def show_alternatives(alternatives: Sequence[Alternative], console: Console, language: str) -> None:
    """Each other reading of the manuals that would change the answer, and by how much."""
    for one in alternatives:
        difference = ("+" if one.difference_fen > 0 else "") + format_yuan(one.difference_fen)
        said = (
            f"{one.parameter} [{one.rule}]: {one.in_force} → {one.reading}: "
            f"{said_outcome(one.outcome, language)} ({difference})"
        )
        console.print(Text(said), soft_wrap=True)
    if not alternatives:
        none = "没有别的读法会改变结果" if language == "zh" else "no other reading changes the answer"
        console.print(Text(none))


def said_outcome(outcome: Outcome, language: str) -> str:
    """An outcome in a few words: its decision and the buyer's net in yuan."""
    return f"{word(outcome.decision, language)} {format_yuan(outcome.net_fen)}"
