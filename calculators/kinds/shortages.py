"""Out of stock after payment: the platform's own compensation, where a platform pack binds the shop.

The manuals name remedies and no amount (000-3), so without a pack in force nothing is computed. Under one it is
a share of each line, higher for a long promise, unless the shop said so itself before the original due time.
"""

from calculators.compensations import (
    DAY_CAP,
    SENDING,
    SHORT,
    Finding,
    compensate,
    left_of_day,
    unbound,
    unpaid_on_delivery,
)
from calculators.lateness import promised_longer, ship_deadline
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "shortage_compensation"
SHORT_RATE, LONG, ADMITTED = "shortage_rate", "shortage_long_rate", "shortage_admitted_rate"


def settle(sheet: Worksheet) -> None:
    """A red packet for each line that cannot be sent; refused for COD, and where no pack names an amount."""
    if not (unpaid_on_delivery(sheet, ITEM) or unbound(sheet, ITEM, "000-3", SHORT_RATE)):
        _compensate(sheet, _rate_name(sheet))


def _rate_name(sheet: Worksheet) -> str:
    """Which share applies: by the length of the original promise, and who spoke first."""
    if not promised_longer(sheet, sheet.terms.number("shortage_short_hours")):
        return SHORT_RATE
    return ADMITTED if _admitted_in_time(sheet) and sheet.terms.governs(ADMITTED) else LONG


def _admitted_in_time(sheet: Worksheet) -> bool:
    """Whether the shop said so itself by the due time first promised, or by the day the platform moved it to."""
    admitted, due = sheet.claim.admitted_at, sheet.claim.original_due_at or ship_deadline(sheet)
    return admitted is not None and due is not None and admitted <= due


def _compensate(sheet: Worksheet, rate: str) -> None:
    finding = Finding(
        name=SHORT,
        item=ITEM,
        rate=rate,
        least="shortage_min",
        most="shortage_cap",
        same=SENDING,
        beside=("shortage_short_hours", DAY_CAP),
    )
    compensate(sheet, lambda line: finding, {"left_of_day": left_of_day})
    if rate == ADMITTED:
        (used,) = sheet.terms.used(ADMITTED)
        text = say(
            f"自 {used.since} 起逐步生效,以商品页面提示为准",
            f"takes effect step by step from {used.since}: what the product's page says counts",
        )
        sheet.advise("RULE_GRADUAL", used.rule, text)
