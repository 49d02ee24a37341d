"""An order's own life: paid into escrow, and moved on at 交易成功 for what is left of it."""

from typing import Any

import pytest

from cli.rulebooks import default_rulebook
from ledger.order_life import Left, finished, paid
from ledger.recordings import KeyedEntry

ORDER: dict[str, Any] = {
    "order_no": "33",
    "paid_at": "2026-10-01T10:00",
    "confirmed_at": "2026-10-09T10:00",
    "postage": "12.00",
    "lines": [{"line": 1, "sku": "0707-M", "qty": 1, "price": "288.00"}],
}


def _amounts(keyed: KeyedEntry | None) -> dict[str, int]:
    assert keyed is not None
    return {posting.account: posting.amount_fen for posting in keyed.entry.postings}


def test_what_the_buyer_pays_is_owed_to_him_until_the_order_succeeds() -> None:
    entry = paid(ORDER, default_rulebook())
    assert _amounts(entry) == {"1122.01": 300_00, "2203.01": -300_00}
    assert entry is not None
    assert entry.key == "paid:33"


def test_points_are_owed_by_the_platform_not_by_escrow() -> None:
    entry = paid(ORDER | {"points": 500, "jifenbao": 300}, default_rulebook())
    assert _amounts(entry) == {"1122.01": 292_00, "1221.02": 8_00, "2203.01": -300_00}


def test_cash_on_delivery_books_nothing_before_it_is_delivered() -> None:
    assert paid(ORDER | {"payment": "cod"}, default_rulebook()) is None
    entry = finished(ORDER | {"payment": "cod"}, _left(0, 0, 0), default_rulebook())
    assert _amounts(entry) == {"1122.02": 300_00, "5001.01": -288_00, "5051.01": -12_00}


def test_an_order_not_paid_or_not_confirmed_has_no_entry() -> None:
    assert paid(ORDER | {"paid_at": None}, default_rulebook()) is None
    assert finished(ORDER | {"confirmed_at": None}, _left(300_00, 300_00, 12_00), default_rulebook()) is None


@pytest.mark.parametrize(
    ("left", "amounts"),
    [
        (
            (300_00, 300_00, 12_00),
            {"2203.01": 300_00, "5051.01": -12_00, "5001.01": -288_00, "1012.01": 300_00, "1122.01": -300_00},
        ),
        (
            (100_00, 140_00, 4_00),
            {"2203.01": 100_00, "5051.01": -4_00, "5001.01": -96_00, "1012.01": 140_00, "1122.01": -140_00},
        ),
    ],
    ids=["nothing was given back", "a part was refunded and a difference paid by Alipay"],
)
def test_success_moves_exactly_what_is_left(left: tuple[int, int, int], amounts: dict[str, int]) -> None:
    assert _amounts(finished(ORDER, _left(*left), default_rulebook())) == amounts


def test_an_order_with_nothing_left_ends_without_an_entry() -> None:
    assert finished(ORDER, _left(0, 0, 12_00), default_rulebook()) is None


def _left(liability: int, escrow: int, postage: int) -> Left:
    return Left(liability_fen=liability, escrow_fen=escrow, postage_fen=postage)
