"""Matching: exactly one fit is taken, and every doubt is left to a person."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.payment_matching import REMARK_MAX, Transfer, fits, remark
from ledger.reports_of_payables import UNMATCHED, PayableRow

DAY = date(2026, 10, 12)


def row(claim_no: str | None, fen: int, order_no: str | None = "O1", **changes: Any) -> PayableRow:
    given: dict[str, Any] = {
        "seq": int(claim_no.removeprefix("C") if claim_no else 99),
        "claim_no": claim_no,
        "order_no": order_no,
        "voucher": "记-1",
        "since_on": DAY,
        "kind": "return",
        "items": "goods",
        "owed_fen": fen,
        "paid_fen": 0,
        "open_fen": fen,
        "account": "2241.02",
    }
    return PayableRow(**{**given, **changes})


def sent(serial: str, fen: int, order_no: str | None = None, said: str = "", on: date = DAY) -> Transfer:
    return Transfer(serial=serial, on=on, fen=fen, order_no=order_no, remark=said)


def found(transfers: list[Transfer], payables: list[PayableRow]) -> dict[str, str]:
    return {serial: fit.name for serial, fit in fits(transfers, payables).items()}


def test_the_claim_in_the_remark_wins_over_the_order() -> None:
    rows = [row("C1", 500, "O1"), row("C2", 500, "O2")]
    assert found([sent("S1", 500, "O2", "退差价 C1")], rows) == {"S1": "C1"}


@pytest.mark.parametrize("said", ["申请号C12 条款", "XC1", "C1_2", "C1-2"])
def test_a_number_inside_a_longer_one_is_not_a_claim(said: str) -> None:
    assert found([sent("S1", 500, said=said)], [row("C1", 500, since_on=DAY - timedelta(days=1))]) == {}


def test_what_our_sheet_writes_is_found_again() -> None:
    one = row("C1", 500, "O1", rules="003-15C 000-1")
    assert remark(one) == "申请号C1 条款003-15C 000-1"
    assert found([sent("S1", 500, said=remark(one), on=DAY + timedelta(days=40))], [one]) == {"S1": "C1"}


@pytest.mark.parametrize("length", [1, REMARK_MAX - 6, 200])
def test_a_remark_stays_within_what_alipay_takes_and_names_the_whole_claim(length: int) -> None:
    one = row("C1", 500, rules="r" * length)
    assert remark(one) in {f"申请号C1 条款{'r' * length}", "申请号C1"}
    assert len(remark(one)) <= REMARK_MAX


def test_a_claim_that_is_paid_already_is_not_replaced_by_another_of_the_same_sum() -> None:
    assert found([sent("S1", 500, said="申请号C7 条款")], [row("C1", 500)]) == {}


def test_an_order_tells_its_only_payable_of_that_sum() -> None:
    rows = [row("C1", 500, "O1"), row("C2", 700, "O1"), row("C3", 500, "O2")]
    assert found([sent("S1", 500, "O1")], rows) == {"S1": "C1"}


def test_of_two_alike_on_one_order_that_of_the_day_is_taken_and_none_where_both_are() -> None:
    earlier = row("C1", 500, since_on=DAY - timedelta(days=3))
    assert found([sent("S1", 500, "O1")], [earlier, row("C2", 500)]) == {"S1": "C2"}
    assert found([sent("S1", 500, "O1")], [row("C1", 500), row("C2", 500)]) == {}


def test_a_second_transfer_for_a_paid_payable_is_left() -> None:
    assert found([sent("S2", 500, "O1"), sent("S1", 500, "O1")], [row("C1", 500)]) == {"S1": "C1"}


@pytest.mark.parametrize("fen", [499, 501])
def test_another_sum_is_never_a_match(fen: int) -> None:
    assert found([sent("S1", fen, "O1", "C1")], [row("C1", 500)]) == {}


def test_without_any_number_sum_and_day_tell_if_nothing_else_is_alike() -> None:
    bulk = row("C1", 500, None)
    assert found([sent("S1", 500)], [bulk]) == {"S1": "C1"}
    assert found([sent("S1", 500, on=DAY + timedelta(days=1))], [bulk]) == {}
    assert found([sent("S1", 500), sent("S2", 500)], [bulk]) == {}
    assert found([sent("S1", 500)], [bulk, row("C2", 500, None)]) == {}


def test_an_order_without_a_payable_does_not_fall_back_on_the_sum() -> None:
    assert found([sent("S1", 500, "O9")], [row("C1", 500, None)]) == {}


def test_unmatched_transfers_and_what_is_overpaid_are_no_payables() -> None:
    rows = [row(None, -500, kind=UNMATCHED), row("C1", 0)]
    assert found([sent("S1", -500, "O1"), sent("S2", 0, "O1")], rows) == {}


TRANSFERS = st.builds(
    sent,
    serial=st.sampled_from(["S1", "S2", "S3", "S4"]),
    fen=st.sampled_from([100, 200]),
    order_no=st.sampled_from([None, "O1", "O2"]),
    said=st.sampled_from(["", "C1", "申请号C2 条款", "C3"]),
    on=st.sampled_from([DAY, DAY + timedelta(days=1)]),
)


@given(
    transfers=st.lists(TRANSFERS, unique_by=lambda one: one.serial),
    payables=st.lists(
        st.builds(
            row,
            claim_no=st.sampled_from(["C1", "C2", "C3", "C4"]),
            fen=st.sampled_from([100, 200]),
            order_no=st.sampled_from([None, "O1", "O2"]),
        ),
        unique_by=lambda one: one.seq,
    ),
    turned=st.booleans(),
)
def test_no_payable_is_matched_twice_every_sum_is_exact_and_order_does_not_matter(
    transfers: list[Transfer], payables: list[PayableRow], turned: bool
) -> None:
    said = {one.serial: one for one in transfers}
    fit = fits(transfers[::-1] if turned else transfers, payables)
    assert len({one.seq for one in fit.values()}) == len(fit)
    assert all(one.open_fen == said[serial].fen for serial, one in fit.items())
    assert fit == fits(transfers, payables[::-1])
