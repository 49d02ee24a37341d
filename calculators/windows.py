"""Whether a return or an exchange may be asked for at all: days since signing, condition, one case a line.

Day 1 to 7 are the buyer's right, day 8 to 15 goodwill; a fault of the shop goes further, to the supervisor
(000-8.4, 003-16, 003-18, 003-19). The clock is the claim's own `asked_at`.
"""

from dataclasses import replace

from calculators.days import days_between
from calculators.wording import say
from calculators.worksheet import Worksheet, happened


def turned_down(sheet: Worksheet, item: str) -> bool:
    """Refuse what comes too late, is worn without our fault, or is a second no-reason case on a line."""
    if sheet.seller_fault:
        return _our_fault(sheet, item)
    return _second_case(sheet, item) or _worn_by_buyer(sheet, item) or _no_reason_too_late(sheet, item)


def days_since_signing(sheet: Worksheet) -> int:
    """Business days from signing to the claim; 0 while the parcel is unsigned."""
    signed, asked = sheet.order.signed_at, sheet.claim.asked_at
    return days_between(signed, asked) if signed and happened(signed, asked) else 0


def _second_case(sheet: Worksheet, item: str) -> bool:
    allowed = sheet.terms.number("max_noreason_cases_per_order")
    for number, _ in sheet.units():
        if sheet.position.lines[number].noreason_cases >= allowed:
            sheet.refuse(
                item,
                "000-8.4",
                say(
                    f"第 {number} 行已有过一次无理由退换,只支持一次",
                    f"line {number} has had its no-reason case; only one is supported",
                ),
            )
            return True
    return False


def _worn_by_buyer(sheet: Worksheet, item: str) -> bool:
    if sheet.claim.condition == "intact":
        return False
    sheet.refuse(
        item,
        "002-2.2",
        say(
            "洗过、穿过、人为破坏或吊牌拆卸的不提供退换",
            f"the goods are {sheet.claim.condition.replace('_', ' ')} and the shop is not to blame",
        ),
    )
    return True


def _no_reason_too_late(sheet: Worksheet, item: str) -> bool:
    day = days_since_signing(sheet)
    if day <= sheet.terms.number("return_window_days"):
        return False
    if day <= sheet.terms.number("goodwill_window_days"):
        sheet.advise(
            "C-03",
            "003-18b",
            say(
                f"签收第 {day} 天:超出七天保障,属店铺通融", f"day {day}: past the 7 guaranteed days, goodwill"
            ),
        )
        return False
    if sheet.claim.buyer_insists:
        text = say(
            f"签收第 {day} 天,难缠客人另谈,请主管定",
            f"day {day}, and the buyer insists: the supervisor decides",
        )
        sheet.ask("supervisor", "000-8.4", text)
        return False
    sheet.refuse(
        item,
        "003-18b",
        say(f"签收第 {day} 天,已超过半个月", f"day {day} from signing: more than half a month"),
    )
    return True


def _our_fault(sheet: Worksheet, item: str) -> bool:
    day = days_since_signing(sheet)
    if sheet.claim.condition != "intact" and _worn_too_late(sheet, day):
        sheet.refuse(
            item,
            "003-19a",
            say(
                "已穿洗且超过七天或已确认收货:只能协商修补费,面料批次问题报主管(003-19c)",
                "worn, and past 7 days or confirmed: a repair credit only; a batch defect goes to the supervisor",
            ),
        )
        return True
    if sheet.terms.number("return_window_days") < day <= sheet.terms.number("our_error_window_days"):
        text = say(
            f"签收第 {day} 天:我方差错,超七天仍受理", f"day {day}: our error, accepted past the 7 days"
        )
        sheet.advise("C-03", "003-18a", text)
    if day > sheet.terms.number("our_error_window_days"):
        sheet.ask(
            "supervisor",
            "003-19c",
            say(f"签收第 {day} 天,酌情处理须主管同意", f"day {day} from signing: the supervisor decides"),
        )
    return False


def _worn_too_late(sheet: Worksheet, day: int) -> bool:
    confirmed = happened(sheet.order.confirmed_at, sheet.claim.asked_at)
    return confirmed or day > sheet.terms.number("worn_window_days")


def count_case(sheet: Worksheet) -> None:
    """Remember a no-reason case on each claimed line (000-8.4)."""
    if sheet.seller_fault:
        return
    for number, _ in sheet.units():
        line = sheet.position.lines[number]
        counted = replace(line, noreason_cases=line.noreason_cases + 1)
        sheet.position = sheet.position.with_line(number, counted)
