"""Ordered again at a dearer page price: the old price holds, and is made good after receipt."""

import pytest

from tests.calculators.asking import Json, ask, case, order


def _reorder(old: str, page: str, qty: int = 1, *, received: bool = True) -> Json:
    claim = {"kind": "price_difference", "reason": "presale_reorder", "old_price": old, "page_price": page}
    return ask(case(order((qty, page)), {**claim, "received": received}))


@pytest.mark.parametrize(
    ("old", "page", "qty", "amount"),
    [("239.00", "299.00", 1, "60.00"), ("239.00", "299.00", 2, "120.00"), ("239.00", "219.00", 1, "0.00")],
)
def test_the_buyer_pays_the_old_price_in_the_end(old: str, page: str, qty: int, amount: str) -> None:
    answer = _reorder(old, page, qty)
    assert (answer["to_buyer"]["order"], answer["from_buyer"]) == (amount, "0.00")


def test_it_goes_on_the_order_however_small() -> None:
    assert _reorder("298.99", "299.00")["to_buyer"]["order"] == "0.01"


def test_it_waits_until_the_goods_are_received() -> None:
    assert _reorder("239.00", "299.00", received=False)["decision"] == "hold"
