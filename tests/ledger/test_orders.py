"""Orders in the book: their latest facts, what is left of them, and the entries that finish them."""

import json
from typing import Any

from cli.rulebooks import default_rulebook
from ledger.book import Book
from ledger.claims import Subject, case_of_claim, recording
from ledger.order_life import paid
from ledger.orders import finishing_entries, is_finished, latest_facts, left_of
from ledger.quoting import quote
from ledger.recordings import OrderFacts
from tests.ledger.samples import NOW

ORDER: dict[str, Any] = {
    "order_no": "33",
    "paid_at": "2026-10-01T10:00",
    "signed_at": "2026-10-04T10:00",
    "postage": "12.00",
    "lines": [{"line": 1, "qty": 2, "price": "100.00"}],
}
CONFIRMED = ORDER | {"confirmed_at": "2026-10-09T10:00"}
RULES = default_rulebook()


def _store(book: Book, facts: dict[str, Any]) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_facts(OrderFacts(order_no=facts["order_no"], facts_json=json.dumps(facts)))


def _pay_and_return_one(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        entry = paid(ORDER, RULES)
        assert entry is not None
        desk.post_many([entry])
        claim = {"kind": "return", "cause": "quality", "received": True, "lines": [{"line": 1, "qty": 1}]}
        case = case_of_claim(ORDER, (), claim | {"claim_no": "17"}, "2026-10-06T10:00")
        desk.record(recording(quote(case, RULES), case, Subject(claim_no="17", order_no="33")))


def test_the_latest_facts_of_every_order_are_the_last_ones_stored(book: Book) -> None:
    _store(book, ORDER)
    _store(book, CONFIRMED)
    _store(book, ORDER | {"order_no": "44"})
    with book.reading() as reader:
        found = {facts.order_no: json.loads(facts.facts_json) for facts in latest_facts(reader)}
    assert found == {"33": CONFIRMED, "44": ORDER | {"order_no": "44"}}


def test_what_is_left_of_an_order_is_what_its_accounts_and_steps_say(book: Book) -> None:
    _pay_and_return_one(book)
    with book.reading() as reader:
        left = left_of(reader, "33", 12_00)
    assert (left.liability_fen, left.escrow_fen, left.postage_fen) == (106_00, 106_00, 6_00)


def test_a_month_finishes_its_confirmed_orders_once(book: Book) -> None:
    _pay_and_return_one(book)
    _store(book, CONFIRMED)
    with book.writing(actor="wang", now=NOW) as desk:
        assert finishing_entries(desk.reader, "2026-11", RULES) == []
        entries = finishing_entries(desk.reader, "2026-10", RULES)
        assert [entry.key for entry in entries] == ["confirmed:33"]
        assert not is_finished(desk.reader, "33")
        desk.post_many(entries)
        assert is_finished(desk.reader, "33")
        assert finishing_entries(desk.reader, "2026-10", RULES) == []
        left = left_of(desk.reader, "33", 12_00)
    assert (left.liability_fen, left.escrow_fen) == (0, 0)


def test_what_left_a_cod_order_before_delivery_is_neither_collected_nor_sold(book: Book) -> None:
    cod = ORDER | {"payment": "cod", "points": 1000}
    with book.writing(actor="wang", now=NOW) as desk:
        claim = {"kind": "reject", "returned": True, "lines": [{"line": 1, "qty": 1}], "claim_no": "18"}
        case = case_of_claim(cod, (), claim, "2026-10-06T10:00")
        desk.record(recording(quote(case, RULES), case, Subject(claim_no="18", order_no="33")))
    _store(book, cod | {"confirmed_at": "2026-10-09T10:00"})
    with book.reading() as reader:
        (entry,) = finishing_entries(reader, "2026-10", RULES)
    amounts = {posting.account: posting.amount_fen for posting in entry.entry.postings}
    assert amounts == {"1122.02": 101_00, "1221.02": 5_00, "5001.01": -100_00, "5051.01": -6_00}
