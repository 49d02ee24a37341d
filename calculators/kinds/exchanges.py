"""Exchange: who pays the way back and the way out again, and the difference in price (rules.md section 7)."""

from dataclasses import replace
from fractions import Fraction

from calculators.credits import by_amount, credit, mark_lines
from calculators.facts import Replacement
from calculators.goods_back import await_goods, await_success, repay_postage, too_many
from calculators.money import cumulative_share, format_yuan
from calculators.position import LinePosition
from calculators.sheet import Working
from calculators.windows import count_case, turned_down
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Return postage and reship by fault, and the price difference; held while a refund is open."""
    if too_many(sheet, "goods") or turned_down(sheet, "goods") or _must_reorder(sheet):
        return
    if sheet.claim.replacement:
        _difference(sheet, sheet.claim.replacement)
    _return_postage(sheet)
    _reship(sheet)
    count_case(sheet)
    if sheet.claim.refund_open:
        text = say(
            "同一件又申请了退款,等客人二选一", "a refund is open on the same item: the buyer must choose one"
        )
        sheet.wait_for("one_of_refund_or_exchange", "000-9", text)
    await_goods(sheet, "000-8.5b")


def _must_reorder(sheet: Worksheet) -> bool:
    """Pre-sale goods and styles nearly sold out are refunded and ordered again (003-9a, 003-9c, 003-10)."""
    if any(sheet.order.line(number).presale for number, _ in sheet.units()):
        why = say(
            "预售款换货须退款重新拍,差价收货后退",
            "pre-sale goods are refunded and re-ordered at the old price",
        )
        sheet.refuse("goods", "003-9a", why)
        return True
    least = sheet.terms.number("low_stock_reorder_below")
    replacement = sheet.claim.replacement
    if replacement and replacement.stock < least:
        why = say(
            f"库存 {replacement.stock} 件,少于 {least} 件请退款重拍",
            f"{replacement.stock} in stock: refund and re-order",
        )
        sheet.refuse("goods", "003-9c", why)
        return True
    return False


def _difference(sheet: Worksheet, replacement: Replacement) -> None:
    """What is dearer than the pieces in hand is paid on top, what is cheaper goes back (003-8a).

    Prices are compared after item promotions, so that the same style in another size costs nothing. A piece that
    came by an exchange has the price of that exchange; what was paid on top for it goes back first, and a credit
    given on the old pieces is not given a second time.
    """
    owed: dict[int, int] = {}
    for number, qty in sheet.units():
        line = sheet.position.lines[number]
        topped, lowered = line.extra.part(qty), line.lowered.part(qty)
        old, new = line.line.price_fen * qty + topped - lowered, replacement.price_fen * qty
        if new > old:
            _dearer(sheet, number, new - old, _working(old, new))
            continue
        back = min(old - new, topped)
        _topup_back(sheet, number, back, _working(old, old - back))
        credited = max(_credited(line, qty) - line.lowered.share.worth(qty), 0)
        owed[number] = max(min(old - new - back - credited, line.value.worth(qty)), 0)
    _cheaper(sheet, replacement, {number: fen for number, fen in owed.items() if fen})


def _cheaper(sheet: Worksheet, replacement: Replacement, owed: dict[int, int]) -> None:
    """Give back what the replacement costs less, out of what was paid for the order (C-14: by the amount)."""
    total = sum(owed.values())
    if not total:
        return
    new = replacement.price_fen * sum(qty for number, qty in sheet.units() if number in owed)
    credit(
        sheet, "exchange_difference", "003-8a", owed, (by_amount(sheet, total), _working(new + total, new))
    )
    mark_lines(sheet, "lowered", owed)
    await_success(sheet)


def _credited(line: LinePosition, qty: int) -> int:
    """What has been given on the pieces since they were bought."""
    gone = line.line.qty - line.value.units_left
    return cumulative_share(line.paid_fen, line.line.qty, gone, gone + qty) - line.value.worth(qty)


def _working(old: int, new: int) -> Working:
    inputs = {"old": format_yuan(old), "new": format_yuan(new)}
    return Working(formula=f"{inputs['old']} − {inputs['new']}", inputs=inputs)


def _dearer(sheet: Worksheet, number: int, fen: int, working: Working) -> None:
    sheet.add("exchange_difference", "003-8a", "alipay", -fen, working)
    sheet.from_buyer_fen += fen
    _on_top(sheet, number, fen)


def _topup_back(sheet: Worksheet, number: int, fen: int, working: Working) -> None:
    """Give back by Alipay what was paid on top for a piece whose replacement is cheaper than it."""
    if not fen:
        return
    sheet.add("exchange_difference", "003-8a", "alipay", fen, working)
    sheet.pay_cash(fen, "alipay")
    _on_top(sheet, number, -fen)
    await_success(sheet)


def _on_top(sheet: Worksheet, number: int, fen: int) -> None:
    """Move what the buyer has paid on top for a line's pieces, which an open order owes him."""
    mark_lines(sheet, "extra", {number: fen})
    if sheet.is_open:
        sheet.position = replace(sheet.position, liability_fen=sheet.position.liability_fen + fen)


def _return_postage(sheet: Worksheet) -> None:
    if sheet.seller_fault:
        repay_postage(sheet, "001-1.1X" if sheet.order.free_shipping else "001-1.3X")
    else:
        why = say("非卖家原因,寄回运费由买家承担", "not the seller's fault: the buyer bears the way back")
        sheet.skip("return_postage", "001-1.2X" if sheet.order.free_shipping else "001-1.4X", why)


def _reship(sheet: Worksheet) -> None:
    cost = sheet.claim.reship_postage_fen
    if not cost:
        return
    payer, rule, parameters = _reship_payer(sheet)
    inputs = {"reship_postage": format_yuan(cost), "payer": payer}
    amount = Fraction(-cost if payer == "buyer" else 0)
    working = Working(
        formula=f"−{format_yuan(cost)}" if payer == "buyer" else "0.00", inputs=inputs, parameters=parameters
    )
    sheet.add("reship_postage", rule, "alipay", amount, working)
    sheet.from_buyer_fen += cost if payer == "buyer" else 0
    sheet.move("courier_bill", cost)


def _reship_payer(sheet: Worksheet) -> tuple[str, str, tuple[str, ...]]:
    """Who pays the way out again, under which clause, by which reading (C-02)."""
    if sheet.seller_fault:
        return "seller", "001-1.1X" if sheet.order.free_shipping else "001-1.3X", ()
    if not sheet.order.free_shipping:
        return "buyer", "001-1.4X", ()
    if sheet.terms.choice("noreason_exchange_reship") == "BUYER_ALWAYS":
        return "buyer", "002-3.2r", ("noreason_exchange_reship",)
    if any(sheet.order.line(number).special_price for number, _ in sheet.units()):
        name = "special_price_exchange_reship"
        return sheet.terms.choice(name).lower(), "000-8.2", (name,)
    return "seller", "001-1.2X", ("noreason_exchange_reship",)
