"""The shipped pack: the platform's own figures, line by line, and their booking."""

from datetime import date

import pytest

from calculators.money import parse_yuan
from ledger.quoting import answer_or_error
from tests.calculators.layered import LATE, PACK, book, late

UNDER = book(packs=(PACK,))


def _lines(*prices: str, **more: object) -> list[dict[str, object]]:
    return [{"line": n, "qty": 1, "price": price, **more} for n, price in enumerate(prices, start=1)]


@pytest.mark.parametrize(
    ("price", "given"),
    [("20.00", "5.00"), ("100.00", "5.00"), ("100.20", "5.01"), ("1000.00", "50.00"), ("9000.00", "50.00")],
)
def test_five_per_cent_at_least_5_and_at_most_50(price: str, given: str) -> None:
    answer = answer_or_error(late(lines=_lines(price)), UNDER)
    assert answer["to_buyer"]["red_packet"] == given
    assert answer["items"][0]["rule"] == "11000266-7"


def test_pre_sale_goods_get_ten_per_cent() -> None:
    answer = answer_or_error(late(lines=_lines("300.00", presale=True)), UNDER)
    assert answer["to_buyer"]["red_packet"] == "30.00"


def test_a_buyer_gets_at_most_500_for_one_day_of_payment() -> None:
    answer = answer_or_error(late(lines=_lines(*["2000.00"] * 12)), UNDER)
    assert answer["to_buyer"]["red_packet"] == "500.00"
    assert sum(parse_yuan(item["amount"]) for item in answer["items"]) == 500_00


def test_no_complaint_is_awaited_for_the_platform_judges_by_the_scan() -> None:
    assert answer_or_error({**LATE, "claim": {"kind": "late_shipment"}}, UNDER)["decision"] == "pay"


def test_the_same_line_is_compensated_once() -> None:
    earlier = {"kind": "late_shipment", "asked_at": "2026-10-11T10:00"}
    answer = answer_or_error({**LATE, "history": [earlier]}, UNDER)
    assert answer["to_buyer"]["red_packet"] == "0.00"


def test_a_red_packet_is_booked_as_a_penalty_out_of_the_margin() -> None:
    (entry,) = answer_or_error(LATE, UNDER)["entries"]
    assert entry["postings"] == [
        {"account": "5601.06", "debit": "15.00"},
        {"account": "1012.02", "credit": "15.00"},
    ]


@pytest.mark.parametrize(
    ("paid_at", "picked_up_at", "decision"),
    [
        ("2026-02-10T00:00", "2026-02-26T23:59:59", "refuse"),
        ("2026-02-10T00:00", "2026-02-27T00:00:00", "pay"),
        ("2026-02-09T23:59", "2026-02-26T23:59:59", "pay"),
        ("2026-02-24T00:00", "2026-02-26T00:00:01", "pay"),
    ],
)
def test_orders_of_the_spring_festival_are_due_on_the_26th(
    paid_at: str, picked_up_at: str, decision: str
) -> None:
    order = late(paid_at=paid_at, ship_clicked_at=paid_at, picked_up_at=picked_up_at)
    assert answer_or_error({**order, "at": "2026-03-05T10:00"}, UNDER)["decision"] == decision


def test_a_later_promise_stands_over_the_festival_day() -> None:
    order = late(paid_at="2026-02-12T10:00", ship_by="2026-03-01", picked_up_at="2026-02-28T10:00")
    assert answer_or_error({**order, "at": "2026-03-05T10:00"}, UNDER)["decision"] == "refuse"


def test_every_value_of_the_pack_begins_on_a_day_and_cites_its_source() -> None:
    pack = UNDER.packs[PACK]
    assert pack.checked_on == date(2026, 8, 22)
    assert all(one.citation and one.rule for one in pack.amendments)
    assert all(version.since for one in pack.amendments for version in one.versions)
    assert len([one for one in pack.amendments if one.name == "price_protection"]) == 10
