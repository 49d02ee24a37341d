"""A distributor's month: tiers on what is left after refunds, return rate, breaches, claw-back (000-13.2)."""

from fractions import Fraction

from calculators.days import business_day, last_of
from calculators.facts import DistributorMonth
from calculators.money import format_yuan
from calculators.rulebook import Tier
from calculators.settlement import Settlement, ToBuyer
from calculators.sheet import Sheet, Working
from calculators.terms import decimal_text
from calculators.tiers import tier_of
from calculators.wording import say

ITEM = "distributor_rebate"
RULE = "000-13.2A"
NAMES = (
    "dist_tiers",
    "tier_boundary",
    "dist_return_rate_max",
    "dist_return_rate_basis",
    "dist_above_500k",
    "dist_discount_shape",
    "dist_late_refund",
)
FORFEITING = {"damaged": "000-13.2B", "tags_swapped": "000-13.2C", "malicious_complaint": "000-13.2D"}


def settle(sheet: Sheet, month: DistributorMonth) -> Settlement:
    """The month's rebate less what was settled for it; a month that now earns less is clawed back."""
    net = sum(order.amount_fen for order in month.orders) - sum(refund.amount_fen for refund in month.refunds)
    exact, formula = _rebate(sheet, month, max(net, 0))
    settled = month.settled_fen or 0
    inputs = {"net": format_yuan(net), "settled": format_yuan(settled)}
    fen = sheet.add(ITEM, RULE, "statement", exact, Working(formula=formula, inputs=inputs, parameters=NAMES))
    difference = fen - settled
    if difference < 0 and sheet.terms.choice("dist_late_refund") == "NEXT_MONTH":
        sheet.skip(ITEM, RULE, say("迟到的退款计入下月", "late refunds are left to the next month"))
        difference = 0
    if settled:
        sheet.items.clear()
        working = Working(formula=f"{formula} − {format_yuan(settled)}", inputs=inputs, parameters=NAMES)
        sheet.add(ITEM, RULE, "statement", difference, working)
    _await_close(sheet, month)
    return sheet.settled(
        "distributor_month",
        "closed",
        to_buyer=ToBuyer(statement_fen=max(difference, 0)),
        from_buyer_fen=max(-difference, 0),
    )


def _await_close(sheet: Sheet, month: DistributorMonth) -> None:
    """订单月结: a month is settled on its last day at the earliest; before it, orders and returns still come."""
    last = last_of(month.month)
    if business_day(sheet.at) < last:
        text = say("订单月结,等到月底", "settled by the month: its last day has not come")
        sheet.wait_for("month_over", RULE, text)


def _rebate(sheet: Sheet, month: DistributorMonth, net: int) -> tuple[Fraction, str]:
    """The exact rebate in fen and its formula; zero with the reason noted where none is earned."""
    if _forfeited(sheet, month) or _returns_too_much(sheet, month):
        return Fraction(0), "0.00"
    tiers = sheet.terms.tiers("dist_tiers")
    tier = tier_of(sheet, tiers, net, RULE) or _above_all(sheet, tiers)
    factor = _granted(sheet, month, tier)
    if factor == 1:
        sheet.skip(ITEM, RULE, say("只享受店铺优惠", "shop promotions only"))
        return Fraction(0), "0.00"
    amount = format_yuan(net)
    if sheet.terms.choice("dist_discount_shape") == "MARGINAL":
        return _marginal(tiers, tier, factor, net), f"Σ tiers of {amount} × (1 − factor)"
    return net * (1 - factor), f"R({amount} × (1 − {decimal_text(factor)}))"


def _forfeited(sheet: Sheet, month: DistributorMonth) -> bool:
    forfeiting = [breach for breach in month.breaches if breach in FORFEITING]
    for breach in forfeiting:
        why = say(
            "违约,取消当月一切优惠", f"{breach.replace('_', ' ')}: all of the month's discounts are cancelled"
        )
        sheet.skip(ITEM, FORFEITING[breach], why)
    if "bad_review" in month.breaches:
        text = say("差评只提示,不取消优惠", "a plain bad review is noted and forfeits nothing")
        sheet.advise("C-12", "000-13.2D", text)
    return bool(forfeiting)


def _returns_too_much(sheet: Sheet, month: DistributorMonth) -> bool:
    rate = return_rate(month, sheet.terms.choice("dist_return_rate_basis"))
    most = sheet.terms.rate("dist_return_rate_max")
    if rate <= most:
        return False
    shown = f"{rate.numerator}/{rate.denominator}"
    why = say(
        f"退货率 {shown} 超过 {decimal_text(most)}", f"the return rate {shown} is above {decimal_text(most)}"
    )
    sheet.skip(ITEM, RULE, why)
    return True


def return_rate(month: DistributorMonth, basis: str) -> Fraction:
    """Refunds over gross orders, by amount, by pieces or by number of orders; 0 for an empty month."""
    if basis == "ORDERS":
        back, gross = len({refund.order_no for refund in month.refunds}), len(month.orders)
    elif basis == "PIECES":
        back, gross = (sum(one.pieces for one in many) for many in (month.refunds, month.orders))
    else:
        back, gross = (sum(one.amount_fen for one in many) for many in (month.refunds, month.orders))
    return Fraction(back, gross) if gross else Fraction(0)


def _above_all(sheet: Sheet, tiers: tuple[Tier, ...]) -> Tier:
    """Above the last tier the manual is silent: its floor with approval, or shop promotions only."""
    if sheet.terms.choice("dist_above_500k") == "SHOP_ONLY":
        return tiers[0]
    sheet.ask(
        "supervisor",
        RULE,
        say("超过五十万元,手册未载,须主管同意", "above the last tier: the supervisor decides"),
    )
    return tiers[-1]


def _granted(sheet: Sheet, month: DistributorMonth, tier: Tier) -> Fraction:
    granted = month.granted_factor
    if tier.factor == 1:
        return Fraction(1)
    if granted is not None and granted < tier.factor:
        floor = decimal_text(tier.factor)
        sheet.refuse(ITEM, RULE, say(f"最低 {floor}", f"the floor of this tier is {floor}"))
    return Fraction(tier.factor if granted is None else granted)


def _marginal(tiers: tuple[Tier, ...], tier: Tier, factor: Fraction, net: int) -> Fraction:
    """Each slice of the month at its own tier's factor, the topmost at the factor granted."""
    total = Fraction(0)
    for step in tiers:
        top = net if step is tier or step.top is None else min(net, step.top)
        step_factor = factor if step is tier else step.factor
        total += max(top - step.bottom, 0) * (1 - step_factor)
        if step is tier:
            break
    return total
