"""A basket just short of a threshold: the buyer may top it up, and then the reduction applies (000-14, 000-II.1.2)."""

from calculators.facts import Checkout
from calculators.money import format_yuan
from calculators.settlement import Settlement
from calculators.sheet import Sheet, Working
from calculators.wording import say

RULE = "000-14"


def settle(sheet: Sheet, checkout: Checkout) -> Settlement:
    """What the buyer pays in all: goods less reduction, top-up, freight; at the full price where none applies."""
    gap = max(checkout.threshold_fen - checkout.subtotal_fen, 0)
    topup = gap if _may_top_up(sheet, checkout, gap) else 0
    reduced = checkout.subtotal_fen + topup >= checkout.threshold_fen
    reduction = min(checkout.reduction_fen, checkout.subtotal_fen + topup) if reduced else 0
    goods = checkout.subtotal_fen - reduction
    inputs = {"subtotal": format_yuan(checkout.subtotal_fen), "reduction": format_yuan(reduction)}
    formula = f"−({inputs['subtotal']} − {inputs['reduction']})"
    sheet.add("goods", "000-II.1.2", "order", -goods, Working(formula=formula, inputs=inputs))
    if topup:
        formula = f"−({format_yuan(checkout.threshold_fen)} − {inputs['subtotal']})"
        names = ("topup_max_gap", "topup_min_gap")
        sheet.add("topup", RULE, "order", -topup, Working(formula=formula, parameters=names))
    if checkout.postage_fen:
        freight = format_yuan(checkout.postage_fen)
        sheet.add("outbound_postage", RULE, "order", -checkout.postage_fen, Working(formula=f"−{freight}"))
    return sheet.settled("checkout", "open", from_buyer_fen=goods + topup + checkout.postage_fen)


def _may_top_up(sheet: Sheet, checkout: Checkout, gap: int) -> bool:
    if not gap:
        sheet.skip("topup", RULE, say("已达门槛,无需补差", "the threshold is reached; nothing to top up"))
    elif not checkout.customer_asks:
        sheet.skip("topup", RULE, say("客人未要求补差", "the buyer did not ask for it"))
    elif not sheet.terms.fen("topup_min_gap") <= gap <= sheet.terms.fen("topup_max_gap"):
        most = format_yuan(sheet.terms.fen("topup_max_gap"))
        why = say(f"差 {format_yuan(gap)} 元,超过 {most} 元", f"{format_yuan(gap)} short, more than {most}")
        sheet.skip("topup", RULE, why)
    else:
        return True
    return False
