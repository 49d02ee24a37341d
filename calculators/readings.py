"""Interpretation on the table: what the same case would give under each other reading of the manuals.

Where the manuals can be read in two ways the rulebook has a parameter with its readings listed. Here each other
reading is tried, one at a time, and those that change anything are named with the difference in money.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculators.answers import terms_of
from calculators.case_reader import read_case
from calculators.outcomes import Outcome, changed, outcome
from calculators.rulebook import Amendment, Parameter, Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another reading of one parameter, what it would give, and by how much the buyer's net differs, in fen."""

    parameter: str
    rule: str
    in_force: str
    reading: str
    outcome: Outcome
    difference_fen: int


def alternatives(case: Mapping[str, Any], rulebook: Rulebook) -> tuple[Alternative, ...]:
    """Every other reading that would change the answer to this case; none for a case that is no case."""
    base = outcome(case, rulebook)
    if base is None:
        return ()
    terms = terms_of(read_case(case), rulebook)
    found = []
    for parameter in rulebook.parameters_under(terms.packs):
        for reading in _readings(parameter):
            other = outcome(changed(case, ("policy", parameter.name), reading), rulebook)
            if other is not None and other.differs(base):
                in_force = terms.value(parameter.name)
                found.append(_alternative(parameter, (in_force, reading), base, other))
    return tuple(found)


def _readings(parameter: Parameter | Amendment) -> tuple[Any, ...]:
    return (True, False) if parameter.unit == "switch" else parameter.readings


def _alternative(
    parameter: Parameter | Amendment, readings: tuple[Any, Any], base: Outcome, other: Outcome
) -> Alternative:
    in_force, reading = readings
    return Alternative(
        parameter=parameter.name,
        rule=parameter.rule,
        in_force=str(in_force),
        reading=str(reading),
        outcome=other,
        difference_fen=other.net_fen - base.net_fen,
    )
