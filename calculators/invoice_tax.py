"""000-11.2 and 000-10.3: 4 % of an invoice that does not come back in time after a return."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

from calculators.days import business_day, month_end, months_after
from calculators.facts import Invoice
from calculators.money import cumulative_share, format_yuan, round_half_up
from calculators.position import Position
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.withholding import Withholding, advised_only
from calculators.wording import say
from calculators.worksheet import Worksheet


def withhold_invoice_tax(withholding: Withholding) -> None:
    """After the deadline 4 % of the invoice, whoever was at fault; before it nothing (000-11.2)."""
    sheet = withholding.sheet
    invoice = sheet.order.invoice
    if invoice is None:
        return
    last_day = deadline(sheet, invoice)
    if returned_in_time(invoice, last_day, business_day(sheet.at)):
        why = say(
            f"发票已按时退回,或 {last_day} 前仍可退回",
            f"the invoice came back in time, or may still come by {last_day}",
        )
        sheet.skip("invoice_penalty", "000-11.2", why)
        return
    if business_day(sheet.claim.asked_at) > last_day:
        text = say("申请时退票期限已过,请主管定", "the deadline had passed before the return was asked")
        sheet.ask("supervisor", "000-11.2", text)
    due, working = _due(sheet, invoice)
    if not advised_only(sheet, "invoice_penalty", "000-11.2", due):
        taken = withholding.take("invoice_penalty", "000-11.2", due, working)
        sheet.position = replace(sheet.position, penalty_fen=sheet.position.penalty_fen + taken)


def returned_in_time(invoice: Invoice, last_day: date, today: date) -> bool:
    """Whether the invoice came back by its last day, or still may."""
    came_back = invoice.returned_on is not None and invoice.returned_on <= last_day
    return came_back or today <= last_day


def deadline(sheet: Worksheet, invoice: Invoice) -> date:
    """The last good day: the month's end, or the 10th of the next month for one issued late in the month."""
    anchor = invoice.issued_on
    if sheet.terms.choice("invoice_month_anchor") == "RETURN_MONTH":
        anchor = business_day(sheet.claim.asked_at)
    if anchor.day < sheet.terms.number("month_end_from_day"):
        return month_end(anchor)
    next_month = months_after(anchor.replace(day=1), 1)
    last = min(sheet.terms.number("early_month_until_day"), month_end(next_month).day)
    return next_month.replace(day=last)


def _due(sheet: Worksheet, invoice: Invoice) -> tuple[int, Working]:
    rate = sheet.terms.rate("invoice_penalty_rate")
    base = sheet.terms.choice("invoice_penalty_base")
    goods = sheet.position.goods_paid_fen
    face = goods if base == "ORDER_AMOUNT" else invoice.amount_fen
    inputs = {"invoice": format_yuan(invoice.amount_fen), "issued_on": invoice.issued_on.isoformat()}
    if base == "RETURNED_SHARE":
        after, before = returned_value(sheet.position), returned_value(sheet.start)
        inputs |= {"returned": format_yuan(after), "returned_before": format_yuan(before)}
        share = Fraction(face, goods) if goods else Fraction(0)
        due = round_half_up(rate * share * after) - round_half_up(rate * share * before)
        exact = rate * share * (after - before)
        formula = f"−{_share(rate, face, after, goods)}"
        if before:
            formula += f" + {_share(rate, face, before, goods)}"
    else:
        due = max(round_half_up(rate * face) - sheet.position.penalty_fen, 0)
        exact = rate * face - sheet.position.penalty_fen
        formula = f"−R({decimal_text(rate)} × {format_yuan(face)})"
    names = ("invoice_penalty_rate", "invoice_penalty_base", "invoice_month_anchor", "refund_deductions")
    return due, Working(formula=formula, inputs=inputs, parameters=names, exact=-exact)


def _share(rate: Fraction, face: int, returned: int, goods: int) -> str:
    parts = f"{format_yuan(face)} × {format_yuan(returned)} ÷ {format_yuan(goods)}"
    return f"R({decimal_text(rate)} × {parts})"


def returned_value(position: Position) -> int:
    """What was paid for all the pieces that have come back, price differences left aside."""
    return sum(
        cumulative_share(line.paid_fen, line.line.qty, 0, line.line.qty - line.value.units_left)
        for line in position.lines.values()
    )


def refund_over_invoice_fee(sheet: Worksheet) -> None:
    """000-11.1: the over-invoice fee comes back with the invoice, only where the shop has so decided."""
    invoice, fee = sheet.order.invoice, sheet.position.over_invoice_fee_fen
    if not (invoice and fee and not sheet.position.units_left):
        return
    refundable = sheet.terms.switch("over_invoice_fee_refundable")
    back_in_time = invoice.returned_on and invoice.returned_on <= deadline(sheet, invoice)
    if not (refundable and back_in_time):
        why = say("多开发票税点不退", "the over-invoice fee is kept")
        sheet.skip("over_invoice_fee", "000-11.1", why)
        return
    working = Working(formula=format_yuan(fee), parameters=("over_invoice_fee_refundable",))
    sheet.add("over_invoice_fee", "000-11.1", "alipay", fee, working)
    sheet.pay_cash(fee, "alipay")
    sheet.position = replace(sheet.position, over_invoice_fee_fen=0)
