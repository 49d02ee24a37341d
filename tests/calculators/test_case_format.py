"""The keys of a case: what may stand in it is what the records hold, kind by kind."""

from dataclasses import fields

import pytest

from calculators import case_format
from calculators.facts import Bulk, Checkout, Claim, DistributorMonth, Order, Staff
from calculators.reading import Key


@pytest.mark.parametrize(
    ("keys", "record"),
    [
        (case_format.ORDER, Order),
        (case_format.DISTRIBUTOR_MONTH, DistributorMonth),
        (case_format.BULK, Bulk),
        (case_format.CHECKOUT, Checkout),
        (case_format.STAFF, Staff),
    ],
)
def test_every_key_fills_a_field_of_its_record(keys: dict[str, Key], record: type) -> None:
    assert {key.field or name for name, key in keys.items()} <= {field.name for field in fields(record)}


@pytest.mark.parametrize("kind", sorted(case_format.KINDS))
def test_every_key_of_a_kind_fills_a_field_of_a_claim(kind: str) -> None:
    keys = case_format.COMMON | case_format.KINDS[kind]
    assert {key.field or name for name, key in keys.items()} <= {field.name for field in fields(Claim)}


@pytest.mark.parametrize(("reason", "needed"), case_format.REASONS.items())
def test_what_a_reason_needs_is_a_key_of_a_price_difference(reason: str, needed: tuple[str, ...]) -> None:
    assert set(needed) <= set(case_format.KINDS["price_difference"]), reason


@pytest.mark.parametrize(
    "kind", sorted({*case_format.KINDS} & {"return", "exchange", "cancel", "repair", "goodwill"})
)
def test_who_is_to_blame_must_be_known_where_freight_depends_on_it(kind: str) -> None:
    keys = case_format.COMMON | case_format.KINDS[kind]
    assert keys["cause"].required == (kind in {"return", "exchange"})
