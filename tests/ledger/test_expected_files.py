"""Which files a month must have: a report where the book has had one or the statement asks for it, and every day."""

import json
from hashlib import sha256
from typing import Any

import pytest

from calculators.days import parse_day
from ledger.book import Book
from ledger.expected_files import missing_reports, uncovered_days
from ledger.imported import facts_line
from ledger.opening import opening_entry
from ledger.recordings import Statement, StatementLine
from tests.ledger.samples import NOW, an_entry, post
from tests.ledger.test_imported import FACTS

OCTOBER = "2026-10"
ORDERS, REFUNDS, STATEMENT = "订单报表、宝贝报表", "退款报表", "支付宝账务明细"


def imported(book: Book, layout: str, *lines: dict[str, Any], **said: Any) -> None:
    """A file of a layout with its lines; `said` is what a statement says of itself."""
    rows = [
        StatementLine(row_no=row, reference=None, line_json=json.dumps(line, sort_keys=True))
        for row, line in enumerate(lines, start=5)
    ]
    facts = [facts_line(json.dumps({**FACTS, **said}))] if layout == "alipay_statement" else []
    digest = sha256(f"{layout}{lines}{said}".encode()).hexdigest()
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_statement(Statement(name="a.csv", layout=layout, sha256=digest, lines=(*facts, *rows)))


def missing(book: Book, period: str = OCTOBER) -> list[str]:
    with book.reading() as reader:
        return [one.zh for one in missing_reports(reader, period)]


def uncovered(book: Book, period: str = OCTOBER) -> list[tuple[str, str]]:
    with book.reading() as reader:
        return [(str(first), str(last)) for first, last in uncovered_days(reader, period)]


def test_a_book_that_has_had_nothing_expects_nothing(book: Book) -> None:
    assert missing(book) == []
    assert uncovered(book) == []


def test_money_on_alipay_asks_for_a_statement(book: Book) -> None:
    post(book, opening_entry({"1012.01": 5_00}, parse_day("2026-09-01")), "opening")
    assert missing(book) == [STATEMENT]
    imported(book, "alipay_statement")
    assert missing(book) == []
    assert missing(book, "2026-11") == [STATEMENT]


@pytest.mark.parametrize(
    ("layout", "day", "words"),
    [("order_report", "created_at", ORDERS), ("refund_report", "applied_at", REFUNDS)],
)
def test_a_report_that_the_book_has_had_is_expected_every_month(
    book: Book, layout: str, day: str, words: str
) -> None:
    post(book, an_entry(), "a")
    imported(book, layout, {day: "2026-10-31T23:59:59+08:00"})
    assert (missing(book, "2026-09"), missing(book)) == ([], [])
    assert missing(book, "2026-11") == [words]
    imported(book, layout, {day: "2026-11-01T00:00:00+08:00"})
    assert missing(book, "2026-11") == []


@pytest.mark.parametrize(("meaning", "words"), [("receipt", ORDERS), ("refund", REFUNDS)])
def test_lines_that_only_a_report_explains_ask_for_it(book: Book, meaning: str, words: str) -> None:
    imported(book, "alipay_statement", {"at": "2026-10-09T10:00:00+08:00", "meaning": meaning})
    assert missing(book) == [words]


def test_every_day_of_a_month_has_its_statement_for_every_account(book: Book) -> None:
    half = {"first_on": "2026-10-01", "last_on": "2026-10-15", "whole_months": False}
    imported(book, "alipay_statement", **half, covered_until="2026-10-15T12:00:00+08:00")
    assert uncovered(book) == [("2026-10-15", "2026-10-31")]
    rest = {"first_on": "2026-10-15", "last_on": "2026-10-31", "whole_months": False}
    imported(book, "alipay_statement", **rest)
    assert uncovered(book) == []
    imported(book, "alipay_statement", account_digest="e" * 16, first_on="2026-10-02", last_on="2026-10-30")
    assert uncovered(book) == [("2026-10-01", "2026-10-01"), ("2026-10-31", "2026-10-31")]


def test_a_statement_of_two_months_covers_both(book: Book) -> None:
    imported(book, "alipay_statement", first_on="2026-09-01")
    assert (uncovered(book, "2026-09"), uncovered(book), missing(book)) == ([], [], [])
