"""Platform points of the year in two counters that never mix; 48 serious ones close the shop (004-D0, 004-C8).

No money moves. Both counters are 0 again after 31 December.
"""

from collections.abc import Iterable
from fractions import Fraction

from calculators.days import business_day
from calculators.errors import BadCase
from calculators.further_questions import COUNTERS, WITH_POINTS, WITHOUT_POINTS, Violation, ViolationPoints
from calculators.settlement import Settlement
from calculators.sheet import Sheet, Working
from calculators.terms import decimal_text
from calculators.wording import say

ITEM = "violation_points"
PARAMETERS = {
    "invoice": "invoice_points",
    "free_shipping": "free_ship_points",
    "card": "card_points",
    "cod": "cod_points",
    "leak": "leak_points",
    "close": "close_points",
}


def settle(sheet: Sheet, tally: ViolationPoints) -> Settlement:
    """The general and the serious points of the year of asking, each as an item of 0.00 with its count."""
    counted = [one for place, one in enumerate(tally.violations) if _counts(sheet, place, one)]
    _write(sheet, "004-D0", "general", [one for one in counted if one.what != "serious"])
    serious = _write(sheet, "004-C8", "serious", [one for one in counted if one.what == "serious"])
    _warn_of_card(sheet, counted)
    close = sheet.terms.number("serious_points_close")
    if serious >= close:
        text = say(
            f"严重违规 {decimal_text(serious)} 分,达到 {close} 分关店清退",
            f"{decimal_text(serious)} serious points: at {close} the shop is closed",
        )
        sheet.advise("SHOP_CLOSES", "004-C8", text)
    return sheet.settled("violation_points", "closed")


def _counts(sheet: Sheet, place: int, one: Violation) -> bool:
    """Whether it falls into the year so far and carries points at all; `BadCase` for points amiss."""
    path = f"violation_points.violations[{place}].points"
    if one.what in COUNTERS and one.points is None:
        raise BadCase(path, "is missing")
    if one.what in WITH_POINTS and one.points is not None:
        raise BadCase(path, "is the rulebook's own: leave it out")
    if one.what in WITHOUT_POINTS:
        why = say("手册未写分值", "the manual gives no points for it")
        sheet.skip(one.what, "004-E7" if one.what == "payment_method" else "004-D0", why)
        return False
    today = business_day(sheet.at)
    return one.on.year == today.year and one.on <= today


def _write(sheet: Sheet, rule: str, counter: str, violations: Iterable[Violation]) -> Fraction:
    parts = [(one, _points(sheet, one)) for one in violations]
    total = sum((each * one.times for one, each in parts), Fraction(0))
    formula = " + ".join(f"{one.times} × {decimal_text(each)}" for one, each in parts) or "0"
    inputs = {"counter": counter, "points": decimal_text(total), "year": str(business_day(sheet.at).year)}
    names = dict.fromkeys(PARAMETERS[one.what] for one, _ in parts if one.what in PARAMETERS)
    working = Working(formula=formula, inputs=inputs, parameters=(*names,))
    sheet.add(ITEM, rule, "platform", 0, working)
    return total


def _points(sheet: Sheet, one: Violation) -> Fraction:
    return Fraction(sheet.terms.number(PARAMETERS[one.what])) if one.points is None else one.points


def _warn_of_card(sheet: Sheet, counted: Iterable[Violation]) -> None:
    """C-13: the list and the body of the manual disagree, so both totals are shown."""
    times = sum(one.times for one in counted if one.what == "card")
    if not times:
        return
    less = times * (sheet.terms.number("card_points") - sheet.terms.number("card_points_listed"))
    listed = sheet.terms.number("card_points_listed")
    text = say(
        f"信用卡清单写 {listed} 分,按清单一般分少 {less} 分",
        f"the list gives a card violation {listed} points: by it the general counter has {less} fewer",
    )
    sheet.advise("C-13", "004-D0", text)
