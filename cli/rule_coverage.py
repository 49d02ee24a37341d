"""Coverage of the rulebook, both ways: every item has its clause and worked case, every computed clause its code.

Items are taken from where they are booked, clauses from the rulebook, and what belongs together from the answers
to the worked cases themselves: nothing here is a list kept by hand.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from calculators.rulebook import Rulebook
from calculators.settlement import BESIDE_THE_BUYER
from cli.rule_sources import citations, item_clauses, texts_of_code, worked_cases
from ledger.posting_rules import DEBIT
from ledger.quoting import answer_or_error

NO_CASES = (
    "worked cases, so neither rules without code nor items: no tests/cases here; name the folder with --cases"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Covered:
    """One rule: the places that cite it and the worked cases that list it or answer under it."""

    rule: str
    status: str
    code: tuple[str, ...]
    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoveredItem:
    """One item that moves money: the clauses it is written under, and how many worked cases give or refuse it."""

    item: str
    rules: tuple[str, ...]
    cases: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Hole:
    """Something that leads nowhere: what kind of hole, and where."""

    kind: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What was found, counted and missed; `not_looked_at` says what could not be looked at."""

    counts: Mapping[str, int]
    rules: tuple[Covered, ...]
    items: tuple[CoveredItem, ...]
    holes: tuple[Hole, ...]
    not_looked_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Exercised:
    """What the worked cases exercise: the cases of each clause, and clauses and number of cases of each item."""

    cases: int
    by_clause: Mapping[str, tuple[str, ...]]
    item_rules: Mapping[str, frozenset[str]]
    item_cases: Mapping[str, int]


def coverage(rulebook: Rulebook, folder: Path | None) -> Coverage:
    """The coverage of a rulebook by our code and by the worked cases of a folder, if there is one."""
    exercised = _exercised(rulebook, folder)
    rules = tuple(_covered(rulebook, exercised))
    items = tuple(_items(exercised))
    holes = (
        *_rule_holes(rules, rulebook, with_cases=folder is not None),
        *_item_holes(items, rulebook, with_cases=folder is not None),
        *_pack_holes(exercised, rulebook, with_cases=folder is not None),
    )
    return Coverage(
        counts=_counts(rules, items, exercised)
        | {"pack_rules": len(_pack_rules(rulebook)), "holes": len(holes)},
        rules=rules,
        items=items,
        holes=holes,
        not_looked_at=() if folder else (NO_CASES,),
    )


def _turned_down(answer: dict[str, Any]) -> set[str]:
    """What a refused case asked for: an item that only a platform pack pays is exercised by its refusal too."""
    refused = answer.get("decision") == "refuse"
    return {note["item"] for note in answer["not_applied"]} if refused else set()


def _exercised(rulebook: Rulebook, folder: Path | None) -> _Exercised:
    by_clause: dict[str, list[str]] = {}
    item_rules: dict[str, set[str]] = {}
    item_cases: dict[str, int] = {}
    cases = worked_cases(folder) if folder else ()
    for case in cases:
        answer = answer_or_error(case.question, replace(rulebook, active=case.packs))
        items = answer.get("items", [])
        for clause in {*case.rules, *(item["rule"] for item in items)}:
            by_clause.setdefault(clause, []).append(case.place)
        for name in {item["item"] for item in items} | _turned_down(answer):
            item_cases[name] = item_cases.get(name, 0) + 1
        for item in items:
            item_rules.setdefault(item["item"], set()).add(item["rule"])
    return _Exercised(
        cases=len(cases),
        by_clause={clause: tuple(places) for clause, places in by_clause.items()},
        item_rules={name: frozenset(rules) for name, rules in item_rules.items()},
        item_cases=item_cases,
    )


def _covered(rulebook: Rulebook, exercised: _Exercised) -> Iterator[Covered]:
    places: dict[str, list[str]] = {}
    for citation in citations():
        places.setdefault(citation.clause, []).append(citation.place)
    for rule in rulebook.rules.values():
        yield Covered(
            rule=rule.id,
            status=rule.status,
            code=(*places.get(rule.id, ()), *_read_by_name(rule.id, rulebook)),
            cases=exercised.by_clause.get(rule.id, ()),
        )


def _read_by_name(rule: str, rulebook: Rulebook) -> Iterator[str]:
    """A parameter of the rule that the code asks for is a citation too."""
    asked = item_clauses()
    return (
        f"parameter {one.name}"
        for one in rulebook.parameters.values()
        if one.rule == rule and one.name in asked
    )


def _items(exercised: _Exercised) -> Iterator[CoveredItem]:
    for name in sorted({*DEBIT, *BESIDE_THE_BUYER, *exercised.item_rules}):
        rules = item_clauses().get(name, frozenset()) | exercised.item_rules.get(name, frozenset())
        yield CoveredItem(item=name, rules=tuple(sorted(rules)), cases=exercised.item_cases.get(name, 0))


def _rule_holes(rules: tuple[Covered, ...], rulebook: Rulebook, *, with_cases: bool) -> Iterator[Hole]:
    for one in rules:
        if one.status == "pending":
            yield Hole(kind="pending", where=one.rule)
        if with_cases and one.status == "computed" and not one.code and not one.cases:
            yield Hole(kind="computed, but no code and no worked case", where=one.rule)
    for citation in citations():
        known = citation.clause in rulebook.rules
        if not known and (citation.exact or not _part_of_one(citation.clause, rulebook)):
            yield Hole(kind="cited, but not in the rulebook", where=f"{citation.clause} {citation.place}")


def _part_of_one(clause: str, rulebook: Rulebook) -> bool:
    """Whether prose names a heading over several rules, or a paragraph within one."""
    return any(rule.startswith(clause) or clause.startswith(rule) for rule in rulebook.rules)


def _item_holes(items: tuple[CoveredItem, ...], rulebook: Rulebook, *, with_cases: bool) -> Iterator[Hole]:
    for one in items:
        if with_cases and not one.rules:
            yield Hole(kind="an item without a clause", where=one.item)
        for rule in one.rules:
            if rule not in rulebook.rules and rule not in _pack_rules(rulebook):
                yield Hole(
                    kind="an item under a clause that is not in the rulebook", where=f"{one.item} {rule}"
                )
        if with_cases and not one.cases:
            yield Hole(kind="an item without a worked case", where=one.item)


def _pack_rules(rulebook: Rulebook) -> tuple[str, ...]:
    """The rules that the known packs take their figures from, each once."""
    amendments = (one for pack in rulebook.packs.values() for one in pack.amendments)
    return tuple(dict.fromkeys(one.rule for one in amendments))


def _pack_holes(exercised: _Exercised, rulebook: Rulebook, *, with_cases: bool) -> Iterator[Hole]:
    names = dict.fromkeys(one.name for pack in rulebook.packs.values() for one in pack.amendments)
    for name in names:
        if name not in texts_of_code():
            yield Hole(kind="a parameter of a pack that no code reads", where=name)
    for rule in _pack_rules(rulebook):
        if with_cases and not exercised.by_clause.get(rule):
            yield Hole(kind="a rule of a pack without a worked case", where=rule)


def _counts(
    rules: tuple[Covered, ...], items: tuple[CoveredItem, ...], exercised: _Exercised
) -> dict[str, int]:
    statuses = [one.status for one in rules]
    return {
        "rules": len(rules),
        **{status: statuses.count(status) for status in dict.fromkeys(statuses)},
        "rules_in_code": sum(bool(one.code) for one in rules),
        "rules_in_cases": sum(bool(one.cases) for one in rules),
        "items": len(items),
        "cases": exercised.cases,
    }
