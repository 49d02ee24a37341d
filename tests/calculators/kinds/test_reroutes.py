"""Forwarding and sending again: the shop's courier bill always, the buyer's money only for a wrong address."""

import pytest

from tests.calculators.asking import Json, ask, case, net_of, order, without

ON_ITS_WAY = without(order((1, "299.00"), free_shipping=True), "signed_at")
EMS = {"kind": "reroute", "way": "ems", "reship_postage": "18.00"}


@pytest.mark.parametrize("blame", [{"wrong_address": True}, {"fault": "buyer"}])
def test_the_buyer_pays_exactly_what_the_courier_bills(blame: Json) -> None:
    answer = ask(case(ON_ITS_WAY, {**EMS, **blame}))
    net = net_of(answer["entries"])
    assert answer["from_buyer"] == "18.00"
    assert net["1012.01"] == -net["2202.01"] == 1800


def test_the_courier_of_the_shops_own_choice_costs_the_buyer_nothing() -> None:
    answer = ask(case(ON_ITS_WAY, EMS))
    assert answer["from_buyer"] == "0.00"
    assert net_of(answer["entries"]) == {"5601.01": 1800, "2202.01": -1800}


def test_what_goes_out_again_waits_until_it_is_back() -> None:
    again = {"kind": "reroute", "way": "reship", "return_postage": "9.00", "reship_postage": "10.00"}
    assert [one["fact"] for one in ask(case(ON_ITS_WAY, again))["awaits"]] == ["parcel_returned"]
    assert ask(case(ON_ITS_WAY, {**again, "returned": True}))["decision"] == "pay"


def test_the_way_back_is_no_part_of_forwarding() -> None:
    assert net_of(ask(case(ON_ITS_WAY, {**EMS, "return_postage": "9.00"}))["entries"])["2202.01"] == -1800
