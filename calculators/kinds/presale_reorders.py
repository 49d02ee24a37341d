"""A pre-sale style ordered again at a dearer page price: the old price holds, paid after receipt (003-9, 003-10)."""

from calculators.credits import await_receipt, credit, exceeds, nothing_left, on_order, spread
from calculators.goods_back import await_success
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "price_difference"


def settle(sheet: Worksheet) -> None:
    """max(0, page − old) for each piece, on the new order; where the page is lower nobody tops up."""
    if nothing_left(sheet, ITEM, "003-9a"):
        return
    old, page = sheet.claim.old_price_fen, sheet.claim.page_price_fen
    pieces = sum(qty for _, qty in sheet.units())
    fen = max(page - old, 0) * pieces
    if not fen:
        sheet.skip(
            ITEM, "003-9a", say("页面价不高于原价,无差价", "the page price is not above the old price")
        )
        return
    if exceeds(sheet, ITEM, "003-9a", fen):
        return
    inputs = {"old_price": format_yuan(old), "page_price": format_yuan(page), "pieces": str(pieces)}
    working = Working(formula=f"max(0, {format_yuan(page)} − {format_yuan(old)}) × {pieces}", inputs=inputs)
    credit(sheet, ITEM, "003-9a", spread(sheet, fen), (on_order(sheet), working))
    await_receipt(sheet, "003-9b")
    await_success(sheet)
