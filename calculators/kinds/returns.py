"""Return of goods: the freight matrix, its windows, its deductions (rules.md section 7).

Who bears what follows from two questions: is the shop to blame, and was the order free of freight.
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


def settle(sheet: Worksheet) -> None:
    """Goods, freight and return postage by fault, less what is withheld; held until the goods are in."""
    if too_many(sheet, "goods") or turned_down(sheet, "goods"):
        return
    rules = MATRIX[sheet.seller_fault, sheet.order.free_shipping]
    back = give_back(sheet, rules, with_freight=sheet.seller_fault)
    withholding = Withholding(sheet=sheet, back=back, left_fen=back.goods_fen + back.freight_fen)
    withhold_outbound_freight(withholding)
    withhold_commission(withholding)
    withhold_invoice_tax(withholding)
    pay_back(sheet, back, withholding.taken_fen)
    give_topups_back(sheet)
    refund_over_invoice_fee(sheet)
    _return_postage(sheet)
    _coupon(sheet)
    count_case(sheet)
    await_goods(sheet, "000-8.0")
    await_success(sheet)
    end_order(sheet)


def _return_postage(sheet: Worksheet) -> None:
    if sheet.seller_fault:
        repay_postage(sheet, "003-13a" if sheet.claim.cause == "micro_flaw" else "003-12")
        return
    asked = format_yuan(sheet.claim.return_postage_fen)
    why = say(f"非卖家原因,寄回运费 {asked} 元由买家承担", f"not the seller's fault: the buyer bears {asked}")
    sheet.skip("return_postage", "004-C7R", why)


def _coupon(sheet: Worksheet) -> None:
    if sheet.order.coupon:
        why = say("已点击发货,优惠券已使用,不再返还", "shipping was clicked: the coupon is used up")
        sheet.skip("coupon", "003-1c", why)
