"""极速退款: the platform has paid the buyer already, and asks for the escrow (003-24).

Goods back, or kept against a new order: the escrow is the platform's. Goods kept and no trace of them: on the
last day the team leader refuses, and the sale stands.
"""

from dataclasses import replace

from calculators.goods_back import Rules, end_order, give_back, give_topups_back, pay_back, too_many
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import Text, say
from calculators.worksheet import Worksheet

RULE = "003-24"


def settle(sheet: Worksheet) -> None:
    """Everything paid for the pieces leaves escrow for the platform, or stays with the shop as a sale."""
    if too_many(sheet, "goods") or _no_escrow(sheet):
        return
    if _last_day_without_trace(sheet):
        _keep_the_sale(sheet)
        return
    if not (sheet.claim.received or sheet.claim.reordered):
        text = say("退件未到,先不同意", "the goods have not come back; do not agree yet")
        sheet.wait_for("goods_received", RULE, text)
        _chase(sheet)
    pay_back(sheet, give_back(sheet, Rules(goods=RULE, freight=RULE), with_freight=True))
    give_topups_back(sheet)
    text = say("平台已先行付款,担保款归平台", "the platform has paid the buyer: the escrow is the platform's")
    sheet.advise("PLATFORM_RULE", RULE, text)
    end_order(sheet)


def _no_escrow(sheet: Worksheet) -> bool:
    if sheet.is_open and not sheet.is_cod:
        return False
    why = say("无担保款,不属极速退款", "the platform holds nothing for this order: no speedy refund")
    sheet.refuse("goods", RULE, why)
    return True


def _last_day_without_trace(sheet: Worksheet) -> bool:
    claim = sheet.claim
    if claim.received or claim.reordered or claim.traced or claim.days_left is None:
        return False
    return claim.days_left <= sheet.terms.number("speedy_refuse_days_left")


def _keep_the_sale(sheet: Worksheet) -> None:
    """The application is refused: what is left of the order is sold, and its escrow is the shop's."""
    text = say("最后一天仍无物流,组长拒绝申请", "last day and no trace: the team leader refuses")
    sheet.ask("team_leader", RULE, text)
    if sum(qty for _, qty in sheet.units()) < sheet.position.units_left:
        why = say("只涉及部分商品,随订单成功入账", "only a part of the order: booked when the order succeeds")
        sheet.skip("sale_kept", RULE, why)
        return
    kept, freight = sheet.position.liability_fen, sheet.position.postage_left_fen
    goods = max(kept - freight, 0)
    inputs = {"liability": format_yuan(kept), "freight": format_yuan(freight)}
    sheet.add("sale_kept", RULE, "order", goods, Working(formula=format_yuan(goods), inputs=inputs))
    sheet.move("sale_kept", goods)
    sheet.move("freight_kept", kept - goods)
    sheet.move("escrow_released", sheet.position.escrow_fen)
    sheet.position = replace(sheet.position, liability_fen=0, escrow_fen=0)


def _chase(sheet: Worksheet) -> None:
    """What the days left ask for: a message from eight, a call from six, another from three."""
    left, step = sheet.claim.days_left, None
    if left is None or sheet.claim.traced:
        return
    for name, text in _steps(left):
        step = text if left <= sheet.terms.number(name) else step
    if step:
        sheet.advise("DAYS_LEFT", RULE, step)


def _steps(left: int) -> tuple[tuple[str, Text], ...]:
    days = f"{left} 天", f"{left} days left"
    return (
        ("speedy_message_days_left", say(f"剩 {days[0]}:留言", f"{days[1]}: message the buyer")),
        ("speedy_phone_days_left", say(f"剩 {days[0]}:电话", f"{days[1]}: telephone the buyer")),
        ("speedy_last_phone_days_left", say(f"剩 {days[0]}:再电话", f"{days[1]}: telephone once more")),
    )
