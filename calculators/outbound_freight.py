"""000-7B against 001-1.2R: who bears the outbound freight of a free-shipping order that is returned."""

from calculators.money import format_yuan
from calculators.platform_returns import charges_outbound
from calculators.sheet import Working
from calculators.withholding import Withholding
from calculators.wording import say


def withhold_outbound_freight(withholding: Withholding) -> None:
    """000-7B: the claim that returns the last piece of a free-shipping order bears its outbound freight."""
    sheet = withholding.sheet
    if not sheet.order.free_shipping or sheet.seller_fault:
        return
    if charges_outbound(withholding) or sheet.position.units_left:
        return
    mode = sheet.terms.choice("fs_noreason_return_outbound")
    if mode == "SELLER_BEARS":
        why = say(
            "包邮发出的运费由卖家承担(C-01)", "the seller bears the outbound freight of free shipping (C-01)"
        )
        sheet.skip("postage_deduction", "004-C7R", why)
        return
    sheet.advise(
        "PLATFORM_RULE",
        "004-C7R",
        say("平台规则:包邮商品发出运费由卖家承担", "platform rule: the seller bears outbound freight here"),
    )
    if mode == "DEDUCT_IF_DISCLOSED" and not sheet.claim.disclosed:
        why = say("事先未告知客人,不扣", "the buyer was not told beforehand")
        sheet.skip("postage_deduction", "000-7B", why)
        return
    cost = sheet.order.postage_cost_fen
    working = Working(
        formula=f"−{format_yuan(cost)}",
        inputs={"postage_cost": format_yuan(cost)},
        parameters=("fs_noreason_return_outbound",),
    )
    withholding.take("postage_deduction", "000-7B", cost, working)
