"""The laws of refunds (group F), tried on whole cases: random orders, random returns, in any order and grouping.

Law 26 needs a reversal and is the ledger's. False friends are left alone: a rebate may fall as the month
grows, and largest remainders are not monotone in the total.
"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from calculators.money import format_yuan, parse_yuan
from tests.calculators.asking import (
    AS_OFTEN_AS_WANTED,
    Json,
    after,
    ask,
    case,
    ceilings,
    error_path,
    given_fen,
    item_fen,
    life,
    order,
    sent_back,
    without,
)
from tests.calculators.strategies import BUYER_CAUSES, SELLER_CAUSES, lives, orders, paid_fen, splits

KEPT = ("goods", "outbound_postage")
ONLINE = {"payment": "online"}


@st.composite
def returned_in_parts(draw: st.DrawFn) -> tuple[Json, list[Json]]:
    """An order paid online, and claims by the seller's fault that return all its pieces in some grouping."""
    made = draw(orders(**ONLINE))
    cause = draw(st.sampled_from(SELLER_CAUSES))
    return made, [{**sent_back(cause), "lines": lines} for lines in draw(splits(made))]


def _goods_of_lines(answers: list[Json]) -> dict[str, int]:
    return {what: fen for what, fen in after(answers[-1]).items() if what.startswith("line")}


@given(returned_in_parts())
def test_law_14_every_split_of_a_line_sums_to_what_was_paid(parts: tuple[Json, list[Json]]) -> None:
    made, claims = parts
    answers = life(made, claims)
    paid = {what: figures[0] for what, figures in ceilings(answers[0]).items() if what.startswith("line")}
    assert _goods_of_lines(answers) == paid
    assert sum(item_fen(answer, "goods") for answer in answers) == sum(paid.values())


@given(returned_in_parts(), st.data())
def test_law_15_a_refund_depends_only_on_how_many_came_back(
    parts: tuple[Json, list[Json]], data: st.DataObject
) -> None:
    made, claims = parts
    answers, other = life(made, claims), life(made, data.draw(st.permutations(claims)))
    assert _goods_of_lines(answers) == _goods_of_lines(other)
    split = [{**claim, "lines": [line]} for claim in claims for line in claim["lines"]]
    assert sum(item_fen(answer, "goods") for answer in life(made, split)) == sum(
        item_fen(answer, "goods") for answer in answers
    )


@given(lives())
def test_law_17_nothing_gives_back_more_than_was_paid_and_has_not_been_given(
    lived: tuple[Json, list[Json]],
) -> None:
    made, claims = lived
    for answer in life(made, claims, policy=AS_OFTEN_AS_WANTED):
        assert all(0 <= before <= until <= paid for paid, before, until in ceilings(answer).values())


@given(orders(**ONLINE), st.sampled_from(BUYER_CAUSES), st.integers(0, 60_000))
def test_law_18_what_is_withheld_and_what_is_refunded_make_up_the_base(
    made: Json, cause: str, cost: int
) -> None:
    made = {**made, "free_shipping": True, "postage": "0.00", "postage_cost": format_yuan(cost)}
    assume(made["points"] + made["jifenbao"] <= paid_fen(made))
    policy = {"fs_noreason_return_outbound": "BUYER_ROUND_TRIP"}
    answer = ask(case(made, sent_back(cause, route="timed_out"), policy=policy))
    base, withheld = item_fen(answer, "goods"), -item_fen(answer, "postage_deduction", "commission")
    assert 0 <= withheld <= base
    assert withheld + given_fen(answer) == base == paid_fen(made)


@given(orders(**ONLINE))
def test_law_19_a_full_return_by_our_fault_gives_back_all_that_was_paid(made: Json) -> None:
    answer = ask(case(made, sent_back()))
    assert given_fen(answer) == item_fen(answer, *KEPT) == paid_fen(made)


@given(returned_in_parts())
def test_law_19_and_so_does_every_way_of_returning_it(parts: tuple[Json, list[Json]]) -> None:
    made, claims = parts
    answers = life(made, claims)
    assert sum(given_fen(answer) for answer in answers) == paid_fen(made)
    whole = ask(case(made, sent_back()))
    for channel in ("points", "jifenbao"):
        assert sum(answer["to_buyer"][channel] for answer in answers) == whole["to_buyer"][channel]


@given(returned_in_parts(), st.data())
def test_law_20_returns_of_different_lines_do_not_disturb_each_other(
    parts: tuple[Json, list[Json]], data: st.DataObject
) -> None:
    made, claims = parts
    ones = [{**claim, "lines": [line]} for claim in claims for line in claim["lines"]]
    mixed = data.draw(st.permutations(ones))
    for number in [line["line"] for line in made["lines"]]:
        assert _amounts_of(life(made, ones), ones, number) == _amounts_of(life(made, mixed), mixed, number)


def _amounts_of(answers: list[Json], claims: list[Json], number: int) -> int:
    return sum(
        item_fen(answer, "goods")
        for answer, claim in zip(answers, claims, strict=True)
        if claim["lines"][0]["line"] == number
    )


@given(orders(**ONLINE))
def test_law_21_no_piece_comes_back_twice_and_a_refusal_changes_nothing(made: Json) -> None:
    claim = sent_back()
    again = ask(case(made, {**claim, "lines": [{"line": 1, "qty": 1}]}, [claim]))
    assert again["decision"] == "refuse"
    refused_between = {**claim, "lines": [{"line": 1, "qty": 1}]}
    third = ask(case(made, {"kind": "goodwill", "amount": "1.00"}, [claim, refused_between]))
    assert third == ask(case(made, {"kind": "goodwill", "amount": "1.00"}, [claim]))


@pytest.mark.parametrize("qty", [0, -1, 3, True, "1", None])
def test_law_21_a_number_of_pieces_that_cannot_be_is_a_bad_case(qty: object) -> None:
    claim = sent_back()
    claim["lines"] = [{"line": 1, "qty": qty}]
    assert error_path(case(order((2, "10.00")), claim)) == "claim.lines[0].qty"


@given(lives())
def test_law_22_the_tenders_sum_to_what_was_given_and_stay_within_what_they_hold(
    lived: tuple[Json, list[Json]],
) -> None:
    made, claims = lived
    for answer in life(made, claims, policy=AS_OFTEN_AS_WANTED):
        figures = ceilings(answer)
        tenders = sum(figures[tender][2] for tender in ("cash", "points", "jifenbao") if figures)
        assert tenders == sum(
            until for what, (_, _, until) in figures.items() if what == "postage" or what.startswith("line")
        )
        assert all(type(answer["to_buyer"][unit]) is int for unit in ("points", "jifenbao"))


@given(returned_in_parts())
def test_law_23_freight_comes_back_once_and_never_more_than_was_paid(
    parts: tuple[Json, list[Json]],
) -> None:
    made, claims = parts
    overpaid = {"kind": "price_difference", "reason": "overpaid_postage", "due": "0.00"}
    answers = life(made, [*claims, overpaid, overpaid])
    freight = [item_fen(answer, "outbound_postage", "overpaid_postage") for answer in answers]
    assert sum(freight[:-2]) == parse_yuan(made["postage"])
    assert freight[-2:] == [0, 0]


@given(orders(**ONLINE))
def test_law_24_the_coupon_is_shared_whole_and_lowers_each_refund(made: Json) -> None:
    answer = ask(case(made, sent_back()))
    goods = [item for item in answer["items"] if item["item"] == "goods"]
    shares = [parse_yuan(item["inputs"]["coupon_share"]) for item in goods]
    given_by_platform = any("paid" in line for line in made["lines"])
    coupon = parse_yuan(made["coupon"]["amount"]) if "coupon" in made else 0
    assert given_by_platform or sum(shares) == coupon
    for item, share, line in zip(goods, shares, made["lines"], strict=True):
        price = parse_yuan(line["price"]) * line["qty"]
        assert parse_yuan(item["amount"]) <= price - share


@given(st.integers(1, 49_900), st.integers(1, 2_000))
def test_law_25_a_top_up_takes_part_like_any_other_line(subtotal: int, gap: int) -> None:
    lines = ((1, format_yuan(subtotal)), (1, format_yuan(gap)))
    coupon = {"amount": format_yuan(min(5_000, subtotal + gap))}
    made = order(*lines, free_shipping=True, coupon=coupon)
    assert given_fen(ask(case(made, sent_back()))) == paid_fen(made)
    both = life(made, [sent_back("quality", (2, 1)), sent_back("quality", (1, 1))])
    assert sum(map(given_fen, both)) == paid_fen(made)


@given(lives(), st.text(min_size=1, max_size=8))
def test_law_27_another_order_number_or_shop_or_name_changes_no_amount(
    lived: tuple[Json, list[Json]], word: str
) -> None:
    made, claims = lived
    asked = case(made, claims[-1], claims[:-1], policy=AS_OFTEN_AS_WANTED)
    other = {**asked, "name": word, "shop": word, "order": {**made, "order_no": word}}
    assert ask(asked) == ask(other)


@given(lives("price_difference"))
def test_law_28_differences_and_a_later_full_return_are_together_what_was_paid(
    lived: tuple[Json, list[Json]],
) -> None:
    made, claims = lived
    made = {**made, "payment": "online"}
    answers = life(made, [*claims, sent_back()], policy=AS_OFTEN_AS_WANTED)
    assert sum(map(given_fen, answers)) == paid_fen(made)
    assert all(item_fen(answer, "price_difference", "missed_coupon") >= 0 for answer in answers)


@given(st.integers(1, 60_000), st.integers(2, 6), st.data())
def test_law_29_one_line_or_two_of_the_same_price_differ_by_a_fen_at_most_on_the_way(
    price: int, qty: int, data: st.DataObject
) -> None:
    first, text = data.draw(st.integers(1, qty - 1)), format_yuan(price)
    coupon = {"amount": format_yuan(data.draw(st.integers(0, price * qty)))}
    one = order((qty, text), free_shipping=True, coupon=coupon)
    two = order((first, text), (qty - first, text), free_shipping=True, coupon=coupon)
    part_of_one = item_fen(ask(case(one, sent_back("quality", (1, first)))), "goods")
    part_of_two = item_fen(ask(case(two, sent_back("quality", (1, first)))), "goods")
    assert abs(part_of_one - part_of_two) <= 1
    assert given_fen(ask(case(one, sent_back()))) == given_fen(ask(case(two, sent_back())))


@given(lives())
def test_law_30_the_same_question_has_the_same_answer_to_the_last_digit(
    lived: tuple[Json, list[Json]],
) -> None:
    made, claims = lived
    asked = case(made, claims[-1], claims[:-1], policy=AS_OFTEN_AS_WANTED)
    answer = ask(asked)
    assert ask(asked) == answer
    changed = {**asked, "claim": {"kind": "goodwill", "amount": "3.33"}}
    assert ask(changed)["digest"] != answer["digest"]
    assert without(ask(changed), "digest") != without(answer, "digest")
