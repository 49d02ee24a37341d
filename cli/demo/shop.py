"""The demo shop's October 2026: its orders, its after-sales cases and the month's other questions.

Nothing here knows an amount that a calculator works out; those come later, with the answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from calculators.money import format_yuan
from cli.demo.cases import DemoCase, DemoClaim, cases, questions
from cli.demo.drawing import draw
from cli.demo.goods import choose, lines_of, of_style
from cli.demo.orders import DemoOrder, Life, later, life_of, money_mark, order_number, paid_on, within_month

_ORDINARY = 280
_CASES_FROM = 1000
_DISTRIBUTOR_FROM = 2000
_DISTRIBUTOR_ORDERS = {"d-01": (4, 10), "d-02": (9, 22), "d-03": (14, 50)}
_COUPON_FROM_FEN = 49900
_COUPON_FEN = 5000
_POSTAGE_FEN = 1200


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoShop:
    """A month of the shop: orders by creation, claims by moment, and the other questions as JSON objects."""

    orders: tuple[DemoOrder, ...]
    cases: tuple[DemoCase, ...]
    questions: tuple[dict[str, Any], ...]

    @property
    def claims(self) -> tuple[DemoClaim, ...]:
        """Every claim on an order, by the moment it is settled."""
        claims = [claim for case in self.cases for claim in case.claims]
        return tuple(sorted(claims, key=lambda claim: (claim.at, claim.key)))


def build_shop() -> DemoShop:
    """The demo shop, the same in every run."""
    told = tuple(cases(_CASES_FROM))
    orders = [_ordinary(place) for place in range(_ORDINARY)]
    orders += _distributors_orders()
    orders += [case.order for case in told]
    orders.sort(key=lambda order: (order.life.created_at, order.order_no))
    return DemoShop(
        orders=tuple(orders),
        cases=told,
        questions=tuple(_question(question, orders) for question in questions()),
    )


def _ordinary(place: int) -> DemoOrder:
    """An order that nobody complains about; every twentieth or so is never paid."""
    name = f"ordinary/{place}"
    paid_at = paid_on(1 + draw(31, name, "day"), place)
    life = life_of(paid_at, 1, 2 + draw(3, name, "sign"), name)
    assert life.signed_at is not None
    life = replace(life, confirmed_at=later(life.signed_at, 1 + draw(8, name, "confirm"), name, "confirm"))
    bought = choose(1 + draw(10, name, "lines") // 7, name)
    qtys = [1 + draw(12, name, "qty", line) // 11 for line in range(len(bought))]
    goods_fen = sum(product.price_fen * qty for product, qty in zip(bought, qtys, strict=True))
    coupon_fen = _COUPON_FEN if goods_fen >= _COUPON_FROM_FEN else 0
    order = DemoOrder(
        order_no=order_number(paid_at.date(), place),
        life=life,
        lines=lines_of(bought, qtys, coupon_fen, name),
        postage_fen=_POSTAGE_FEN if draw(4, name, "postage") == 0 else 0,
        points=500 if draw(17, name, "points") == 0 else 0,
    )
    order = replace(order, **_ways(place))
    if draw(20, name, "paid") == 0:
        unpaid = Life(created_at=life.created_at, paid_at=None)
        return replace(order, life=unpaid, payment="online", closed=draw(2, name, "expired") == 0)
    return replace(order, life=within_month(life), marks=_marks(order, name))


def _ways(place: int) -> dict[str, Any]:
    """How an ordinary order was bought: most online, some by card, on delivery or in an activity."""
    ways: dict[int, dict[str, Any]] = {
        0: {"payment": "cod", "points": 0},
        1: {"payment": "card"},
        2: {"activity": "juhuasuan"},
    }
    return ways.get(draw(16, "way", place), {})


def _marks(order: DemoOrder, name: str) -> tuple[str, ...]:
    marks = [money_mark("运费成本", 800 + 100 * draw(5, name, "cost"))] if order.life.shipped_at else []
    signed_at = order.life.signed_at
    if signed_at and draw(12, name, "invoice") == 0 and order.payment != "cod":
        marks.append(f"【发票:{format_yuan(order.cash_fen)} {signed_at:%Y-%m-%d}】")
    return tuple(marks)


def _distributors_orders() -> list[DemoOrder]:
    orders: list[DemoOrder] = []
    for distributor, (count, pieces) in _DISTRIBUTOR_ORDERS.items():
        for _ in range(count):
            orders.append(_distributors_order(distributor, pieces, _DISTRIBUTOR_FROM + len(orders)))
    return orders


def _distributors_order(distributor: str, pieces: int, place: int) -> DemoOrder:
    name = f"distributor/{place}"
    paid_at = paid_on(1 + draw(24, name, "day"), place)
    life = life_of(paid_at, 1, 3, name)
    assert life.signed_at is not None
    life = replace(life, confirmed_at=later(life.signed_at, 1 + draw(4, name, "confirm"), name, "confirm"))
    qty = pieces - 3 + draw(7, name, "pieces")
    bought = [of_style(("0727", "0709")[draw(2, name, "style")])]
    return DemoOrder(
        order_no=order_number(paid_at.date(), place),
        life=within_month(life),
        lines=lines_of(bought, [qty], 0, name),
        distributor=distributor,
        marks=(money_mark("运费成本", 2500),),
    )


def _question(question: dict[str, Any], orders: Sequence[DemoOrder]) -> dict[str, Any]:
    distributor = question.get("distributor_month")
    if distributor is None:
        return question
    bought = [order for order in orders if order.distributor == distributor]
    month = {
        "distributor": distributor,
        "month": "2026-10",
        "orders": [_month_line(order) for order in bought],
        "refunds": [_month_line(order) for order in bought if order.closed],
    }
    return {**question, "distributor_month": month}


def _month_line(order: DemoOrder) -> dict[str, Any]:
    pieces = sum(line.qty for line in order.lines)
    return {"order_no": order.order_no, "amount": format_yuan(order.goods_fen), "pieces": pieces}
