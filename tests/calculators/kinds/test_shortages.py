"""Shortage: the platform's examples under its pack, nothing invented without one."""

import pytest

from ledger.quoting import answer_or_error
from tests.calculators.layered import PACK, Json, book

UNDER = book(packs=(PACK,))


def _case(at: str = "2026-05-10T10:00", **claim: object) -> Json:
    return {
        "at": at,
        "order": {
            "order_no": "S1",
            "paid_at": "2026-05-01T10:00",
            "lines": [{"line": 1, "qty": 1, "price": "300.00"}],
        },
        "claim": {"kind": "shortage", "cause": "out_of_stock", **claim},
    }


@pytest.mark.parametrize(
    ("claim", "given"),
    [
        ({}, "30.00"),
        ({"original_due_at": "2026-05-08T10:00"}, "45.00"),
        ({"original_due_at": "2026-05-08T10:00", "admitted_at": "2026-05-08T10:00"}, "30.00"),
        ({"original_due_at": "2026-05-08T10:00", "admitted_at": "2026-05-08T10:00:01"}, "45.00"),
    ],
    ids=[
        "promised within 48 h",
        "promised for later",
        "said at the original due time",
        "said a second after it",
    ],
)
def test_the_length_of_the_promise_and_who_spoke_first_decide(claim: Json, given: str) -> None:
    answer = answer_or_error(_case(**claim), UNDER)
    assert (answer["decision"], answer["to_buyer"]["red_packet"]) == ("pay", given)
    assert answer["entries"][0]["postings"] == [
        {"account": "5601.06", "debit": given},
        {"account": "1012.02", "credit": given},
    ]


def test_before_april_2026_saying_so_did_not_help() -> None:
    claim = {"original_due_at": "2026-05-08T10:00", "admitted_at": "2026-05-02T10:00"}
    assert answer_or_error(_case("2026-04-08T10:00", **claim), UNDER)["to_buyer"]["red_packet"] == "45.00"


@pytest.mark.parametrize(("price", "given"), [("25.00", "5.00"), ("6000.00", "500.00")])
def test_at_least_5_and_at_most_500(price: str, given: str) -> None:
    asked = _case()
    asked["order"]["lines"][0]["price"] = price
    assert answer_or_error(asked, UNDER)["to_buyer"]["red_packet"] == given


def test_a_day_nobody_has_a_text_for_is_a_gap() -> None:
    answer = answer_or_error(_case("2020-05-10T10:00"), UNDER)
    assert answer["decision"] == "hold"
    assert "RULE_GAP" in [one["id"] for one in answer["advisories"]]


def test_the_manuals_alone_name_no_amount() -> None:
    answer = answer_or_error(_case(), book())
    assert (answer["decision"], answer["not_applied"][0]["rule"]) == ("refuse", "000-3")
    assert "PLATFORM_RULE" in [one["id"] for one in answer["advisories"]]


def test_cash_on_delivery_is_outside() -> None:
    asked = _case()
    asked["order"]["payment"] = "cod"
    assert answer_or_error(asked, UNDER)["not_applied"][0]["rule"] == "004-E4"


def test_a_promise_of_unknown_length_is_a_bad_case() -> None:
    asked = _case()
    asked["order"]["paid_at"] = None
    assert answer_or_error(asked, UNDER)["error"]["path"] == "order.paid_at"
