"""By which day an invoice is to be issued, where the platform has moved that day for a while (around a festival)."""

from datetime import timedelta

from calculators.days import business_day
from calculators.wording import say
from calculators.worksheet import Worksheet, happened

DAYS = "invoice_issue_days"


def advise_issue_day(sheet: Worksheet) -> None:
    """Name the last day for the invoice: so many days after success, or after the request where that is later."""
    if not sheet.terms.governs(DAYS):
        return
    (used,), asked = sheet.terms.used(DAYS), sheet.claim.asked_at
    success = sheet.order.confirmed_at
    if success is None or not happened(success, asked):
        text = say(f"交易成功后 {used.value} 天内开票", f"to be issued within {used.value} days of success")
    else:
        last = business_day(asked) + timedelta(days=sheet.terms.number(DAYS))
        text = say(f"最迟 {last} 开票", f"to be issued by {last}")
    sheet.advise("INVOICE_DUE", used.rule, text)
