"""The demo shop is a whole month: enough orders, enough cases of every sort, and nothing outside October."""

from calculators.days import period_of
from cli.demo.cases import questions, scenarios
from cli.demo.orders import MONTH
from cli.demo.shop import build_shop

SHOP = build_shop()


def test_the_month_has_four_hundred_orders_and_ninety_cases() -> None:
    assert len(SHOP.orders) >= 400
    assert len(SHOP.claims) >= 90


def test_the_cases_are_of_every_kind_and_of_many_causes() -> None:
    kinds = {(c.body["kind"], c.body.get("cause"), c.body.get("reason")) for c in SHOP.claims}
    assert len(kinds) >= 25
    assert {kind for kind, _, _ in kinds} == {
        "cancel", "reject", "return", "exchange", "price_difference", "repair", "late_shipment", "lost", "missing",
        "invoice", "surcharge", "goodwill",
    }  # fmt: skip


def test_every_scenario_has_its_cases_and_every_question_stands_once() -> None:
    assert {case.scenario for case in SHOP.cases} == {scenario["name"] for scenario in scenarios()}
    assert len(SHOP.cases) == sum(scenario["count"] for scenario in scenarios())
    assert [question["key"] for question in SHOP.questions] == [question["key"] for question in questions()]


def test_order_numbers_and_claim_numbers_are_unique_and_whole() -> None:
    numbers = [order.order_no for order in SHOP.orders]
    keys = [claim.key for claim in SHOP.claims]
    assert len(set(numbers)) == len(numbers)
    assert len(set(keys)) == len(keys)
    assert {len(number) for number in numbers} == {19}
    assert {len(claim.key) for claim in SHOP.claims if claim.is_refund} == {18}


def test_everything_paid_and_settled_lies_in_october_and_in_waking_hours() -> None:
    moments = [claim.at for claim in SHOP.claims] + [claim.asked_at for claim in SHOP.claims]
    for order in SHOP.orders:
        life = order.life
        known = (life.paid_at, life.shipped_at, life.picked_up_at, life.signed_at, life.confirmed_at)
        moments += [moment for moment in known if moment]
    assert {period_of(moment.date()) for moment in moments} == {MONTH}
    assert {moment.hour for moment in moments} <= set(range(9, 23))


def test_a_life_goes_forward() -> None:
    for order in SHOP.orders:
        life = order.life
        moments = [life.created_at, life.paid_at, life.shipped_at, life.picked_up_at, life.signed_at]
        known = [moment for moment in [*moments, life.confirmed_at] if moment]
        assert known == sorted(known)


def test_a_claim_is_settled_after_it_is_asked_and_asked_after_the_payment() -> None:
    for case in SHOP.cases:
        paid_at = case.order.life.paid_at
        assert paid_at is not None
        for claim in case.claims:
            assert paid_at < claim.asked_at < claim.at


def test_a_claim_asks_for_no_line_that_was_not_bought() -> None:
    for case in SHOP.cases:
        bought = {place: line.qty for place, line in enumerate(case.order.lines, start=1)}
        for claim in case.claims:
            for line in claim.body.get("lines", []):
                assert line["qty"] <= bought[line["line"]]


def test_the_shop_sells_in_every_way() -> None:
    assert {order.payment for order in SHOP.orders} == {"online", "cod", "card"}
    assert {order.activity for order in SHOP.orders} == {"", "juhuasuan"}
    assert len({order.distributor for order in SHOP.orders if order.distributor}) == 3
    assert any(order.points and order.jifenbao for order in SHOP.orders)
    assert any(order.life.paid_at is None for order in SHOP.orders)
    assert all(order.cash_fen > 0 for order in SHOP.orders)


def test_the_distributors_months_lie_in_three_tiers() -> None:
    months = [question["distributor_month"] for question in SHOP.questions if "distributor_month" in question]
    totals = [sum(float(order["amount"]) for order in month["orders"]) for month in months]
    assert totals[0] < 10_000 < totals[1] < 50_000 < totals[2]
    assert [len(month["refunds"]) for month in months] == [0, 1, 0]
