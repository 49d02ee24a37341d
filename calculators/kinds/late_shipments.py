"""Late shipment: 30 % of what was paid for the late goods, at most 500.00, in Tmall points (004-C2, 004-E8).

Under a platform pack it is the platform's own share of each late line, with a least and a most, as a red packet
(赔付红包); the platform judges by the courier's scan, so that no complaint is awaited.
"""

from dataclasses import replace

from calculators.lateness import is_late, ship_deadline
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "late_compensation"
NAMES = ("late_rate", "late_cap", "late_unit", "ship_hours", "points_per_yuan")
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
    bases = _bases(sheet)
    _count(sheet)
    if sheet.terms.choice("late_unit") == "PER_ITEM":
        for number, base in bases.items():
            _compensate(sheet, {number: base}, sheet.position.lines[number].late_fen)
    elif bases:
        lines = sheet.position.lines
        others = {n: _base(sheet, n, line.late_units) for n, line in lines.items() if line.late_units}
        _compensate(sheet, others | bases, sum(line.late_fen for line in lines.values()))


def _late_units(sheet: Worksheet) -> dict[int, int]:
    """The late pieces of each line; all that was bought where nothing is with the buyer any more."""
    return dict(sheet.units()) or {line.line: line.qty for line in sheet.order.lines}


def _bases(sheet: Worksheet) -> dict[int, int]:
    """What was paid for the late pieces of each line so far, points included, freight not."""
    lines = sheet.position.lines
    return {n: _base(sheet, n, lines[n].late_units + qty) for n, qty in _late_units(sheet).items()}


def _base(sheet: Worksheet, number: int, units: int) -> int:
    line = sheet.position.lines[number]
    return cumulative_share(line.paid_fen, line.line.qty, 0, min(units, line.line.qty))


def _count(sheet: Worksheet) -> None:
    for number, qty in _late_units(sheet).items():
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
    """The platform's compensation line by line, with the day's cap of the buyer over the lines of this order."""
    spent = sum(line.late_fen for line in sheet.position.lines.values())
    bases = _bases(sheet)
    _count(sheet)
    for number, base in bases.items():
        spent += _red_packet(sheet, number, base, spent)


def _red_packet(sheet: Worksheet, number: int, base: int, spent: int) -> int:
    terms, line = sheet.terms, sheet.position.lines[number]
    name = "late_presale_rate" if line.line.presale else "late_rate"
    rate, least, most = terms.rate(name), terms.fen("late_min"), terms.fen("late_cap")
    named = min(most, max(least, round_half_up(rate * base)))
    left = max(terms.fen("buyer_day_cap") - spent, 0)
    fen = min(max(named - line.late_fen, 0), left)
    paid, given = format_yuan(base), format_yuan(line.late_fen)
    formula = f"min({format_yuan(most)}, max({format_yuan(least)}, R({decimal_text(rate)} × {paid})))"
    working = Working(
        formula=formula + (f" − {given}" if line.late_fen else ""),
        inputs={"paid": paid, "lines": str(number), "given_before": given, "left_of_day": format_yuan(left)},
        parameters=(name, "late_min", "late_cap", "buyer_day_cap", "ship_hours", PLATFORM),
    )
    (used,) = terms.used(PLATFORM)
    sheet.add(ITEM, used.rule, _channel(terms.choice(PLATFORM)), fen, working)
    sheet.pay_cash(fen, _channel(terms.choice(PLATFORM)))
    sheet.position = sheet.position.with_line(number, replace(line, late_fen=line.late_fen + fen))
    return fen


def _channel(paid_as: str) -> str:
    """The channel that the platform names: a red packet, or points as the manuals have it."""
    return {"RED_PACKET": "red_packet", "POINTS": "points"}[paid_as]
