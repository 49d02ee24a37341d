"""A small gift at cost, alone or with the cash that an order's note promises (004-B1, 002-2.0)."""

from calculators.credits import by_amount
from calculators.money import format_yuan
from calculators.reviews import refuse_for_review
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Gift and cash; together above the limit of goodwill the supervisor agrees first."""
    cost, cash = sheet.claim.cost_fen or 0, sheet.claim.amount_fen
    if sheet.claim.conditional_on_review:
        refuse_for_review(sheet, "gift_cost")
        return
    if not cost:
        sheet.refuse("gift_cost", "004-B1", say("未填赠品成本", "the cost of the gift is missing"))
        return
    _ask_above_limit(sheet, cost + cash)
    inputs = {"cost": format_yuan(cost)}
    sheet.add("gift_cost", "004-B1", "stock", cost, Working(formula=format_yuan(cost), inputs=inputs))
    sheet.move("gift_sent", cost)
    if cash:
        channel = by_amount(sheet, cash)
        working = Working(formula=format_yuan(cash), inputs={"promised": format_yuan(cash)})
        sheet.add("goodwill", "002-2.0", channel, cash, working)
        sheet.pay_cash(cash, channel)


def _ask_above_limit(sheet: Worksheet, fen: int) -> None:
    if fen >= sheet.terms.fen("goodwill_approval_from"):
        total = format_yuan(fen)
        text = say(f"赠品连同返现 {total} 元须主管同意", f"gift and cash of {total} need the supervisor")
        sheet.ask("supervisor", "000-8.1", text)
