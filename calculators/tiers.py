"""Tiered factors: which step an amount falls in, when two steps claim the same bound (rules.md 0.4)."""

from collections.abc import Sequence

from calculators.rulebook import Tier
from calculators.sheet import Sheet
from calculators.terms import Terms
from calculators.wording import say


def step_of(terms: Terms, tiers: Sequence[Tier], amount: int) -> Tier | None:
    """The step of an amount (fen or pieces), by `tier_boundary` where two hold it; None outside all of them."""
    holding = [tier for tier in tiers if tier.holds(amount)]
    if len(holding) > 1 and terms.choice("tier_boundary") == "UPPER":
        return holding[-1]
    return holding[0] if holding else None


def tier_of(sheet: Sheet, tiers: Sequence[Tier], amount: int, rule: str) -> Tier | None:
    """The same step for a sheet, which notes that an amount lies on a bound that two tiers claim."""
    if len([tier for tier in tiers if tier.holds(amount)]) > 1:
        text = say(
            "正好落在两档交界,按参数归档,主管可改",
            "exactly on a bound that two tiers claim; the supervisor may decide otherwise",
        )
        sheet.advise("TIER_BOUNDARY", rule, text)
    return step_of(sheet.terms, tiers, amount)
