"""不符包赔: goods that are not as described, paid for under the platform's own guarantee (platform packs only).

The manuals take such goods back at the shop's cost (003-17) and name no amount beside. Under a pack the guarantee
pays the whole of a line, or a share of it, so many times a buyer in so many days and so long after receipt.
"""

from datetime import timedelta

from calculators.compensations import (
    RED_PACKET,
    base_of,
    claimed,
    given,
    remember,
    unbound,
    units_before,
)
from calculators.days import business_day, days_between
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

ITEM, RULE, NAME = "mismatch_compensation", "003-17", "mismatch"
FULL, SHARE = "mismatch_full_rate", "mismatch_rate"
DAYS, BUYER_MAX, BUYER_DAYS = "mismatch_days", "mismatch_buyer_max", "mismatch_buyer_days"


def settle(sheet: Worksheet) -> None:
    """A red packet for each faulty line; held before receipt, refused too late and too often."""
    if unbound(sheet, ITEM, RULE, SHARE) or _too_late(sheet) or _too_often(sheet):
        return
    for number, qty in claimed(sheet).items():
        _pay(sheet, number, qty)


def _too_late(sheet: Worksheet) -> bool:
    signed, asked = sheet.order.signed_at, sheet.claim.asked_at
    if signed is None or not happened(signed, asked):
        text = say("买家尚未签收", "the buyer has not received the goods")
        sheet.wait_for("goods_received_by_buyer", _clause(sheet), text)
        return False
    day, last = days_between(signed, asked), sheet.terms.number(DAYS)
    if day <= last:
        return False
    why = say(f"签收第 {day} 天,超过 {last} 天", f"day {day} from signing: more than {last}")
    sheet.refuse(ITEM, _clause(sheet), why)
    return True


def _too_often(sheet: Worksheet) -> bool:
    """Whether the buyer has used the guarantee up: his other orders as the claim says, this one by its history."""
    today = business_day(sheet.claim.asked_at)
    since = today - timedelta(days=sheet.terms.number(BUYER_DAYS))
    here = {one.on for one in sheet.position.compensated if one.finding == NAME and one.on > since}
    times, most = len(here) + sheet.claim.times_before, sheet.terms.number(BUYER_MAX)
    if times < most:
        return False
    days = sheet.terms.number(BUYER_DAYS)
    why = say(
        f"该买家 {days} 天内已赔付 {times} 次,最多 {most} 次",
        f"this buyer has been paid {times} times in {days} days, at most {most}",
    )
    sheet.refuse(ITEM, _clause(sheet), why)
    return True


def _clause(sheet: Worksheet) -> str:
    return sheet.terms.used(SHARE)[0].rule


def _pay(sheet: Worksheet, number: int, qty: int) -> None:
    name = FULL if sheet.claim.platform_version else SHARE
    rate = sheet.terms.rate(name)
    base = base_of(sheet, number, units_before(sheet, NAME, number) + qty)
    before = given(sheet, (NAME,), number)
    fen = max(round_half_up(rate * base) - before, 0)
    share = f"R({decimal_text(rate)} × {format_yuan(base)})"
    inputs = {"paid": format_yuan(base), "line": str(number)}
    if before:
        inputs["given_before"] = format_yuan(before)
    working = Working(
        formula=f"max(0, {share} − {format_yuan(before)})" if before else share,
        inputs=inputs,
        parameters=(name, DAYS, BUYER_MAX, BUYER_DAYS),
        exact=None if before else rate * base,
    )
    sheet.add(ITEM, _clause(sheet), RED_PACKET, fen, working)
    sheet.pay_cash(fen, RED_PACKET)
    remember(sheet, NAME, (number, qty), fen)
