"""Questions: against a small model that keeps its sums in a dictionary."""

from collections import defaultdict
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from ledger import queries
from ledger import tables as t
from ledger.book import Book
from ledger.canonical import GENESIS
from ledger.errors import UnknownEntry
from ledger.journal import JournalEntry, Posting
from ledger.month_reports import period_report
from ledger.reading import Reader
from ledger.recordings import OrderFacts, Statement, StatementLine
from ledger.sealed_rows import SealRow
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import (
    NOW,
    NewBook,
    a_ruled_recording,
    an_entry,
    dump,
    path_of,
    post,
    record,
)

CODES = st.sampled_from(["1002", "1122.01", "2203.01", "5001.01", "5601.01"])
LINES = st.lists(st.tuples(CODES, st.integers(1, 10**9)), min_size=1, max_size=3)
DAYS = st.dates(date(2026, 9, 1), date(2026, 11, 30))


def _entry(lines: list[tuple[str, int]], on: date) -> JournalEntry:
    against = Posting(account="3001", amount_fen=-sum(fen for _, fen in lines))
    postings = tuple(Posting(account=code, amount_fen=fen) for code, fen in lines)
    return an_entry(on=on, kind="opening", postings=(*postings, against))


@settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(posted=st.lists(st.tuples(LINES, DAYS), min_size=1, max_size=6), as_of=DAYS, data=st.data())
def test_balances_are_the_sums_of_their_postings(
    new_book: NewBook,
    posted: list[tuple[list[tuple[str, int]], date]],
    as_of: date,
    data: st.DataObject,
) -> None:
    known_at = data.draw(st.integers(0, len(posted)))
    model: dict[str, int] = defaultdict(int)
    whole: dict[str, int] = defaultdict(int)
    with new_book() as book:
        for number, (lines, day) in enumerate(posted, start=1):
            entry = _entry(lines, day)
            post(book, entry, str(number))
            for line in entry.postings:
                whole[line.account] += line.amount_fen
                model[line.account] += line.amount_fen if day <= as_of and number <= known_at else 0
        with book.reading() as reader:
            for code, fen in whole.items():
                assert queries.balance(reader, code, as_of, known_at) == model[code]
                assert queries.balance(reader, code) == fen
            rows = queries.trial_balance(reader, "2026-11")
            assert {row.account: row.closing_fen for row in rows} == dict(whole)
            assert sum(row.closing_fen for row in rows) == 0
            assert sum(row.debit_fen for row in rows) == sum(row.credit_fen for row in rows)


def test_an_empty_book_has_a_head_at_0_and_no_rows(book: Book) -> None:
    with book.reading() as reader:
        assert queries.head(reader).seq == 0
        assert queries.head(reader).hash == GENESIS
        assert queries.trial_balance(reader, "2026-10") == ()
        assert queries.facts(reader, "O1") is None
        assert queries.settlement(reader, "C1") is None
        with pytest.raises(UnknownEntry):
            queries.entry(reader, 1)


def test_entries_of_an_order_and_its_facts_and_lines_are_found_by_its_number(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(order_no="O1"), key="a", source="orders.csv:2")
        desk.post(an_entry(order_no="O2"), key="b")
        desk.store_facts(OrderFacts(order_no="O1", facts_json='{"v":1}'))
        desk.store_facts(OrderFacts(order_no="O1", facts_json='{"v":2}', source="later.csv:9"))
        line = StatementLine(row_no=4, reference="O1", line_json="{}")
        desk.store_statement(Statement(name="a.csv", layout="taobao", sha256="a" * 64, lines=(line,)))
    with book.reading() as reader:
        (entry,) = queries.entries_of_order(reader, "O1")
        assert (entry.seq, entry.source, entry.key, entry.actor) == (1, "orders.csv:2", "a", "wang")
        assert queries.facts(reader, "O1") == OrderFacts(
            order_no="O1", facts_json='{"v":2}', source="later.csv:9"
        )
        assert queries.statement_lines(reader, "O1") == (line,)
        assert [row.name for row in queries.statements(reader)] == ["a.csv"]
        assert queries.counts(reader).orders == 1


def test_asking_writes_nothing(sqlite_book: Book) -> None:
    record(sqlite_book, a_ruled_recording())
    before = path_of(sqlite_book).read_bytes()
    with sqlite_book.reading() as reader:
        _ask(reader)
        total = reader.connection.connection.driver_connection.total_changes  # type: ignore[union-attr]
    assert total == 0
    assert path_of(sqlite_book).read_bytes() == before


def test_asking_a_server_writes_nothing_and_could_not(postgres_book: Book) -> None:
    record(postgres_book, a_ruled_recording())
    before = dump(postgres_book)
    with postgres_book.reading() as reader:
        _ask(reader)
        assert reader.connection.exec_driver_sql("SHOW transaction_read_only").scalar() == "on"
        with pytest.raises(DBAPIError, match="read-only"):
            reader.connection.exec_driver_sql("CREATE TABLE mine (x int)")
        reader.connection.rollback()
    assert dump(postgres_book) == before


def _ask(reader: Reader) -> None:
    report = period_report(reader, "2026-10")
    assert [len(list(rows)) for rows in (report.journal, report.items, report.notices)] == [2, 1, 0]
    queries.counts(reader)
    queries.history(reader, "O1")


def test_a_sweep_refuses_a_question_that_names_its_columns_in_another_order(book: Book) -> None:
    post(book, an_entry(), "a")
    c = t.entry_seal.c
    with book.reading() as reader:
        (seal,) = reader.swept(sa.select(c.book, c.seq, c.prev_hash, c.hash), SealRow)
        assert (seal.seq, seal.prev_hash) == (1, GENESIS)
        with pytest.raises(ValueError, match="book, seq, hash, prev_hash are not the columns of a SealRow"):
            reader.swept(sa.select(c.book, c.seq, c.hash, c.prev_hash), SealRow)
