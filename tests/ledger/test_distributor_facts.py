"""What the book knows of distributors' months: goods bought, goods given back, and goods asked back."""

from typing import Any

import pytest

from ledger.book import Book
from ledger.distributor_facts import MonthFacts, booked_months
from tests.ledger.buying import MONTH, RULES, an_order, applied, bought, returned
from tests.ledger.samples import DAY, NOW


def _months(book: Book, month: str = MONTH) -> dict[str, MonthFacts]:
    with book.reading() as reader:
        return booked_months(reader, month, RULES)


def _line(order_no: str, amount: str, pieces: int) -> dict[str, Any]:
    return {"order_no": order_no, "amount": amount, "pieces": pieces}


def test_an_order_counts_for_the_month_it_was_paid_in_by_its_goods_alone(book: Book) -> None:
    coupon = {"coupon": {"amount": "50.00"}, "points": 1000}
    bought(
        book,
        an_order("1", "100.00", **coupon),
        an_order("2", "100.00", paid_at="2026-10-31T23:59:59"),
        an_order("3", "100.00", paid_at="2026-11-01T00:00:00"),
        an_order("4", "80.00", distributor="d-02"),
        {key: value for key, value in an_order("5", "70.00").items() if key != "distributor"},
    )
    found = _months(book)
    assert {name: facts.body["orders"] for name, facts in found.items()} == {
        "d-01": [_line("1", "950.00", 10), _line("2", "1000.00", 10)],
        "d-02": [_line("4", "800.00", 10)],
    }
    assert list(_months(book, "2026-11")) == ["d-01"]
    assert _months(book, "2026-09") == {}


def test_what_claims_gave_back_of_the_goods_is_a_refund_of_the_orders_month(book: Book) -> None:
    order = an_order("1", "100.00")
    bought(book, order)
    returned(book, order, "17", 2, return_postage="12.00")
    returned(book, order, "18", 3)
    assert _months(book)["d-01"].body["refunds"] == [_line("1", "200.00", 2), _line("1", "300.00", 3)]


def test_a_claim_taken_back_gave_nothing_back(book: Book) -> None:
    order = an_order("1", "100.00")
    bought(book, order)
    seq = returned(book, order, "17", 2)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY, "错账")
    assert _months(book)["d-01"].body["refunds"] == []


def test_everything_that_comes_back_counts_all_its_pieces(book: Book) -> None:
    order = an_order("1", "100.00")
    bought(book, order)
    returned(book, order, "17", 4)
    returned(book, order, "18", 6)
    assert [line["pieces"] for line in _months(book)["d-01"].body["refunds"]] == [4, 6]


def test_open_applications_that_are_not_booked_are_pending(book: Book) -> None:
    order = an_order("1", "100.00")
    bought(book, order)
    returned(book, order, "90000001", 2)
    applied(
        book,
        "a",
        {"order_no": "1", "refund_no": "90000001", "amount_fen": 20_000},
        {"order_no": "1", "refund_no": "90000002", "amount_fen": 30_000},
        {"order_no": "1", "refund_no": "90000003", "status": "退款关闭"},
        {"order_no": "1", "refund_no": "90000004", "finished_at": "2026-10-20T10:00:00+08:00"},
        {"order_no": "9", "refund_no": "90000005"},
    )
    assert _months(book)["d-01"].pending == (_line("1", "300.00", 0), _line("1", "100.00", 0))


def test_a_finished_application_may_be_the_claim_that_has_a_number_of_its_own(book: Book) -> None:
    order = an_order("1", "100.00")
    bought(book, order)
    done = {"order_no": "1", "refund_no": "90000004", "finished_at": "2026-10-20T10:00:00+08:00"}
    applied(book, "a", done)
    assert _months(book)["d-01"].pending == (_line("1", "100.00", 0),)
    returned(book, order, "SH-17", 1)
    assert _months(book)["d-01"].pending == ()


def test_the_last_report_tells_how_an_application_stands(book: Book) -> None:
    bought(book, an_order("1", "100.00"))
    applied(book, "a", {"order_no": "1", "refund_no": "90000002"})
    applied(book, "b", {"order_no": "1", "refund_no": "90000002", "status": "退款关闭"})
    assert _months(book)["d-01"].pending == ()


@pytest.mark.parametrize(
    ("asked", "due"), [(99_999, ("999.99", 0)), (100_000, ("1000.00", 10)), (102_000, ("1000.00", 10))]
)
def test_no_more_is_pending_than_goods_are_left(book: Book, asked: int, due: tuple[str, int]) -> None:
    bought(book, an_order("1", "100.00"))
    applied(
        book,
        "a",
        {"order_no": "1", "refund_no": "90000002", "amount_fen": asked},
    )
    assert _months(book)["d-01"].pending == (_line("1", *due),)
