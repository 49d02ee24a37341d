"""Free freight before payment: an agent's to give up to a limit, never for SF or special prices alone."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask


def waiver(**keys: Any) -> Json:
    return ask(
        {"at": "2017-03-06T10:00", "freight_waiver": {"subtotal": "199.00", "postage": "12.00", **keys}}
    )


@pytest.mark.parametrize("courier", ["SF", "sf express", "顺丰", "顺丰速运"])
def test_sf_is_always_paid(courier: str) -> None:
    answer = waiver(courier=courier)
    assert (answer["decision"], answer["from_buyer"]) == ("pay", "211.00")
    assert [one["item"] for one in answer["not_applied"]] == ["freight_waiver"]


def test_the_order_is_booked_at_what_the_buyer_pays() -> None:
    (entry,) = waiver(waive="5.00")["entries"]
    assert entry["postings"] == [
        {"account": "2203.01", "credit": "206.00"},
        {"account": "1122.01", "debit": "206.00"},
    ]


def test_a_supervisor_agrees_above_the_agents_limit() -> None:
    assert waiver(postage="20.00")["approvals"] == []
    assert [one["who"] for one in waiver(postage="20.01")["approvals"]] == ["supervisor"]


def test_the_limit_is_the_shops_to_set() -> None:
    case = {"subtotal": "199.00", "postage": "12.00"}
    answer = ask(
        {
            "at": "2017-03-06T10:00",
            "policy": {"freight_waiver_approval_from": "12.00"},
            "freight_waiver": case,
        }
    )
    assert answer["decision"] == "approve"


def test_a_mixed_cart_is_warned_of_only_where_freight_is_waived() -> None:
    assert [one["id"] for one in waiver(special_price="some")["advisories"]] == ["MIXED_CART"]
    assert waiver(special_price="some", threshold="200.00")["advisories"] == []
