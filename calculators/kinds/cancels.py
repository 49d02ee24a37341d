"""Cancel before shipping is clicked: everything back, freight too (001-2.4, 003-1b, 000-3N)."""

from calculators.goods_back import Rules, end_order, give_back, never_collected, pay_back, too_many
from calculators.lateness import is_late, ship_deadline
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

REASONS_OF_DELAY = frozenset({"late", "out_of_stock"})


def settle(sheet: Worksheet) -> None:
    """All that was paid for the pieces, with their share of the freight; refused once shipping is clicked."""
    if too_many(sheet, "goods") or _shipped(sheet):
        return
    _hold_for_reason(sheet)
    if sheet.is_cod:
        never_collected(sheet, "000-12")
        return
    back = give_back(sheet, Rules(goods="001-2.4", freight="001-2.4"), with_freight=True)
    pay_back(sheet, back)
    _coupon(sheet)
    end_order(sheet)


def _shipped(sheet: Worksheet) -> bool:
    if not happened(sheet.order.ship_clicked_at, sheet.claim.asked_at):
        return False
    why = say(
        "已点击发货,不能再按未发货取消;请拒签", "shipping was clicked: refuse the parcel instead (003-5)"
    )
    sheet.refuse("goods", "001-2.4", why)
    return True


def _hold_for_reason(sheet: Worksheet) -> None:
    """A refund 'for delay' of an order that is not overdue waits for another reason (000-3N, 003-15)."""
    if sheet.claim.cause not in REASONS_OF_DELAY or sheet.is_cod or ship_deadline(sheet) is None:
        return
    if not is_late(sheet, sheet.claim.asked_at):
        text = say("未超时,请客人修改退款原因", "not overdue: the buyer must change the refund reason first")
        sheet.wait_for("reason_changed", "000-3N", text)


def _coupon(sheet: Worksheet) -> None:
    if sheet.order.coupon is None:
        return
    if sheet.position.units_left:
        why = say(
            "部分退款,优惠券不返还", "only part of the order is cancelled: the coupon is not reinstated"
        )
    else:
        why = say(
            "优惠券由系统自动返还买家账户",
            "the platform itself puts the coupon back into the buyer's account",
        )
    sheet.skip("coupon", "003-1b", why)
