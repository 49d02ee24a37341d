"""A part faulty or missing on arrival: it is sent after, nothing comes back, nothing is refunded (003-6)."""

from calculators.credits import nothing_left
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

RULE = "003-6"


def settle(sheet: Worksheet) -> None:
    """Cost and freight of the part are the shop's; refused where the buyer spoilt or lost it."""
    if nothing_left(sheet, "part_cost", RULE):
        return
    if sheet.claim.fault == "buyer":
        why = say("买家自己弄坏或遗失,不免费补发", "the buyer broke or lost it: no part is sent free")
        sheet.refuse("part_cost", RULE, why)
        return
    _part(sheet)
    freight = sheet.claim.reship_postage_fen
    inputs = {"reship_postage": format_yuan(freight), "payer": "seller"}
    sheet.add("reship_postage", RULE, "courier", 0, Working(formula="0.00", inputs=inputs))
    sheet.move("courier_bill", freight)
    why = say("补发配件,不退货不退款", "the part is sent after: no return, no refund")
    sheet.skip("goods", RULE, why)


def _part(sheet: Worksheet) -> None:
    cost = sheet.claim.cost_fen
    if cost is None:
        why = say("未填配件成本,只记运费", "no cost of the part was stated: only its freight is booked")
        sheet.skip("part_cost", RULE, why)
        return
    inputs = {"cost": format_yuan(cost)}
    sheet.add("part_cost", RULE, "stock", cost, Working(formula=format_yuan(cost), inputs=inputs))
    sheet.move("part_sent", cost)
