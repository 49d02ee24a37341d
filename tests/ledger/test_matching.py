"""Matching: what belongs together, by person, order, sum, amount and day; and what is carried on."""

from collections import Counter
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ledger.account_moves import Move
from ledger.matching import How, Matching, Pair, Target
from ledger.statement_lines import Line
from tests.ledger.statements import a_line, a_move


def pairs_of(*parts: Line | Move, targets: dict[tuple[int, int], Target] | None = None) -> list[Pair]:
    lines = [part for part in parts if isinstance(part, Line)]
    moves = [part for part in parts if isinstance(part, Move)]
    return Matching(targets or {}).month(lines, moves)


def how(*parts: Line | Move) -> list[str]:
    return sorted(pair.how.name for pair in pairs_of(*parts))


def test_a_line_is_matched_by_its_order_meaning_and_amount() -> None:
    assert how(a_line("receipt", 100), a_move("receipt", 100)) == ["BY_ORDER"]
    assert how(a_line("receipt", 100), a_move("receipt", 100, "44")) == ["LINES_ALONE", "MOVES_ALONE"]
    assert how(a_line("receipt", 100), a_move("cod_remittance", 100)) == ["LINES_ALONE", "MOVES_ALONE"]


def test_what_an_order_came_to_is_matched_by_its_sum() -> None:
    parts = a_line("receipt", 70), a_line("receipt", 30), a_move("receipt", 100)
    (pair,) = pairs_of(*parts)
    assert (pair.how, pair.lines, pair.moves) == (How.BY_SUM, parts[:2], parts[2:])


def test_another_amount_for_the_same_order_is_a_difference() -> None:
    (pair,) = pairs_of(a_line("refund", -95), a_move("refund", -100))
    assert (pair.how, pair.stated_fen, pair.moved_fen) == (How.OFF, -95, -100)


def test_equal_amounts_are_taken_out_before_the_rest_is_summed() -> None:
    parts = a_line("refund", -10), a_line("refund", -7), a_move("refund", -8), a_move("refund", -10)
    assert how(*parts) == ["BY_ORDER", "OFF"]


def test_a_second_line_like_one_that_was_matched_is_told_twice() -> None:
    first, second = a_line("buyer_transfer", -12), a_line("buyer_transfer", -12, day=20)
    pairs = pairs_of(first, second, a_move("buyer_transfer", -12))
    assert [(pair.how, pair.lines) for pair in pairs] == [(How.BY_ORDER, (first,)), (How.TWICE, (second,))]


def test_fees_of_one_amount_are_not_doubled() -> None:
    assert how(a_line("service_fee", -3), a_line("service_fee", -3)) == ["LINES_ALONE", "LINES_ALONE"]


def test_a_withdrawal_is_doubled_only_within_one_second() -> None:
    first, same = a_line("withdrawal", -9, None), a_line("withdrawal", -9, None)
    other = a_line("withdrawal", -9, None, at="2026-10-08T10:00:01+08:00")
    assert [pair.how for pair in pairs_of(first, same, other)] == [
        How.LINES_ALONE,
        How.TWICE,
        How.LINES_ALONE,
    ]


def test_a_line_without_an_order_takes_its_amount_of_the_same_day_first() -> None:
    line = a_line("buyer_transfer", -12, None, day=9)
    early, same_day = a_move("buyer_transfer", -12, "44", day=2), a_move("buyer_transfer", -12, "55", day=9)
    pairs = pairs_of(line, early, same_day)
    assert [(pair.how, pair.moves) for pair in pairs] == [
        (How.BY_AMOUNT, (same_day,)),
        (How.MOVES_ALONE, (early,)),
    ]


def test_else_the_oldest_and_one_without_an_order_before_the_others() -> None:
    line = a_line("buyer_transfer", -12, None, day=9)
    with_order, without = (
        a_move("buyer_transfer", -12, "44", day=1),
        a_move("buyer_transfer", -12, None, day=3),
    )
    matched = next(pair for pair in pairs_of(line, with_order, without) if pair.lines)
    assert (matched.how, matched.moves) == (How.BY_AMOUNT, (without,))


def test_a_line_that_names_an_order_never_takes_another_orders_amount() -> None:
    assert How.BY_AMOUNT not in {
        pair.how for pair in pairs_of(a_line("refund", -5), a_move("refund", -5, None))
    }


def test_a_movement_and_its_reversal_await_nothing() -> None:
    assert pairs_of(a_move("refund", -5), a_move("refund", 5)) == []


def test_a_debt_that_was_paid_by_hand_awaits_the_payment_alone() -> None:
    owed, debited = a_move("buyer_transfer", -5), a_move("buyer_transfer", 5)
    sent = a_move("buyer_transfer", -5, account="1012.01")
    (pair,) = pairs_of(owed, debited, sent)
    assert (pair.how, pair.moves) == (How.MOVES_ALONE, (sent,))


def test_a_person_matches_across_amounts_and_meanings() -> None:
    line, move = a_line("receipt", 95, None), a_move("refund", 100, "44")
    place = (line.op_no, line.row_no)
    for target in (Target(order_no="44"), Target(seq=move.seq)):
        (pair,) = pairs_of(line, move, targets={place: target})
        assert (pair.how, pair.lines, pair.moves) == (How.BY_PERSON, (line,), (move,))


def test_a_persons_match_takes_the_movements_of_the_lines_own_meaning() -> None:
    line = a_line("refund", -8, None)
    meant, other = a_move("refund", -9), a_move("receipt", 100)
    place = (line.op_no, line.row_no)
    matched = pairs_of(line, meant, other, targets={place: Target(order_no="33")})[0]
    assert matched.moves == (meant,)


def test_two_lines_matched_by_hand_share_no_movement() -> None:
    lines = [a_line("refund", -8, None), a_line("refund", -8, None)]
    targets = {(line.op_no, line.row_no): Target(order_no="33") for line in lines}
    pairs = pairs_of(*lines, a_move("refund", -8), targets=targets)
    assert [len(pair.moves) for pair in pairs] == [1, 0]


def test_what_a_month_leaves_open_is_matched_in_the_next() -> None:
    matching = Matching({})
    move = a_move("receipt", 100, day=31)
    left = matching.month([], [move])
    assert [pair.how for pair in left] == [How.MOVES_ALONE]
    matching.carry(left)
    line = a_line("receipt", 100, on=date(2026, 11, 1))
    (pair,) = matching.month([line], [])
    assert (pair.how, pair.lines, pair.moves) == (How.BY_ORDER, (line,), (move,))


_ORDERS = st.sampled_from(["33", "44", None])
_MEANINGS = st.sampled_from(["receipt", "refund", "buyer_transfer", "service_fee", "unknown"])
_FEN = st.integers(-4, 4).filter(bool)


@given(
    st.lists(st.builds(a_line, _MEANINGS, _FEN, _ORDERS, st.integers(1, 3)), max_size=12),
    st.lists(st.builds(a_move, _MEANINGS, _FEN, _ORDERS, st.integers(1, 3)), max_size=12),
)
def test_law_every_line_is_in_exactly_one_pair_and_movements_only_cancel_each_other(
    lines: list[Line], moves: list[Move]
) -> None:
    pairs = Matching({}).month(lines, moves)
    assert Counter(line.serial for pair in pairs for line in pair.lines) == Counter(
        line.serial for line in lines
    )
    told = [move.seq for pair in pairs for move in pair.moves]
    assert len(told) == len(set(told))
    assert sum(pair.moved_fen for pair in pairs) == sum(move.fen for move in moves)
    matched = (pair for pair in pairs if pair.how in (How.BY_ORDER, How.BY_SUM, How.BY_AMOUNT))
    assert all(pair.stated_fen == pair.moved_fen for pair in matched)
    assert [pair.how for pair in Matching({}).month(lines, moves)] == [pair.how for pair in pairs]
