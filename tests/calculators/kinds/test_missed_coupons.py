"""A coupon forgotten on the activity day: its face back after receipt, once, if it would have been earned."""

from tests.calculators.asking import Json, ask, case, given_fen, order, sent_back

CLAIM = {
    "kind": "price_difference",
    "reason": "missed_coupon",
    "coupon_amount": "50.00",
    "threshold": "499.00",
}
RECEIVED = {**CLAIM, "received": True}


def _missed(price: str = "499.00", claim: Json = RECEIVED, *history: Json, **changes: object) -> Json:
    return ask(case(order((1, price), **changes), claim, history))


def test_the_face_comes_back_on_the_order() -> None:
    assert _missed()["to_buyer"]["order"] == "50.00"


def test_the_threshold_itself_is_enough_and_a_fen_less_is_not() -> None:
    assert _missed("499.00")["decision"] == "pay"
    assert _missed("498.99")["decision"] == "refuse"


def test_one_coupon_an_order_and_once() -> None:
    assert _missed("600.00", coupon={"amount": "30.00"})["decision"] == "refuse"
    assert _missed("499.00", RECEIVED, RECEIVED)["decision"] == "refuse"


def test_it_waits_until_the_goods_are_received() -> None:
    assert _missed("499.00", CLAIM)["decision"] == "hold"


def test_a_piece_that_went_back_takes_its_share_along() -> None:
    made = order((2, "250.00"))
    answer = ask(case(made, RECEIVED, [sent_back("quality", (1, 1))]))
    assert given_fen(answer) == 2_500


def test_a_coupon_of_nothing_or_worth_more_than_the_goods_is_refused() -> None:
    for face in ("0.00", "499.01"):
        answer = _missed("499.00", RECEIVED | {"coupon_amount": face})
        assert (answer["decision"], given_fen(answer)) == ("refuse", 0)
    assert given_fen(_missed("499.00", RECEIVED | {"coupon_amount": "499.00"})) == 49_900
