"""The life of a coupon of the shop: issued as a liability, used on another order, or expired (003-11b, 002-3.2s)."""

from datetime import date

from calculators.days import business_day, months_after
from calculators.further_questions import CouponLife
from calculators.money import format_yuan
from calculators.settlement import Settlement, ToBuyer
from calculators.sheet import Sheet, Working
from calculators.wording import say

# what earned the coupon -> its clause, and the item that says what it is booked as
EARNED = {
    "protection": ("003-11b", "price_difference"),
    "size_feedback": ("002-3.2s", "goodwill"),
    "compensation": ("003-13b", "goodwill"),
}


def settle(sheet: Sheet, coupon: CouponLife) -> Settlement:
    """The coupon's face on issue, what the next order still costs on use, a gain of the shop on expiry."""
    rule = EARNED[coupon.earned_by][0]
    fen = _face(sheet, coupon, rule)
    if not fen:
        sheet.refuse("coupon", rule, say("未填优惠券面额", "the coupon's face value is missing"))
        return sheet.settled("coupon_life", "open")
    return {"issue": _issue, "use": _use, "expire": _expire}[coupon.event](sheet, coupon, fen)


def valid_until(sheet: Sheet, coupon: CouponLife) -> date:
    """The last good day: the same day a month after the issue, clamped to that month's end."""
    issued = coupon.issued_on or business_day(sheet.at)
    return months_after(issued, sheet.terms.number("protection_coupon_months"))


def _face(sheet: Sheet, coupon: CouponLife, rule: str) -> int:
    """The face as stated; that of size feedback is the manual's, and no other."""
    if coupon.earned_by != "size_feedback":
        return coupon.amount_fen or 0
    due = sheet.terms.fen("size_feedback_coupon")
    if coupon.amount_fen not in {None, due}:
        why = say(f"回访消费券为 {format_yuan(due)} 元", f"the feedback coupon is {format_yuan(due)}")
        sheet.refuse("coupon", rule, why)
    return due


def _inputs(sheet: Sheet, coupon: CouponLife, fen: int) -> dict[str, str]:
    return {"face": format_yuan(fen), "valid_until": valid_until(sheet, coupon).isoformat()}


def _issue(sheet: Sheet, coupon: CouponLife, fen: int) -> Settlement:
    rule, item = EARNED[coupon.earned_by]
    if coupon.earned_by == "size_feedback" and (coupon.given_before or not coupon.feedback):
        why = say("须接受回访并提供数据,每单一张", "only for feedback given, and once an order")
        sheet.refuse("coupon", rule, why)
    if coupon.earned_by == "compensation" and fen >= sheet.terms.fen("goodwill_approval_from"):
        text = say("补偿券超过限额须主管同意", "a coupon above the limit of goodwill needs the supervisor")
        sheet.ask("supervisor", "000-8.1", text)
    working = Working(
        formula=format_yuan(fen),
        inputs=_inputs(sheet, coupon, fen),
        parameters=("protection_coupon_months",),
    )
    sheet.add(item, rule, "coupon", fen, working)
    return sheet.settled("coupon_life", "closed", to_buyer=ToBuyer(coupon_fen=fen))


def _use(sheet: Sheet, coupon: CouponLife, fen: int) -> Settlement:
    rule = EARNED[coupon.earned_by][0]
    _refuse_unissued(sheet, coupon, rule)
    if business_day(sheet.at) > valid_until(sheet, coupon):
        sheet.refuse("coupon", rule, say("优惠券已过期", "the coupon has expired"))
    if fen > coupon.subtotal_fen:
        why = say("优惠券面额大于商品金额", "the coupon is worth more than the goods")
        sheet.refuse("coupon", rule, why)
    working = Working(formula=format_yuan(fen), inputs=_inputs(sheet, coupon, fen))
    if coupon.booked:
        sheet.add("coupon_used", rule, "coupon", fen, working)
        sheet.move("coupon_used", fen)
        return sheet.settled("coupon_life", "closed")
    sheet.add("coupon", rule, "order", fen, working)
    return _new_order(sheet, coupon, rule, fen)


def _new_order(sheet: Sheet, coupon: CouponLife, rule: str, fen: int) -> Settlement:
    """The order the coupon is used on, where nothing else books its payment."""
    goods, postage = coupon.subtotal_fen, coupon.postage_fen
    sheet.add("goods", rule, "order", -goods, Working(formula=f"−{format_yuan(goods)}"))
    if postage:
        sheet.add("outbound_postage", rule, "order", -postage, Working(formula=f"−{format_yuan(postage)}"))
    return sheet.settled("coupon_life", "open", from_buyer_fen=goods - fen + postage)


def _expire(sheet: Sheet, coupon: CouponLife, fen: int) -> Settlement:
    rule = EARNED[coupon.earned_by][0]
    _refuse_unissued(sheet, coupon, rule)
    last = valid_until(sheet, coupon)
    if business_day(sheet.at) <= last:
        sheet.wait_for("coupon_expired", rule, say(f"有效期至 {last}", f"valid until {last}"))
    working = Working(formula=format_yuan(fen), inputs=_inputs(sheet, coupon, fen))
    sheet.add("coupon_breakage", rule, "coupon", fen, working)
    sheet.move("coupon_expired", fen)
    return sheet.settled("coupon_life", "closed")


def _refuse_unissued(sheet: Sheet, coupon: CouponLife, rule: str) -> None:
    if coupon.issued_on is None or coupon.issued_on > business_day(sheet.at):
        why = say("缺少发券日期或尚未发券", "the day of issue is missing or yet to come")
        sheet.refuse("coupon", rule, why)
