"""A pre-sale style ordered again at a dearer page price: the old price holds, paid after receipt (003-9, 003-10)."""

from calculators.credits import await_receipt, credit, exceeds, mark_lines, nothing_left, on_order, spread
from calculators.goods_back import await_success
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "price_difference"


def settle(sheet: Worksheet) -> None:
    """max(0, page − old) for each piece, once, on the new order; where the page is lower nobody tops up."""
    if nothing_left(sheet, ITEM, "003-9a"):
        return
    old, page = sheet.claim.old_price_fen, sheet.claim.page_price_fen
    pieces = sum(qty for _, qty in sheet.units())
    due = max(page - old, 0) * pieces
    if not due:
        sheet.skip(
            ITEM, "003-9a", say("页面价不高于原价,无差价", "the page price is not above the old price")
        )
        return
    given = sum(sheet.position.lines[number].reordered.part(qty) for number, qty in sheet.units())
    if due <= given:
        sheet.refuse(ITEM, "003-9a", say("差价已退过", "this difference has been given before"))
        return
    if exceeds(sheet, ITEM, "003-9a", due - given):
        return
    inputs = {"old_price": format_yuan(old), "page_price": format_yuan(page), "pieces": str(pieces)}
    formula = f"max(0, {format_yuan(page)} − {format_yuan(old)}) × {pieces}"
    if given:
        inputs["given_before"] = format_yuan(given)
        formula += f" − {format_yuan(given)}"
    working = Working(formula=formula, inputs=inputs)
    parts = spread(sheet, due - given)
    mark_lines(sheet, "reordered", parts)
    credit(sheet, ITEM, "003-9a", parts, (on_order(sheet), working))
    await_receipt(sheet, "003-9b")
    await_success(sheet)
