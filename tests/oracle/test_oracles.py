"""The published formulas reproduce what their own bug threads report, and ours gets no order wrong.

The numbers of the threads are those that their reporters gave; a formula that did not reproduce them would be
a straw man.
"""

from types import ModuleType

import pytest

from tests.oracle import magento, ours, saleor, solidus, vendure
from tests.oracle.mis_sums import count, judge, orders_sent_back
from tests.oracle.shopping import Line, Order, Refunds

ORDERS, SEED = 2_000, 20_170_308


def order(*lines: tuple[int, int], discount_fen: int = 0) -> Order:
    listed = tuple(Line(unit_fen=unit_fen, qty=qty) for unit_fen, qty in lines)
    return Order(lines=listed, discount_fen=discount_fen)


def test_settle_gets_none_of_2000_random_orders_wrong() -> None:
    found = count(ours.refunds, orders_sent_back(ORDERS, SEED))
    assert (found.orders, found.wrong, found.example) == (ORDERS, 0, None)


@pytest.mark.parametrize("theirs", [solidus.refunds, saleor.refunds, vendure.refunds])
def test_a_formula_that_rounds_pieces_mis_sums_many_orders(theirs: Refunds) -> None:
    assert count(theirs, orders_sent_back(ORDERS, SEED)).mis_sums > ORDERS // 4


def test_magento_always_sums_but_depends_on_the_split() -> None:
    found = count(magento.refunds, orders_sent_back(ORDERS, SEED))
    assert found.mis_sums == 0
    assert found.depends > 0


@pytest.mark.parametrize("system", [ours, solidus, saleor, vendure, magento], ids=lambda one: one.__name__)
def test_every_formula_gives_back_an_order_of_single_pieces_without_discount(system: ModuleType) -> None:
    verdict = judge(system.refunds, (order((600, 1), (400, 1)), [{0: 1}, {1: 1}]))
    assert verdict.refunds == (600, 400)
    assert not verdict.wrong


def test_solidus_512_one_of_two_lines_under_a_tenth_off_is_540() -> None:
    assert solidus.refunds(order((600, 1), (400, 1), discount_fen=100), [{0: 1}]) == [540]


def test_solidus_1564_a_third_of_59_97_is_19_99() -> None:
    assert solidus.unit_price_fen(5997, 3) == 1999


def test_spree_14467_scaled_credit_lines_are_together_more_than_the_refund() -> None:
    assert solidus.scaled_credit_lines([100, 100], 103) == [52, 52]


def test_saleor_7271_a_partial_refund_is_net_of_the_vouchers_share() -> None:
    whole = order((1000, 1), (500, 2), discount_fen=400)
    assert saleor.discount_shares(whole) == [200, 200]
    assert saleor.refunds(whole, [{1: 1}]) == [400]


def test_vendure_4811_the_discount_of_a_cancelled_line_moves_to_the_one_that_stays() -> None:
    whole = order((5000, 1), (1000, 1), discount_fen=1000)
    assert vendure.prorate([5000, 1000], 1000) == [833, 167]
    assert vendure.refunds(whole, [{0: 1}]) == [4167]
    assert vendure.left_to_pay(whole, {0}) == [0, 0]


def test_vendure_3885_all_pieces_come_to_the_payment_less_its_shipping() -> None:
    assert vendure.refunds(order((550, 5), discount_fen=275), [{0: 5}]) == [2525 - 50]


def test_magento_38388_three_equal_refunds_carry_19_00_then_19_01_then_18_99_of_tax() -> None:
    item = magento.OrderItem(qty=3, row_fen=63_336, discount_fen=6_334, tax_fen=5_700)
    assert magento.taxes(item, [1, 1, 1]) == [1900, 1901, 1899]


def test_magento_38388_without_a_discount_that_leaves_a_third_the_tax_is_even() -> None:
    item = magento.OrderItem(qty=3, row_fen=63_330, discount_fen=6_333, tax_fen=5_700)
    assert magento.taxes(item, [1, 1, 1]) == [1900, 1900, 1900]


def test_magento_19899_shipping_of_nothing_makes_a_negative_memo() -> None:
    assert magento.memo_total(10_000, 10_000, (500, 500), 0) == -500
