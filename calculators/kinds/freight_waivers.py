"""Freight waived before payment: never by SF, never for special prices alone (002-3.3c, 000-7A, 000-13.1B)."""

from calculators.errors import BadCase
from calculators.further_questions import FreightWaiver
from calculators.money import format_yuan
from calculators.reviews import refuse_for_review
from calculators.settlement import Settlement
from calculators.sheet import Sheet, Working
from calculators.wording import Text, say

ITEM = "freight_waiver"
SF = ("SF", "顺丰")


def settle(sheet: Sheet, asked: FreightWaiver) -> Settlement:
    """What the buyer pays: goods and the freight that is not waived; at the full freight where none may be."""
    if asked.conditional_on_review:
        refuse_for_review(sheet, ITEM)
        return sheet.settled("freight_waiver", "open")
    waived = _waived(sheet, asked)
    charged = asked.postage_fen - waived
    goods = format_yuan(asked.subtotal_fen)
    sheet.add("goods", _rule(asked), "order", -asked.subtotal_fen, Working(formula=f"−{goods}"))
    inputs = {"postage": format_yuan(asked.postage_fen), "waived": format_yuan(waived)}
    formula = f"−({inputs['postage']} − {inputs['waived']})"
    working = Working(formula=formula, inputs=inputs, parameters=("freight_waiver_approval_from",))
    sheet.add("outbound_postage", _rule(asked), "order", -charged, working)
    return sheet.settled("freight_waiver", "open", from_buyer_fen=asked.subtotal_fen + charged)


def _rule(asked: FreightWaiver) -> str:
    return "000-13.1B" if asked.bulk else "002-3.3c"


def _waived(sheet: Sheet, asked: FreightWaiver) -> int:
    """The fen waived: all of the freight unless less is asked; the supervisor agrees above the agents' limit."""
    fen = asked.postage_fen if asked.waive_fen is None else asked.waive_fen
    if fen > asked.postage_fen:
        raise BadCase("freight_waiver.waive", f"is more than the freight of {format_yuan(asked.postage_fen)}")
    barred = _barred(asked)
    if barred:
        sheet.skip(ITEM, "000-7A", barred)
        return 0
    if asked.special_price == "some":
        text = say("特价与正价混拍,包邮请谨慎", "special and normal prices mixed: waive with care")
        sheet.advise("MIXED_CART", "000-7A", text)
    if fen >= sheet.terms.fen("freight_waiver_approval_from"):
        text = say(
            f"免邮 {format_yuan(fen)} 元须主管同意", f"waiving {format_yuan(fen)} needs the supervisor"
        )
        sheet.ask("supervisor", _rule(asked), text)
        sheet.advise("C-17", _rule(asked), say("客服权限有限", "an agent's authority ends below that"))
    return fen


def _barred(asked: FreightWaiver) -> Text | None:
    """Why no freight may be waived, or None."""
    if asked.courier.strip().upper().startswith(SF):
        return say("顺丰不包邮", "SF is never sent free of freight")
    if asked.special_price == "all":
        return say("特价不包邮", "special prices are never sent free of freight")
    if asked.special_price == "some" and asked.subtotal_fen < asked.threshold_fen:
        least = format_yuan(asked.threshold_fen)
        return say(f"混拍未满 {least} 元,不包邮", f"a mixed cart below {least} is not sent free")
    return None
