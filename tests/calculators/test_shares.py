"""Shares and purses: both only ever shrink, and what goes out of them adds up to what was in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.shares import Purse, Share

PURSES = st.builds(
    Purse,
    cash_fen=st.integers(0, 10**7),
    points_fen=st.integers(0, 10**7),
    jifenbao_fen=st.integers(0, 10**7),
)


def test_a_third_of_100_00_then_the_rest_less_a_credit() -> None:
    third, rest = Share(base_fen=10_000, units=3).take(1)
    assert (third, rest.left_fen) == (3_333, 6_667)
    assert rest.reduced(600).worth(2) == 6_067
    assert rest.raised(1).left_fen == 6_668


@given(st.integers(0, 10**7), st.integers(1, 9), st.data())
def test_taking_out_all_units_takes_out_everything(base: int, units: int, data: st.DataObject) -> None:
    share, taken = Share(base_fen=base, units=units), 0
    while share.units_left:
        fen, share = share.take(data.draw(st.integers(1, share.units_left)))
        taken += fen
    assert (taken, share.left_fen) == (base, 0)


@given(st.integers(0, 10**5), st.integers(1, 9), st.integers(0, 9), st.integers(0, 10**5))
def test_a_credit_lowers_what_is_left_by_itself_and_never_below_nothing(
    base: int, units: int, gone: int, credit: int
) -> None:
    share = Share(base_fen=base, units=units).take(min(gone, units))[1]
    if credit > share.left_fen:
        with pytest.raises(ValueError, match="fen of"):
            share.reduced(credit)
    else:
        assert share.reduced(credit).left_fen == share.left_fen - credit


def test_more_units_than_are_left_cannot_be_taken() -> None:
    with pytest.raises(ValueError, match="units"):
        Share(base_fen=100, units=2).take(3)
    with pytest.raises(ValueError, match="units"):
        Share(base_fen=100, units=2).take(1)[1].take(2)


@given(PURSES, st.data())
def test_a_sum_is_shared_over_the_tenders_and_each_stays_within_what_it_holds(
    purse: Purse, data: st.DataObject
) -> None:
    fen = data.draw(st.integers(0, purse.total_fen))
    shared = purse.shared(fen) if purse.total_fen else Purse()
    assert shared.total_fen == (fen if purse.total_fen else 0)
    assert purse.held(shared) == shared
    assert purse.minus(shared).total_fen == purse.total_fen - shared.total_fen


@given(PURSES, st.integers(0, 10**8))
def test_a_deduction_is_borne_by_cash_then_points_then_jifenbao(purse: Purse, fen: int) -> None:
    taken = purse.cash_first(fen)
    assert taken.total_fen == min(fen, purse.total_fen)
    assert taken.points_fen == 0 or taken.cash_fen == purse.cash_fen
    assert taken.jifenbao_fen == 0 or taken.points_fen == purse.points_fen


def test_equal_remainders_go_to_cash_first() -> None:
    purse = Purse(cash_fen=25_300, points_fen=2_500, jifenbao_fen=2_200)
    assert purse.shared(10_000) == Purse(cash_fen=8_434, points_fen=833, jifenbao_fen=733)


def test_of_no_units_nothing_is_left_whatever_they_were_worth() -> None:
    assert Share(base_fen=500, units=0).left_fen == 0
    assert Share(base_fen=500, units=0).worth(0) == 0
