"""An invoice posted after the goods: the freight is the shop's, and asking the buyer for it costs points (004-D1)."""

from calculators.issue_days import advise_issue_day
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

RULE = "004-D1"


def settle(sheet: Worksheet) -> None:
    """The courier's bill for the invoice; held until the goods are paid, refused where the buyer is to pay it."""
    if sheet.claim.charge_buyer:
        _refuse_charging(sheet)
        return
    if not _paid(sheet):
        text = say("买家付款后才开票", "an invoice is owed once the goods are paid")
        sheet.wait_for("order_paid", RULE, text)
    fen = sheet.claim.amount_fen
    working = Working(formula=format_yuan(fen), inputs={"postage": format_yuan(fen), "payer": "seller"})
    sheet.add("invoice_postage", RULE, "courier", fen, working)
    sheet.move("courier_bill", fen)
    advise_issue_day(sheet)


def _paid(sheet: Worksheet) -> bool:
    order, asked = sheet.order, sheet.claim.asked_at
    if sheet.is_cod:
        return happened(order.signed_at, asked) or happened(order.confirmed_at, asked)
    return happened(order.paid_at, asked)


def _refuse_charging(sheet: Worksheet) -> None:
    why = say("发票邮寄费由商家承担", "the postage of an invoice is the seller's")
    sheet.refuse("invoice_postage", RULE, why)
    points = sheet.terms.number("invoice_points")
    text = say(f"向买家收取即违规 {points} 分", f"charging the buyer costs {points} platform points")
    sheet.advise("PLATFORM_RULE", RULE, text)
