"""Money: the laws of parsing, rounding and splitting (groups M and A), and of equal units inside a line."""

import decimal
import json
import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from moneyed import CURRENCIES, Money

from calculators.errors import BadMoney
from calculators.money import (
    allocate,
    as_fen,
    as_money,
    cumulative_share,
    format_yuan,
    parse_yuan,
    round_half_up,
)
from tests.house.source import ROOT

FENS = st.integers(-(10**13), 10**13)
TOTALS = st.integers(0, 10**13)
WEIGHTS = st.lists(st.integers(0, 10**9), min_size=1, max_size=8).filter(any)
EXACT = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)
LINES = st.tuples(st.integers(0, 10**9), st.integers(1, 500))
DIGITS = frozenset("0123456789")


def _is_an_amount(text: str) -> bool:
    """The pattern of an amount, written out by hand: a sign, no leading zero, at most two decimals."""
    whole, point, cents = text.removeprefix("-").partition(".")
    plain = set(whole) <= DIGITS and set(cents) <= DIGITS and 1 <= len(whole) <= 12
    return plain and (whole == "0" or whole[0] != "0") and (0 < len(cents) <= 2 if point else not cents)


@given(FENS)
def test_law_1_what_is_written_reads_back_as_it_was(fen: int) -> None:
    assert parse_yuan(format_yuan(fen)) == fen


@given(st.one_of(st.text(), st.text("0123456789.-+eE, ０１９¥", max_size=9), FENS.map(format_yuan)))
@example("٣.00")
@example("1.00\n")
@example("−1.00")
@example("NaN")
@example("01.00")
def test_law_2_a_text_parses_exactly_when_it_is_an_amount(text: str) -> None:
    if _is_an_amount(text):
        assert type(parse_yuan(text)) is int
        return
    with pytest.raises(BadMoney):
        parse_yuan(text)


@pytest.mark.parametrize("value", [12, 12.3, None, True, Decimal("1.00"), b"1.00", ["1.00"]])
def test_what_is_not_a_text_is_no_amount(value: object) -> None:
    with pytest.raises(BadMoney):
        parse_yuan(value)  # type: ignore[arg-type]


@given(EXACT, TOTALS, WEIGHTS)
def test_law_3_every_outcome_is_a_whole_number_of_fen(
    exact: Fraction, total: int, weights: list[int]
) -> None:
    outcomes = [round_half_up(exact), *allocate(total, weights), cumulative_share(total, 3, 0, 2)]
    assert {type(fen) for fen in outcomes} == {int}


@given(EXACT, EXACT)
def test_law_4_rounding_is_nearest_stable_odd_and_monotone(one: Fraction, other: Fraction) -> None:
    assert abs(round_half_up(one) - one) <= Fraction(1, 2)
    assert round_half_up(Fraction(round_half_up(one))) == round_half_up(one)
    assert round_half_up(-one) == -round_half_up(one)
    low, high = sorted((one, other))
    assert round_half_up(low) <= round_half_up(high)


@given(st.integers(-(10**9), 10**9))
def test_law_4_halves_go_away_from_zero(fen: int) -> None:
    assert round_half_up(Fraction(2 * fen + 1, 2)) == (fen + 1 if fen >= 0 else fen)


@given(FENS, st.sampled_from(sorted(set(CURRENCIES) - {"CNY"})))
def test_law_5_two_currencies_never_meet(fen: int, code: str) -> None:
    foreign = Money("1.00", code)
    with pytest.raises(BadMoney):
        as_fen(foreign)
    with pytest.raises(TypeError):
        _ = as_money(fen) + foreign
    with pytest.raises(TypeError):
        _ = as_money(fen) < foreign
    assert as_money(100) != foreign


@given(FENS)
def test_law_5_yuan_as_money_are_the_same_fen(fen: int) -> None:
    assert as_fen(as_money(fen)) == fen


@given(
    FENS,
    EXACT,
    TOTALS,
    WEIGHTS,
    st.sampled_from([decimal.ROUND_DOWN, decimal.ROUND_UP, decimal.ROUND_HALF_EVEN]),
)
def test_law_6_no_decimal_context_changes_an_amount(
    fen: int, exact: Fraction, total: int, weights: list[int], rounding: str
) -> None:
    def worked() -> list[object]:
        return [as_fen(as_money(fen)), format_yuan(fen), round_half_up(exact), allocate(total, weights)]

    usual = worked()
    for precision in (6, 50):
        with decimal.localcontext(prec=precision, rounding=rounding):
            assert worked() == usual


@given(TOTALS, WEIGHTS)
def test_law_7_the_parts_sum_to_the_total(total: int, weights: list[int]) -> None:
    assert sum(allocate(total, weights)) == total


@given(TOTALS, WEIGHTS)
def test_law_8_no_part_is_negative_or_above_the_total_and_no_weight_gets_nothing(
    total: int, weights: list[int]
) -> None:
    for part, weight in zip(allocate(total, weights), weights, strict=True):
        assert 0 <= part <= total
        assert weight or not part


@given(TOTALS, WEIGHTS)
def test_law_9_no_part_is_a_whole_fen_away_from_its_exact_share(total: int, weights: list[int]) -> None:
    whole = sum(weights)
    assert all(
        abs(part * whole - total * weight) < whole
        for part, weight in zip(allocate(total, weights), weights, strict=True)
    )


@given(TOTALS, WEIGHTS)
def test_law_10_more_weight_is_never_less_and_equal_weights_differ_by_a_fen_at_most(
    total: int, weights: list[int]
) -> None:
    parts = allocate(total, weights)
    for i in range(len(weights)):
        for j in range(i + 1, len(weights)):
            if weights[i] == weights[j]:
                assert 0 <= parts[i] - parts[j] <= 1
            else:
                assert (parts[i] >= parts[j]) == (weights[i] > weights[j]) or parts[i] == parts[j]


@given(TOTALS, WEIGHTS, st.integers(1, 10**6))
def test_law_11_the_scale_of_the_weights_does_not_matter(total: int, weights: list[int], scale: int) -> None:
    assert allocate(total, [scale * weight for weight in weights]) == allocate(total, weights)


UNSPLITTABLE = st.one_of(
    st.tuples(st.integers(max_value=-1), WEIGHTS),
    st.tuples(TOTALS, st.lists(st.just(0), max_size=8)),
    st.tuples(TOTALS, st.tuples(WEIGHTS, st.integers(max_value=-1)).map(lambda two: [*two[0], two[1]])),
)


@given(UNSPLITTABLE)
@example((1, []))
@example((0, [0]))
@example((1, [2, -1]))
def test_law_12_what_cannot_be_split_raises_and_changes_nothing(asked: tuple[int, list[int]]) -> None:
    total, weights = asked
    before = list(weights)
    with pytest.raises(ValueError, match="cannot split"):
        allocate(total, weights)
    assert weights == before


SPLITS_ELSEWHERE = """
import json, sys
from calculators.money import allocate
print([allocate(total, weights) for total, weights in json.load(sys.stdin)])
"""


@settings(max_examples=3)
@given(st.lists(st.tuples(TOTALS, WEIGHTS), min_size=30, max_size=60), st.integers(1, 2**32 - 1))
def test_law_13_another_process_with_another_hash_seed_splits_alike(
    asked: list[tuple[int, list[int]]], hash_seed: int
) -> None:
    elsewhere = subprocess.run(
        [sys.executable, "-c", SPLITS_ELSEWHERE],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(hash_seed)},
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    assert elsewhere.stdout == f"{[allocate(total, weights) for total, weights in asked]}\n"


@given(LINES, st.data())
def test_law_15_a_part_of_a_line_depends_only_on_how_many_came_before(
    line: tuple[int, int], data: st.DataObject
) -> None:
    paid, units = line
    before = data.draw(st.integers(0, units))
    between = data.draw(st.integers(before, units))
    until = data.draw(st.integers(between, units))
    first, second = (
        cumulative_share(paid, units, before, between),
        cumulative_share(paid, units, between, until),
    )
    assert first + second == cumulative_share(paid, units, before, until)


@given(LINES, st.data())
def test_law_16_the_first_k_units_are_worth_their_share_to_half_a_fen(
    line: tuple[int, int], data: st.DataObject
) -> None:
    paid, units = line
    k = data.draw(st.integers(0, units))
    worth = cumulative_share(paid, units, 0, k)
    assert worth == (2 * paid * k + units) // (2 * units)
    assert abs(worth - Fraction(paid * k, units)) <= Fraction(1, 2)
    assert cumulative_share(paid, units, 0, 0) == 0
    assert cumulative_share(paid, units, 0, units) == paid
    assert k == 0 or worth >= cumulative_share(paid, units, 0, k - 1)


@given(LINES, st.integers(-5, 505), st.integers(-5, 505))
def test_law_21_units_that_are_not_there_raise(line: tuple[int, int], before: int, until: int) -> None:
    paid, units = line
    assume(not 0 <= before <= until <= units)
    with pytest.raises(ValueError, match="units"):
        cumulative_share(paid, units, before, until)
