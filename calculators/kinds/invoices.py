"""An invoice for more than was paid: 10 % of the excess, approved, and advised against (000-11.1, C-04)."""

from dataclasses import replace

from calculators.issue_days import advise_issue_day
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import say
from calculators.worksheet import Worksheet

NAMES = ("over_invoice_rate", "over_invoice_base", "invoice_amount")


def settle(sheet: Worksheet) -> None:
    """Nothing for the right amount; for more, the fee of the excess, or a refusal where the shop forbids it."""
    right = right_amount(sheet)
    excess = sheet.claim.requested_fen - right
    advise_issue_day(sheet)
    if excess <= 0:
        _no_excess(sheet, excess)
    elif not sheet.terms.switch("allow_over_invoice"):
        why = say(f"只可按 {format_yuan(right)} 元开票", f"only {format_yuan(right)} may be invoiced")
        sheet.refuse("over_invoice_fee", "004-D1-6", why)
        _warn(sheet)
    else:
        _fee(sheet, right, excess)
        _warn(sheet)


def right_amount(sheet: Worksheet) -> int:
    """What may be invoiced: the cash paid with freight, or the order before coupon and points (C-22), in fen."""
    if sheet.terms.choice("invoice_amount") == "CASH_PAID":
        return sheet.position.paid.cash_fen
    return sum(line.price_fen * line.qty for line in sheet.order.lines) + sheet.order.postage_fen


def _no_excess(sheet: Worksheet, excess: int) -> None:
    sheet.skip(
        "over_invoice_fee", "004-D1", say("按实付开票,免费", "the right amount is invoiced free of charge")
    )
    if excess < 0:
        text = say("发票只能按付款金额开,不可少开", "an invoice below what was paid is not allowed either")
        sheet.advise("C-22", "004-D1-6", text)


def _fee(sheet: Worksheet, right: int, excess: int) -> None:
    rate = sheet.terms.rate("over_invoice_rate")
    whole = sheet.terms.choice("over_invoice_base") == "WHOLE"
    base = sheet.claim.requested_fen if whole else excess
    paid_before = sheet.position.over_invoice_fee_fen
    fen = max(round_half_up(rate * base) - paid_before, 0)
    inputs = {
        "requested": format_yuan(sheet.claim.requested_fen),
        "paid": format_yuan(right),
        "fee_before": format_yuan(paid_before),
    }
    formula = f"−R({decimal_text(rate)} × {format_yuan(base)})" + (
        f" + {format_yuan(paid_before)}" if paid_before else ""
    )
    sheet.add(
        "over_invoice_fee",
        "000-11.1",
        "alipay",
        -fen,
        Working(formula=formula, inputs=inputs, parameters=NAMES),
    )
    sheet.from_buyer_fen += fen
    sheet.position = replace(sheet.position, over_invoice_fee_fen=paid_before + fen)
    if excess >= sheet.terms.fen("over_invoice_approval_from"):
        text = say("多开发票须主管准许", "over-invoicing needs the supervisor")
        sheet.ask("supervisor", "000-11.1", text)


def _warn(sheet: Worksheet) -> None:
    text = say(
        "平台与税务均禁止多开:违规 6 分",
        "platform and tax rules forbid invoicing more than was paid: 6 points",
    )
    sheet.advise("C-04", "004-D1-6", text)
