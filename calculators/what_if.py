"""Why not more: which cap or boundary binds a case, and the smallest change of fact that would change the answer.

Both are found by asking again, never by a second set of rules: a parameter moved by its smallest step binds if
the answer moves, and a fact is moved step by step until the answer does.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from calculators.answers import terms_of
from calculators.case_format import CAUSES
from calculators.case_reader import read_case
from calculators.days import parse_moment
from calculators.layers import Ungoverned
from calculators.money import format_yuan, parse_yuan
from calculators.outcomes import Outcome, changed, outcome
from calculators.rulebook import Amendment, Parameter, Rulebook
from calculators.terms import Terms, Unset

DAYS_SOUGHT = 40
_STEPPED = frozenset({"yuan", "days", "hours", "count", "months", "day_of_month"})
_FLAGS = {
    "claim": (
        "received",
        "returned",
        "disclosed",
        "refund_open",
        "upheld",
        "refunded",
        "announced",
        "warehouse_short",
        "stamped_proof",
        "conditional_on_review",
        "platform_version",
        "abuse",
    ),
    "order": ("free_shipping",),
}
_WORDS = {
    ("claim", "cause"): CAUSES,
    ("claim", "condition"): ("intact", "worn"),
    ("claim", "route"): ("order", "timed_out"),
    ("claim", "fault"): ("seller", "buyer"),
    ("claim", "asked_by"): ("buyer", "shop"),
    ("claim", "signed_by"): ("buyer", "stranger", "placed_as_told"),
    ("claim", "finding"): ("no_scan", "unrelated", "timeout", "abnormal"),
    ("order", "payment"): ("online", "cod"),
    ("order", "activity"): ("none", "juhuasuan"),
}
_AMOUNTS = ("amount", "requested")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """A parameter whose smallest step, up or down, would change the answer."""

    parameter: str
    rule: str
    value: str
    stepped: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact moved as little as it takes: where it stands, from what to what, and what would come of it."""

    path: str
    was: str
    would_be: str
    outcome: Outcome


def bindings(case: Mapping[str, Any], rulebook: Rulebook) -> tuple[Binding, ...]:
    """The caps, windows and boundaries that bind this case, in the order of the rulebook."""
    base = outcome(case, rulebook)
    if base is None:
        return ()
    terms, found = terms_of(read_case(case), rulebook), []
    for parameter in rulebook.parameters_under(terms.packs):
        for value, stepped in _steps(parameter, terms):
            other = outcome(changed(case, ("policy", parameter.name), stepped), rulebook)
            if other is not None and other.differs(base):
                found.append(
                    Binding(
                        parameter=parameter.name,
                        rule=parameter.rule,
                        value=str(value),
                        stepped=str(stepped),
                        outcome=other,
                    )
                )
    return tuple(found)


def _steps(parameter: Parameter | Amendment, terms: Terms) -> Iterator[tuple[Any, Any]]:
    """The value in force as a policy would write it, with the next value up and down."""
    if parameter.unit not in _STEPPED:
        return
    try:
        value = terms.value(parameter.name)
    except (Unset, Ungoverned):
        return
    write = format_yuan if parameter.unit == "yuan" else int
    for stepped in (value + 1, value - 1):
        if stepped >= 0:
            yield write(value), write(stepped)


def nearest_changes(case: Mapping[str, Any], rulebook: Rulebook) -> tuple[Change, ...]:
    """For each fact of the case that matters, the smallest move of it that changes the answer."""
    base = outcome(case, rulebook)
    found = []
    for path, candidates in _moves(case):
        for was, would_be in candidates:
            other = outcome(changed(case, path, would_be), rulebook)
            if base is not None and other is not None and other.differs(base):
                where = ".".join(str(part) for part in path)
                found.append(Change(path=where, was=was, would_be=str(would_be), outcome=other))
                break
    return tuple(found)


def _moves(case: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Iterator[tuple[str, Any]]]]:
    """Every fact worth moving, with its other values from the nearest on."""
    claim = case.get("claim")
    if not claim:
        return
    yield ("claim", "asked_at"), _days(claim.get("asked_at") or case["at"])
    for part, names in _FLAGS.items():
        for name in names:
            yield (part, name), iter([(str(bool(case[part].get(name))), not case[part].get(name))])
    for (part, name), words in _WORDS.items():
        was = case[part].get(name)
        yield (part, name), ((str(was), word) for word in words if word != was)
    for name in _AMOUNTS:
        if name in claim:
            yield ("claim", name), _cents(claim[name])


def _days(asked_at: str) -> Iterator[tuple[str, str]]:
    asked = parse_moment(asked_at)
    for days in range(1, DAYS_SOUGHT + 1):
        for moved in (asked + timedelta(days=days), asked - timedelta(days=days)):
            yield asked_at, moved.isoformat()


def _cents(amount: str) -> Iterator[tuple[str, str]]:
    """A fen more, a fen less: what lies on a boundary shows it at once."""
    fen = parse_yuan(amount)
    yield amount, format_yuan(fen + 1)
    if fen:
        yield amount, format_yuan(fen - 1)
