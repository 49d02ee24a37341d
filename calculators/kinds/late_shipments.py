"""Late shipment: 30 % of what was paid for the late goods, at most 500.00, in Tmall points (004-C2, 004-E8).

Under a platform pack it is the platform's own share of each late line, with a least and a most, as a red packet
(赔付红包); the platform judges by the courier's scan, so that no complaint is awaited.
"""

from dataclasses import replace

from calculators.compensations import (
    DAY_CAP,
    LATE,
    SENDING,
    Finding,
    claimed,
    compensate,
    leave_promise,
    left_of_day,
)
from calculators.facts import Line
from calculators.lateness import is_late, promised_longer, ship_deadline
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "late_compensation"
NAMES = ("late_rate", "late_cap", "late_unit", "ship_hours", "points_per_yuan")
PRESALE_RATE, LONG_HOURS = "late_presale_rate", "late_long_hours"
PLATFORM = "late_paid_as"  # only a platform pack brings it, and with it all of the platform's own terms


def settle(sheet: Worksheet) -> None:
    """A share of each late line, capped a line or an order; refused for COD and for parcels in time."""
    if sheet.is_cod:
        why = say("货到付款订单不在延迟发货的范围内", "COD orders are outside late shipment")
        sheet.refuse(ITEM, "004-E4", why)
        return
    if not is_late(sheet, sheet.at):
        deadline = ship_deadline(sheet)
        why = say(
            f"未超过发货截止 {deadline:%Y-%m-%d %H:%M:%S}", f"in time: due by {deadline:%Y-%m-%d %H:%M:%S}"
        )
        sheet.refuse(ITEM, "004-C2a", why)
        return
    if sheet.terms.governs(PLATFORM):
        _platform(sheet)
        return
    if not (sheet.claim.upheld or sheet.claim.refunded):
        text = say(
            "投诉成立或因此退款后才赔付", "paid once the complaint is upheld or the order refunded for it"
        )
        sheet.wait_for("complaint_upheld", "004-C2d", text)
    leave_promise(sheet, ITEM)
    bases = _bases(sheet)
    _count(sheet)
    if sheet.terms.choice("late_unit") == "PER_ITEM":
        for number, base in bases.items():
            _compensate(sheet, {number: base}, sheet.position.lines[number].late_fen)
    elif bases:
        lines = sheet.position.lines
        others = {n: _base(sheet, n, line.late_units) for n, line in lines.items() if line.late_units}
        _compensate(sheet, others | bases, sum(line.late_fen for line in lines.values()))


def _bases(sheet: Worksheet) -> dict[int, int]:
    """What was paid for the late pieces of each line so far, points included, freight not."""
    lines = sheet.position.lines
    return {n: _base(sheet, n, lines[n].late_units + qty) for n, qty in claimed(sheet).items()}


def _base(sheet: Worksheet, number: int, units: int) -> int:
    line = sheet.position.lines[number]
    return cumulative_share(line.paid_fen, line.line.qty, 0, min(units, line.line.qty))


def _count(sheet: Worksheet) -> None:
    for number, qty in claimed(sheet).items():
        line = sheet.position.lines[number]
        counted = replace(line, late_units=min(line.late_units + qty, line.line.qty))
        sheet.position = sheet.position.with_line(number, counted)


def _compensate(sheet: Worksheet, bases: dict[int, int], given: int) -> None:
    base = sum(bases.values())
    rate, cap = sheet.terms.rate("late_rate"), sheet.terms.fen("late_cap")
    fen = max(min(cap, round_half_up(rate * base)) - given, 0)
    paid = format_yuan(base)
    inputs = {"paid": paid, "lines": ", ".join(map(str, bases)), "given_before": format_yuan(given)}
    formula = f"min({format_yuan(cap)}, R({decimal_text(rate)} × {paid}))"
    working = Working(
        formula=formula + (f" − {format_yuan(given)}" if given else ""),
        inputs=inputs,
        parameters=NAMES,
        exact=rate * base,
    )
    sheet.add(ITEM, "004-C2d", "points", fen, working)
    sheet.out.points += fen
    first = next(iter(bases))
    line = sheet.position.lines[first]
    sheet.position = sheet.position.with_line(first, replace(line, late_fen=line.late_fen + fen))


def _platform(sheet: Worksheet) -> None:
    """The platform's compensation line by line, within the day's cap of the buyer."""
    compensate(sheet, lambda line: _finding(sheet, line), {"left_of_day": left_of_day})


def _finding(sheet: Worksheet, number: int) -> Finding:
    line = sheet.order.line(number)
    return Finding(
        name=LATE,
        item=ITEM,
        rate=_rate_name(sheet, line),
        least="late_min",
        most="late_cap",
        same=SENDING,
        beside=(DAY_CAP, "ship_hours", PLATFORM, *([LONG_HOURS] * _by_length(line))),
        paid_as=PLATFORM,
    )


def _rate_name(sheet: Worksheet, line: Line) -> str:
    """Pre-sale paid in full has the higher share; by deposit, or made to order, only a promise of over 48 hours."""
    if _by_length(line):
        return PRESALE_RATE if promised_longer(sheet, sheet.terms.number(LONG_HOURS)) else "late_rate"
    return PRESALE_RATE if line.presale else "late_rate"


def _by_length(line: Line) -> bool:
    """Whether the share of a line depends on how long a time was promised."""
    return line.custom or (line.presale and line.presale_form == "deposit")
