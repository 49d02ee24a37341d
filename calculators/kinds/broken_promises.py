"""违背承诺: what the shop promised beside the goods and did not keep (platform packs only).

The manuals forbid promises (000-II.2) and name no amount for a broken one. Under a pack most promises cost a share
of each line; one about the price or the freight is performed, and costs an amount an order on top. A change of
the rule is in force from one day and enforced from another: in between the shop chooses which text it goes by.
"""

from dataclasses import replace

from calculators.compensations import Finding, compensate, given, remember, unbound
from calculators.days import business_day
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM, RULE = "promise_compensation", "000-II.2"
FIXED, DAY, ENFORCED, GRACE = (
    "promise_fixed",
    "promise_resend_day_cap",
    "promise_enforced_from",
    "promise_grace",
)
PERFORMED = {"price": "price_difference", "freight": "overpaid_postage"}
SENT_AGAIN = ("exchange", "resend")
GENERAL = Finding(name="promise", item=ITEM, rate="promise_rate", least="promise_min", most="promise_cap")
CARRIER = Finding(
    name="promise",
    item=ITEM,
    rate="promise_carrier_rate",
    least="promise_carrier_min",
    most="promise_carrier_cap",
)


def settle(sheet: Worksheet) -> None:
    """A red packet by the kind of promise; refused where no pack speaks of it for the order's platform."""
    promise = sheet.claim.promise
    finding = CARRIER if promise == "carrier" and sheet.order.platform == "taobao" else GENERAL
    if unbound(sheet, ITEM, RULE, finding.rate):
        return
    if promise in PERFORMED:
        _fixed(sheet)
    else:
        _share(sheet, replace(finding, name=_name(promise)))


def _name(promise: str) -> str:
    return f"promise: {promise}"


def _share(sheet: Worksheet, finding: Finding) -> None:
    if sheet.claim.promise not in SENT_AGAIN or not _new_text(sheet):
        compensate(sheet, lambda line: finding, {})
        return
    capped = replace(finding, beside=(DAY,))
    compensate(sheet, lambda line: capped, {"left_of_day": _left_of_day})


def _new_text(sheet: Worksheet) -> bool:
    """Whether the revised text counts: from its first day, or from the day it is enforced, as the shop reads it."""
    if not sheet.terms.governs(DAY):
        return False
    if not sheet.terms.governs(ENFORCED):
        return True
    (used,), reading = sheet.terms.used(ENFORCED), sheet.terms.choice(GRACE)
    text = say(
        f"新条文自 {used.since} 生效,自 {used.value} 起执行;过渡期本店按 {reading}",
        f"the new text is in force from {used.since}, enforced from {used.value}; the shop goes by {reading}",
    )
    sheet.advise("RULE_GRACE", used.rule, text)
    return reading == "EFFECTIVE"


def _left_of_day(sheet: Worksheet, line: int, base: int) -> int:
    """What may still be paid today for goods that were to be exchanged or sent again, other orders counted."""
    names, today = {_name(promise) for promise in SENT_AGAIN}, business_day(sheet.claim.asked_at)
    spent = sum(one.fen for one in sheet.position.compensated if one.finding in names and one.on == today)
    return max(sheet.terms.fen(DAY) - spent - sheet.claim.given_same_day_fen, 0)


def _fixed(sheet: Worksheet) -> None:
    """Price and freight as promised are claims of their own; what comes on top is paid once an order."""
    performed = PERFORMED[sheet.claim.promise]
    (used,) = sheet.terms.used(FIXED)
    why = say(
        "承诺的价格或运费须先履行:另按退差价办理",
        "the promised price or freight is performed first: a price difference of its own",
    )
    sheet.skip(performed, used.rule, why)
    amount, before = sheet.terms.fen(FIXED), given(sheet, (FIXED,))
    due = amount if not sheet.terms.governs(DAY) or _new_text(sheet) else 0
    fen, formula, inputs = max(due - before, 0), format_yuan(due), {"when_enforced": format_yuan(amount)}
    if before:
        inputs["given_before"] = format_yuan(before)
        formula = f"max(0, {formula} − {format_yuan(before)})"
    working = Working(formula=formula, inputs=inputs, parameters=(FIXED,))
    sheet.add(ITEM, used.rule, "red_packet", fen, working)
    sheet.pay_cash(fen, "red_packet")
    remember(sheet, FIXED, (0, 0), fen)
