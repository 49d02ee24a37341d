"""Commission: 5 % of a COD return, 5 % or 12 % of an application that timed out, once, and never for our fault."""

from typing import Any

import pytest

from tests.calculators.asking import CLOSED, ask, case, item_fen, order, sent_back


def _commission(cause: str = "no_reason", policy: Any = None, **changes: Any) -> int:
    claim = sent_back(cause, **{key: changes.pop(key) for key in ("route", "fault") if key in changes})
    made = order((1, "459.90"), **CLOSED, **changes)
    return -item_fen(ask(case(made, claim, policy=policy or {})), "commission")


@pytest.mark.parametrize(
    ("changes", "fen"),
    [
        ({}, 0),
        ({"payment": "cod"}, 2_300),
        ({"payment": "cod", "cause": "quality"}, 0),
        ({"route": "timed_out"}, 2_300),
        ({"route": "timed_out", "fault": "seller"}, 0),
        ({"route": "timed_out", "activity": "juhuasuan"}, 5_519),
        ({"activity": "juhuasuan"}, 0),
        ({"activity": "juhuasuan", "payment": "cod"}, 2_300),
        ({"activity": "juhuasuan", "payment": "cod", "route": "timed_out"}, 5_519),
    ],
)
def test_who_pays_which_rate(changes: dict[str, str], fen: int) -> None:
    assert _commission(**changes) == fen


def test_one_order_carries_one_rate_unless_the_shop_adds_them() -> None:
    both = {"payment": "cod", "route": "timed_out"}
    assert _commission(**both) == 2_300
    assert _commission(**both, policy={"commission_overlap": "SUM"}) == 4_599


def test_the_base_is_the_goods_or_by_choice_their_freight_too() -> None:
    freight = {"payment": "cod", "postage": "15.00"}
    assert _commission(**freight) == 2_300
    assert _commission(**freight, policy={"commission_base": "GOODS_PLUS_FREIGHT"}) == 2_375


def test_a_rate_of_the_shops_own() -> None:
    assert _commission(payment="cod", policy={"cod_commission_rate": "0.1"}) == 4_599
