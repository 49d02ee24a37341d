"""Repair credit: at most 20.00 a line over all its credits, until 15 days after confirmation (003-13b, 003-19)."""

from dataclasses import replace

from calculators.credits import by_amount, nothing_left
from calculators.days import days_between
from calculators.money import format_yuan
from calculators.position import LinePosition
from calculators.settlement import Ceiling
from calculators.sheet import Working
from calculators.wording import Text, say
from calculators.worksheet import Worksheet, happened


def settle(sheet: Worksheet) -> None:
    """The amount asked, where line, cap and window allow it; refused otherwise, never cut down."""
    if nothing_left(sheet, "repair", "003-13b") or _after_sales_closed(sheet):
        return
    number, _ = sheet.units()[0]
    line = sheet.position.lines[number]
    reason = _over(sheet, line)
    if reason:
        sheet.refuse("repair", "003-13b", reason)
        return
    fen = sheet.claim.amount_fen
    inputs = {"asked": format_yuan(fen), "credited_before": format_yuan(line.repaired_fen)}
    working = Working(formula=format_yuan(fen), inputs=inputs, parameters=("repair_cap",))
    rule = "003-19a" if happened(sheet.order.confirmed_at, sheet.claim.asked_at) else "003-13b"
    channel = by_amount(sheet, fen)
    sheet.add("repair", rule, channel, fen, working)
    sheet.pay_cash(fen, channel)
    _count(sheet, number, line)


def _count(sheet: Worksheet, number: int, line: LinePosition) -> None:
    after = line.repaired_fen + sheet.claim.amount_fen
    cap = sheet.terms.fen("repair_cap")
    what = f"repair line {number} within {format_yuan(cap)}"
    sheet.extra_ceilings.append(
        Ceiling(what=what, paid_fen=cap, before_fen=line.repaired_fen, after_fen=after)
    )
    sheet.position = sheet.position.with_line(number, replace(line, repaired_fen=after))


def _after_sales_closed(sheet: Worksheet) -> bool:
    confirmed = sheet.order.confirmed_at
    if not (confirmed and happened(confirmed, sheet.claim.asked_at)):
        return False
    day = days_between(confirmed, sheet.claim.asked_at)
    if day <= sheet.terms.number("repair_window_days"):
        return False
    why = say(f"确认收货已 {day} 天,售后已关闭", f"day {day} from confirmation: after-sales is closed")
    sheet.refuse("repair", "003-19b", why)
    return True


def _over(sheet: Worksheet, line: LinePosition) -> Text | None:
    """Why the amount cannot be given, or None."""
    asked, cap = sheet.claim.amount_fen, sheet.terms.fen("repair_cap")
    if not asked:
        return say("未填修补费金额", "no amount was asked")
    if line.repaired_fen + asked > cap:
        before, most = format_yuan(line.repaired_fen), format_yuan(cap)
        return say(
            f"每件修补费合计不超过 {most} 元,已退 {before}",
            f"at most {most} a line; {before} was given before",
        )
    if line.repaired_fen + asked > line.value.left_fen:
        left = format_yuan(line.value.left_fen)
        return say(f"超过该行尚余实付 {left} 元", f"more than the {left} still paid for this line")
    return None
