"""Who may pay: finance books transfers and assigns them, agents assign what their import brings, auditors look on."""

from collections.abc import Callable, Iterator

import pytest

from ledger.book import Book
from ledger.desk import Desk
from ledger.engine import open_book
from ledger.errors import NotAllowed
from ledger.payables import open_payables, payables
from ledger.paying import Payment
from ledger.replay import replay
from ledger.roles import make_roles
from tests.ledger.owing import imported, owe, sent
from tests.ledger.postgres import Server
from tests.ledger.samples import DAY, NOW, url_of
from tests.ledger.shelves import Shelf

LOGINS = {"importer": "settle_agent", "teller": "settle_finance", "onlooker": "settle_auditor"}


@pytest.fixture(scope="module")
def staffed(postgres_shelf: Shelf, server: Server) -> Iterator[Book]:
    """C1 is owed 12.00 and C2 5.00; S9 of 5.00 is booked and pays nobody."""
    for login in LOGINS:
        server.let_in(login)
    with postgres_shelf.empty() as book:
        imported(book, sent("S9", 500, "O9"))
        owe(book, "C1", 1200)
        owe(book, "C2", 500, "O2")
        make_roles(url_of(book), "main", LOGINS.items())
        yield book


def _by_hand(desk: Desk) -> object:
    return desk.pay(Payment(claims=("C1",), serial="S1", on=DAY))


def _assign(desk: Desk) -> object:
    return desk.pay(Payment(claims=("C2",), serial="S9", on=DAY))


def _match(desk: Desk) -> object:
    return desk.match_transfers([sent("S1", 1200, "O1")])


def _import(desk: Desk) -> object:
    return desk.post_statement([sent("S1", 1200, "O1")])


@pytest.mark.parametrize(
    ("login", "deed", "left"),
    [
        ("teller", _by_hand, 2),
        ("teller", _assign, 1),
        ("teller", _match, 2),
        ("importer", _import, 2),
    ],
)
def test_each_pays_as_far_as_its_work_goes(
    postgres_shelf: Shelf, staffed: Book, login: str, deed: Callable[[Desk], object], left: int
) -> None:
    with postgres_shelf.copy(staffed) as book:
        url = book.store.engine.url
        with (
            open_book(url.set(username=login).render_as_string()) as mine,
            mine.writing(actor=login, now=NOW) as desk,
        ):
            assert deed(desk)
        with (
            open_book(url.set(username="onlooker").render_as_string(), read_only=True) as read,
            read.reading() as reader,
        ):
            assert len(payables(reader)) == left
            assert replay(reader).first_difference is None


@pytest.mark.parametrize(
    ("login", "deed"),
    [
        ("importer", _by_hand),
        ("importer", _match),
        ("teller", _import),
        *[("onlooker", deed) for deed in (_by_hand, _assign, _match, _import)],
    ],
)
def test_nobody_pays_beyond_that(staffed: Book, login: str, deed: Callable[[Desk], object]) -> None:
    with (
        open_book(staffed.store.engine.url.set(username=login).render_as_string()) as book,
        pytest.raises(NotAllowed),
        book.writing(actor=login, now=NOW) as desk,
    ):
        deed(desk)


@pytest.mark.parametrize(("login", "known"), [("teller", {"zhao@example.com"}), ("onlooker", set())])
def test_whom_to_pay_is_told_to_those_who_pay(
    postgres_shelf: Shelf, staffed: Book, login: str, known: set[str]
) -> None:
    with postgres_shelf.copy(staffed) as book:
        with book.writing(actor="wang", now=NOW) as desk:
            desk.note_payee("O1", "zhao@example.com", "salt")
        mine = book.store.engine.url.set(username=login).render_as_string()
        with open_book(mine, read_only=True) as read, read.reading() as reader:
            found = open_payables(reader)
    assert (len(found.rows), set(found.payees.values())) == (3, known)
