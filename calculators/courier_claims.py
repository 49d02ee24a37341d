"""What a courier owes for lost goods, carried at cost, and goods sent again in their place (003-7b, 001-3.3)."""

from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


def claim_from_courier(sheet: Worksheet, rule: str) -> None:
    """Claim the goods at cost; what the courier pays more is a gain, what it pays less a loss."""
    cost, received = sheet.claim.cost_fen, sheet.claim.claim_received_fen
    if cost is None:
        why = say("未填成本,理赔金额由快递合同定", "no cost was stated; the manual names no claim amount")
        sheet.skip("courier_claim", rule, why)
        return
    inputs = {"cost": format_yuan(cost)}
    sheet.add("courier_claim", rule, "courier", cost, Working(formula=format_yuan(cost), inputs=inputs))
    sheet.move("goods_lost", cost)
    if received is not None:
        sheet.move("claim_settled", cost)
        sheet.move("claim_cash", received)


def send_again(sheet: Worksheet, rule: str) -> None:
    """The same goods once more at the shop's cost: nothing is refunded, the parcel is the shop's."""
    freight, cost = sheet.claim.reship_postage_fen, sheet.claim.cost_fen
    inputs = {"reship_postage": format_yuan(freight)}
    sheet.add("reship_postage", rule, "order", 0, Working(formula="0.00", inputs=inputs))
    sheet.move("courier_bill", freight)
    if cost is not None and not sheet.claim.warehouse_short:
        sheet.move("goods_resent", cost)
