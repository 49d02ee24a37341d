"""Money given back while the goods stay: a price difference lowers what the pieces are worth from then on.

A credit is cash first (003-20), never more than the pieces are still worth, and goes through one channel. A
later return is worth that much less, so credit and return together never exceed what was paid.
"""

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from calculators.money import allocate, format_yuan
from calculators.position import MarkName
from calculators.sheet import Sheet, Working
from calculators.wording import say
from calculators.worksheet import Worksheet


def worth_of(sheet: Worksheet) -> dict[int, int]:
    """What the claimed pieces of each line are still worth, in fen."""
    return {number: sheet.position.lines[number].value.worth(qty) for number, qty in sheet.units()}


def spread(sheet: Worksheet, fen: int) -> dict[int, int]:
    """`fen` over the claimed lines by what their pieces are still worth."""
    worth = worth_of(sheet)
    if not fen:
        return dict.fromkeys(worth, 0)
    return dict(zip(worth, allocate(fen, list(worth.values())), strict=True))


def mark_lines(sheet: Worksheet, mark: MarkName, parts: Mapping[int, int]) -> None:
    """Let the claimed pieces of each line of `parts` remember the fen that moved on them, under that mark."""
    pieces = dict(sheet.units())
    for number, fen in parts.items():
        sheet.position = sheet.position.marked(mark, number, pieces[number], fen)


def exceeds(sheet: Worksheet, item: str, rule: str, fen: int) -> bool:
    """Refuse a credit above what the claimed pieces are still worth."""
    most = sum(worth_of(sheet).values())
    if fen <= most:
        return False
    sheet.refuse(
        item,
        rule,
        say(
            f"超过该商品尚余实付 {format_yuan(most)} 元",
            f"{format_yuan(fen)} is more than the {format_yuan(most)} these pieces are still worth",
        ),
    )
    return True


def credit(
    sheet: Worksheet, name: str, rule: str, parts: Mapping[int, int], how: "tuple[str, Working]"
) -> int:
    """Give `parts` (fen a line) by the channel of `how`, and lower the lines' worth; returns the fen given."""
    channel, working = how
    total = sum(parts.values())
    if total:
        sheet.add(name, rule, channel, Fraction(total), working)
    for number, fen in parts.items():
        line = sheet.position.lines[number]
        sheet.position = sheet.position.with_line(number, replace(line, value=line.value.reduced(fen)))
    pay_cash_first(sheet, total, channel)
    return total


def pay_cash_first(sheet: Worksheet, fen: int, channel: str) -> None:
    """Take `fen` of the order's own money out of its purse, cash first (003-20), and send it by the channel."""
    taken = sheet.position.purse.cash_first(fen)
    position = replace(sheet.position, purse=sheet.position.purse.minus(taken))
    if channel == "coupon":
        sheet.position = replace(position, coupon_given_fen=position.coupon_given_fen + fen)
        sheet.pay_cash(fen, "coupon")
        return
    owed = position.liability_fen - (fen if sheet.is_open and not sheet.is_cod else 0)
    sheet.position = replace(position, liability_fen=owed)
    sheet.pay_cash(taken.cash_fen, channel)
    sheet.out.points += taken.points_fen
    sheet.out.jifenbao += taken.jifenbao_fen


def by_amount(sheet: Worksheet, fen: int) -> str:
    """000-15C by the amount; an order that takes transfers only, always by Alipay (000-12)."""
    return "alipay" if sheet.takes_transfers_only else channel_of(sheet, fen)


def channel_of(sheet: Sheet, fen: int) -> str:
    """000-15C: 100.00 and more on the order, less by Alipay."""
    return "order" if fen >= sheet.terms.fen("activity_order_from") else "alipay"


def on_order(sheet: Worksheet) -> str:
    """The order itself, for clauses that name it (C-14); Alipay where no application on it is possible."""
    return "alipay" if sheet.takes_transfers_only else "order"


def await_receipt(sheet: Worksheet, rule: str) -> None:
    """Hold until the buyer has received the goods."""
    if not sheet.claim.received:
        text = say("等买家收到货后再退", "paid only after the buyer has received the goods")
        sheet.wait_for("goods_received_by_buyer", rule, text)


def nothing_left(sheet: Worksheet, item: str, rule: str) -> bool:
    """Refuse a credit for pieces that are no longer with the buyer."""
    left = {number: line.value.units_left for number, line in sheet.position.lines.items()}
    if sheet.units() and all(qty <= left[number] for number, qty in sheet.units()):
        return False
    why = say("商品已不在买家手中", "the pieces are no longer with the buyer")
    sheet.refuse(item, rule, why)
    return True
