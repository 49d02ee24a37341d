"""A courier that cannot reach the buyer: forwarded by EMS, or brought back and sent again (001-3.1, 003-3)."""

from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

RULES = {"ems": "001-3.1", "reship": "003-3"}


def settle(sheet: Worksheet) -> None:
    """The shop bears it, for it chose the courier; the buyer where the address was wrong, before it is sent."""
    rule = RULES[sheet.claim.way]
    if _nothing_to_forward(sheet, rule):
        return
    back = sheet.claim.return_postage_fen if sheet.claim.way == "reship" else 0
    fen = sheet.claim.reship_postage_fen + back
    _charge(sheet, rule, fen, back)
    sheet.move("courier_bill", fen)
    if sheet.claim.way == "reship" and not sheet.claim.returned:
        text = say("等件退回后再重新发", "sent again once the courier shows it back")
        sheet.wait_for("parcel_returned", rule, text)


def _charge(sheet: Worksheet, rule: str, fen: int, back_fen: int) -> None:
    by_buyer = sheet.claim.wrong_address or sheet.claim.fault == "buyer"
    inputs = {
        "reship_postage": format_yuan(sheet.claim.reship_postage_fen),
        "return_postage": format_yuan(back_fen),
        "payer": "buyer" if by_buyer else "seller",
    }
    formula = f"−({inputs['reship_postage']} + {inputs['return_postage']})" if by_buyer else "0.00"
    working = Working(formula=formula, inputs=inputs)
    sheet.add("reship_postage", rule, "alipay" if by_buyer else "courier", -fen if by_buyer else 0, working)
    sheet.from_buyer_fen += fen if by_buyer else 0


def _nothing_to_forward(sheet: Worksheet, rule: str) -> bool:
    asked = sheet.claim.asked_at
    if not happened(sheet.order.ship_clicked_at, asked):
        why = say("尚未发货,改地址即可", "not shipped yet: change the address instead")
        sheet.refuse("reship_postage", rule, why)
    elif happened(sheet.order.signed_at, asked):
        sheet.refuse("reship_postage", rule, say("包裹已签收,无需转件", "the parcel has been signed for"))
    return sheet.refused
