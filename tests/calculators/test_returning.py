"""The checks on a return's parcel (003-23): what holds it, and what nobody repays."""

import pytest

from tests.calculators.asking import Json, ask, case, order, sent_back, without

ON_ITS_WAY = without(sent_back("quality", return_postage="6.00"), "received")


def held_for(**keys: object) -> list[str]:
    awaits = ask(case(order((1, "299.00")), {**ON_ITS_WAY, **keys}))["awaits"]
    return [one["fact"] for one in awaits if one["rule"] == "003-23"]


@pytest.mark.parametrize(
    ("keys", "facts"),
    [
        ({"wrong_number": True}, ["tracking_number"]),
        ({"duplicate_number": True}, ["tracking_number"]),
        ({"tracking_no": "KA123"}, ["parcel_by_courier"]),
        ({"tracking_no": " pa123"}, ["parcel_by_courier"]),
        ({"tracking_no": "YT123"}, []),
        ({"days_left": 8}, ["return_traced"]),
        ({"days_left": 9}, []),
        ({"days_left": 8, "traced": True}, []),
        ({}, []),
    ],
)
def test_a_parcel_is_held_for_what_is_wrong_with_it(keys: Json, facts: list[str]) -> None:
    assert held_for(**keys) == facts


@pytest.mark.parametrize(("days_left", "how"), [(8, "message"), (7, "message"), (6, "telephone")])
def test_below_seven_days_a_call_replaces_the_message(days_left: int, how: str) -> None:
    answer = ask(case(order((1, "299.00")), {**ON_ITS_WAY, "days_left": days_left}))
    (advisory,) = answer["advisories"]
    assert how in advisory["text"]


def test_goods_that_have_arrived_need_no_trace() -> None:
    assert held_for(received=True, days_left=1, tracking_no="KA123") == []


@pytest.mark.parametrize(("number", "repaid"), [("KA123", "0.00"), ("YT123", "6.00"), ("", "6.00")])
def test_surface_mail_is_not_repaid(number: str, repaid: str) -> None:
    claim = {**ON_ITS_WAY, "received": True, "tracking_no": number}
    assert ask(case(order((1, "299.00")), claim))["to_buyer"]["alipay"] == repaid
