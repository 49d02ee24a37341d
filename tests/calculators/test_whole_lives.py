"""Whole lives of orders: several random claims one after the other, and what must hold after each and at the end."""

import itertools
import json
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.money import format_yuan, parse_yuan
from tests.calculators.asking import (
    AS_OFTEN_AS_WANTED,
    AT,
    CASH_CHANNELS,
    Json,
    ask,
    case,
    ceilings,
    given_fen,
    item_fen,
    life,
    net_of,
    order,
    sent_back,
)
from tests.calculators.strategies import grouped, lives, paid_fen, pieces_of
from tests.conftest import EXAMPLES

CHOICES: list[Json] = [
    {},
    {"commission_overlap": "SUM"},
    {"commission_base": "GOODS_PLUS_FREIGHT"},
    {"fs_noreason_return_outbound": "BUYER_ROUND_TRIP"},
    {"fs_noreason_return_outbound": "DEDUCT_IF_DISCLOSED"},
    {"invoice_penalty_base": "INVOICE_FACE"},
    {"invoice_penalty_base": "ORDER_AMOUNT"},
    {"over_invoice_fee_refundable": True},
    {"refund_deductions": "ADVISE_ONLY"},
]
READINGS = st.sampled_from(CHOICES).map(lambda choice: {**choice, **AS_OFTEN_AS_WANTED})
INVOICES = st.one_of(
    st.none(),
    st.builds(
        lambda face, back: {"amount": format_yuan(face), "issued_on": "2017-02-10", "returned_on": back},
        st.integers(0, 100_000),
        st.sampled_from([None, "2017-02-20"]),
    ),
)


@st.composite
def invoiced_lives(draw: st.DrawFn, /, *kinds: str, **fixed: Any) -> tuple[Json, list[Json]]:
    """A life of an order that may have an invoice, its deadline passed."""
    made, claims = draw(lives(*kinds, **fixed))
    return {**made, "invoice": draw(INVOICES)}, claims


@given(invoiced_lives(), READINGS)
def test_every_answer_is_whole(lived: tuple[Json, list[Json]], policy: Json) -> None:
    made, claims = lived
    for answer in life(made, claims, policy=policy):
        _assert_whole(answer)


def _assert_whole(answer: Json) -> None:
    """The decision has its reason, the sums agree, the entries balance, and nothing is below nothing."""
    amounts = [parse_yuan(answer["to_buyer"][name]) for name in CASH_CHANNELS]
    amounts += [
        answer["to_buyer"]["points"],
        answer["to_buyer"]["jifenbao"],
        parse_yuan(answer["from_buyer"]),
    ]
    assert min(amounts) >= 0
    assert item_fen(answer) == given_fen(answer) - parse_yuan(answer["from_buyer"])
    assert all(
        sum(net_of([entry]).values()) == 0 and len(entry["postings"]) > 1 for entry in answer["entries"]
    )
    held, asked = bool(answer["awaits"]), bool(answer["approvals"])
    allowed = {"refuse"} if not any(amounts) and not answer["items"] else set()
    allowed.add("hold" if held else "approve" if asked else "pay")
    assert answer["decision"] in allowed
    if answer["decision"] == "refuse":
        assert answer["not_applied"]
        assert not answer["items"]
    if answer["decision"] in {"hold", "refuse"}:
        assert not answer["entries"]


@given(invoiced_lives(), READINGS)
def test_what_was_given_before_is_where_the_next_claim_begins(
    lived: tuple[Json, list[Json]], policy: Json
) -> None:
    made, claims = lived
    reached: dict[str, int] = {}
    for answer in life(made, claims, policy=policy):
        for what, (paid, before, until) in ceilings(answer).items():
            assert 0 <= before <= until <= paid
            assert reached.get(what, 0) == before
            reached[what] = until


@given(invoiced_lives(), READINGS)
def test_a_history_with_its_settled_amounts_is_the_history_that_is_derived(
    lived: tuple[Json, list[Json]], policy: Json
) -> None:
    made, claims = lived
    recorded: list[Json] = []
    for place, claim in enumerate(claims):
        derived = ask(case(made, claim, claims[:place], policy=policy))
        stored = ask(case(made, claim, recorded, policy=policy))
        assert _money_of(stored) == _money_of(derived)
        recorded.append({**claim, "settled": _settled(derived, made)} if derived["ceilings"] else claim)


def _money_of(answer: Json) -> list[object]:
    """All of an answer that is money: formulas may say the same thing in other words."""
    items = [(item["item"], item["amount"], item["channel"]) for item in answer["items"]]
    return [answer[key] for key in ("decision", "to_buyer", "from_buyer", "ceilings")] + [
        items,
        net_of(answer["entries"]),
    ]


def _settled(answer: Json, made: Json) -> Json:
    step = {what: until - before for what, (_, before, until) in ceilings(answer).items()}
    return {
        "lines": {str(one["line"]): format_yuan(step[f"line {one['line']}"]) for one in made["lines"]},
        "postage": format_yuan(step["postage"]),
        "cash": format_yuan(step["cash"]),
        "points": step["points"],
        "jifenbao": step["jifenbao"],
    }


@given(
    invoiced_lives(payment="online", confirmed_at=None), READINGS, st.sampled_from(["quality", "no_reason"])
)
def test_an_open_order_of_which_everything_came_back_leaves_nothing_in_escrow_or_owed(
    lived: tuple[Json, list[Json]], policy: Json, cause: str
) -> None:
    made, claims = lived
    answers = [one for one in life(made, [*claims, sent_back(cause)], policy=policy) if one["entries"]]
    before = life(made, claims, policy=policy)
    if any(answer["awaits"] for answer in before):
        return  # a claim that is held has booked nothing yet
    net = net_of(entry for answer in answers for entry in answer["entries"])
    paid, in_kind = paid_fen(made), made["points"] + made["jifenbao"]
    assert net.get("1122.01", 0) == -(paid - in_kind)
    assert net.get("2203.01", 0) == paid
    assert -in_kind <= net.get("1221.02", 0) <= 0


def test_overpaid_freight_after_the_end_of_an_order_comes_out_of_the_freight_that_was_kept() -> None:
    made = order((1, "100.00"), postage="30.00")
    overpaid = {"kind": "price_difference", "reason": "overpaid_postage", "due": "12.00"}
    answers = life(made, [sent_back("no_reason"), overpaid])
    net = net_of(entry for answer in answers for entry in answer["entries"])
    assert (net["2203.01"], net["1122.01"], item_fen(answers[-1])) == (13_000, -13_000, 1_800)


def test_what_an_ended_order_still_gets_comes_from_alipay() -> None:
    made = order((1, "200.00"), postage="150.00")
    answer = ask(case(made, {"kind": "goodwill", "amount": "150.00"}, [sent_back("no_reason")]))
    assert (answer["to_buyer"]["order"], answer["to_buyer"]["alipay"]) == ("0.00", "150.00")


@given(lives(), READINGS)
def test_no_claim_touches_an_account_that_the_chart_does_not_name_for_it(
    lived: tuple[Json, list[Json]], policy: Json
) -> None:
    made, claims = lived
    closed = {"2203.01", "1122.01"} if "confirmed_at" in made else {"5001.02"}
    for answer in life(made, claims, policy=policy):
        assert not closed & set(net_of(answer["entries"]))


def _compositions(left: tuple[int, ...]) -> Iterator[list[tuple[int, int]]]:
    """Every sequence of (line, pieces) that empties two lines, neighbours of one line never merged."""
    if not any(left):
        yield []
        return
    for line, most in enumerate(left, start=1):
        for qty in range(1, most + 1):
            rest = tuple(n - qty if at == line else n for at, n in enumerate(left, start=1))
            for tail in _compositions(rest):
                yield [(line, qty), *tail]


TENDER_ACCOUNTS = ("1012.01", "1122.01", "1221.02")
PIECES = 6 if EXAMPLES >= 1000 else 4


@pytest.mark.parametrize("cause", ["quality", "no_reason"])
@pytest.mark.parametrize("first", range(1, PIECES))
def test_every_way_of_returning_a_small_order_gives_what_one_return_gives(cause: str, first: int) -> None:
    made = order(
        (first, "3.33"),
        (PIECES - first, "0.99"),
        coupon={"amount": "1.01"},
        postage="1.00",
        points=101,
        jifenbao=50,
    )
    totals = _totals if cause == "quality" else _totals_in_value
    whole = totals([ask(case(made, sent_back(cause)))])
    known: dict[str, Json] = {}
    for steps in _compositions((first, PIECES - first)):
        claims = [sent_back(cause, step) for step in steps]
        assert totals([_known(known, made, claims[: n + 1]) for n in range(len(claims))]) == whole


def _known(known: dict[str, Json], made: Json, claims: Sequence[Json]) -> Json:
    """The answer to the last of these claims; most beginnings are shared, and worked out once."""
    key = json.dumps([claim["lines"] for claim in claims])
    if key not in known:
        known[key] = ask(case(made, claims[-1], claims[:-1], policy=AS_OFTEN_AS_WANTED))
    return known[key]


def _totals(answers: list[Json]) -> Json:
    """Everything given over several answers: by channel, by item, and what each account moved by."""
    names = sorted({item["item"] for answer in answers for item in answer["items"]})
    return {
        "channels": [sum(parse_yuan(one["to_buyer"][name]) for one in answers) for name in CASH_CHANNELS],
        "in kind": [sum(one["to_buyer"][name] for one in answers) for name in ("points", "jifenbao")],
        "items": [(name, sum(item_fen(one, name) for one in answers)) for name in names],
        "accounts": {k: v for k, v in net_of(e for one in answers for e in one["entries"]).items() if v},
    }


def _totals_in_value(answers: list[Json]) -> Json:
    """The same, all tenders together: where freight is kept, which tender pays it may turn on the way by a fen."""
    totals = _totals(answers)
    accounts = {code: fen for code, fen in totals["accounts"].items() if code not in TENDER_ACCOUNTS}
    tenders = sum(fen for code, fen in totals["accounts"].items() if code in TENDER_ACCOUNTS)
    return {
        "value": sum(map(given_fen, answers)),
        "items": totals["items"],
        "accounts": accounts,
        "tenders": tenders,
    }


def test_the_order_of_two_claims_on_different_lines_is_the_same_sum_for_every_pair_of_groups() -> None:
    made = order((2, "1.00"), (2, "0.33"), points=77, postage="0.50")
    whole = given_fen(ask(case(made, sent_back())))
    numbers = pieces_of(made)
    for size in range(1, len(numbers)):
        for chosen in itertools.combinations(range(len(numbers)), size):
            groups = [
                [numbers[i] for i in chosen],
                [numbers[i] for i in range(len(numbers)) if i not in chosen],
            ]
            for one, other in (groups, groups[::-1]):
                claims = [{**sent_back(), "lines": grouped(one)}, {**sent_back(), "lines": grouped(other)}]
                assert sum(map(given_fen, life(made, claims))) == whole


@given(st.integers(1, 6), st.integers(1, 60_000), st.integers(1, 6))
def test_an_exchange_of_what_is_left_for_the_same_price_costs_nobody_anything(
    qty: int, price: int, gone: int
) -> None:
    made = order((qty, format_yuan(price)), free_shipping=True)
    history = [sent_back("quality", (1, min(gone, qty - 1)))] if qty > 1 else []
    claim = {
        **sent_back("quality", (1, 1)),
        "kind": "exchange",
        "replacement": {"price": format_yuan(price), "stock": 9},
    }
    answer = ask(case(made, claim, history))
    assert given_fen(answer) == parse_yuan(answer["from_buyer"]) == 0


def test_a_claim_made_at_another_moment_is_measured_then() -> None:
    made = order((1, "100.00"))
    early = ask(case(made, sent_back("no_reason", asked_at=AT), at="2017-06-01T10:00"))
    late = ask(case(made, sent_back("no_reason"), at="2017-06-01T10:00"))
    assert (early["decision"], late["decision"]) == ("pay", "refuse")
