"""States: what a book is at a day or an entry, derived alone from its entries, the same on both engines."""

from collections import defaultdict
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.states import state_lines
from ledger import queries
from ledger.book import Book
from ledger.errors import UnknownEntry
from ledger.recordings import OrderFacts
from ledger.replay_reports import State
from ledger.states import Until, state_of
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import (
    DAY,
    NOW,
    NewBook,
    a_memorandum,
    a_recording,
    an_entry,
    dump,
    post,
    record,
    tamper,
)
from tests.ledger.shelves import Shelf
from tests.ledger.test_both_engines import play

FEW = settings(max_examples=OF_A_BOOK)
POSTED = st.lists(st.tuples(st.integers(1, 10**9), st.integers(0, 60)), min_size=1, max_size=7)


def text_of(book: Book, until: Until) -> str:
    """A state as its file has it."""
    with book.reading() as reader:
        _, state = state_of(reader, until)
        assert state is not None
        return "".join(state_lines(state))


def _state(book: Book, until: Until) -> State:
    with book.reading() as reader:
        _, state = state_of(reader, until)
    assert state is not None
    return state


def _on(days: int) -> date:
    return DAY + timedelta(days=days)


@FEW
@given(posted=POSTED, data=st.data())
def test_balances_at_a_day_and_at_an_entry_are_the_fold_of_the_entries_before_them(
    new_book: NewBook, posted: list[tuple[int, int]], data: st.DataObject
) -> None:
    last, day = data.draw(st.integers(1, len(posted))), _on(data.draw(st.integers(-1, 61)))
    with new_book() as book:
        for number, (fen, days) in enumerate(posted):
            post(book, an_entry(fen, on=_on(days)), str(number))
        at_entry, by_day = _state(book, Until(entry=last)), _state(book, Until(day=day))
        whole = _state(book, Until())
    for state, counted in (
        (at_entry, posted[:last]),
        (by_day, [one for one in posted if _on(one[1]) <= day]),
        (whole, posted),
    ):
        total = sum(fen for fen, _ in counted)
        assert {row.account: row.balance_fen for row in state.balances} == (
            {"1122.01": total, "2203.01": -total} if counted else {}
        )
        months: dict[str, int] = defaultdict(int)
        for fen, days in counted:
            months[_on(days).isoformat()[:7]] += fen
        assert {row.period: row.debit_fen for row in state.periods} == dict(months)
        assert (state.entries, state.postings) == (len(counted), 2 * len(counted))


@FEW
@given(before=POSTED, after=POSTED)
def test_the_state_at_an_entry_never_changes_whatever_is_posted_later(
    new_book: NewBook, before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    with new_book() as book:
        for number, (fen, days) in enumerate(before):
            post(book, an_entry(fen, on=_on(days)), str(number))
        texts = [text_of(book, Until(entry=seq)) for seq in range(1, len(before) + 1)]
        with book.writing(actor="li", now=NOW) as desk:
            desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
            desk.reverse(1, _on(60), "错账")
        for number, (fen, days) in enumerate(after):
            post(book, an_entry(fen, on=_on(days)), f"later {number}")
        assert texts == [text_of(book, Until(entry=seq)) for seq in range(1, len(before) + 1)]


def test_the_state_by_a_day_counts_what_takes_effect_until_then_however_late_it_was_posted(
    book: Book,
) -> None:
    post(book, an_entry(100, on=_on(0)), "a")
    post(book, an_entry(30, on=_on(5)), "b")
    before = text_of(book, Until(day=_on(1)))
    post(book, an_entry(7, on=_on(9)), "c")
    assert text_of(book, Until(day=_on(1))) == before
    post(book, an_entry(1, on=_on(1)), "late")
    late = _state(book, Until(day=_on(1)))
    assert (late.balances[0].balance_fen, late.head.seq, late.entries) == (101, 4, 2)


def test_refunds_are_listed_as_they_began_with_what_was_given_back_before_the_cut(book: Book) -> None:
    record(book, a_recording("C1", 50))
    record(book, a_recording("D1", 20, subject="O0", on=_on(3)))
    third = record(book, a_recording("C2", 70, before=50, on=_on(3)))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(third, _on(9), "取消")

    def given_back(until: Until) -> list[tuple[str, int, int, int]]:
        with book.reading() as reader:
            _, state = state_of(reader, until)
            rows = list(state.refunds) if state else []
        return [(row.subject, row.paid_fen, row.refunded_fen, row.steps) for row in rows]

    assert given_back(Until(entry=1)) == [("O1", 200, 50, 1)]
    assert given_back(Until(entry=3)) == [("O1", 200, 120, 2), ("O0", 200, 20, 1)]
    assert given_back(Until()) == [("O1", 200, 50, 3), ("O0", 200, 20, 1)]
    assert given_back(Until(day=_on(2))) == [("O1", 200, 50, 1)]
    assert given_back(Until(day=_on(8))) == [("O1", 200, 120, 2), ("O0", 200, 20, 1)]


def test_months_say_whether_they_stand_closed_as_far_as_the_cut_knows(book: Book) -> None:
    post(book, an_entry(on=_on(0)), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    post(book, an_entry(on=_on(30)), "b")
    at_one, at_two = _state(book, Until(entry=1)), _state(book, Until(entry=2))
    assert [(row.period, row.closed, row.version) for row in at_one.periods] == [("2026-10", False, 0)]
    assert [(row.period, row.closed, row.version) for row in at_two.periods] == [
        ("2026-10", True, 1),
        ("2026-11", False, 0),
    ]
    assert [row.period for row in _state(book, Until(day=_on(0))).periods] == ["2026-10"]
    assert (at_one.operation.seq, at_two.operation.seq) == (1, 2)


def test_a_red_letter_leaves_its_month_as_if_nothing_had_been(book: Book) -> None:
    seq = post(book, an_entry(100), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY, "错账")
    state = _state(book, Until())
    assert {(row.debit_fen, row.credit_fen, row.balance_fen) for row in state.balances} == {(0, 0, 0)}
    assert (state.periods[0].entries, state.periods[0].debit_fen) == (2, 0)


def test_the_whole_state_is_what_the_book_says_of_itself(book: Book) -> None:
    play(book)
    state = _state(book, Until())
    with book.reading() as reader:
        assert state.head == queries.head(reader)
        counts = queries.counts(reader)
        assert (state.entries, state.postings, state.settlements) == (
            counts.entries,
            counts.postings,
            counts.settlements,
        )
        for row in state.balances:
            assert row.balance_fen == queries.balance(reader, row.account)


def test_both_engines_give_the_same_bytes(sqlite_shelf: Shelf, postgres_shelf: Shelf) -> None:
    cuts = (Until(), Until(entry=300), Until(entry=606), Until(day=DAY), Until(day=date(2026, 10, 31)))
    with sqlite_shelf.empty() as one, postgres_shelf.empty() as other:
        for book in (one, other):
            play(book)
        for cut in cuts:
            assert text_of(one, cut) == text_of(other, cut)
        assert len({text_of(one, cut) for cut in cuts}) == len(cuts)


def test_memoranda_are_entries_without_postings(book: Book) -> None:
    record(book, a_recording())
    record(book, a_memorandum())
    state = _state(book, Until())
    assert (state.entries, state.postings, state.settlements) == (2, 2, 2)
    assert (state.periods[0].entries, state.periods[0].vouchers) == (2, 1)


def test_an_empty_book_has_a_state_too(book: Book) -> None:
    state = _state(book, Until())
    assert (state.entries, state.head.seq, state.balances, state.periods) == (0, 0, (), ())


@pytest.fixture
def differing(book: Book) -> Book:
    for number in range(3):
        post(book, an_entry(number + 1), str(number))
    tamper(book, "UPDATE posting SET narration = 'x' WHERE seq = 2")
    return book


def test_a_book_that_differs_has_no_state_and_is_sound_up_to_there(differing: Book) -> None:
    with differing.reading() as reader:
        replayed, state = state_of(reader, Until())
        assert (state, replayed.first_difference and replayed.first_difference.seq) == (None, 2)
        replayed, state = state_of(reader, Until(entry=1))
        assert (state is not None, replayed.first_difference) == (True, None)


def test_a_cut_beyond_the_book_is_refused_and_asking_writes_nothing(book: Book) -> None:
    post(book, an_entry(), "a")
    before = dump(book)
    with book.reading() as reader, pytest.raises(UnknownEntry):
        state_of(reader, Until(entry=2))
    text_of(book, Until(day=DAY))
    assert dump(book) == before
