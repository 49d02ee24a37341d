"""A one-off batch of workwear: .85 from ten pieces, .80 above twenty, paid when all is confirmed (000-13.1)."""

from fractions import Fraction

from calculators.credits import channel_of
from calculators.facts import Bulk
from calculators.money import format_yuan, round_half_up
from calculators.settlement import Settlement, ToBuyer
from calculators.sheet import Sheet, Working
from calculators.terms import decimal_text
from calculators.tiers import tier_of
from calculators.wording import say

ITEM = "bulk_rebate"
NAMES = ("bulk_tiers", "tier_boundary")


def settle(sheet: Sheet, bulk: Bulk) -> Settlement:
    """Goods × (1 − factor); forfeited by any return, refused below the tier's floor."""
    pieces = sum(line.qty for line in bulk.lines)
    tier = tier_of(sheet, sheet.terms.tiers("bulk_tiers"), pieces, "000-13.1A")
    floor_factor = tier.factor if tier else Fraction(1)
    factor = floor_factor if bulk.granted_factor is None else bulk.granted_factor
    if tier and factor < tier.factor:
        floor = decimal_text(tier.factor)
        sheet.refuse(ITEM, "000-13.1A", say(f"最低 {floor}", f"the floor of this tier is {floor}"))
    fen = _rebate(sheet, bulk, factor) if _earned(sheet, bulk, counted=tier is not None) else 0
    if not bulk.all_confirmed:
        text = say("差价统一全部确认收货后再退", "paid in one sum once every order of the batch is confirmed")
        sheet.wait_for("all_confirmed", "000-13.1C", text)
    _freight(sheet, bulk)
    to_buyer = ToBuyer(order_fen=fen) if channel_of(sheet, fen) == "order" else ToBuyer(alipay_fen=fen)
    return sheet.settled("bulk", "closed", to_buyer=to_buyer)


def _earned(sheet: Sheet, bulk: Bulk, *, counted: bool) -> bool:
    if not counted:
        sheet.skip(ITEM, "000-13.1A", say("件数不足,无批量价", "too few pieces for a bulk price"))
    elif bulk.returned_qty:
        why = say("只换不退:有退货则优惠取消", "exchange only: any returned piece forfeits the rebate")
        sheet.skip(ITEM, "000-13.1A", why)
        text = say("不得拒绝法定退货,退货按实付退", "the statutory return itself is never refused")
        sheet.advise("C-09", "000-13.1C", text)
    else:
        return True
    return False


def _rebate(sheet: Sheet, bulk: Bulk, factor: Fraction) -> int:
    goods = sum(line.qty * line.price_fen for line in bulk.lines)
    exact = goods * (1 - factor)
    channel = channel_of(sheet, round_half_up(exact))
    inputs = {"goods": format_yuan(goods), "factor": decimal_text(factor)}
    formula = f"R({format_yuan(goods)} × (1 − {decimal_text(factor)}))"
    working = Working(formula=formula, inputs=inputs, parameters=NAMES)
    return sheet.add(ITEM, "000-13.1A", channel, exact, working)


def _freight(sheet: Sheet, bulk: Bulk) -> None:
    why = say("邮费可斟酌减免,顺丰不包邮", "freight may be waived at discretion, never for SF")
    sheet.skip("outbound_postage", "000-13.1B", why)
    if bulk.courier and bulk.courier.upper() in {"SF", "顺丰"}:
        sheet.advise("C-17", "000-13.1B", say("顺丰不包邮", "SF is never sent free of freight"))
