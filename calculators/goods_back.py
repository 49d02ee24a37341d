"""Goods come back and money goes out: the path that every refund of pieces takes.

Pieces leave their line's share of the goods and of the freight, the sum is split over the tenders it was
paid with (003-20), deductions are borne by cash first, and the last piece ends an open order.
"""

from dataclasses import dataclass, replace
from fractions import Fraction

from calculators.money import format_yuan
from calculators.position import LinePosition
from calculators.shares import Purse
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The clauses that a refund of pieces stands on: for the goods, and for the freight they were sent with."""

    goods: str
    freight: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Back:
    """What pieces were worth: goods and freight given back, the freight they carried, and its tenders."""

    goods_fen: int
    freight_fen: int
    freight_carried_fen: int
    tenders: Purse


def too_many(sheet: Worksheet, item: str) -> bool:
    """Refuse a claim on pieces that have already come back (000-9: no piece is settled twice)."""
    units = sheet.units()
    left = {number: line.value.units_left for number, line in sheet.position.lines.items()}
    if units and all(qty <= left[number] for number, qty in units):
        return False
    sheet.refuse(
        item,
        "000-9",
        say(
            "这些件数已经退过,同一件只结算一次",
            "these pieces have already come back; no piece is settled twice",
        ),
    )
    return True


def give_back(sheet: Worksheet, rules: Rules, *, with_freight: bool) -> Back:
    """Take the claimed pieces out of their lines, write their items, and split the sum over the tenders."""
    goods = carried = 0
    formulas = []
    for number, qty in sheet.units():
        line = sheet.position.lines[number]
        goods += _goods_item(sheet, line, qty, rules.goods)
        carried += line.postage.worth(qty)
        formulas.append(line.postage.formula(qty))
        sheet.position = sheet.position.with_line(number, line.without(qty))
    share = (carried, " + ".join(formulas))
    freight = _freight_item(sheet, share, rules.freight, with_freight=with_freight)
    tenders = sheet.position.purse.shared(goods + freight)
    sheet.position = replace(
        sheet.position,
        purse=sheet.position.purse.minus(tenders),
        postage_given_fen=sheet.position.postage_given_fen + freight,
        liability_fen=sheet.position.liability_fen - (goods + freight if sheet.is_open else 0),
    )
    return Back(goods_fen=goods, freight_fen=freight, freight_carried_fen=carried, tenders=tenders)


def _goods_item(sheet: Worksheet, line: LinePosition, qty: int, rule: str) -> int:
    value = line.value
    inputs = {
        "line": str(line.line.line),
        "qty": f"{qty}/{line.line.qty}",
        "price": format_yuan(line.line.price_fen),
        "coupon_share": format_yuan(line.coupon_fen),
        "paid": format_yuan(line.paid_fen),
        "given_before": format_yuan(line.given_fen),
    }
    exact = Fraction(value.base_fen * qty, value.units)
    working = Working(formula=value.formula(qty), inputs=inputs, exact=exact)
    return sheet.add("goods", rule, base_channel(sheet), value.worth(qty), working)


def _freight_item(sheet: Worksheet, share: tuple[int, str], rule: str, *, with_freight: bool) -> int:
    if not sheet.order.postage_fen:
        return 0
    if not with_freight:
        why = say("非卖家原因,买家付的发货运费不退", "not the seller's fault: the outbound freight is kept")
        sheet.skip("outbound_postage", rule, why)
        return 0
    share_fen, formula = share
    fen = min(share_fen, sheet.position.postage_left_fen)
    inputs = {"postage": format_yuan(sheet.order.postage_fen), "share": format_yuan(share_fen)}
    working = Working(formula=formula, inputs=inputs)
    return sheet.add("outbound_postage", rule, base_channel(sheet), fen, working)


def base_channel(sheet: Worksheet) -> str:
    """Where an order's own money goes back: the order, or Alipay where no application on it is possible."""
    timed_out = sheet.claim.route == "timed_out"
    return "alipay" if sheet.is_cod or timed_out or sheet.application_closed else "order"


def pay_back(sheet: Worksheet, back: Back, withheld_fen: int = 0) -> None:
    """Send the tenders out, less what is withheld: cash bears it first, then points, then 集分宝."""
    due = back.tenders.minus(back.tenders.cash_first(withheld_fen))
    sheet.pay_cash(due.cash_fen, base_channel(sheet))
    sheet.out.points += due.points_fen
    sheet.out.jifenbao += due.jifenbao_fen


def never_collected(sheet: Worksheet, rule: str) -> None:
    """Pieces of a COD order leave it before any cash came in (C-27); only points and 集分宝 go back."""
    position, goods, freight = sheet.position, 0, 0
    for number, qty in sheet.units():
        line = position.lines[number]
        goods += line.value.worth(qty)
        freight += line.postage.worth(qty)
        position = position.with_line(number, line.without(qty))
    freight = min(freight, position.postage_left_fen)
    tenders = position.purse.shared(goods + freight)
    in_kind = replace(tenders, cash_fen=0)
    sheet.position = replace(
        position,
        purse=position.purse.minus(tenders),
        postage_given_fen=position.postage_given_fen + freight,
    )
    why = say("货到付款未收到现金,无款可退", "no cash was collected on delivery, so none is refunded")
    sheet.skip("goods", rule, why)
    if in_kind.total_fen:
        working = Working(
            formula=format_yuan(in_kind.total_fen), inputs={"not_collected": format_yuan(tenders.cash_fen)}
        )
        sheet.add("goods", rule, "platform", in_kind.total_fen, working)
        sheet.unbooked_fen += in_kind.total_fen
        sheet.out.points += in_kind.points_fen
        sheet.out.jifenbao += in_kind.jifenbao_fen


def end_order(sheet: Worksheet) -> None:
    """The return of an open order's last piece ends it: what the shop keeps leaves escrow and liability."""
    if not sheet.is_open or sheet.is_cod or sheet.position.units_left:
        return
    allowance = min(sheet.position.coupon_given_fen, sheet.position.liability_fen)
    sheet.move("freight_kept", sheet.position.liability_fen - allowance)
    sheet.move("allowance_recovered", allowance)
    sheet.move("escrow_released", sheet.position.escrow_fen)
    sheet.position = replace(sheet.position, liability_fen=0, escrow_fen=0, ended=True)


def give_topups_back(sheet: Worksheet) -> None:
    """What the buyer paid on top for a dearer replacement comes back with it, by Alipay (003-8a)."""
    for number, qty in sheet.units():
        fen, extra = sheet.start.lines[number].extra.take(qty)
        if not fen:
            continue
        line = replace(sheet.position.lines[number], extra=extra)
        sheet.position = sheet.position.with_line(number, line)
        working = Working(formula=f"{format_yuan(fen)}", inputs={"line": str(number), "qty": str(qty)})
        sheet.add("exchange_difference", "003-8a", "alipay", fen, working)
        sheet.pay_cash(fen, "alipay")
        sheet.position = replace(
            sheet.position, liability_fen=sheet.position.liability_fen - (fen if sheet.is_open else 0)
        )


def repay_postage(sheet: Worksheet, rule: str) -> None:
    """The return postage that the buyer fronted, by Alipay after the goods arrive (001-1.1R, 003-12)."""
    fen = sheet.claim.return_postage_fen
    if not fen:
        return
    working = Working(formula=format_yuan(fen), inputs={"return_postage": format_yuan(fen)})
    sheet.add("return_postage", rule, "alipay", fen, working)
    sheet.pay_cash(fen, "alipay")


def await_goods(sheet: Worksheet, rule: str) -> None:
    """Hold until the goods have arrived and been looked at (000-8.0)."""
    if not sheet.claim.received:
        text = say("退件未到,验货签收后再付", "the goods have not arrived; pay after they are inspected")
        sheet.wait_for("goods_received", rule, text)


def await_success(sheet: Worksheet) -> None:
    """A COD order gives back money only once it is successful (000-12)."""
    if sheet.is_cod and sheet.is_open:
        text = say("货到付款订单交易成功后才能退款", "a COD order is refunded only after 交易成功")
        sheet.wait_for("order_confirmed", "000-12", text)
