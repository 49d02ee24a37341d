"""Paid by credit card: 0.8 % of the part paid by card is the shop's, instalments from 600.00 (004-E3, 004-D3)."""

from dataclasses import replace

from calculators.errors import BadCase
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.wording import Text, say
from calculators.worksheet import Worksheet

BANKS = frozenset({"boc", "pingan", "abc", "sdb"})


def settle(sheet: Worksheet) -> None:
    """The bank's fee, freight included, points not; refused where the buyer is to pay it."""
    if sheet.claim.charge_buyer:
        _refuse_charging(sheet)
        return
    if sheet.order.payment != "card":
        sheet.refuse("card_fee", "004-E3", say("不是信用卡支付", "the order was not paid by card"))
        return
    amount = _by_card(sheet)
    barred = _no_instalments(sheet, amount)
    if barred:
        sheet.skip("instalments", "004-E3", barred)
    _fee(sheet, amount, instalments=barred is None)


def _by_card(sheet: Worksheet) -> int:
    """The part paid by card: the cash of the order with its freight, unless less is stated."""
    cash, stated = sheet.position.paid.cash_fen, sheet.claim.card_amount_fen
    if stated is None:
        return cash
    if stated > cash:
        raise BadCase("claim.card_amount", f"is more than the {format_yuan(cash)} paid in money")
    return stated


def _fee(sheet: Worksheet, amount: int, *, instalments: bool) -> None:
    rate, before = sheet.terms.rate("card_fee_rate"), sheet.position.card_fee_fen
    due = round_half_up(rate * amount)
    inputs = {"by_card": format_yuan(amount), "instalments": "yes" if instalments else "no"}
    formula = f"R({decimal_text(rate)} × {format_yuan(amount)})"
    if before:
        inputs["charged_before"] = format_yuan(before)
        formula += f" − {format_yuan(before)}"
    names = ("card_fee_rate", "instalment_min")
    exact = max(due - before, 0) if before else rate * amount
    fen = sheet.add(
        "card_fee", "004-E3", "bank", exact, Working(formula=formula, inputs=inputs, parameters=names)
    )
    sheet.move("card_fee", fen)
    sheet.position = replace(sheet.position, card_fee_fen=before + fen)


def _no_instalments(sheet: Worksheet, amount: int) -> Text | None:
    """Why the buyer may not pay in instalments, or None."""
    least = sheet.terms.fen("instalment_min")
    if amount < least:
        figures = format_yuan(amount), format_yuan(least)
        return say(f"{figures[0]} 元,未满 {figures[1]} 元", f"{figures[0]} is below {figures[1]}")
    if sheet.order.activity == "juhuasuan" or sheet.claim.promotion != "none":
        return say("限时折扣、秒杀、聚划算不支持分期", "no instalments on discounts, flash sales, Juhuasuan")
    if sheet.claim.bank not in BANKS:
        return say("非中国、平安、农业、深圳发展四家银行", "not a card of the four banks that offer it")
    return None


def _refuse_charging(sheet: Worksheet) -> None:
    why = say("信用卡手续费由商家承担", "the card fee is the seller's and may not be passed on")
    sheet.refuse("card_fee", "004-D3", why)
    points, listed = sheet.terms.number("card_points"), sheet.terms.number("card_points_listed")
    text = say(
        f"向买家收取即违规 {points} 分(清单写 {listed} 分)",
        f"charging the buyer costs {points} platform points (the list says {listed})",
    )
    sheet.advise("C-13", "004-D3", text)
