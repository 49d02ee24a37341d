"""Hindsight: whatever is asked of the book as of a moment is answered as it was answered then."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ledger import approving, hand_over, periods, queries
from ledger import tables as t
from ledger.book import Book
from ledger.desk import Desk
from ledger.hindsight import Known, as_then
from ledger.late_arrivals import late_arrivals
from ledger.month_reports import standing
from ledger.month_rows import MonthItems, MonthJournal
from ledger.notices import MonthNotices
from ledger.orders import latest_facts
from ledger.reading import Reader
from ledger.recordings import OrderFacts, Statement, StatementLine
from ledger.rules_in_force import rules_in_force
from tests.ledger.samples import (
    DAY,
    NOW,
    a_recording,
    an_entry,
    ask,
    grant,
    handed_to,
    reopen,
    to_be_approved,
)

OCTOBER, NOVEMBER = "2026-10", "2026-11"
QUESTIONS: dict[str, Callable[[Reader], Any]] = {
    "head": queries.head,
    "trial balance": lambda reader: queries.trial_balance(reader, NOVEMBER),
    "balance": lambda reader: queries.balance(reader, "1122.01"),
    "journal": lambda reader: list(MonthJournal(reader=reader, period=OCTOBER)),
    "items": lambda reader: list(MonthItems(reader=reader, period=OCTOBER)),
    "notices": lambda reader: list(MonthNotices(reader=reader, period=OCTOBER)),
    "late": lambda reader: late_arrivals(reader, OCTOBER),
    "rules": lambda reader: rules_in_force(reader, OCTOBER),
    "entries of an order": lambda reader: queries.entries_of_order(reader, "O1"),
    "settlement": lambda reader: queries.settlement(reader, "C1"),
    "history": lambda reader: queries.history(reader, "O1"),
    "facts": lambda reader: queries.facts(reader, "O1"),
    "all facts": lambda reader: list(latest_facts(reader)),
    "refunded": lambda reader: queries.refunded(reader, "O1"),
    "statements": queries.statements,
    "statement lines": lambda reader: queries.statement_lines(reader, "O1"),
    "rulebook": lambda reader: queries.rulebook_text(reader, "rulebook-1"),
    "counts": queries.counts,
    "periods": periods.periods,
    "last closed": periods.last_closed,
    "first left open": lambda reader: periods.first_left_open(reader, "2027-01"),
    "what waits": approving.waiting,
    "accounts": hand_over.accounts,
    "hand-over": lambda reader: hand_over.hand_over(reader, OCTOBER),
}


def _file(name: str) -> Statement:
    line = StatementLine(row_no=2, reference="O1", line_json="{}")
    return Statement(name=name, layout="taobao", sha256=name * 64, lines=(line,))


def _granted(desk: Desk) -> None:
    with handed_to(desk, "li"):
        desk.store_approval(grant("C9"))


def _reopened(desk: Desk) -> None:
    with handed_to(desk, "li"):
        reopen(desk, OCTOBER)


STEPS: list[Callable[[Desk], Any]] = [
    lambda desk: desk.post(an_entry(order_no="O1"), key="a"),
    lambda desk: desk.store_facts(OrderFacts(order_no="O1", facts_json='{"v":1}')),
    lambda desk: desk.record(a_recording("C1")),
    lambda desk: desk.store_statement(_file("a")),
    lambda desk: desk.store_facts(OrderFacts(order_no="O1", facts_json='{"v":2}')),
    lambda desk: desk.record(a_recording("C2", before=50)),
    lambda desk: desk.reverse(2, DAY, "录错"),
    lambda desk: desk.store_approval(ask("C9")),
    _granted,
    lambda desk: desk.record(to_be_approved("C9", before=50)),
    lambda desk: desk.close(OCTOBER),
    lambda desk: desk.post(an_entry(on=DAY + timedelta(days=30)), key="b"),
    lambda desk: desk.store_statement(_file("b")),
    lambda desk: desk.ask_reopening(OCTOBER, "漏记"),
    _reopened,
    lambda desk: desk.post(an_entry(70, on=date(2026, 10, 30), order_no="O1"), key="c"),
    lambda desk: desk.close(OCTOBER),
]


def _answers(reader: Reader) -> dict[str, Any]:
    return {name: question(reader) for name, question in QUESTIONS.items()}


def test_every_question_is_answered_as_it_was_at_every_moment_before(book: Book) -> None:
    told: list[tuple[Known, dict[str, Any]]] = []
    for step in STEPS:
        with book.writing(actor="wang", now=NOW) as desk:
            step(desk)
        with book.reading() as reader:
            now = Known(entries=queries.head(reader).seq, operations=queries.counts(reader).operations)
            told.append((now, _answers(reader)))
    changing = {name for name in QUESTIONS if len({repr(answers[name]) for _, answers in told}) > 1}
    assert changing >= QUESTIONS.keys() - {"accounts"}
    with book.reading() as reader:
        for number, (then, answers) in enumerate(told):
            for name, question in QUESTIONS.items():
                assert question(reader.as_of(then)) == answers[name], (number, name)


def test_a_book_as_of_nothing_is_empty(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.record(a_recording("C1"))
    with book.reading() as reader:
        nothing = reader.as_of(Known(entries=0, operations=0))
        assert queries.head(nothing).seq == 0
        assert hand_over.accounts(nothing) == ()
        assert standing(nothing, OCTOBER) == Known(entries=0, operations=0)


def test_looking_further_than_the_book_reaches_is_looking_at_all_of_it(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.record(a_recording("C1"))
    with book.reading() as reader:
        far = reader.as_of(Known(entries=99, operations=99))
        assert _answers(far) == _answers(reader)


def test_every_table_but_two_has_a_past() -> None:
    up_to = Known(entries=5, operations=3)
    timeless = {
        table.name
        for table in t.METADATA.sorted_tables
        if str(as_then(sa.select(table), up_to)) == str(sa.select(table))
    }
    assert timeless == {"book", "person"}


@pytest.mark.parametrize("name", ["journal_entry", "operation"])
def test_a_table_under_another_name_has_the_same_past(name: str) -> None:
    other = t.METADATA.tables[name].alias("other")
    asked = str(
        as_then(sa.select(other.c.recorded_at).where(other.c.book == "x"), Known(entries=5, operations=3))
    )
    assert ") AS other" in asked
    assert "<= :" in asked


def test_a_question_is_not_changed_by_being_asked_of_the_past() -> None:
    select = sa.select(t.journal_entry.c.seq)
    before = str(select)
    as_then(select, Known(entries=1, operations=1))
    assert str(select) == before
