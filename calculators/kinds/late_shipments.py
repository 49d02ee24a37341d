"""Late shipment: 30 % of what was paid for the late goods, at most 500.00, in Tmall points (004-C2, 004-E8)."""

from dataclasses import replace

from calculators.lateness import is_late, ship_deadline
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "late_compensation"
NAMES = ("late_rate", "late_cap", "late_unit", "ship_hours", "points_per_yuan")


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
    if not (sheet.claim.upheld or sheet.claim.refunded):
        text = say(
            "投诉成立或因此退款后才赔付", "paid once the complaint is upheld or the order refunded for it"
        )
        sheet.wait_for("complaint_upheld", "004-C2d", text)
    bases, lines = _bases(sheet), sheet.position.lines
    if sheet.terms.choice("late_unit") == "PER_ITEM":
        for number, base in bases.items():
            _compensate(sheet, {number: base}, lines[number].late_fen)
    elif bases:
        _compensate(sheet, bases, sum(line.late_fen for line in lines.values()))


def _bases(sheet: Worksheet) -> dict[int, int]:
    """What was paid for the late pieces of each line, points included, freight not."""
    units = sheet.units()
    if not sheet.claim.lines and sheet.claim.refunded:
        units = tuple((line.line, line.qty) for line in sheet.order.lines)
    lines = sheet.position.lines
    return {n: cumulative_share(lines[n].paid_fen, lines[n].line.qty, 0, qty) for n, qty in units}


def _compensate(sheet: Worksheet, bases: dict[int, int], given: int) -> None:
    base = sum(bases.values())
    rate, cap = sheet.terms.rate("late_rate"), sheet.terms.fen("late_cap")
    fen = max(min(cap, round_half_up(rate * base)) - given, 0)
    paid = format_yuan(base)
    inputs = {"paid": paid, "lines": ", ".join(map(str, bases)), "given_before": format_yuan(given)}
    formula = f"min({format_yuan(cap)}, R({decimal_text(rate)} × {paid}))" + (
        f" − {format_yuan(given)}" if given else ""
    )
    sheet.add(
        ITEM,
        "004-C2d",
        "points",
        fen,
        Working(formula=formula, inputs=inputs, parameters=NAMES, exact=rate * base),
    )
    sheet.out.points += fen
    first = next(iter(bases))
    line = sheet.position.lines[first]
    sheet.position = sheet.position.with_line(first, replace(line, late_fen=line.late_fen + fen))
