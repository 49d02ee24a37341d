"""What a platform makes a shop pay its buyer: a share of each line, a least, a most, and the limits over them.

Whatever was paid is remembered by finding, line, pieces and day, so that it counts: against the same finding,
against those that are the same failing, against a pair's limit and against the day's. The line is the unit, as a
sub-order is the platform's; the least is lifted to before any limit over several amounts is applied.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from calculators.days import business_day
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.position import Compensated
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

# (the sheet, the line, what was paid for its pieces) -> what may still be paid, None where it does not limit
Limit = Callable[[Worksheet, int, int], int | None]

LATE, SHORT, NO_SCAN, FALSE = "late", "shortage", "no_scan", "false"
TIMEOUT, ABNORMAL = "timeout", "abnormal"
# One failing to send a line is paid once, at the highest of its figures.
SENDING = (LATE, SHORT, NO_SCAN, FALSE)
# What the cap of a buyer's day of payment is counted over.
OF_THE_DAY = (*SENDING, TIMEOUT, ABNORMAL)
DAY_CAP, OWN_PROMISE = "buyer_day_cap", "own_promise"
RED_PACKET = "red_packet"
CHANNELS = {"RED_PACKET": RED_PACKET, "POINTS": "points"}
_BY_PROMISE = " by own promise"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What the platform has found: the item it is paid as, the parameters of its figures, what it is one with.

    `paid_as` is the parameter that says how it is paid, and whose clause its item names; without one it is a red
    packet under the clause of its rate.
    """

    name: str
    item: str
    rate: str
    least: str
    most: str
    same: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    paid_as: str = ""

    @property
    def parameters(self) -> tuple[str, ...]:
        """Every parameter that an amount of it is made of, its rate first."""
        return (self.rate, self.least, self.most, *self.beside)


def compensate(sheet: Worksheet, finding_of: Callable[[int], Finding], limits: Mapping[str, Limit]) -> None:
    """Pay every claimed line its share, less what was paid before; then what the shop had promised beyond it."""
    pieces = claimed(sheet)
    for number, qty in pieces.items():
        _line(sheet, finding_of(number), (number, qty), limits)
    numbers = tuple(pieces)
    _promised(sheet, finding_of(numbers[0]), numbers)


def claimed(sheet: Worksheet) -> dict[int, int]:
    """The pieces of each line; all that was bought where nothing is with the buyer any more."""
    return dict(sheet.units()) or {line.line: line.qty for line in sheet.order.lines}


def given(sheet: Worksheet, names: Iterable[str], line: int | None = None) -> int:
    """What was paid for these findings so far, for one line or for all, in fen."""
    wanted = set(names)
    return sum(
        one.fen
        for one in sheet.position.compensated
        if one.finding in wanted and (line is None or one.line == line)
    )


def units_before(sheet: Worksheet, name: str, line: int) -> int:
    """How many pieces of a line a finding has already been paid for."""
    return sum(one.units for one in sheet.position.compensated if one.finding == name and one.line == line)


def base_of(sheet: Worksheet, line: int, units: int) -> int:
    """What was paid for so many pieces of a line, points included and freight not, at most all of them."""
    position = sheet.position.lines[line]
    return cumulative_share(position.paid_fen, position.line.qty, 0, min(units, position.line.qty))


def left_of_day(sheet: Worksheet, line: int, base: int) -> int:
    """What the buyer may still get for this day of payment, his other orders of that day counted."""
    spent = given(sheet, OF_THE_DAY) + sheet.claim.given_same_day_fen
    return max(sheet.terms.fen(DAY_CAP) - spent, 0)


def remember(sheet: Worksheet, finding: str, pieces: tuple[int, int], fen: int) -> None:
    """Note what was paid for a finding, on which line and for how many pieces."""
    line, units = pieces
    on = business_day(sheet.claim.asked_at)
    one = Compensated(finding=finding, line=line, units=units, on=on, fen=fen)
    sheet.position = replace(sheet.position, compensated=(*sheet.position.compensated, one))


def leave_promise(sheet: Worksheet, item: str) -> None:
    """Say that what the shop itself promised is no matter of the rule in force."""
    if sheet.claim.promised_fen:
        why = say(
            "现行规则未涉及自行承诺,另行协商", "the rule in force does not speak of the shop's own promise"
        )
        sheet.skip(item, "000-II.2", why)


def unbound(sheet: Worksheet, item: str, rule: str, parameter: str) -> bool:
    """Refuse what the manuals name no amount for, where no platform rule binds the order on that day."""
    if sheet.terms.governs(parameter):
        return False
    why = say(
        "手册未写赔付金额;该日没有对本店生效的平台规则",
        "the manuals name no amount, and no platform rule binds the order on that day",
    )
    sheet.refuse(item, rule, why)
    return True


def unpaid_on_delivery(sheet: Worksheet, item: str) -> bool:
    """Refuse a share of what was paid where nothing was: cash on delivery, outside late shipment (004-E4)."""
    if sheet.is_cod:
        why = say("货到付款订单不在赔付范围内", "COD orders are outside this compensation")
        sheet.refuse(item, "004-E4", why)
    return sheet.is_cod


def _line(sheet: Worksheet, finding: Finding, pieces: tuple[int, int], limits: Mapping[str, Limit]) -> None:
    number, qty = pieces
    base = base_of(sheet, number, units_before(sheet, finding.name, number) + qty)
    exact = sheet.terms.rate(finding.rate) * base
    before = given(sheet, _counted(finding), number)
    fen, formula = _named(sheet, finding, base)
    inputs = {"paid": format_yuan(base), "line": str(number)}
    if before:
        inputs["given_before"] = format_yuan(before)
        fen, formula = max(fen - before, 0), f"max(0, {formula} − {format_yuan(before)})"
    for name, limit in limits.items():
        left = limit(sheet, number, base)
        if left is not None and left < fen:
            inputs[name] = format_yuan(left)
            fen, formula = left, f"min({format_yuan(left)}, {formula})"
    working = Working(formula=formula, inputs=inputs, parameters=finding.parameters, exact=_exact(exact, fen))
    channel = CHANNELS[sheet.terms.choice(finding.paid_as)] if finding.paid_as else RED_PACKET
    _pay(sheet, finding.item, (channel, fen), (finding.paid_as or finding.rate, working))
    remember(sheet, finding.name, pieces, fen)


def _named(sheet: Worksheet, finding: Finding, base: int) -> tuple[int, str]:
    """The rule's own figure for a line, and how it is worked out: its share, lifted to the least, held to the most."""
    terms = sheet.terms
    rate, least, most = terms.rate(finding.rate), terms.fen(finding.least), terms.fen(finding.most)
    share = f"R({decimal_text(rate)} × {format_yuan(base)})"
    formula = f"min({format_yuan(most)}, max({format_yuan(least)}, {share}))"
    return min(most, max(least, round_half_up(rate * base))), formula


def _exact(exact: Fraction, fen: int) -> Fraction | None:
    """The fraction before rounding, where the amount is that fraction rounded and nothing else."""
    return exact if round_half_up(exact) == fen else None


def _counted(finding: Finding) -> tuple[str, ...]:
    names = dict.fromkeys((finding.name, *finding.same))
    return (*names, *(name + _BY_PROMISE for name in names))


def _pay(sheet: Worksheet, item: str, what: tuple[str, int], why: tuple[str, Working]) -> None:
    """An item of so many fen by a channel, under the clause of the parameter named."""
    (channel, fen), (named, working) = what, why
    (used,) = sheet.terms.used(named)
    sheet.add(item, used.rule, channel, fen, working)
    sheet.pay_cash(fen, channel)


def _promised(sheet: Worksheet, finding: Finding, numbers: tuple[int, ...]) -> None:
    """What the shop itself promised beyond the platform's figure: the higher of the two is owed, by Alipay."""
    promised = sheet.claim.promised_fen
    if not promised or not sheet.terms.governs(OWN_PROMISE):
        leave_promise(sheet, finding.item)
        return
    before = sum(given(sheet, _counted(finding), number) for number in numbers)
    if promised > before:
        figures = {"promised": format_yuan(promised), "given": format_yuan(before)}
        working = Working(
            formula=f"{figures['promised']} − {figures['given']}", inputs=figures, parameters=(OWN_PROMISE,)
        )
        _pay(sheet, finding.item, ("alipay", promised - before), (OWN_PROMISE, working))
        remember(sheet, finding.name + _BY_PROMISE, (numbers[0], 0), promised - before)
