"""What every return of goods comes to: the freight matrix, its windows, its deductions (rules.md section 7).

Who bears what follows from two questions: is the shop to blame, and was the order free of freight. A return
that arrives whole and one that arrives in part are settled alike; so are the checks on its parcel (003-23).
"""

from calculators.commission import withhold_commission
from calculators.goods_back import (
    Rules,
    await_goods,
    await_success,
    end_order,
    give_back,
    give_topups_back,
    pay_back,
    repay_postage,
    too_many,
)
from calculators.invoice_tax import refund_over_invoice_fee, withhold_invoice_tax
from calculators.money import format_yuan
from calculators.outbound_freight import withhold_outbound_freight
from calculators.platform_returns import withhold_gift
from calculators.windows import count_case, turned_down
from calculators.withholding import Withholding
from calculators.wording import say
from calculators.worksheet import Worksheet

# (the seller's fault, free shipping) -> the clause of the freight matrix
MATRIX = {
    (True, True): Rules(goods="001-1.1R", freight="001-1.1R"),
    (True, False): Rules(goods="001-1.3R", freight="001-1.3R"),
    (False, True): Rules(goods="001-1.2R", freight="001-1.2R"),
    (False, False): Rules(goods="001-1.4R", freight="001-1.4R"),
}
SURFACE_MAIL = ("KA", "PA")


def return_pieces(sheet: Worksheet) -> None:
    """Goods, freight and return postage by fault, less what is withheld; held until the goods are in."""
    if too_many(sheet, "goods") or turned_down(sheet, "goods"):
        return
    rules = MATRIX[sheet.seller_fault, sheet.order.free_shipping]
    back = give_back(sheet, rules, with_freight=sheet.seller_fault)
    withholding = Withholding(sheet=sheet, back=back, left_fen=back.goods_fen + back.freight_fen)
    withhold_outbound_freight(withholding)
    withhold_commission(withholding)
    withhold_invoice_tax(withholding)
    withhold_gift(withholding)
    pay_back(sheet, back, withholding.taken_fen)
    give_topups_back(sheet)
    refund_over_invoice_fee(sheet)
    _return_postage(sheet)
    _coupon(sheet)
    count_case(sheet)
    check_parcel(sheet)
    await_goods(sheet, "000-8.0")
    await_success(sheet)
    end_order(sheet)


def check_parcel(sheet: Worksheet) -> None:
    """Hold a return whose number is wrong or another's, which went by surface mail, or which left no trace."""
    claim = sheet.claim
    if claim.wrong_number:
        text = say("退货单号有误,请买家改正", "the return's tracking number is wrong: the buyer must mend it")
        sheet.wait_for("tracking_number", "003-23", text)
    if claim.duplicate_number:
        text = say("多个买家填写同一退货单号,电话核实", "several buyers gave this number: telephone them")
        sheet.wait_for("tracking_number", "003-23", text)
    if claim.received:
        return
    if by_surface_mail(sheet):
        text = say(
            "平邮不签收,请买家联系邮局退回", "surface mail: the buyer must have the post bring it back"
        )
        sheet.wait_for("parcel_by_courier", "003-23", text)
    _no_trace(sheet)


def by_surface_mail(sheet: Worksheet) -> bool:
    """Whether the return's number is one of surface mail: KA or PA in front."""
    return sheet.claim.tracking_no.strip().upper().startswith(SURFACE_MAIL)


def _no_trace(sheet: Worksheet) -> None:
    """003-23: no trace of the return while the refund's clock runs out: a message, then a telephone call."""
    left = sheet.claim.days_left
    if left is None or sheet.claim.traced or left > sheet.terms.number("no_trace_message_days_left"):
        return
    text = say(f"剩余 {left} 天仍无物流信息", f"{left} days left and no trace of the return")
    sheet.wait_for("return_traced", "003-23", text)
    by_phone = left < sheet.terms.number("no_trace_phone_below_days_left")
    how = say("电话联系买家", "telephone the buyer") if by_phone else say("留言给买家", "message the buyer")
    sheet.advise("DAYS_LEFT", "003-23", how)


def _return_postage(sheet: Worksheet) -> None:
    asked = format_yuan(sheet.claim.return_postage_fen)
    if not sheet.seller_fault and not sheet.claim.return_postage_fen:
        return
    if not sheet.seller_fault:
        why = say(
            f"非卖家原因,寄回运费 {asked} 元由买家承担", f"not the seller's fault: the buyer bears {asked}"
        )
        sheet.skip("return_postage", "004-C7R", why)
    elif by_surface_mail(sheet):
        why = say("平邮费用由买家承担", f"surface mail is not repaid: the buyer bears {asked}")
        sheet.skip("return_postage", "003-23", why)
    else:
        repay_postage(sheet, "003-13a" if sheet.claim.cause == "micro_flaw" else "003-12")


def _coupon(sheet: Worksheet) -> None:
    if sheet.order.coupon:
        why = say("已点击发货,优惠券已使用,不再返还", "shipping was clicked: the coupon is used up")
        sheet.skip("coupon", "003-1c", why)
