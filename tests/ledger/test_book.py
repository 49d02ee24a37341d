"""The book: a turn is committed as a whole or not at all, and time in it never runs back."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.engine import create_book
from ledger.errors import KeyConflict
from ledger.recordings import KeyedEntry, OrderFacts
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import (
    DAY,
    NOW,
    NewBook,
    StatementFailed,
    a_recording,
    an_entry,
    dump,
    failing,
    post,
    url_of,
)

FEW = settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(offsets=st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=6))
def test_recorded_at_never_goes_back_whatever_the_clock_says(new_book: NewBook, offsets: list[int]) -> None:
    with new_book() as book:
        for number, seconds in enumerate(offsets):
            with book.writing(actor="wang", now=NOW + timedelta(seconds=seconds)) as desk:
                desk.post(an_entry(), key=str(number))
        with book.reading() as reader:
            moments = [queries.entry(reader, seq).recorded_at for seq in range(1, len(offsets) + 1)]
    assert moments == sorted(moments)
    assert moments[0] == max(NOW, NOW + timedelta(seconds=offsets[0]))


def test_a_naive_clock_is_refused(book: Book) -> None:
    with (
        pytest.raises(ValueError, match="offset"),
        book.writing(actor="wang", now=datetime(2026, 1, 1)),
    ):
        pass


def test_an_exception_in_the_turn_leaves_the_book_as_it_was(book: Book) -> None:
    post(book, an_entry(), "k")
    before = dump(book)
    with pytest.raises(ZeroDivisionError), book.writing(actor="wang", now=NOW) as desk:
        _fail_after_much(desk)
    assert dump(book) == before


def test_a_refusal_that_is_caught_leaves_the_turn_usable(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="a")
        with pytest.raises(KeyConflict):
            desk.post(an_entry(7), key="a")
        assert desk.post(an_entry(8), key="b").seq == 2


def test_a_batch_refused_in_its_middle_voids_the_turn(book: Book) -> None:
    before = dump(book)
    batch = [KeyedEntry(entry=an_entry(n), key="same") for n in (1, 2)]
    with pytest.raises(RuntimeError, match="nothing"), book.writing(actor="wang", now=NOW) as desk:
        _swallow(desk, batch)
    assert dump(book) == before


def _swallow(desk: Desk, batch: list[KeyedEntry]) -> None:
    with pytest.raises(KeyConflict):
        desk.post_many(batch)


@FEW
@given(amounts=st.lists(st.integers(1, 10**12), min_size=1, max_size=5))
def test_the_log_only_grows(new_book: NewBook, amounts: list[int]) -> None:
    with new_book() as book:
        seen: list[Any] = []
        for number, fen in enumerate(amounts):
            seq = post(book, an_entry(fen), str(number))
            with book.reading() as reader:
                reports = [queries.entry(reader, each) for each in range(1, seq + 1)]
            assert reports[: len(seen)] == seen
            seen = reports


def test_of_many_entries_posted_together_each_is_kept_as_it_was_told(book: Book) -> None:
    many = [KeyedEntry(entry=an_entry(fen), key=str(fen)) for fen in (100, 200, 300)]
    with book.writing(actor="wang", now=NOW) as desk:
        told = desk.post_many(many)
        assert desk.post_many(many) == [replace(one, again=True) for one in told]
    with book.reading() as reader:
        kept = [queries.entry(reader, one.seq) for one in told]
        assert queries.head(reader).hash == told[-1].hash
    assert [(one.seq, one.hash, one.voucher) for one in told] == [
        (one.seq, one.hash, one.voucher) for one in kept
    ]
    assert [one.postings[0].amount_fen for one in kept] == [100, 200, 300]


def test_as_many_entries_as_are_written_at_once_and_more_are_all_kept(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(KeyedEntry(entry=an_entry(fen), key=str(fen)) for fen in range(1, 251))
    with book.reading() as reader:
        assert queries.head(reader).seq == 250
        assert [queries.entry(reader, seq).postings[0].amount_fen for seq in (1, 100, 250)] == [1, 100, 250]


def test_two_books_of_one_database_number_their_own_vouchers(book: Book) -> None:
    post(book, an_entry(), "a")
    with create_book(url_of(book), "other", actor="wang", now=NOW) as other:
        for beside, voucher in ((other, "记-1"), (book, "记-2"), (other, "记-2")):
            with beside.writing(actor="wang", now=NOW) as desk:
                assert desk.post(an_entry(), key=voucher).voucher == voucher


def _write_much(desk: Desk) -> None:
    desk.post(an_entry(), key="l")
    desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
    desk.record(a_recording())
    desk.reverse(1, DAY, "错账")
    desk.close("2026-10")


def _fail_after_much(desk: Desk) -> None:
    _write_much(desk)
    raise ZeroDivisionError


def test_a_failure_at_any_statement_leaves_the_book_as_it_was(book: Book) -> None:
    post(book, an_entry(), "k")
    before = dump(book)
    failed = 0
    while _fails_at(book, failed + 1):
        failed += 1
        assert dump(book) == before
    assert failed > 20
    assert dump(book) != before


def _fails_at(book: Book, number: int) -> bool:
    """Write with the statement of that number failing; answers whether there was one of that number."""
    seen = count(1)
    try:
        with (
            failing(book.store.engine, lambda _: next(seen) == number),
            book.writing(actor="wang", now=NOW) as desk,
        ):
            _write_much(desk)
    except StatementFailed:
        return True
    return False


def _post_another(desk: Desk) -> None:
    desk.post(an_entry(), key="b")


def _store_facts(desk: Desk) -> None:
    desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))


@pytest.mark.parametrize(("table", "write"), [("posting", _post_another), ("order_facts", _store_facts)])
def test_a_failed_write_that_is_swallowed_still_voids_the_turn(
    book: Book, table: str, write: Callable[[Desk], None]
) -> None:
    before = dump(book)
    with pytest.raises(RuntimeError, match="nothing"), book.writing(actor="wang", now=NOW) as desk:
        _swallow_refusal(desk, table, write)
    assert dump(book) == before


def _swallow_refusal(desk: Desk, table: str, write: Callable[[Desk], None]) -> None:
    desk.post(an_entry(), key="a")
    broken = failing(desk.reader.connection, lambda said: said.startswith(f"INSERT INTO {table}"))
    with broken, pytest.raises(StatementFailed):
        write(desk)
