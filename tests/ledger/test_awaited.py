"""What the platform still owes for confirmed orders, before the close posts it."""

import json
from datetime import date
from typing import Any

from cli.rulebooks import default_rulebook
from ledger.awaited import Orders, orders_in_brief
from ledger.book import Book
from ledger.order_life import paid
from ledger.orders import finishing_entries
from ledger.recordings import OrderFacts
from tests.ledger.samples import NOW

RULES = default_rulebook()
ORDER: dict[str, Any] = {
    "order_no": "33",
    "paid_at": "2026-10-01T10:00",
    "postage": "12.00",
    "lines": [{"line": 1, "qty": 2, "price": "100.00"}],
}
CONFIRMED = ORDER | {"confirmed_at": "2026-10-09T10:00"}


def _import(book: Book, *orders: dict[str, Any]) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        for order in orders:
            desk.store_facts(OrderFacts(order_no=order["order_no"], facts_json=json.dumps(order)))
            entry = paid(order, RULES)
            desk.post_many([entry] if entry else [])


def _told(book: Book, *wanted: str, rulebook: Any = RULES) -> Orders:
    with book.reading() as reader:
        return orders_in_brief(reader, wanted, rulebook)


def test_a_confirmed_order_awaits_what_its_escrow_holds(book: Book) -> None:
    _import(book, CONFIRMED, ORDER | {"order_no": "44"})
    (move,) = _told(book).awaited
    assert (move.order_no, move.meaning, move.fen, move.on) == ("33", "receipt", 212_00, date(2026, 10, 9))
    assert (move.seq, move.is_on_account) == (None, True)


def test_a_delivered_cod_order_awaits_what_the_courier_collected(book: Book) -> None:
    _import(book, CONFIRMED | {"payment": "cod"})
    (move,) = _told(book).awaited
    assert (move.meaning, move.fen, move.is_on_account) == ("cod_remittance", 212_00, False)
    assert _told(book, rulebook=None).awaited == ()


def test_once_the_close_has_posted_it_nothing_is_awaited(book: Book) -> None:
    _import(book, CONFIRMED)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(finishing_entries(desk.reader, "2026-10", RULES))
    told = _told(book)
    assert (told.awaited, told.known, told.numbers) == ((), {}, {"33"})


def test_an_order_that_is_wanted_is_told_in_brief(book: Book) -> None:
    _import(book, CONFIRMED | {"activity": "juhuasuan"})
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(finishing_entries(desk.reader, "2026-10", RULES))
    order = _told(book, "33").known["33"]
    assert (order.activity, order.payment, order.postage_fen, order.lines) == ("juhuasuan", "online", 1200, 1)
