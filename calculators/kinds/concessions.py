"""A price difference instead of a return: the goods stay, the amount should be far below the postage (001-2.0).

Where the shop is not to blame it is 001-2.2, a small sum for a complaint with substance, and has the limit of goodwill.
"""

from calculators.credits import credit, exceeds, nothing_left, on_order, spread
from calculators.goods_back import await_success
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "price_difference"


def settle(sheet: Worksheet) -> None:
    """The amount agreed, on the order, cash first; a warning from the postage of a return and reship upwards."""
    fen = sheet.claim.amount_fen
    if nothing_left(sheet, ITEM, "001-2.0") or exceeds(sheet, ITEM, "001-2.0", fen):
        return
    if not fen:
        sheet.refuse(ITEM, "001-2.0", say("未填金额", "no amount was asked"))
        return
    postage = sheet.claim.return_postage_fen + sheet.claim.reship_postage_fen
    if fen >= postage:
        text = say(
            f"差价 {format_yuan(fen)} 元不低于来回运费 {format_yuan(postage)} 元",
            f"{format_yuan(fen)} is not below the postage of {format_yuan(postage)} it should save",
        )
        sheet.advise("C-21", "001-2.0", text)
    names = _ask_where_not_to_blame(sheet, fen)
    inputs = {"asked": format_yuan(fen), "postage_saved": format_yuan(postage)}
    working = Working(formula=format_yuan(fen), inputs=inputs, parameters=names)
    credit(sheet, ITEM, "001-2.2" if names else "001-2.0", spread(sheet, fen), (on_order(sheet), working))
    await_success(sheet)


def _ask_where_not_to_blame(sheet: Worksheet, fen: int) -> tuple[str, ...]:
    """Ask the supervisor for more than goodwill's limit where a cause or fault says that the shop is not to blame."""
    if sheet.seller_fault or not (sheet.claim.cause or sheet.claim.fault):
        return ()
    if fen >= sheet.terms.fen("goodwill_approval_from"):
        text = say(
            f"非卖家原因,差价 {format_yuan(fen)} 元须主管同意",
            f"not the seller's fault: a difference of {format_yuan(fen)} needs the supervisor",
        )
        sheet.ask("supervisor", "001-2.2", text)
    return ("goodwill_approval_from",)
