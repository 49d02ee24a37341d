import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from calculators.days import SHANGHAI, parse_moment
from cli.booked_cases import NoSuchOrder, booked_case, moment_text
from cli.recording import InHand, case_of, record_case
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.book import Book
from ledger.claims import Subject
from ledger.connections import sqlite_url
from ledger.engine import open_book
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import DESPITE, Shell, noted


@pytest.fixture
def book(booked: Shell) -> Book:
    return open_book(sqlite_url(booked.folder / "settle.db"))


def test_the_case_holds_the_order_as_it_was_known_then(book: Book, notes: list[dict[str, Any]]) -> None:
    note = noted(notes, kind="cancel")
    with book.reading() as reader:
        stored = queries.facts(reader, note["order_no"])
        assert stored is not None
        order = json.loads(stored.facts_json)
        before = parse_moment(order["paid_at"])
        case = booked_case(reader, note["order_no"], note["claim"], before)
    assert case["order"]["paid_at"] == order["paid_at"]
    assert "confirmed_at" not in case["order"]
    assert "history" not in case


def test_what_is_recorded_is_the_history_of_the_next_claim_and_not_of_itself(
    book: Book, notes: list[dict[str, Any]]
) -> None:
    note = noted(notes, kind="return", cause="quality", received=True)
    order_no, claim, at = note["order_no"], note["claim"], parse_moment(note["at"])
    with book.writing(actor="wang", now=STANDS_AT) as desk:
        case = case_of(desk, order_no, claim, at)
        record_case(
            desk, case, Subject(claim_no=claim["claim_no"], order_no=order_no), default_rulebook(), InHand()
        )
        assert case_of(desk, order_no, claim, STANDS_AT) == case
        following = booked_case(desk.reader, order_no, {"kind": "cancel"}, at)
    assert [one["claim_no"] for one in following["history"]] == [claim["claim_no"]]
    assert following["history"][0]["settled"]["cash"] != "0.00"


def test_an_order_that_no_file_brought_is_refused_in_both_languages(book: Book) -> None:
    with book.reading() as reader, pytest.raises(NoSuchOrder) as refused:
        booked_case(reader, "1", {"kind": "cancel"}, STANDS_AT)
    assert "账中没有订单 1" in refused.value.said("zh")
    assert "no order 1 in the book" in refused.value.said("en")


def test_a_moment_is_written_in_shanghai_to_the_second() -> None:
    moment = datetime(2026, 10, 1, 23, 59, 59, 999, tzinfo=SHANGHAI)
    assert moment_text(moment) == "2026-10-01T23:59:59+08:00"
    assert parse_moment(moment_text(moment)) == moment.replace(microsecond=0)


def test_a_confirmation_that_is_booked_stays_so_for_a_claim_dated_before_it(
    booked: Shell, shop: Path
) -> None:
    booked("close", "2026-10", *DESPITE)
    with open_book(sqlite_url(booked.folder / "settle.db")) as book, book.reading() as reader:
        orders = (json.loads(path) for path in _facts(reader))
        order = next(one for one in orders if str(one.get("confirmed_at", "")).startswith("2026-10"))
        before = parse_moment(order["paid_at"])
        case = booked_case(reader, order["order_no"], {"kind": "cancel"}, before)
    assert parse_moment(case["at"]) == parse_moment(order["confirmed_at"])
    assert parse_moment(case["claim"]["asked_at"]) == before


def _facts(reader: Any) -> list[str]:
    from ledger.orders import latest_facts

    return [facts.facts_json for facts in latest_facts(reader)]
