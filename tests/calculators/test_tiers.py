"""Tiers: a bound that two of them claim belongs to the lower, with a warning, unless the shop says otherwise."""

import pytest

from calculators.days import parse_moment
from calculators.sheet import Sheet
from calculators.terms import Terms
from calculators.tiers import tier_of
from calculators.units import UNITS
from cli.rulebooks import default_rulebook

AT = parse_moment("2017-03-10T10:00")
STEPS = UNITS["piece_tiers"](
    [
        {"from": 10, "includes_from": True, "to": 20, "includes_to": True, "factor": "0.85"},
        {"from": 20, "includes_from": True, "factor": "0.80"},
    ],
    "",
)


def _sheet(**policy: object) -> Sheet:
    return Sheet(terms=Terms(default_rulebook(), policy, {"asked": AT.date()}), at=AT)


@pytest.mark.parametrize(("pieces", "factor"), [(9, None), (10, "17/20"), (19, "17/20"), (21, "4/5")])
def test_an_amount_falls_in_one_tier_or_in_none(pieces: int, factor: str | None) -> None:
    sheet = _sheet()
    tier = tier_of(sheet, STEPS, pieces, "000-13.1A")
    assert (tier and str(tier.factor)) == factor
    assert not sheet.advisories


@pytest.mark.parametrize(("reading", "factor"), [("LOWER", "17/20"), ("UPPER", "4/5")])
def test_the_shared_bound_is_the_lowers_or_the_uppers_and_always_warned_of(reading: str, factor: str) -> None:
    sheet = _sheet(tier_boundary=reading)
    tier = tier_of(sheet, STEPS, 20, "000-13.1A")
    assert tier is not None
    assert str(tier.factor) == factor
    assert [one.id for one in sheet.advisories] == ["TIER_BOUNDARY"]
