"""The rules that a month went by: each value once, with how often, its unit and the manual's own words."""

from ledger.book import Book
from ledger.hindsight import Known
from ledger.rules_in_force import rules_in_force
from tests.ledger.samples import a_recording, record
from tests.ledger.worked import COD_RETURN, GOODWILL, record_case

OCTOBER = "2026-10"


def test_values_are_listed_once_with_how_often_they_were_used(book: Book) -> None:
    record_case(book, GOODWILL, "C1", approver="li")
    record_case(book, {**GOODWILL, "amount": "5.00"}, "C2")
    with book.reading() as reader:
        parameters, clauses = rules_in_force(reader, OCTOBER)
    (row,) = parameters
    assert (row.name, row.value, row.unit, row.layer, row.uses) == (
        "goodwill_approval_from",
        "20.01",
        "yuan",
        "manuals",
        2,
    )
    assert row.rule == "000-8.1"
    assert row.quotation
    assert row.document
    assert [clause.rule for clause in clauses] == ["002-2.0"]
    assert clauses[0].quotation


def test_they_stand_in_the_order_of_their_clauses(book: Book) -> None:
    record_case(book, GOODWILL, "C1", approver="li")
    record_case(book, COD_RETURN, "C2", payment="cod", confirmed_at="2026-10-05T09:00")
    with book.reading() as reader:
        parameters, clauses = rules_in_force(reader, OCTOBER)
        assert [row.rule for row in parameters] == sorted(row.rule for row in parameters)
        assert [row.rule for row in clauses] == sorted(row.rule for row in clauses)
        assert len(rules_in_force(reader.as_of(Known(entries=1, operations=9)), OCTOBER)[0]) == 1


def test_a_rulebook_that_cannot_be_read_any_more_leaves_the_words_empty(book: Book) -> None:
    record(book, a_recording())
    with book.reading() as reader:
        parameters, (clause,) = rules_in_force(reader, OCTOBER)
    assert parameters == ()
    assert (clause.rule, clause.document, clause.quotation) == ("001-1.1R", "", "")
