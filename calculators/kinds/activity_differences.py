"""A lower price in an activity after the purchase: cash before signing, then a coupon (000-15, 003-11).

Under a platform pack a purchase in one of its sales is protected until that sale's own last moment, where that
is later than the manuals' days from signing.
"""

from calculators.credits import await_receipt, by_amount, credit, nothing_left, on_order, worth_of
from calculators.days import business_day, months_after
from calculators.goods_back import await_success
from calculators.money import format_yuan
from calculators.rulebook import Campaign
from calculators.sheet import Working
from calculators.windows import days_since_signing
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

ITEM = "price_difference"
CAMPAIGN = "price_protection"


def settle(sheet: Worksheet) -> None:
    """Σ max(0, paid − activity price) over the pieces still with the buyer; freight is never part of it."""
    if nothing_left(sheet, ITEM, "003-11a"):
        return
    signed = happened(sheet.order.signed_at, sheet.claim.asked_at)
    day = days_since_signing(sheet)
    if signed and day > sheet.terms.number("protection_days") and not _in_campaign(sheet):
        why = say(f"签收第 {day} 天,价保已过", f"day {day} from signing: protection has ended")
        sheet.refuse(ITEM, "003-11b", why)
        return
    _give(sheet, signed=signed)
    _hold_on_activity_day(sheet)
    if not signed:
        await_receipt(sheet, "003-11a")
        await_success(sheet)


def _in_campaign(sheet: Worksheet) -> bool:
    """Whether the platform protects the price of what was paid for in one of its sales until now."""
    paid = sheet.order.paid_at
    if paid is None or not sheet.terms.governs(CAMPAIGN):
        return False
    campaign: Campaign = sheet.terms.value(CAMPAIGN)
    return campaign.begins_at <= paid <= campaign.ends_at and sheet.claim.asked_at <= campaign.protected_until


def _give(sheet: Worksheet, *, signed: bool) -> None:
    worth, price = worth_of(sheet), sheet.claim.activity_price_fen
    parts = {number: max(worth[number] - price * qty, 0) for number, qty in sheet.units()}
    total = sum(parts.values())
    if not total:
        sheet.skip(
            ITEM, "000-15", say("实付不高于活动价,无差价", "the activity price is not below what was paid")
        )
        return
    paid = format_yuan(sum(worth.values()))
    inputs = {
        "paid": paid,
        "activity_price": format_yuan(price),
        "pieces": str(sum(qty for _, qty in sheet.units())),
    }
    inputs |= {f"application_line_{number}": format_yuan(fen) for number, fen in parts.items() if fen}
    channel = _channel(sheet, total, signed=signed)
    names = ["activity_diff_channel", "activity_order_from"]
    if channel == "coupon":
        names = ["protection_days", "protection_coupon_months", *([CAMPAIGN] * _in_campaign(sheet))]
        valid = months_after(business_day(sheet.at), sheet.terms.number("protection_coupon_months"))
        inputs["valid_until"] = valid.isoformat()
    formula = " + ".join(
        f"max(0, {format_yuan(worth[number])} − {format_yuan(price)} × {qty})"
        for number, qty in sheet.units()
    )
    working = Working(formula=formula, inputs=inputs, parameters=tuple(names))
    credit(sheet, ITEM, "003-11b" if signed else "000-15", parts, (channel, working))


def _channel(sheet: Worksheet, fen: int, *, signed: bool) -> str:
    if signed:
        return "coupon"
    if sheet.terms.choice("activity_diff_channel") == "ALWAYS_ORDER":
        return on_order(sheet)
    return by_amount(sheet, fen)


def _hold_on_activity_day(sheet: Worksheet) -> None:
    if not _barred_today(sheet):
        return
    text = say(
        "活动当天不受理,保留申请次日再办",
        "not accepted on the activity day; the request is kept for the next",
    )
    sheet.wait_for("day_after_activity", "000-15", text)
    sheet.advise(
        "C-10", "000-15", say("顺延不拒绝,保留联系日期", "deferred, not refused; the day of contact is kept")
    )


def _barred_today(sheet: Worksheet) -> bool:
    """Whether today is one of the days on which differences are not accepted: a list, or the activity's own."""
    barred = sheet.terms.value("activity_no_accept_dates")
    today, activity_day = business_day(sheet.at), sheet.claim.activity_day
    if isinstance(barred, tuple):
        return today in barred
    return barred != "NONE" and activity_day is not None and today <= activity_day
