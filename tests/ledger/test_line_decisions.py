"""The last word on a line counts; what was undone is no decision any more."""

from ledger.book import Book
from ledger.line_decisions import Decision, standing_decisions
from ledger.matching import Target
from ledger.recordings import Match
from tests.ledger.samples import NOW
from tests.ledger.statements import file_of, import_statement, said

LINES = [said(n, "unknown", -9_00, f"2026-10-1{n}T10:00:00") for n in ("1", "2")]


def _say(book: Book, row_no: int, action: str, **more: object) -> None:
    with book.writing(actor="li", now=NOW) as desk:
        desk.store_match(Match(line_op_no=2, row_no=row_no, action=action, reason="r", **more))  # type: ignore[arg-type]


def test_the_last_decision_of_each_line_stands_with_its_actor(book: Book) -> None:
    import_statement(book, file_of("a.csv", LINES))
    _say(book, 6, "park", owner="zhao")
    _say(book, 6, "explain", against_seq=1)
    _say(book, 7, "match", order_no="33")
    with book.reading() as reader:
        found = standing_decisions(reader)
    assert found == {
        (2, 6): Decision(action="explain", reason="r", actor="li", against_seq=1),
        (2, 7): Decision(action="match", reason="r", actor="li", order_no="33"),
    }
    assert [found[2, 7].target, found[2, 6].target] == [Target(order_no="33"), Target(seq=1)]


def test_what_was_undone_stands_no_more(book: Book) -> None:
    import_statement(book, file_of("a.csv", LINES))
    _say(book, 6, "park", owner="zhao")
    _say(book, 6, "undo")
    with book.reading() as reader:
        assert standing_decisions(reader) == {}
