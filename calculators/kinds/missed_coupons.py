"""Bought on the activity day without claiming the coupon: its face value back after receipt (003-1e)."""

from dataclasses import replace

from calculators.credits import await_receipt, credit, nothing_left, on_order
from calculators.goods_back import await_success
from calculators.money import allocate, cumulative_share, format_yuan
from calculators.sheet import Working
from calculators.wording import Text, say
from calculators.worksheet import Worksheet, happened

ITEM = "missed_coupon"


def settle(sheet: Worksheet) -> None:
    """The coupon's face, spread as it would have been, on the pieces still with the buyer."""
    if nothing_left(sheet, ITEM, "003-1e"):
        return
    reason = _barred(sheet)
    if reason:
        sheet.refuse(ITEM, "003-1e", reason)
        return
    face = sheet.claim.coupon_amount_fen
    parts = _parts(sheet, face)
    inputs = {"coupon": format_yuan(face), "goods": format_yuan(_subtotal(sheet))}
    working = Working(formula=" + ".join(map(format_yuan, parts.values())), inputs=inputs)
    credit(sheet, ITEM, "003-1e", parts, (on_order(sheet), working))
    sheet.position = replace(sheet.position, missed_coupon_given=True)
    await_receipt(sheet, "003-1e")
    await_success(sheet)


def _lines(sheet: Worksheet) -> list[int]:
    return [part.line for part in sheet.claim.lines] or [line.line for line in sheet.order.lines]


def _subtotal(sheet: Worksheet) -> int:
    """The eligible goods after item promotions, before freight (000-II.1.2)."""
    lines = [sheet.order.line(number) for number in _lines(sheet)]
    return sum(line.price_fen * line.qty for line in lines)


def _barred(sheet: Worksheet) -> Text | None:
    threshold = sheet.claim.threshold_fen
    if sheet.order.coupon or sheet.position.missed_coupon_given:
        return say("一个订单只能使用一张优惠券", "an order may use one coupon only (003-1a)")
    if _subtotal(sheet) < threshold:
        return say(f"未满 {format_yuan(threshold)} 元", f"the goods do not reach {format_yuan(threshold)}")
    if happened(sheet.order.confirmed_at, sheet.claim.asked_at):
        return say("已确认收货,须在确认前说明", "the order was confirmed before the buyer asked")
    if not sheet.claim.coupon_amount_fen:
        return say("未填优惠券面额", "the coupon's face value is missing")
    if sheet.claim.coupon_amount_fen > _subtotal(sheet):
        return say("优惠券面额大于商品金额", "the coupon is worth more than the goods")
    return None


def _parts(sheet: Worksheet, face: int) -> dict[int, int]:
    """Each eligible line's share of the face, for the pieces that have not come back."""
    numbers = _lines(sheet)
    lines = [sheet.position.lines[number] for number in numbers]
    shares = allocate(face, [line.line.price_fen * line.line.qty for line in lines])
    parts = {}
    for line, share in zip(lines, shares, strict=True):
        gone = line.line.qty - line.value.units_left
        held = cumulative_share(share, line.line.qty, gone, line.line.qty)
        parts[line.line.line] = min(held, line.value.left_fen)
    return parts
