"""Tiered factors: which step an amount falls in, when two steps claim the same bound (rules.md 0.4)."""

from collections.abc import Sequence

from calculators.rulebook import Tier
from calculators.sheet import Sheet
from calculators.wording import say


def tier_of(sheet: Sheet, tiers: Sequence[Tier], amount: int, rule: str) -> Tier | None:
    """The step of an amount (fen or pieces), by `tier_boundary` where two hold it; None outside all of them."""
    holding = [tier for tier in tiers if tier.holds(amount)]
    if len(holding) > 1:
        text = say(
            "正好落在两档交界,按参数归档,主管可改",
            "exactly on a bound that two tiers claim; the supervisor may decide otherwise",
        )
        sheet.advise("TIER_BOUNDARY", rule, text)
        return holding[-1] if sheet.terms.choice("tier_boundary") == "UPPER" else holding[0]
    return holding[0] if holding else None
