"""Pages: each figure is the fold of the entries, and what was known at an entry stays known so."""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import pages, queries
from ledger.book import Book
from ledger.errors import UnknownAccount, UnknownEntry
from ledger.journal import JournalEntry, Posting
from ledger.page_reports import AccountPage, Span
from ledger.reading import Reader
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import DAY, NOW, NewBook, a_recording, an_entry, dump, post, record

FEW = settings(max_examples=OF_A_BOOK)
CODES = ["1122.01", "1122.02", "2203.01", "5001.01"]
DAYS = st.dates(date(2026, 11, 25), date(2027, 2, 5))
LINES = st.lists(
    st.tuples(st.sampled_from(CODES), st.integers(-(10**9), 10**9).filter(bool)), min_size=1, max_size=3
)
POSTED = st.lists(st.tuples(LINES, DAYS), min_size=1, max_size=6)
Posted = list[tuple[list[tuple[str, int]], date]]


def _entry(lines: list[tuple[str, int]], on: date) -> JournalEntry:
    rest = -sum(fen for _, fen in lines)
    pair = [Posting(account="3001", amount_fen=1), Posting(account="1002", amount_fen=-1)]
    against = [Posting(account="3001", amount_fen=rest)] if rest else pair
    postings = tuple(Posting(account=code, amount_fen=fen) for code, fen in lines)
    return an_entry(on=on, kind="opening", postings=(*postings, *against), order_no="O1")


def _post_all(book: Book, posted: Posted, first: int = 0) -> list[JournalEntry]:
    entries = [_entry(lines, on) for lines, on in posted]
    for number, entry in enumerate(entries, start=first):
        post(book, entry, str(number))
    return entries


def _balances(entries: list[JournalEntry]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for entry in entries:
        for line in entry.postings:
            sums[line.account] += line.amount_fen
    return sums


@FEW
@given(posted=POSTED, as_of=DAYS, data=st.data())
def test_a_trial_balance_as_of_a_day_known_at_an_entry_is_the_fold_of_those_entries(
    new_book: NewBook, posted: Posted, as_of: date, data: st.DataObject
) -> None:
    known_at = data.draw(st.integers(1, len(posted)))
    with new_book() as book:
        entries = _post_all(book, posted)
        with book.reading() as reader:
            page = pages.trial_balance_page(reader, pages.span_of(reader, None, as_of, known_at))
    seen = [entry for entry in entries[:known_at] if entry.effective_on <= as_of]
    before = [entry for entry in seen if entry.effective_on.isoformat()[:7] < page.span.period]
    assert page.span.period == as_of.isoformat()[:7]
    assert {row.account: row.closing_fen for row in page.rows if row.closing_fen} == {
        code: fen for code, fen in _balances(seen).items() if fen
    }
    assert {row.account: row.opening_fen for row in page.rows if row.opening_fen} == {
        code: fen for code, fen in _balances(before).items() if fen
    }
    for name in ("opening_fen", "closing_fen"):
        assert sum(getattr(row, name) for row in page.rows) == 0
    assert sum(row.debit_fen for row in page.rows) == sum(row.credit_fen for row in page.rows)


@FEW
@given(posted=POSTED, code=st.sampled_from([*CODES, "1122"]), as_of=st.none() | DAYS)
def test_the_running_balance_of_an_account_is_the_cumulative_sum_of_its_lines(
    new_book: NewBook, posted: Posted, code: str, as_of: date | None
) -> None:
    with new_book() as book:
        entries = _post_all(book, posted)
        with book.reading() as reader:
            page = pages.account_page(reader, code, pages.span_of(reader, None, as_of))
            leaves = [code] if "." in code else ["1122.01", "1122.02"]
            now = sum(queries.balance(reader, leaf, as_of) for leaf in leaves)
    moved = [line.debit_fen - line.credit_fen for line in page.lines]
    assert [line.balance_fen for line in page.lines] == list(accumulate(moved, initial=page.opening_fen))[1:]
    assert page.closing_fen == page.opening_fen + page.debit_fen - page.credit_fen
    assert [line.effective_on for line in page.lines] == sorted(line.effective_on for line in page.lines)
    if as_of:
        assert page.closing_fen == now
    january = f"{page.span.period[:4]}-01-01"
    of_year = [
        line.amount_fen
        for entry in entries
        if january <= entry.effective_on.isoformat() < f"{page.span.period}-99"
        and (as_of is None or entry.effective_on <= as_of)
        for line in entry.postings
        if line.account in leaves
    ]
    assert page.year_debit_fen == sum(fen for fen in of_year if fen > 0)
    assert page.year_credit_fen == -sum(fen for fen in of_year if fen < 0)


def _all_pages(reader: Reader, span: Span) -> list[Any]:
    return [
        pages.trial_balance_page(reader, span),
        pages.journal_page(reader, span),
        pages.account_page(reader, "1122", span),
        pages.order_page(reader, "O1", span),
    ]


@FEW
@given(before=POSTED, after=POSTED, period=st.sampled_from([None, "2026-12", "2027-01"]))
def test_what_is_known_at_an_entry_never_changes_whatever_is_posted_later(
    new_book: NewBook, before: Posted, after: Posted, period: str | None
) -> None:
    with new_book() as book:
        _post_all(book, before)
        known_at = len(before)
        with book.reading() as reader:
            then = _all_pages(reader, pages.span_of(reader, period, None, known_at))
            now = _all_pages(reader, pages.span_of(reader, period))
        with book.writing(actor="li", now=NOW) as desk:
            desk.reverse(1, date(2027, 2, 5), "错账")
        _post_all(book, after, first=100)
        with book.reading() as reader:
            later = _all_pages(reader, pages.span_of(reader, period, None, known_at))
    assert later == then
    assert [replace(page, span=then[0].span) for page in now[:3]] == [
        replace(page, span=then[0].span) for page in then[:3]
    ]


def test_the_journal_stands_in_recorded_order_and_an_account_in_the_order_of_days(book: Book) -> None:
    for number, day in enumerate((20, 12, 31), start=1):
        post(book, an_entry(number, on=date(2026, 10, day)), str(number))
    with book.reading() as reader:
        span = pages.span_of(reader)
        journal = pages.journal_page(reader, span)
        account = pages.account_page(reader, "1122.01", span)
        until = pages.journal_page(reader, pages.span_of(reader, None, date(2026, 10, 20)))
    assert [row.seq for row in journal.rows] == [1, 1, 2, 2, 3, 3]
    assert [line.seq for line in account.lines] == [2, 1, 3]
    assert [line.balance_fen for line in account.lines] == [2, 3, 6]
    assert [row.seq for row in until.rows] == [1, 1, 2, 2]


def test_an_order_shows_what_each_account_holds_of_it_and_what_is_left(book: Book) -> None:
    post(book, an_entry(200, order_no="O1"), "paid")
    seq = record(book, a_recording("C1", 50))
    record(book, a_recording("C2", 70, before=50, on=date(2026, 11, 3)))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, date(2026, 11, 9), "取消")
    with book.reading() as reader:
        whole = pages.order_page(reader, "O1", pages.span_of(reader))
        october = pages.order_page(reader, "O1", pages.span_of(reader, None, date(2026, 10, 31)))
        known = pages.order_page(reader, "O1", pages.span_of(reader, None, None, 3))
        none = pages.order_page(reader, "O2", pages.span_of(reader))
    assert {row.account: row.balance_fen for row in whole.accounts} == {"1122.01": 130, "2203.01": -130}
    assert [line.balance_fen for line in whole.lines if line.account == "1122.01"] == [200, 150, 80, 130]
    assert [line.colour for line in whole.lines][-2:] == ["red", "red"]
    assert [row.refunded_fen for row in whole.left] == [70]
    assert ([row.refunded_fen for row in october.left], len(october.lines)) == ([50], 4)
    assert ([row.refunded_fen for row in known.left], len(known.lines)) == ([120], 6)
    assert (none.lines, none.accounts, none.left) == ((), (), ())


def test_an_account_in_red_shrinks_its_side_and_in_blue_moves_the_other(book: Book) -> None:
    post(book, an_entry(100, on=date(2026, 12, 3)), "a")
    post(book, an_entry(70, on=date(2026, 12, 4)), "b")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(1, date(2026, 12, 9), "错账")
        desk.reverse(2, date(2027, 1, 9), "错账")
    with book.reading() as reader:
        red = pages.account_page(reader, "1122.01", pages.span_of(reader, "2026-12"))
        blue = pages.account_page(reader, "1122.01", pages.span_of(reader, "2027-01"))
    assert (red.debit_fen, red.credit_fen, red.closing_fen) == (70, 0, 70)
    assert (blue.opening_fen, blue.debit_fen, blue.credit_fen, blue.closing_fen) == (70, 0, 70, 0)
    assert (red.year_debit_fen, blue.year_debit_fen, blue.year_credit_fen) == (70, 0, 70)


def test_an_account_above_others_shows_all_below_it_under_their_common_name(book: Book) -> None:
    post(book, an_entry(5), "a")
    with book.reading() as reader:
        page = pages.account_page(reader, "1122", pages.span_of(reader))
        assert (page.name_zh, page.closing_fen) == ("应收账款", 5)
        assert pages.account_page(reader, "1405", pages.span_of(reader)).lines == ()


@pytest.mark.parametrize("code", ["9", "112", "1122.", "%", "1122.01.1", ""])
def test_an_account_that_is_none_is_refused(book: Book, code: str) -> None:
    with book.reading() as reader, pytest.raises(UnknownAccount):
        pages.account_page(reader, code, pages.span_of(reader))


def test_the_span_is_the_month_of_the_day_or_the_last_that_has_entries(book: Book) -> None:
    with book.reading() as reader:
        assert pages.span_of(reader).period == ""
        empty: AccountPage = pages.account_page(reader, "1002", pages.span_of(reader))
    assert (empty.lines, empty.closing_fen) == ((), 0)
    post(book, an_entry(on=date(2026, 11, 3)), "a")
    post(book, an_entry(on=DAY), "b")
    with book.reading() as reader:
        assert pages.span_of(reader).period == "2026-11"
        assert pages.span_of(reader, None, date(2026, 9, 30)).period == "2026-09"
        assert pages.span_of(reader, None, None, 1).period == "2026-11"
        assert pages.span_of(reader, "2026-10").period == "2026-10"
        with pytest.raises(UnknownEntry):
            pages.span_of(reader, None, None, 3)


def test_turning_pages_writes_nothing(book: Book) -> None:
    post(book, an_entry(order_no="O1"), "a")
    before = dump(book)
    with book.reading() as reader:
        _all_pages(reader, pages.span_of(reader, None, DAY, 1))
    assert dump(book) == before
