"""What a platform's rules of return say beyond the manuals: the gift that stays away, freight that becomes the buyer's.

A part of a free-shipping order that comes back may leave less than what shipping is free from; then, and where the
platform finds abuse, the buyer bears the way out as well. Where everything comes back without abuse he bears his
own way only, so what an earlier part was charged goes back.
"""

from dataclasses import replace

from calculators.goods_back import base_channel
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.withholding import Withholding
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM, GIFT = "postage_deduction", "gift_deduction"
PARTIAL, ABUSE, GIFT_RULE = "partial_return_outbound", "abuse_outbound", "gift_deductible"


def charges_outbound(withholding: Withholding) -> bool:
    """Withhold the way out where the platform's rules make it the buyer's; whether they settle the question."""
    sheet = withholding.sheet
    name = _reason(sheet)
    if name:
        _charge(withholding, name)
    elif not sheet.position.units_left:
        _give_back(sheet)
    return bool(name)


def withhold_gift(withholding: Withholding) -> None:
    """The value of a gift that did not come back, as declared, else as the market has it; never a refusal."""
    sheet = withholding.sheet
    fen = sheet.claim.gift_missing_fen
    if not fen:
        return
    if not (sheet.terms.governs(GIFT_RULE) and sheet.terms.switch(GIFT_RULE)):
        why = say("手册未写退货时扣赠品价值", "the manuals take nothing for a gift that stays with the buyer")
        sheet.skip(GIFT, "004-B1", why)
        return
    (used,) = sheet.terms.used(GIFT_RULE)
    worth = format_yuan(fen)
    working = Working(formula=f"−{worth}", inputs={"gift_missing": worth}, parameters=(GIFT_RULE,))
    withholding.take(GIFT, used.rule, fen, working)


def _reason(sheet: Worksheet) -> str:
    """The parameter by which the buyer bears the way out, or nothing."""
    if sheet.claim.abuse and _by_buyer(sheet, ABUSE):
        return ABUSE
    return PARTIAL if _breaks_threshold(sheet) and _by_buyer(sheet, PARTIAL) else ""


def _by_buyer(sheet: Worksheet, name: str) -> bool:
    return sheet.terms.governs(name) and sheet.terms.choice(name) == "BUYER"


def _breaks_threshold(sheet: Worksheet) -> bool:
    """Whether pieces stay with the buyer, and are worth less than what shipping is free from."""
    kept = sum(line.value.left_fen for line in sheet.position.lines.values())
    return sheet.position.units_left > 0 and kept < sheet.order.free_shipping_from_fen


def _charge(withholding: Withholding, name: str) -> None:
    """Once an order, at what the courier charged for the way out."""
    sheet = withholding.sheet
    charged = sheet.position.outbound_charged_fen
    due = max(sheet.order.postage_cost_fen - charged, 0)
    (used,) = sheet.terms.used(name)
    cost = format_yuan(sheet.order.postage_cost_fen)
    working = Working(formula=f"−{cost}", inputs={"postage_cost": cost}, parameters=(name,))
    taken = withholding.take(ITEM, used.rule, due, working)
    sheet.position = replace(sheet.position, outbound_charged_fen=charged + taken)


def _give_back(sheet: Worksheet) -> None:
    charged = sheet.position.outbound_charged_fen
    if not charged:
        return
    (used,) = sheet.terms.used(PARTIAL)
    channel = base_channel(sheet)
    worth = format_yuan(charged)
    working = Working(formula=worth, inputs={"charged_before": worth}, parameters=(PARTIAL,))
    sheet.add(ITEM, used.rule, channel, charged, working)
    sheet.pay_cash(charged, channel)
    sheet.position = replace(sheet.position, outbound_charged_fen=0)
