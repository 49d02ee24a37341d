"""Several items charged freight one by one: what exceeds the freight of one parcel goes back (001-2.3)."""

from dataclasses import replace

from calculators.credits import on_order, pay_cash_first
from calculators.goods_back import await_success
from calculators.money import allocate, format_yuan
from calculators.position import Position
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "overpaid_postage"


def settle(sheet: Worksheet) -> None:
    """max(0, charged − due), less what went back before; cash first, on the order."""
    charged, due = sheet.order.postage_fen, sheet.claim.due_fen
    over = max(charged - due - sheet.position.overpaid_given_fen, 0)
    fen = min(over, sheet.position.postage_left_fen)
    if not fen:
        sheet.skip(ITEM, "001-2.3", say("没有多付邮费", "no freight was overpaid"))
        return
    before = sheet.position.overpaid_given_fen
    inputs = {"charged": format_yuan(charged), "due": format_yuan(due), "given_before": format_yuan(before)}
    working = Working(formula=f"max(0, {format_yuan(charged)} − {format_yuan(due)})", inputs=inputs)
    channel = on_order(sheet)
    sheet.add(ITEM, "001-2.3", channel, fen, working)
    sheet.position = replace(
        _lowered(sheet.position, fen),
        postage_given_fen=sheet.position.postage_given_fen + fen,
        overpaid_given_fen=before + fen,
    )
    pay_cash_first(sheet, fen, channel)
    await_success(sheet)


def _lowered(position: Position, fen: int) -> Position:
    """The pieces still with the buyer carry that much less freight; the rest came from pieces gone before."""
    left = [line.postage.left_fen for line in position.lines.values()]
    carried = min(fen, sum(left))
    if not carried:
        return position
    parts = allocate(carried, left)
    for (number, line), part in zip(position.lines.items(), parts, strict=True):
        position = position.with_line(number, replace(line, postage=line.postage.reduced(part)))
    return position
