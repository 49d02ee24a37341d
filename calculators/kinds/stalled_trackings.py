"""物流停滞: the tracking of a parcel on its way is overdue, or goes astray (platform packs only).

The manuals say when to look into it (003-7a) and name no amount. Under a pack both findings are a share of each
line, and together they are limited once more, whichever of the two came first.
"""

from calculators.compensations import (
    ABNORMAL,
    DAY_CAP,
    TIMEOUT,
    Finding,
    base_of,
    compensate,
    given,
    left_of_day,
    unbound,
    units_before,
    unpaid_on_delivery,
)
from calculators.money import round_half_up
from calculators.worksheet import Worksheet

ITEM = "stalled_compensation"
BOTH_RATE, BOTH_CAP = "stalled_both_rate", "stalled_both_cap"
FINDINGS = {
    TIMEOUT: Finding(
        name=TIMEOUT,
        item=ITEM,
        rate="stalled_timeout_rate",
        least="stalled_timeout_min",
        most="stalled_timeout_cap",
        beside=(BOTH_RATE, BOTH_CAP, DAY_CAP),
    ),
    ABNORMAL: Finding(
        name=ABNORMAL,
        item=ITEM,
        rate="stalled_abnormal_rate",
        least="stalled_abnormal_min",
        most="stalled_abnormal_cap",
        beside=(BOTH_RATE, BOTH_CAP, DAY_CAP),
    ),
}


def settle(sheet: Worksheet) -> None:
    """A red packet for each line; refused for COD and without a pack."""
    finding = FINDINGS[sheet.claim.finding]
    if not (unpaid_on_delivery(sheet, ITEM) or unbound(sheet, ITEM, "003-7a", finding.rate)):
        limits = {"left_of_both": _left_of_both, "left_of_day": left_of_day}
        compensate(sheet, lambda line: finding, limits)


def _left_of_both(sheet: Worksheet, line: int, base: int) -> int | None:
    """What the two findings together leave, where the other one has been paid for the line before."""
    other = ABNORMAL if sheet.claim.finding == TIMEOUT else TIMEOUT
    if not given(sheet, (other,), line):
        return None
    larger = max(base, base_of(sheet, line, units_before(sheet, other, line)))
    most = min(sheet.terms.fen(BOTH_CAP), round_half_up(sheet.terms.rate(BOTH_RATE) * larger))
    return max(most - given(sheet, FINDINGS, line), 0)
