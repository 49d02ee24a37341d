"""Replaying payments: every assignment is derived again, and a forged one is named before its hash is looked at."""

from collections.abc import Iterator

import pytest

from ledger.book import Book
from ledger.replay import replay
from ledger.verify import verify_reader
from tests.ledger.owing import DISTRIBUTORS, imported, owe, pay, sent, taken_back
from tests.ledger.samples import tampered
from tests.ledger.shelves import Shelf


@pytest.fixture(scope="module")
def full(shelf: Shelf) -> Iterator[Book]:
    """C1 (entry 1) paid by 2 and 3; S2 (4) moved to d-01 (5) by 6; C2 (7) paid by S3 (8) and 9, which 10 took back."""
    with shelf.empty() as book:
        owe(book, "C1", 1200)
        pay(book, "C1")
        imported(book, sent("S2", 900))
        owe(book, "d-01 2026-10", 900, None, account=DISTRIBUTORS)
        pay(book, "d-01 2026-10", serial="S2")
        owe(book, "C2", 500, "O2")
        paid = pay(book, "C2", serial="S3")
        taken_back(book, paid.assigned[0].seq)
        yield book


def test_honest_payments_replay_and_verify(full: Book) -> None:
    with full.reading() as reader:
        assert replay(reader).first_difference is None
        assert verify_reader(reader).findings == ()


STEPS = "UPDATE refund_step SET {} WHERE subject = '{}'"
FORGED: list[tuple[tuple[str, ...], str]] = [
    (
        (STEPS.format("paid_fen = 1300, after_fen = 1300", "owed:1"),),
        "refund_step.paid_fen of owed:1, 2241.02 is 1300, recomputed it is 1200",
    ),
    (
        (STEPS.format("paid_fen = 1100, after_fen = 1100", "sent:2"),),
        "refund_step.paid_fen of sent:2, 2241.02 is 1100, recomputed it is 1200",
    ),
    (
        (STEPS.format("after_fen = 1000", "owed:1"),),
        "refund_step.paid on 2241.02 is -200, recomputed it is 0",
    ),
    ((STEPS.format("subject = 'owed:4'", "owed:1"),), "refund_step.paid_fen of owed:4, 2241.02 is 1200"),
    ((STEPS.format("subject = 'owed:99'", "owed:1"),), "refund_step.paid_fen of owed:99, 2241.02 is 1200"),
    ((STEPS.format("subject = 'owed:x'", "owed:1"),), "refund_step.paid_fen of owed:x"),
    ((STEPS.format("subject = 'owed:01'", "owed:1"),), "refund_step.paid_fen of owed:01"),
    ((STEPS.format("subject = 'sent:1'", "sent:2"),), "refund_step.paid_fen of sent:1, 2241.02 is 1200"),
    ((STEPS.format("subject = 'owed:3'", "owed:1"),), "refund_step.paid_fen of owed:3"),
    ((STEPS.format("bucket = '2241.03'", "owed:1"),), "refund_step.paid_fen of owed:1, 2241.03 is 1200"),
    (
        ("UPDATE posting SET account = '1002' WHERE seq = 2 AND account = '1012.01'",),
        "entry 2: journal_entry.request_digest",
    ),
    (("DELETE FROM refund_step WHERE subject = 'sent:2'",), "refund_step.paid on 2241.02 is 1200"),
    (
        (
            STEPS.format("before_fen = 0, after_fen = 0", "owed:5"),
            STEPS.format("before_fen = 0, after_fen = 0", "sent:4"),
        ),
        "refund_step.paid on 2241.02 is 0, recomputed it is -900",
    ),
    (
        ("DELETE FROM refund_step WHERE subject IN ('owed:1', 'sent:2')",),
        "entry 3: settlement.count is 0, recomputed it is 1",
    ),
]


@pytest.mark.parametrize(("statements", "said"), FORGED, ids=[one[0][0][:70] for one in FORGED])
def test_a_forged_payment_is_named(full: Book, statements: tuple[str, ...], said: str) -> None:
    with tampered(full, *statements) as reader:
        assert said in str(replay(reader).first_difference)
        assert any(said in finding.what for finding in verify_reader(reader).findings)


def test_a_payment_of_what_had_been_taken_back_is_named(shelf: Shelf, full: Book) -> None:
    with shelf.copy(full) as book:
        taken_back(book, 7)
        with tampered(
            book,
            "UPDATE refund_step SET seq = 11 WHERE step = 1 AND subject IN ('owed:7', 'sent:8')",
        ) as reader:
            assert replay(reader).first_difference is not None


def test_a_transfer_that_did_not_come_from_alipay_is_named(full: Book) -> None:
    moved = "UPDATE posting SET account = '1002' WHERE seq = 4 AND account = '1012.01'"
    with tampered(full, moved) as reader:
        assert "entry 4: journal_entry.request_digest" in str(replay(reader).first_difference)
