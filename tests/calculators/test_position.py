"""Positions: what an order is worth before any claim, line by line, tender by tender."""

import pytest

from calculators.case_reader import read_case
from calculators.errors import BadCase
from calculators.position import Position, in_fen, in_units, opening
from tests.calculators.asking import Json, after, ask, case, order, sent_back


def _opening(made: Json, points_fen: int = 0) -> Position:
    facts = read_case(case(made, sent_back()))
    assert facts.order is not None
    return opening(facts.order, points_fen, 0)


def test_a_coupon_of_50_00_over_three_lines_is_example_9() -> None:
    made = order((1, "259.00"), (1, "169.00"), (1, "129.00"), coupon={"amount": "50.00"})
    lines = _opening(made).lines
    assert [line.coupon_fen for line in lines.values()] == [2_325, 1_517, 1_158]
    assert [line.paid_fen for line in lines.values()] == [23_575, 15_383, 11_742]


def test_the_platforms_own_allocation_is_used_as_it_stands() -> None:
    made = order((1, "259.00"), coupon={"amount": "50.00"})
    made["lines"][0]["paid"] = "233.34"
    assert _opening(made).goods_paid_fen == 23_334


def test_freight_is_shared_by_what_was_paid_and_by_pieces_where_nothing_was() -> None:
    paid = _opening(order((1, "100.00"), (1, "50.00"), postage="15.00"))
    free = _opening(order((1, "0.00"), (2, "0.00"), postage="15.00"))
    assert [line.postage.left_fen for line in paid.lines.values()] == [1_000, 500]
    assert [line.postage.left_fen for line in free.lines.values()] == [500, 1_000]


def test_what_was_not_paid_in_points_is_cash() -> None:
    position = _opening(order((1, "300.00"), points=2500), 2_500)
    assert (position.purse.cash_fen, position.purse.points_fen) == (27_500, 2_500)
    assert (position.escrow_fen, position.liability_fen) == (27_500, 30_000)


def test_no_escrow_ever_held_the_money_of_a_cod_order() -> None:
    position = _opening(order((1, "300.00"), payment="cod"))
    assert (position.escrow_fen, position.liability_fen) == (0, 0)


def test_points_above_the_order_are_a_bad_case() -> None:
    with pytest.raises(BadCase, match=r"order\.points"):
        _opening(order((1, "3.00")), 301)


def test_points_are_worth_their_rate() -> None:
    assert (in_fen(176, 200), in_units(88, 200), in_fen(833, 100)) == (88, 176, 833)


def test_what_the_ledger_gave_moves_the_position_instead_of_what_is_derived() -> None:
    made = order((2, "100.00"))
    settled = {"lines": {"1": "99.00"}, "cash": "99.00"}
    history = [sent_back("quality", (1, 1), settled=settled)]
    answer = ask(case(made, sent_back(), history))
    assert after(answer)["line 1"] == 20_000
    assert answer["to_buyer"]["order"] == "101.00"


def test_a_mark_is_moved_on_the_next_pieces_of_its_line_alone() -> None:
    before = _opening(order((2, "89.00"), (1, "10.00")))
    once = before.marked("lowered", 1, 1, 300)
    assert once.lines[1].lowered.part(2) == 300
    assert once.lines[1].extra == before.lines[1].extra
    assert once.lines[2] == before.lines[2]
    assert once.marked("lowered", 1, 2, -100).lines[1].lowered.part(2) == 200
