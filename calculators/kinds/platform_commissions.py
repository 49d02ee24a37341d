"""软件服务费: what the platform takes of an order once it completes (platform packs only).

The manuals name only what is taken back from the buyer (000-10.1). Under a pack it is a share of what was paid for
the goods that stay sold, freight not. An imported Alipay statement books the same fee from its own line: then ask,
and do not record.
"""

from calculators.compensations import given, remember, unbound
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

ITEM, RATE, NAME = "platform_commission", "platform_commission_rate", "platform commission"


def settle(sheet: Worksheet) -> None:
    """The platform's share of the order; held until it completes."""
    if unbound(sheet, ITEM, "000-10.1", RATE):
        return
    (used,) = sheet.terms.used(RATE)
    if not happened(sheet.order.confirmed_at, sheet.claim.asked_at):
        text = say("交易成功时收取", "taken when the order completes")
        sheet.wait_for("order_confirmed", used.rule, text)
    rate = sheet.terms.rate(RATE)
    base = sum(line.value.left_fen for line in sheet.position.lines.values())
    before, paid = given(sheet, (NAME,)), format_yuan(base)
    formula, inputs = f"R({decimal_text(rate)} × {paid})", {"paid": paid}
    if before:
        inputs["charged_before"] = format_yuan(before)
        formula = f"max(0, {formula} − {format_yuan(before)})"
    working = Working(
        formula=formula, inputs=inputs, parameters=(RATE,), exact=None if before else rate * base
    )
    fen = sheet.add(ITEM, used.rule, "platform", max(round_half_up(rate * base) - before, 0), working)
    sheet.move(ITEM, fen)
    remember(sheet, NAME, (0, 0), fen)
