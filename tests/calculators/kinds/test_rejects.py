"""Refused at the door: it costs the buyer nothing, and waits until the parcel shows back."""

from tests.calculators.asking import Json, ask, case, order


def _reject(claim: Json | None = None, **changes: object) -> Json:
    made = order((1, "200.00"), postage="15.00", signed_at=None, **changes)
    return ask(case(made, {"kind": "reject", "returned": True, **(claim or {})}))


def test_everything_comes_back_with_the_freight_it_was_sent_with() -> None:
    assert _reject()["to_buyer"]["order"] == "215.00"


def test_nothing_is_paid_before_the_parcel_shows_back() -> None:
    answer = _reject({"returned": False})
    assert (answer["decision"], answer["entries"]) == ("hold", [])


def test_who_could_not_refuse_gets_his_postage_by_alipay() -> None:
    assert _reject({"return_postage": "12.00"})["to_buyer"]["alipay"] == "12.00"


def test_a_cod_parcel_had_collected_nothing() -> None:
    answer = _reject(payment="cod")
    assert (answer["decision"], answer["to_buyer"]["order"], answer["to_buyer"]["alipay"]) == (
        "pay",
        "0.00",
        "0.00",
    )
