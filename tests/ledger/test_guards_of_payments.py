"""The guards of payments: raw SQL against what is owed and what was sent, refused by both databases themselves."""

import re
from collections.abc import Iterator
from contextlib import closing

import psycopg
import pytest

from ledger import schema
from ledger.book import Book
from ledger.chart import ALIPAY, SUSPENSE, TO_BUYERS, TO_DISTRIBUTORS
from ledger.errors import SchemaMismatch
from ledger.guards_of_payments import OWED, OWED_ON, SENT, SENT_FROM
from ledger.statement_postings import FACING
from tests.ledger.owing import imported, owe, pay, sent, taken_back
from tests.ledger.samples import DAY, burgled, dump
from tests.ledger.shelves import Shelf
from tests.ledger.test_guards import REFUSALS, _run

HASH = "'" + "f" * 64 + "'"
ENTRY = (
    "INSERT INTO journal_entry SELECT book, 10, 'memorandum', effective_on, period, NULL, narration, NULL, NULL,"
    " NULL, 'assign', 'new', request_digest, NULL, actor, recorded_at, op_no FROM journal_entry WHERE seq = 9"
)
MOVING = ENTRY.replace("'memorandum'", "'payment'").replace("period, NULL", "period, 9")
LINES = (
    "INSERT INTO posting VALUES ('main', 10, 1, '{}', 'CNY', {}, ''), ('main', 10, 2, '{}', 'CNY', -{}, '')"
)
SEAL = f"INSERT INTO entry_seal SELECT book, 10, hash, {HASH} FROM entry_seal WHERE seq = 9"
STEP = "INSERT INTO refund_step VALUES ('main', '{}', '{}', {})"
FIRST = "1, NULL, 10, {0}, 0, {1}"
OWES_2 = STEP.format("owed:2", "2241.02", FIRST.format(500, 500))
SENT_5 = STEP.format("sent:5", "2241.02", FIRST.format(500, 500))


@pytest.fixture(scope="module")
def full(shelf: Shelf) -> Iterator[Book]:
    """C1 owed 1200 by entry 1 and paid by 3 (assigned in 4); C2 owed 500 by 2; 5 sent 500 to nobody yet.

    6 sent 300 and was taken back by 7; entry 8 owed a distributor 900 and was taken back by 9.
    """
    with shelf.empty() as book:
        owe(book, "C1", 1200)
        owe(book, "C2", 500, "O2", on=DAY)
        pay(book, "C1")
        imported(book, sent("S5", 500, "O9"), sent("S6", 300))
        taken_back(book, 6)
        owe(book, "d-01 2026-10", 900, None, account="2241.03")
        taken_back(book, 8)
        yield book


ATTACKS: list[tuple[str, tuple[str, ...], str]] = [
    (
        "a claim paid twice",
        (ENTRY, STEP.format("owed:1", "2241.02", "2, 1, 10, 1200, 1200, 1700")),
        "ck_refund_step_after_fen",
    ),
    (
        "a claim paid twice from the start",
        (ENTRY, STEP.format("owed:1", "2241.02", FIRST.format(1200, 500))),
        "append-only",
    ),
    (
        "a claim paid under another spelling",
        (ENTRY, STEP.format("owed:02", "2241.02", FIRST.format(500, 500))),
        "owes or has sent",
    ),
    (
        "a claim paid more than it owes",
        (ENTRY, STEP.format("owed:2", "2241.02", FIRST.format(501, 501))),
        "owes or has sent",
    ),
    (
        "a claim paid on an account where it owes nothing",
        (ENTRY, STEP.format("owed:2", "2241.03", FIRST.format(500, 500))),
        "owes or has sent",
    ),
    (
        "a payable of nothing",
        (ENTRY, STEP.format("owed:2", "2241.03", FIRST.format(0, 0))),
        "owes or has sent",
    ),
    (
        "a transfer that sent less",
        (ENTRY, STEP.format("sent:5", "2241.02", FIRST.format(501, 501))),
        "owes or has sent",
    ),
    (
        "a transfer taken from what owes",
        (ENTRY, STEP.format("sent:2", "2241.02", FIRST.format(500, 500))),
        "owes or has sent",
    ),
    (
        "a payable of no entry",
        (ENTRY, STEP.format("owed:77", "2241.02", FIRST.format(500, 500))),
        "owes or has sent",
    ),
    (
        "a payable of something else",
        (ENTRY, STEP.format("O2", "2241.02", FIRST.format(500, 500))),
        "owes or has sent|bigint",
    ),
    (
        "a payable of the entry itself",
        (
            MOVING,
            LINES.format("1002", 500, "2241.02", 500),
            STEP.format("owed:10", "2241.02", FIRST.format(500, 500)),
        ),
        "owes or has sent",
    ),
    (
        "a reversal's credit as a payable",
        (ENTRY, STEP.format("owed:7", "2241.02", FIRST.format(300, 300))),
        "owes or has sent",
    ),
    (
        "an assignment as a payable",
        (ENTRY, STEP.format("owed:4", "2241.02", FIRST.format(500, 500))),
        "owes or has sent",
    ),
    (
        "what was taken back",
        (ENTRY, STEP.format("owed:8", "2241.03", FIRST.format(900, 900))),
        "taken back is not paid",
    ),
    (
        "a transfer that was taken back",
        (ENTRY, STEP.format("sent:6", "2241.02", FIRST.format(300, 300))),
        "taken back is not paid",
    ),
    ("paid out of nothing", (ENTRY, OWES_2, SEAL), "takes from a transfer what it gives"),
    ("taken for nobody", (ENTRY, SENT_5, SEAL), "takes from a transfer what it gives"),
    (
        "less taken than given",
        (ENTRY, OWES_2, SENT_5.replace("0, 500)", "0, 400)"), SEAL),
        "takes from a transfer what it gives",
    ),
    (
        "an assignment that moves money besides",
        (MOVING, LINES.format("2241.02", 500, "1012.01", 500), OWES_2, SENT_5, SEAL),
        "moves what its steps say",
    ),
    (
        "a memorandum of nothing",
        (ENTRY, SEAL),
        "settlement is missing",
    ),
    (
        "an assignment beside another step",
        (ENTRY, OWES_2, SENT_5, STEP.format("O1", "line 1", FIRST.format(200, 50)), SEAL),
        "without a settlement",
    ),
    (
        "a paid claim taken back",
        (
            MOVING.replace("'payment'", "'reversal'").replace(
                "NULL, NULL, NULL, 'assign'", "NULL, NULL, 1, 'assign'"
            ),
            LINES.format("2241.02", 1200, "5001.03", 1200),
            SEAL,
        ),
        "not reversed before its payment",
    ),
    (
        "a spent transfer taken back",
        (
            MOVING.replace("'payment'", "'reversal'").replace(
                "NULL, NULL, NULL, 'assign'", "NULL, NULL, 3, 'assign'"
            ),
            LINES.format("1012.01", 1200, "2241.02", 1200),
            SEAL,
        ),
        "not reversed before its payment",
    ),
]


@pytest.mark.parametrize(
    ("statements", "said"), [one[1:] for one in ATTACKS], ids=[one[0] for one in ATTACKS]
)
def test_raw_sql_is_refused(full: Book, statements: tuple[str, ...], said: str) -> None:
    before = dump(full)
    with closing(burgled(full)) as connection:
        with pytest.raises((*REFUSALS, psycopg.errors.InvalidTextRepresentation)) as refused:
            _run(connection, ("BEGIN", *statements, "COMMIT"))
        connection.rollback()
    assert re.search(said, str(refused.value), re.IGNORECASE), refused.value
    assert dump(full) == before


def test_an_honest_assignment_by_hand_is_accepted_so_the_attacks_fail_for_their_own_reason(
    shelf: Shelf, full: Book
) -> None:
    with shelf.copy(full) as book, closing(burgled(book)) as connection:
        for statement in ("BEGIN", ENTRY, OWES_2, SENT_5, SEAL, "COMMIT"):
            connection.execute(statement)
        assert connection.execute("SELECT MAX(seq) FROM entry_seal").fetchone() == (10,)


def test_the_guards_name_the_accounts_that_the_posting_rules_and_statements_use() -> None:
    assert OWED_ON == (TO_BUYERS, TO_DISTRIBUTORS)
    assert SENT_FROM == (ALIPAY, SUSPENSE)
    assert FACING["buyer_transfer"][0] == TO_BUYERS
    assert len(OWED) == len(SENT)


def test_the_guards_of_before_do_not_come_back_while_payments_are_assigned(shelf: Shelf, full: Book) -> None:
    with shelf.copy(full) as book:
        with (
            pytest.raises(SchemaMismatch, match="steps of payments"),
            book.store.upgrading() as connection,
        ):
            schema.downgrade(connection, "0002")
        with book.store.reading() as connection:
            assert schema.differences(connection) == ()
