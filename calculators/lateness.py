"""When an order had to be shipped, and whether it was late (004-C2, 000-3N, 003-15).

The clock runs from payment, an agreed day replaces it, and the courier's own pick-up record stops it. A platform
pack may move the deadline of orders paid on certain days, such as before the spring festival, to a later day.
"""

from datetime import datetime

from calculators.days import end_of_day, hours_after
from calculators.errors import BadCase
from calculators.worksheet import Worksheet, happened


def ship_deadline(sheet: Worksheet) -> datetime | None:
    """The last good moment to hand the parcel over; None where neither payment nor an agreed day is known."""
    deadline = promised_by(sheet)
    if deadline and sheet.terms.governs("ship_deadline_floor"):
        return max(deadline, end_of_day(sheet.terms.value("ship_deadline_floor")))
    return deadline


def promised_by(sheet: Worksheet) -> datetime | None:
    """The moment promised to the buyer, whatever later day the platform allows; None where nothing tells it."""
    if sheet.order.ship_by:
        return end_of_day(sheet.order.ship_by)
    if sheet.claim.notice_date:
        return end_of_day(sheet.claim.notice_date)
    if sheet.order.paid_at:
        return hours_after(sheet.order.paid_at, sheet.terms.number("ship_hours"))
    return None


def promised_longer(sheet: Worksheet, hours: int) -> bool:
    """Whether more hours than these were promised, by the due time first named; `BadCase` if unknowable."""
    due, paid = sheet.claim.original_due_at or promised_by(sheet), sheet.order.paid_at
    if due is None or paid is None:
        raise BadCase("order.paid_at", "is needed to tell how long the promise was")
    return due > hours_after(paid, hours)


def is_late(sheet: Worksheet, by: datetime) -> bool:
    """Whether the parcel was picked up after the deadline, or has not been by then; `BadCase` if unknowable."""
    deadline = ship_deadline(sheet)
    if deadline is None:
        raise BadCase("order.paid_at", "is needed to tell whether the order was shipped late")
    picked_up = sheet.order.picked_up_at
    if picked_up and happened(picked_up, sheet.at):
        return picked_up > deadline
    return by > deadline
