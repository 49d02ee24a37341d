"""虚假发货: shipping was clicked and nothing was sent, or what was scanned is not this order's (platform packs only).

The manuals know such a click (003-14c) and name no amount. Under a pack it is a share of each line: a small one
where no scan followed the click in time, a large one where the platform finds the tracking false.
"""

from datetime import datetime

from calculators.compensations import (
    DAY_CAP,
    FALSE,
    NO_SCAN,
    SENDING,
    Finding,
    compensate,
    left_of_day,
    unbound,
    unpaid_on_delivery,
)
from calculators.days import hours_after
from calculators.errors import BadCase
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

ITEM = "fake_shipment_compensation"
WITHOUT_SCAN = Finding(
    name=NO_SCAN,
    item=ITEM,
    rate="fake_scan_rate",
    least="fake_scan_min",
    most="fake_scan_cap",
    same=SENDING,
    beside=("fake_scan_hours", DAY_CAP),
)
FALSE_TRACKING = Finding(
    name=FALSE,
    item=ITEM,
    rate="fake_rate",
    least="fake_min",
    most="fake_cap",
    same=SENDING,
    beside=(DAY_CAP,),
)


def settle(sheet: Worksheet) -> None:
    """A red packet for each line; refused for COD, without a pack, and where the scan came in time."""
    if unpaid_on_delivery(sheet, ITEM) or unbound(sheet, ITEM, "003-14c", WITHOUT_SCAN.rate):
        return
    finding = FALSE_TRACKING
    if sheet.claim.finding == NO_SCAN:
        finding = WITHOUT_SCAN
        if _scanned_in_time(sheet):
            return
    compensate(sheet, lambda line: finding, {"left_of_day": left_of_day})


def _scanned_in_time(sheet: Worksheet) -> bool:
    """Refuse where the carrier scanned the parcel in time, or still may."""
    clicked, scanned = sheet.order.ship_clicked_at, sheet.order.picked_up_at
    if clicked is None:
        raise BadCase("order.ship_clicked_at", "is needed to tell whether the scan came in time")
    last = hours_after(clicked, sheet.terms.number("fake_scan_hours"))
    if _first(scanned, sheet.at) > last:
        return False
    (used,) = sheet.terms.used("fake_scan_hours")
    why = say(
        f"揽收期限 {last:%Y-%m-%d %H:%M:%S} 未过或已按时揽收",
        f"scanned by {last:%Y-%m-%d %H:%M:%S}, or still may be",
    )
    sheet.refuse(ITEM, used.rule, why)
    return True


def _first(scanned: datetime | None, at: datetime) -> datetime:
    """The moment of the scan, or now where there has been none."""
    return scanned if scanned is not None and happened(scanned, at) else at
