"""Payables: every open row, as of any day and as known at any entry, and the balance they add up to."""

from datetime import timedelta

from ledger import queries
from ledger.book import Book
from ledger.payables import open_payables, payable
from ledger.persons import Buyer
from ledger.reports_of_payables import UNMATCHED
from tests.ledger.owing import BUYERS, DISTRIBUTORS, imported, opened, owe, pay, rows, sent, taken_back
from tests.ledger.samples import DAY, NOW, a_recording, record
from tests.ledger.test_persons import written

LATER = DAY + timedelta(days=10)


def test_a_row_says_who_is_owed_what_since_when_and_for_which_items(book: Book) -> None:
    seq = owe(book, "C1", 1200)
    pay(book, "C1", fen=200)
    (row,) = rows(book)
    assert (row.claim_no, row.order_no, row.seq, row.voucher) == ("C1", "O1", seq, "记-1")
    assert (row.since_on, row.kind, row.items, row.rules) == (
        DAY,
        "price_difference",
        "price_difference",
        "000-15C",
    )
    assert (row.owed_fen, row.paid_fen, row.open_fen, row.account) == (1200, 200, 1000, BUYERS)
    assert (row.name, row.days(LATER), row.serial) == ("C1", 10, "")


def test_a_distributors_items_are_those_of_his_statement(book: Book) -> None:
    owe(book, "d-01 2026-10", 500, None, account=DISTRIBUTORS)
    (row,) = rows(book)
    assert (row.account, row.items, row.order_no) == (DISTRIBUTORS, "price_difference", None)


def test_a_transfer_without_a_claim_is_a_row_of_its_own(book: Book) -> None:
    imported(book, sent("S1", 700, "O9"))
    (row,) = rows(book)
    assert (row.claim_no, row.order_no, row.kind, row.serial) == (None, "O9", UNMATCHED, "S1")
    assert (row.owed_fen, row.paid_fen, row.open_fen, row.name) == (0, 700, -700, f"#{row.seq}")


def test_what_goes_back_on_the_order_is_nobodys_payable(book: Book) -> None:
    record(book, a_recording("C1", 50))
    assert rows(book) == ()


def test_rows_stand_oldest_first_and_settled_ones_not_at_all(book: Book) -> None:
    owe(book, "C2", 500, on=LATER)
    owe(book, "C1", 1200)
    owe(book, "C3", 300)
    pay(book, "C3")
    assert list(opened(book)) == ["C1", "C2"]


def test_a_reversed_claim_owes_nothing_and_before_that_day_still_did(book: Book) -> None:
    seq = owe(book, "C1", 1200)
    taken_back(book, seq, LATER)
    assert opened(book) == {}
    assert opened(book, LATER - timedelta(days=1)) == {"C1": 1200}


def test_the_rows_of_any_day_and_any_entry_add_up_to_the_balance_of_it(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500, "O2", on=LATER)
    pay(book, "C1", on=DAY + timedelta(days=4), fen=800)
    paid = pay(book, "C2", serial="S2", on=LATER + timedelta(days=2))
    imported(book, sent("S3", 900, "O3", on=DAY + timedelta(days=1)))
    taken_back(book, paid.assigned[0].seq, LATER + timedelta(days=5))
    for day in (DAY + timedelta(days=days) for days in range(-1, 20)):
        _tied(book, sum(row.open_fen for row in rows(book, as_of=day)), as_of=day)
    for seq in range(8):
        _tied(book, sum(row.open_fen for row in rows(book, known_at=seq)), known_at=seq)


def _tied(book: Book, owes: int, **when: object) -> None:
    with book.reading() as reader:
        assert owes == -queries.balance(reader, BUYERS, **when)  # type: ignore[arg-type]


def test_one_payable_is_found_by_claim_or_entry_paid_or_not(book: Book) -> None:
    seq = owe(book, "C1", 1200)
    pay(book, "C1")
    with book.reading() as reader:
        for name in ("C1", f"#{seq}"):
            (row,) = payable(reader, name)
            assert (row.claim_no, row.open_fen, row.paid_fen) == ("C1", 0, 1200)
        assert payable(reader, "C2") == payable(reader, "#77") == payable(reader, "#x") == ()


def test_the_payee_is_the_account_that_the_buyer_named_last(book: Book) -> None:
    owe(book, "C1", 1200)
    seqs = {claim: owe(book, claim, 500, order_no) for claim, order_no in (("C2", "O2"), ("C3", "O3"))}
    owe(book, "C4", 400, None)
    named = {"O1": Buyer(payee="a***@…"), "O2": Buyer(nick="li", payee="li@example.com")}
    written(book, "a", {**named, "O3": Buyer(payee="13800138000")})
    with book.writing(actor="wang", now=NOW) as desk:
        desk.note_payee("O3", " zhao@example.com", "salt 1")
    with book.reading() as reader:
        found = open_payables(reader)
    assert found.payees == {seqs["C2"]: "li@example.com", seqs["C3"]: "zhao@example.com"}
    assert (found.totals, found.book) == ({BUYERS: 2600}, "main")


def test_what_a_transfer_without_a_claim_may_have_paid_is_doubtful_and_not_due(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500, "O2")
    owe(book, "C3", 700, None)
    owe(book, "C4", 400, None)
    imported(book, sent("S1", 100, "O1"), sent("S2", 700, on=LATER))
    with book.reading() as reader:
        found = open_payables(reader)
    assert {row.name for row in found.rows if row.seq in found.doubtful} == {"C1", "C3"}
    assert [row.name for row in found.due] == ["C2", "C4"]
