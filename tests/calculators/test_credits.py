"""Credits: money back while the goods stay, cash first, and never more than the pieces are still worth."""

import pytest

from tests.calculators.asking import CLOSED, Json, after, ask, case, item_fen, life, order, sent_back


def _concession(amount: str, **changes: object) -> Json:
    return {"kind": "price_difference", "reason": "concession", "amount": amount, **changes}


def test_a_credit_is_spread_over_the_pieces_by_what_they_are_worth() -> None:
    answer = ask(case(order((1, "30.00"), (1, "60.00")), _concession("9.00")))
    assert (after(answer)["line 1"], after(answer)["line 2"]) == (300, 600)


def test_a_credit_is_cash_first_then_points() -> None:
    answer = ask(case(order((1, "30.00"), points=2500), _concession("8.00")))
    assert (answer["to_buyer"]["order"], answer["to_buyer"]["points"]) == ("5.00", 300)


@pytest.mark.parametrize(("amount", "decision"), [("30.00", "pay"), ("30.01", "refuse")])
def test_a_credit_is_never_above_what_the_pieces_are_worth(amount: str, decision: str) -> None:
    assert ask(case(order((1, "30.00")), _concession(amount)))["decision"] == decision


def test_a_credit_and_the_return_after_it_are_what_was_paid() -> None:
    answers = life(order((3, "33.33")), [_concession("0.01"), sent_back("quality", (1, 1)), sent_back()])
    assert [item_fen(one) for one in answers] == [1, 3_333, 6_665]


def test_pieces_that_have_gone_back_get_no_credit() -> None:
    answer = ask(case(order((1, "30.00")), _concession("1.00"), [sent_back()]))
    assert answer["decision"] == "refuse"


@pytest.mark.parametrize(
    ("amount", "payment", "channel"),
    [("99.99", "online", "alipay"), ("100.00", "online", "order"), ("100.00", "cod", "alipay")],
)
def test_where_the_clause_is_silent_the_amount_picks_the_channel(
    amount: str, payment: str, channel: str
) -> None:
    claim = {"kind": "goodwill", "amount": amount}
    answer = ask(case(order((1, "300.00"), payment=payment, **CLOSED), claim))
    assert answer["to_buyer"][channel] == amount
