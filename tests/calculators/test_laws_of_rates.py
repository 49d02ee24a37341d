"""The laws of repair credits, commissions, penalties and tiers (group R), as far as calculators hold them.

Law 35's reversal of a sale's commission and law 32's concurrency are the ledger's; here their other halves.
"""

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculators.money import format_yuan, parse_yuan, round_half_up
from cli.rulebooks import default_rulebook
from ledger.quoting import answer_or_error
from tests.calculators.asking import (
    AS_OFTEN_AS_WANTED,
    CLOSED,
    Json,
    ask,
    case,
    clauses_known,
    given_fen,
    item_fen,
    life,
    order,
    sent_back,
)
from tests.calculators.layered import book, entry
from tests.calculators.strategies import lives, splits

PAID = st.integers(1, 200_000)
BOUNDS = (1_000_000, 5_000_000, 50_000_000)
CLAUSES = clauses_known()


def _repair(fen: int, line: int = 1) -> Json:
    return {"kind": "repair", "amount": format_yuan(fen), "lines": [{"line": line, "qty": 1}]}


@given(st.integers(0, 4_000))
def test_law_31_a_repair_credit_is_above_nothing_and_at_most_20_00(fen: int) -> None:
    answer = ask(case(order((1, "299.00"), free_shipping=True), _repair(fen)))
    assert (answer["decision"] == "pay") == (0 < fen <= 2_000)
    assert given_fen(answer) == (fen if 0 < fen <= 2_000 else 0)


@given(st.lists(st.integers(0, 2_100), min_size=1, max_size=6), st.integers(1, 3_000))
def test_law_32_repair_credits_of_a_line_stay_within_the_cap_and_what_was_paid(
    asked: list[int], paid: int
) -> None:
    answers = life(order((1, format_yuan(paid))), [_repair(fen) for fen in asked])
    assert sum(map(given_fen, answers)) <= min(2_000, paid)
    for answer, fen in zip(answers, asked, strict=True):
        assert given_fen(answer) in {0, fen}


@given(st.integers(1, 6), st.integers(1, 2_000))
def test_law_33_a_line_that_went_back_gets_no_repair_credit(qty: int, fen: int) -> None:
    made = order((qty, "299.00"))
    assert ask(case(made, _repair(fen), [sent_back()]))["decision"] == "refuse"
    some_left = ask(case(made, _repair(fen), [sent_back("quality", (1, qty - 1))] if qty > 1 else []))
    assert some_left["decision"] == "pay"


def _withheld(paid: int, **changes: Any) -> tuple[int, int]:
    answer = ask(
        case(order((1, format_yuan(paid)), payment="cod", **CLOSED, **changes), sent_back("no_reason"))
    )
    return -item_fen(answer, "commission"), given_fen(answer)


@given(PAID, PAID)
def test_law_34_commission_is_within_its_base_and_grows_with_it(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert 0 <= _withheld(low)[0] <= _withheld(high)[0] <= high
    assert _withheld(low)[0] == round_half_up(Fraction(low, 20))
    assert sum(_withheld(high)) == high


@given(st.data(), st.integers(1, 5_000), st.integers(1, 5_000))
def test_law_35_commission_over_any_split_is_what_one_return_would_have_borne(
    data: st.DataObject, first: int, second: int
) -> None:
    made = order((3, format_yuan(first)), (2, format_yuan(second)), payment="cod", **CLOSED)
    claims = [{**sent_back("no_reason"), "lines": lines} for lines in data.draw(splits(made))]
    answers = life(made, claims, policy=AS_OFTEN_AS_WANTED)
    whole = ask(case(made, sent_back("no_reason")))
    assert sum(item_fen(one, "commission") for one in answers) == item_fen(whole, "commission")


DEARER = date(2017, 3, 8)
HEAD_OF_A_SHOP = '[override]\nshop = "main"\napprover = "李主管"\napproved_on = "2017-03-01"\n'


@given(PAID, st.dates(date(2017, 3, 5), date(2017, 3, 11)))
def test_law_35_a_commission_is_at_the_rate_of_the_day_it_was_asked_whatever_it_is_today(
    paid: int, asked_on: date
) -> None:
    override = HEAD_OF_A_SHOP + entry(
        "cod_commission_rate", f'values = [{{ from = "{DEARER}", value = "0.10" }}]'
    )
    made = order((1, format_yuan(paid)), payment="cod", **CLOSED)
    claim = sent_back("no_reason", asked_at=f"{asked_on}T09:00")
    answer = answer_or_error(case(made, claim, at=f"{asked_on}T10:00"), book(override))
    today = answer_or_error(case(made, claim, at="2017-04-30T10:00"), book(override))
    rate = Fraction(1, 10) if asked_on >= DEARER else Fraction(1, 20)
    assert -item_fen(answer, "commission") == round_half_up(paid * rate)
    assert item_fen(today, "commission") == item_fen(answer, "commission")


@given(PAID, st.integers(0, 300_000), st.booleans())
def test_law_36_the_penalty_is_4_percent_of_the_invoice_once_its_day_has_passed(
    paid: int, face: int, in_time: bool
) -> None:
    invoice = {"amount": format_yuan(face), "issued_on": "2017-03-05"}
    made = order((1, format_yuan(paid)), **CLOSED, invoice=invoice)
    at = "2017-03-31T23:59:59" if in_time else "2017-04-01T00:00:00"
    answer = ask(case(made, sent_back(asked_at="2017-03-06T10:00"), at=at))
    due = 0 if in_time else round_half_up(Fraction(face, 25))
    assert -item_fen(answer, "invoice_penalty") == min(due, paid)
    assert given_fen(answer) == paid - min(due, paid)


@given(PAID, st.integers(-3_000, 500_000))
@example(29_900, 0)
@example(29_900, 1)
@example(29_900, 4)
@example(29_900, 5)
def test_law_37_over_invoicing_costs_10_percent_of_what_exceeds_the_payment(paid: int, excess: int) -> None:
    requested = format_yuan(max(paid + excess, 0))
    answer = ask(case(order((1, format_yuan(paid))), {"kind": "invoice", "requested": requested}))
    fee = round_half_up(Fraction(max(excess, 0), 10))
    assert parse_yuan(answer["from_buyer"]) == fee
    assert (answer["decision"] == "approve") == (excess > 0)


def _month(net: int, refunds: int = 0, **changes: Any) -> Json:
    orders = [{"order_no": "D1", "amount": format_yuan(net + refunds), "pieces": 100}]
    back = [{"order_no": "D1", "amount": format_yuan(refunds), "pieces": 1}]
    return {
        "at": "2017-04-02T10:00",
        "distributor_month": {
            "distributor": "d",
            "month": "2017-03",
            "orders": orders,
            "refunds": back if refunds else [],
            **changes,
        },
    }


@pytest.mark.parametrize(
    ("net", "rebate"),
    [
        (999_999, 0),
        (1_000_000, 0),
        (1_000_001, 150_000),
        (4_999_999, 750_000),
        (5_000_000, 750_000),
        (5_000_001, 1_000_000),
        (49_999_999, 10_000_000),
        (50_000_000, 10_000_000),
        (50_000_001, 10_000_000),
    ],
)
def test_law_38_a_fen_before_on_and_after_each_bound(net: int, rebate: int) -> None:
    answer = ask(_month(net))
    assert given_fen(answer) == rebate
    assert (answer["decision"] == "approve") == (net > BOUNDS[-1])
    assert any(one["id"] == "TIER_BOUNDARY" for one in answer["advisories"]) == (net == BOUNDS[0])


@given(st.integers(0, BOUNDS[-1]), st.integers(0, BOUNDS[-1]))
def test_law_38_within_its_range_the_rebate_never_falls_as_the_month_grows(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert given_fen(ask(_month(low))) <= given_fen(ask(_month(high)))


@given(st.integers(1, BOUNDS[-1] // 5))
def test_law_38_a_return_rate_of_exactly_20_percent_is_granted_and_a_fen_more_is_not(fifth: int) -> None:
    net, refunds = 4 * fifth, fifth
    assert given_fen(ask(_month(net, refunds))) == given_fen(ask(_month(net)))
    assert given_fen(ask(_month(net - 1, refunds + 1))) == 0


@given(st.integers(0, BOUNDS[-1]), st.integers(0, BOUNDS[-1]))
def test_law_39_a_month_computed_twice_gives_nothing_more_and_a_late_refund_only_the_difference(
    first: int, late: int
) -> None:
    settled = given_fen(ask(_month(first)))
    again = ask(_month(first, settled=format_yuan(settled)))
    assert given_fen(again) == parse_yuan(again["from_buyer"]) == 0
    net = max(first - late, 0)
    changed = ask(_month(net, settled=format_yuan(settled)))
    difference = given_fen(changed) - parse_yuan(changed["from_buyer"])
    assert settled + difference == given_fen(ask(_month(net)))


@given(st.dates(date(2017, 1, 1), date(2017, 12, 1)), st.integers(0, 100))
def test_law_40_a_version_dated_after_the_governing_day_changes_nothing(paid_on: date, hours: int) -> None:
    paid_at = f"{paid_on.isoformat()}T00:00:00"
    day, hour = divmod(hours, 24)
    picked_up = f"{date.fromordinal(paid_on.toordinal() + day).isoformat()}T{hour:02d}:00:00"
    made = order(
        (1, "100.00"), paid_at=paid_at, picked_up_at=picked_up, ship_clicked_at=paid_at, signed_at=None
    )
    answer = ask(case(made, {"kind": "late_shipment", "upheld": True}, at="2018-03-01T10:00"))
    allowed = 48 if paid_on >= date(2017, 6, 25) else 72
    assert (answer["decision"] == "refuse") == (hours <= allowed)


@given(lives())
def test_law_41_the_lines_of_an_explanation_sum_to_the_amount_and_name_their_clauses(
    lived: tuple[Json, list[Json]],
) -> None:
    made, claims = lived
    for answer in life(made, claims, policy=AS_OFTEN_AS_WANTED):
        paid = given_fen(answer) - parse_yuan(answer["from_buyer"])
        assert item_fen(answer) == paid
        assert answer["rulebook"]["digest"] == default_rulebook().digest
        for item in answer["items"]:
            assert item["rule"] in CLAUSES
            assert item["formula"]
            assert {one["rule"] for one in item["parameters"].values()} <= CLAUSES
            roundings = max(item["formula"].count("R("), 1)
            assert abs(Fraction(item["exact"]) - Fraction(item["amount"])) <= Fraction(roundings, 200)


LATE_PENALTY = case(
    order((1, "888.88"), **CLOSED, payment="cod", invoice={"amount": "888.88", "issued_on": "2017-03-05"}),
    sent_back("no_reason", asked_at="2017-03-06T10:00"),
    at="2017-04-01T10:00",
)


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        ("order", "invoice", None),
        ("order", "payment", None),
        ("claim", "cause", "quality"),
        ("claim", "asked_at", "2017-04-01T10:00"),
        ("top", "at", "2017-03-31T10:00"),
    ],
)
def test_law_41_no_fact_of_an_explanation_can_be_taken_away_without_a_change(
    place: str, key: str, value: object
) -> None:
    asked = dict(LATE_PENALTY)
    if place == "top":
        asked[key] = value
    else:
        asked[place] = {**asked[place], key: value}
    before, now = ask(LATE_PENALTY), ask(asked)
    assert (now["decision"], now["to_buyer"]) != (before["decision"], before["to_buyer"])
