"""Distributors' months: earned, booked, due, and what a pending refund would cost, against the manual's own figures."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.days import parse_moment
from calculators.money import format_yuan
from ledger import queries
from ledger.book import Book
from ledger.claims import Subject, recording
from ledger.distributor_facts import MonthFacts
from ledger.distributor_months import (
    AskedMonth,
    Asking,
    asked_month,
    distributor_months,
    distributor_rows,
    next_claim_no,
)
from ledger.quoting import quote
from ledger.reports_of_payables import DistributorRow
from tests.ledger.buying import MONTH, RULES, an_order, applied, bought, returned
from tests.ledger.owing import pay
from tests.ledger.samples import DAY, NOW

ASKING = Asking(rulebook=RULES, at=parse_moment("2026-10-31T23:59:59"))


def a_month(bought_fen: int, refunds_fen: int = 0, pending_fen: int = 0, **changes: Any) -> MonthFacts:
    """A month of one order."""
    body: dict[str, Any] = {
        "distributor": "d-07",
        "month": MONTH,
        "orders": [{"order_no": "D1", "amount": format_yuan(bought_fen), "pieces": 100}],
        **changes,
    }
    if refunds_fen:
        body["refunds"] = [{"order_no": "D1", "amount": format_yuan(refunds_fen), "pieces": 10}]
    pending = {"order_no": "D1", "amount": format_yuan(pending_fen), "pieces": 5}
    return MonthFacts(body=body, pending=(pending,) if pending_fen else ())


def row(facts: MonthFacts) -> DistributorRow:
    return asked_month(ASKING, facts).statement.row


def asked(book: Book, given: dict[str, MonthFacts] | None = None) -> dict[str, AskedMonth]:
    with book.reading() as reader:
        found = distributor_months(reader, MONTH, ASKING, given)
    return {one.statement.row.distributor: one for one in found}


def booked(book: Book, one: AskedMonth) -> None:
    """Book what is due of a month, as the command does."""
    with book.writing(actor="wang", now=NOW) as desk:
        claim_no = next_claim_no(desk.reader, one.statement.row.distributor, MONTH)
        desk.record(recording(quote(one.case, RULES), one.case, Subject(claim_no=claim_no)))


@pytest.mark.parametrize(
    ("bought_fen", "refunds_fen", "tiers", "rebate_fen"),
    [
        (1_000_000, 0, ("1", "1"), 0),
        (1_000_001, 0, ("0.85", "0.85"), 150_000),
        (5_000_000, 0, ("0.85", "0.85"), 750_000),
        (5_000_001, 0, ("0.8", "0.8"), 1_000_000),
        (50_000_000, 0, ("0.8", "0.8"), 10_000_000),
        (5_000_001, 100_000, ("0.8", "0.85"), 735_000),
        (3_000_000, 600_000, ("0.85", "0.85"), 360_000),
        (3_000_000, 600_001, ("0.85", "0.85"), 0),
        (1_200_000, 200_000, ("0.85", "1"), 0),
    ],
)
def test_the_rebate_follows_the_tier_of_what_is_left(
    bought_fen: int, refunds_fen: int, tiers: tuple[str, str], rebate_fen: int
) -> None:
    found = row(a_month(bought_fen, refunds_fen))
    assert (found.tier_before, found.tier_after) == tiers
    assert (found.rebate_fen, found.due_fen, found.settled_fen) == (rebate_fen, rebate_fen, 0)
    assert (found.gross_fen, found.refunds_fen, found.net_fen) == (
        bought_fen,
        refunds_fen,
        bought_fen - refunds_fen,
    )
    assert found.rate * bought_fen == refunds_fen


@pytest.mark.parametrize(
    ("facts", "rule", "fen"),
    [
        (a_month(3_000_000, breaches=["damaged"]), "000-13.2B", 450_000),
        (a_month(3_000_000, breaches=["tags_swapped"]), "000-13.2C", 450_000),
        (a_month(3_000_000, 600_001, breaches=["malicious_complaint"]), "000-13.2D", 0),
        (a_month(3_000_000, 600_001), "000-13.2A", 360_000),
        (a_month(900_000), "000-13.2A", 0),
    ],
)
def test_what_was_not_earned_stands_with_its_clause_and_what_it_cost(
    facts: MonthFacts, rule: str, fen: int
) -> None:
    statement = asked_month(ASKING, facts).statement
    (deduction,) = statement.deductions
    assert (deduction.rule, deduction.fen) == (rule, fen)
    assert deduction.zh
    assert deduction.en
    assert rule in statement.row.rules.split()
    assert statement.row.rebate_fen == 0


def test_two_breaches_cost_the_rebate_once() -> None:
    statement = asked_month(ASKING, a_month(3_000_000, breaches=["damaged", "tags_swapped"])).statement
    assert [one.fen for one in statement.deductions] == [450_000, 0]


def test_the_terms_in_force_stand_on_the_statement() -> None:
    statement = asked_month(ASKING, a_month(3_000_000, 100_000, 5_000)).statement
    assert [(one.bottom_fen, one.top_fen, one.factor) for one in statement.tiers] == [
        (0, 1_000_000, "1"),
        (1_000_000, 5_000_000, "0.85"),
        (5_000_000, 50_000_000, "0.8"),
    ]
    assert statement.rate_max == "0.2"
    assert [line.amount_fen for line in (*statement.bought, *statement.returned, *statement.pending)] == [
        3_000_000,
        100_000,
        5_000,
    ]


@pytest.mark.parametrize(
    ("facts", "cost_fen"),
    [
        (a_month(5_000_001, 0, 1), 250_000),
        (a_month(6_000_000, 0, 1_000_000), 450_000),
        (a_month(6_000_000, 0, 999_999), 0),
        (a_month(1_000_001, 0, 1), 150_000),
        (a_month(3_000_000, 600_000, 1), 360_000),
        (a_month(3_000_000, 500_000, 100_000), 0),
        (a_month(3_000_000, 600_001, 1), 0),
        (a_month(6_000_000, 0, 1_000_000, breaches=["damaged"]), 0),
        (a_month(3_000_000), 0),
    ],
)
def test_a_pending_refund_that_crosses_a_bound_says_what_it_costs(facts: MonthFacts, cost_fen: int) -> None:
    assert row(facts).cost_fen == cost_fen


def _rebate(net: int, gross: int, back: int) -> int:
    """The manual's own words in three lines, for the law below."""
    if back * 5 > gross or net <= 1_000_000:
        return 0
    per_cent = 15 if net <= 5_000_000 else 20
    return (net * per_cent + 50) // 100


@given(
    gross=st.integers(0, 7_000_000),
    back=st.integers(0, 2_000_000),
    pending=st.integers(0, 2_000_000),
)
def test_the_cost_is_the_rebate_without_less_the_rebate_with_wherever_a_bound_is_crossed(
    gross: int, back: int, pending: int
) -> None:
    back, pending = min(back, gross), min(pending, max(gross - back, 0))
    found = row(a_month(gross, back, pending))
    now, later = _rebate(gross - back, gross, back), _rebate(gross - back - pending, gross, back + pending)
    assert found.rebate_fen == now
    tiers = [(net > 1_000_000) + (net > 5_000_000) for net in (gross - back, gross - back - pending)]
    rates = [part * 5 > gross for part in (back, back + pending)]
    crosses = tiers[1] < tiers[0] or (rates[1] and not rates[0])
    assert found.cost_fen == (now - later if crosses else 0)


def test_above_the_last_tier_the_supervisor_is_asked() -> None:
    found = row(a_month(50_000_001))
    assert (found.state, found.tier_after, found.rebate_fen) == ("to_approve", "0.8", 10_000_000)


def test_a_factor_below_the_floor_is_refused() -> None:
    assert row(a_month(3_000_000, granted_factor="0.84")).state == "refused"


def test_a_month_goes_from_the_books_orders_to_booked_and_is_corrected_by_a_late_refund(book: Book) -> None:
    order = an_order("1", "150.00", 340)
    bought(book, order)
    one = asked(book)["d-01"]
    assert (one.statement.row.state, one.statement.row.due_fen) == ("to_record", 1_020_000)
    booked(book, one)
    done = asked(book)["d-01"].statement.row
    assert (done.state, done.due_fen, done.settled_fen) == ("recorded", 0, 1_020_000)
    assert (done.claim_no, done.voucher) == (f"d-01 {MONTH}", "记-1")
    assert done.unpaid_fen == 1_020_000
    pay(book, done.claim_no, fen=400_000, on=DAY.replace(day=31))
    assert asked(book)["d-01"].statement.row.unpaid_fen == 620_000
    returned(book, order, "17", 20)
    late = asked(book)["d-01"]
    assert (late.statement.row.state, late.statement.row.rebate_fen) == ("to_correct", 720_000)
    assert (late.statement.row.due_fen, late.statement.row.claw_back_fen) == (-300_000, 300_000)
    booked(book, late)
    last = asked(book)["d-01"].statement.row
    assert (last.state, last.settled_fen, last.claim_no) == ("recorded", 720_000, f"d-01 {MONTH}/2")
    assert (last.paid_fen, last.unpaid_fen) == (400_000, 320_000)
    with book.reading() as reader:
        assert queries.balance(reader, "2241.03") == -620_000
        assert queries.balance(reader, "1122.03") == 300_000
        assert distributor_rows(reader, MONTH, ASKING) == (last,)


def test_a_month_that_was_taken_back_is_to_be_booked_again_under_a_number_of_its_own(book: Book) -> None:
    bought(book, an_order("1", "150.00", 340))
    booked(book, asked(book)["d-01"])
    with book.writing(actor="wang", now=NOW) as desk:
        seq = asked(book)["d-01"].statement.row.seq
        assert seq is not None
        desk.reverse(seq, DAY.replace(day=31), "错账")
    again = asked(book)["d-01"]
    assert (again.statement.row.state, again.statement.row.due_fen) == ("to_record", 1_020_000)
    booked(book, again)
    assert asked(book)["d-01"].statement.row.claim_no == f"d-01 {MONTH}/2"


def test_breaches_that_were_booked_stay_when_the_orders_are_read_anew(book: Book) -> None:
    bought(book, an_order("1", "150.00", 340))
    known = asked(book)["d-01"].case["distributor_month"]
    given = {"d-01": MonthFacts(body={**known, "breaches": ["bad_review"], "granted_factor": "0.9"})}
    booked(book, asked(book, given)["d-01"])
    found = asked(book)["d-01"].statement.row
    assert (found.breaches, found.rebate_fen, found.state) == (("bad_review",), 510_000, "recorded")


def test_given_facts_come_before_the_books_and_others_stay(book: Book) -> None:
    bought(book, an_order("1", "150.00", 340), an_order("2", "150.00", 340, distributor="d-02"))
    given = {"d-02": a_month(1_000_001, distributor="d-02"), "d-07": a_month(3_000_000)}
    found = {name: one.statement.row.net_fen for name, one in asked(book, given).items()}
    assert found == {"d-01": 5_100_000, "d-02": 1_000_001, "d-07": 3_000_000}


def test_a_month_that_only_was_recorded_is_shown_from_its_recording(book: Book) -> None:
    booked(book, asked(book, {"d-07": a_month(3_000_000)})["d-07"])
    found = asked(book)["d-07"].statement.row
    assert (found.net_fen, found.state) == (3_000_000, "recorded")


def test_open_applications_of_the_book_are_warned_of(book: Book) -> None:
    bought(book, an_order("1", "150.00", 340))
    applied(book, "a", {"order_no": "1", "refund_no": "90000002", "amount_fen": 100_001})
    found = asked(book)["d-01"].statement.row
    assert (found.pending_fen, found.tier_after, found.pending_tier) == (100_001, "0.8", "0.85")
    assert found.cost_fen == 1_020_000 - 750_000


def test_another_shop_is_asked_under_its_own_name() -> None:
    case = Asking(rulebook=RULES, at=NOW, shop="second").case({})
    assert case["shop"] == "second"
    assert "shop" not in ASKING.case({})
