"""Shipped late and kept all the same: the goods at 70 to 80 % of their price, with approval (003-14a)."""

from fractions import Fraction

from calculators.credits import await_receipt, credit, mark_lines, nothing_left, on_order, spread, worth_of
from calculators.goods_back import await_success
from calculators.lateness import is_late
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "price_difference"


def settle(sheet: Worksheet) -> None:
    """Goods − R(goods × factor), on the order after receipt; refused outside the band or when not late."""
    if nothing_left(sheet, ITEM, "003-14a"):
        return
    factor = sheet.claim.factor
    lowest, highest = sheet.terms.value("keep_goods_factor")
    if factor is None or not lowest <= factor <= highest:
        why = say(
            f"只可按 {decimal_text(lowest)} 至 {decimal_text(highest)} 折算",
            f"the factor must lie between {decimal_text(lowest)} and {decimal_text(highest)}",
        )
        sheet.refuse(ITEM, "003-14a", why)
        return
    if not is_late(sheet, sheet.claim.asked_at):
        sheet.refuse(ITEM, "003-15", say("未超过发货时间", "the order was not shipped late"))
        return
    _give(sheet, factor)


def _give(sheet: Worksheet, factor: Fraction) -> None:
    """The late price is one price: what the pieces were lowered to it before counts, and is not lowered again."""
    marks = [(sheet.position.lines[number].kept_low, qty) for number, qty in sheet.units()]
    given = sum(mark.part(qty) for mark, qty in marks)
    goods = sum(worth_of(sheet).values()) + sum(mark.share.worth(qty) for mark, qty in marks)
    fen = max(goods - round_half_up(factor * goods) - given, 0)
    if given and not fen:
        why = say("已按此价补过差价", "these pieces have been lowered to this price before")
        sheet.refuse(ITEM, "003-14a", why)
        return
    parts = spread(sheet, fen)
    mark_lines(sheet, "kept_low", parts)
    credit(sheet, ITEM, "003-14a", parts, (on_order(sheet), _working(goods, factor, given)))
    sheet.ask(
        "supervisor", "003-14a", say("折价留货须申请", "keeping the goods at a discount must be applied for")
    )
    await_receipt(sheet, "003-14a")
    await_success(sheet)


def _working(goods: int, factor: Fraction, given: int) -> Working:
    paid, before = format_yuan(goods), format_yuan(given)
    formula = f"{paid} − R({paid} × {decimal_text(factor)})"
    return Working(
        formula=f"{formula} − {before}" if given else formula,
        inputs={"goods": paid, "factor": decimal_text(factor)} | ({"given_before": before} if given else {}),
        parameters=("keep_goods_factor",),
        exact=goods - factor * goods - given,
    )
