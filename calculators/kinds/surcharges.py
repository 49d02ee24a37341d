"""Another courier than the usual one: who pays the difference in freight (002-3.2l, 004-D2, 004-E2)."""

from dataclasses import replace

from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """The dearer freight less the usual one and less what was charged before.

    On free shipping only what the buyer asked and the page announced.
    """
    claim = sheet.claim
    if sheet.order.free_shipping and not (claim.asked_by == "buyer" and claim.announced):
        why = say("包邮订单不得加收运费", "a free-shipping order may not be charged freight")
        sheet.refuse("courier_surcharge", "004-E2", why)
        text = say(
            "收取即违规 4 分",
            "charging it costs 4 platform points; only an announced wish of the buyer may be",
        )
        sheet.advise("C-05", "004-E2", text)
        return
    before = sheet.position.surcharge_fen
    fen = max(claim.chosen_fen - claim.usual_fen - before, 0)
    inputs = {"chosen": format_yuan(claim.chosen_fen), "usual": format_yuan(claim.usual_fen)}
    formula = f"−max(0, {inputs['chosen']} − {inputs['usual']})"
    if before:
        inputs["charged_before"] = format_yuan(before)
        formula = f"−max(0, {inputs['chosen']} − {inputs['usual']} − {inputs['charged_before']})"
    sheet.add("courier_surcharge", "002-3.2l", "alipay", -fen, Working(formula=formula, inputs=inputs))
    sheet.from_buyer_fen += fen
    sheet.position = replace(sheet.position, surcharge_fen=before + fen)
