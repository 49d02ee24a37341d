"""Goodwill: an amount the shop chooses to give, never for a review (002-2.0, 002-3.2s, 004-C7P)."""

from calculators.credits import by_amount
from calculators.money import format_yuan
from calculators.reviews import refuse_for_review
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """The amount asked, in cash or as a coupon; above the limit the supervisor agrees first."""
    fen = sheet.claim.amount_fen
    if sheet.claim.conditional_on_review:
        refuse_for_review(sheet, "goodwill")
        return
    if not fen:
        sheet.refuse("goodwill", "002-2.0", say("未填金额", "no amount was asked"))
        return
    if fen >= sheet.terms.fen("goodwill_approval_from"):
        text = say(
            f"补偿 {format_yuan(fen)} 元须主管同意", f"goodwill of {format_yuan(fen)} needs the supervisor"
        )
        sheet.ask("supervisor", "000-8.1", text)
    as_coupon = sheet.claim.given_as == "coupon"
    channel = "coupon" if as_coupon else by_amount(sheet, fen)
    working = Working(
        formula=format_yuan(fen), inputs={"asked": format_yuan(fen)}, parameters=("goodwill_approval_from",)
    )
    sheet.add("goodwill", "002-3.2s" if as_coupon else "002-2.0", channel, fen, working)
    sheet.pay_cash(fen, channel)
