"""Out of stock after payment: the platform's own compensation, where a platform pack binds the shop.

The manuals name remedies and no amount (000-3), so without a pack in force nothing is computed. Under one it is
a share of each line, higher for a long promise, unless the shop said so itself before the original due time.
"""

from dataclasses import replace
from datetime import datetime

from calculators.days import hours_after
from calculators.errors import BadCase
from calculators.lateness import ship_deadline
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "shortage_compensation"
SHORT, LONG, ADMITTED = "shortage_rate", "shortage_long_rate", "shortage_admitted_rate"


def settle(sheet: Worksheet) -> None:
    """A red packet for each line that cannot be sent; refused for COD, and where no pack names an amount."""
    if sheet.is_cod:
        why = say("货到付款订单不在赔付范围内", "COD orders are outside this compensation")
        sheet.refuse(ITEM, "004-E4", why)
    elif not sheet.terms.governs(SHORT):
        why = say(
            "手册未写缺货赔付金额,只载补救办法;平台规则未启用",
            "the manuals name remedies and no amount, and no platform pack binds the shop",
        )
        sheet.refuse(ITEM, "000-3", why)
    else:
        _compensate(sheet, _rate_name(sheet))


def _rate_name(sheet: Worksheet) -> str:
    """Which share applies: by the length of the original promise, and who spoke first."""
    due = sheet.claim.original_due_at or ship_deadline(sheet)
    paid = sheet.order.paid_at
    if due is None or paid is None:
        raise BadCase("order.paid_at", "is needed to tell how long the promise was")
    if due <= hours_after(paid, sheet.terms.number("shortage_short_hours")):
        return SHORT
    return ADMITTED if _admitted_in_time(sheet, due) and sheet.terms.governs(ADMITTED) else LONG


def _admitted_in_time(sheet: Worksheet, due: datetime) -> bool:
    admitted = sheet.claim.admitted_at
    return admitted is not None and admitted <= due


def _compensate(sheet: Worksheet, name: str) -> None:
    left = sheet.terms.fen("buyer_day_cap") - sum(line.late_fen for line in sheet.position.lines.values())
    for number, qty in sheet.units():
        left -= _red_packet(sheet, name, (number, qty), max(left, 0))


def _red_packet(sheet: Worksheet, name: str, pieces: tuple[int, int], left: int) -> int:
    number, qty = pieces
    terms, line = sheet.terms, sheet.position.lines[number]
    base = cumulative_share(line.paid_fen, line.line.qty, 0, qty)
    rate, least, most = terms.rate(name), terms.fen("shortage_min"), terms.fen("shortage_cap")
    named = min(most, max(least, round_half_up(rate * base)))
    fen = min(max(named - line.late_fen, 0), left)
    paid = format_yuan(base)
    working = Working(
        formula=f"min({format_yuan(most)}, max({format_yuan(least)}, R({decimal_text(rate)} × {paid})))",
        inputs={"paid": paid, "line": str(number), "given_before": format_yuan(line.late_fen)},
        parameters=(name, "shortage_min", "shortage_cap", "shortage_short_hours", "buyer_day_cap"),
        exact=rate * base,
    )
    (used,) = terms.used(name)
    sheet.add(ITEM, used.rule, "red_packet", fen, working)
    sheet.pay_cash(fen, "red_packet")
    sheet.position = sheet.position.with_line(number, replace(line, late_fen=line.late_fen + fen))
    return fen
