"""What sessions do when they meet: the deeds that races of two and of three sessions share."""

from ledger import queries
from ledger.book import Book
from ledger.desk import Desk
from tests.ledger.playing import Deed
from tests.ledger.samples import NOW, a_recording, an_entry, post


def refund(claim_no: str) -> Deed:
    def deed(desk: Desk) -> object:
        before = sum(row.refunded_fen for row in queries.refunded(desk.reader, "O1"))
        return desk.record(a_recording(claim_no, 150, before=before))

    return deed


def close_and_ask(book: Book) -> object:
    post(book, an_entry(), "first")
    with book.writing(actor="zhao", now=NOW) as desk:
        desk.close("2026-10")
        return desk.ask_reopening("2026-10", "漏记")
