"""Replay: clean for every book made by commands, and it names the first difference in a tampered one."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from calculators.errors import BadCase
from ledger import claims, queries
from ledger.book import Book
from ledger.canonical import request_digest
from ledger.desk import Desk
from ledger.errors import LedgerError
from ledger.journal import Posting
from ledger.recordings import Match, OrderFacts, RefundStep, Statement, StatementLine
from ledger.replay import Recomputed, replay
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import (
    ANSWER,
    DAY,
    NOW,
    a_memorandum,
    a_recording,
    an_entry,
    ask,
    dump,
    grant,
    reopen,
    tamper,
    tampered,
    to_be_approved,
)
from tests.ledger.shelves import Shelf


def recompute(case_json: str, rulebook_text: str) -> Recomputed:
    """The calculators of these tests: two cases, known by heart."""
    assert rulebook_text == "[rules]"
    if "M1" in case_json:
        return Recomputed(answer_digest="answer", answer_json=ANSWER, postings=(), steps=())
    before = 50 if "C2" in case_json else 0
    return Recomputed(
        answer_digest="answer",
        answer_json=ANSWER,
        postings=(
            Posting(account="1122.01", amount_fen=-50),
            Posting(account="2203.01", amount_fen=50),
        ),
        steps=(RefundStep(bucket="line 1", paid_fen=200, before_fen=before, after_fen=before + 50),),
    )


@pytest.fixture(scope="module")
def full(shelf: Shelf) -> Iterator[Book]:
    """Entries 1 to 6: a payment, a return, a memorandum, its second return, a reversal of 1, a later payment."""
    with shelf.empty() as book:
        with book.writing(actor="wang", now=NOW) as desk:
            desk.post(an_entry(order_no="O1"), key="a", source="orders.csv:2")
            desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
            desk.record(a_recording())
            desk.record(a_memorandum())
            desk.record(a_recording("C2", before=50))
            line = StatementLine(row_no=1, reference="O1", line_json="{}")
            desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=(line,)))
            desk.reverse(1, DAY, "错账")
            desk.close("2026-10", "月结")
            desk.store_match(Match(line_op_no=4, row_no=1, action="park", reason="问平台", owner="li"))
            desk.store_approval(ask("C9"))
        with book.writing(actor="li", now=NOW) as desk:
            desk.store_approval(grant("C9"))
            desk.post(an_entry(300, on=date(2026, 11, 2)), key="b")
        yield book


def test_an_untouched_book_replays_without_a_difference(full: Book) -> None:
    before = dump(full)
    with full.reading() as reader:
        replayed = replay(reader, recompute)
        assert replayed == replay(reader, recompute)
        assert replayed.head == queries.head(reader)
    assert replayed.first_difference is None
    assert (replayed.entries, replayed.settlements, replayed.operations) == (6, 3, 8)
    assert dump(full) == before


LAST = "UPDATE entry_seal SET hash = substr(hash, 2) || 'g' WHERE seq = 6"
TAMPERED: list[tuple[tuple[str, ...], str]] = [
    (
        ("UPDATE posting SET amount_fen = 51 WHERE seq = 2 AND line = 2",),
        "entry 2: posting.sum of amount_fen is 1",
    ),
    (
        ("UPDATE posting SET amount_fen = amount_fen * 2 WHERE seq = 2",),
        "entry 2, claim C1: posting.amount_fen of line 1 is -100, recomputed it is -50",
    ),
    (
        ("UPDATE posting SET amount_fen = amount_fen * 2 WHERE seq = 1",),
        "entry 1: journal_entry.request_digest",
    ),
    (("UPDATE posting SET amount_fen = -amount_fen WHERE seq = 5",), "entry 5: "),
    (
        ("UPDATE posting SET account = '1002' WHERE seq = 2 AND line = 1",),
        "posting.account of line 1 is 1002",
    ),
    (("UPDATE posting SET narration = 'x' WHERE seq = 2 AND line = 1",), "posting.narration of line 1 is x"),
    (("UPDATE posting SET currency = 'USD' WHERE seq = 1 AND line = 1",), "entry 1: entry_seal.hash"),
    (("UPDATE posting SET line = line + 5 WHERE seq = 1",), "entry 1: posting.line"),
    (("UPDATE posting SET seq = 1, line = line + 2 WHERE seq = 2",), "entry 1: "),
    (("DELETE FROM posting WHERE seq = 1",), "entry 1: posting.count is 0"),
    (("DELETE FROM posting WHERE seq = 1 AND line = 2",), "entry 1: posting.sum of amount_fen is 100"),
    (
        (
            "INSERT INTO posting SELECT book, seq, line + 2, account, currency, amount_fen, '' FROM posting"
            " WHERE seq = 2",
        ),
        "posting.count is 4, recomputed it is 2",
    ),
    (
        ("INSERT INTO posting SELECT book, 99, line, account, currency, 5, '' FROM posting WHERE seq = 2",),
        "posting",
    ),
    (("UPDATE journal_entry SET effective_on = '2026-10-13' WHERE seq = 2",), "entry 2: entry_seal.hash"),
    (
        ("UPDATE journal_entry SET effective_on = '2026-11-13' WHERE seq = 2",),
        "entry 2: journal_entry.period",
    ),
    (("UPDATE journal_entry SET voucher_no = 9 WHERE seq = 2",), "entry 2: journal_entry.voucher_no is 9"),
    (("UPDATE journal_entry SET narration = 'x' WHERE seq = 1",), "entry 1: journal_entry.request_digest"),
    (("UPDATE journal_entry SET narration = 'x' WHERE seq = 2",), "entry 2: entry_seal.hash"),
    (("UPDATE journal_entry SET actor = 'li' WHERE seq = 3",), "entry 3: entry_seal.hash"),
    (("UPDATE journal_entry SET source = NULL WHERE seq = 1",), "entry 1: entry_seal.hash"),
    (("UPDATE journal_entry SET order_no = 'O2' WHERE seq = 1",), "entry 1: journal_entry.request_digest"),
    (("UPDATE journal_entry SET key = 'z' WHERE seq = 1",), "entry 1: entry_seal.hash"),
    (("UPDATE journal_entry SET recorded_at = '2000' WHERE seq = 3",), "entry 3: journal_entry.recorded_at"),
    (
        ("UPDATE journal_entry SET seq = 9 WHERE seq = 6",),
        "entry 9: journal_entry.seq is 9, recomputed it is 6",
    ),
    (("UPDATE journal_entry SET reverses = 2 WHERE seq = 5",), "entry 5: "),
    (("DELETE FROM journal_entry WHERE seq = 2",), "entry 3: journal_entry.seq is 3, recomputed it is 2"),
    (("DELETE FROM journal_entry WHERE seq = 6",), "the book: entry_seal.count is 6, recomputed it is 5"),
    (
        ("DELETE FROM journal_entry WHERE seq = 1",),
        "operation 2: operation.head_seq is 1, recomputed it is 0",
    ),
    (
        ("DELETE FROM entry_seal WHERE seq = 4",),
        "entry 4: entry_seal.hash is nothing, recomputed it is sealed",
    ),
    ((LAST,), "entry 6: entry_seal.hash"),
    (("UPDATE entry_seal SET prev_hash = hash WHERE seq = 3",), "entry 3: entry_seal.prev_hash"),
    (
        ('UPDATE settlement SET answer_json = replace(answer_json, \'"0.50","ch\', \'"0.60","ch\')',),
        "entry 2, claim C1: settlement.answer_json.items[0].amount is 0.60, recomputed it is 0.50",
    ),
    (("UPDATE settlement SET answer_digest = 'x' WHERE seq = 4",), "claim C2: settlement.answer_digest is x"),
    (("UPDATE settlement SET case_json = '{}' WHERE seq = 3",), "claim M1: settlement.request_digest"),
    (("UPDATE settlement SET rulebook_digest = 'x' WHERE seq = 3",), "claim M1: settlement.request_digest"),
    (("UPDATE settlement SET subject = 'O2' WHERE seq = 3",), "entry 3: entry_seal.hash"),
    (("UPDATE settlement SET claim_no = 'C7' WHERE seq = 2",), "entry 2: entry_seal.hash"),
    (("DELETE FROM settlement WHERE seq = 3",), "entry 3: settlement.count is 0, recomputed it is 1"),
    (
        ("UPDATE refund_step SET after_fen = 60 WHERE seq = 2",),
        "claim C1: refund_step.line 1 is (200, 0, 60), recomputed it is (200, 0, 50)",
    ),
    (("DELETE FROM refund_step WHERE seq = 4",), "claim C2: refund_step.line 1 is nothing"),
    (("UPDATE rulebook SET text = '[other]'",), "operation 3: operation.digest"),
    (("DELETE FROM rulebook",), "operation 3: rulebook.count is 0"),
    (("UPDATE order_facts SET facts_json = '[]'",), "operation 2: operation.digest"),
    (("DELETE FROM order_facts",), "operation 2: order_facts.count is 0"),
    (("UPDATE statement SET name = 'x'",), "operation 4: operation.digest"),
    (("UPDATE statement_line SET line_json = '[]'",), "operation 4: operation.digest"),
    (("DELETE FROM statement_line",), "operation 4: statement.line_count is 1, recomputed it is 0"),
    (("UPDATE account SET name_zh = '现金' WHERE code = '1002'",), "operation 1: operation.digest"),
    (("INSERT INTO account VALUES ('main', '9', '', '', 'debit', 9)",), "the book: account.count is 43"),
    (("UPDATE book SET created_at = '2000'",), "operation 1: operation.digest"),
    (("UPDATE period_event SET debit_fen = 1, credit_fen = 1",), "operation 5: period_event.debit_fen is 1"),
    (("UPDATE period_event SET reason = 'x'",), "operation 5: operation.digest"),
    (("UPDATE period_event SET figures_json = '{}'",), "operation 5: period_event.figures_json"),
    (("UPDATE period_event SET period = '2026-11'",), "operation 5: period_event.figures_json"),
    (("DELETE FROM period_event",), "operation 5: period_event.count is 0"),
    (
        ("DELETE FROM operation WHERE op_no = 5", "DELETE FROM period_event"),
        "operation 6: operation.op_no is 6, recomputed it is 5",
    ),
    (("DELETE FROM operation WHERE op_no = 2",), "operation 3: operation.op_no is 3, recomputed it is 2"),
    (("UPDATE operation SET actor = 'li' WHERE op_no = 4",), "operation 4: operation.hash"),
    (("UPDATE operation SET recorded_at = '2000' WHERE op_no = 4",), "operation 4: operation.recorded_at"),
]


@pytest.mark.parametrize(("statements", "said"), TAMPERED, ids=[" ; ".join(one[0])[:60] for one in TAMPERED])
def test_tampering_is_found_and_named(
    shelf: Shelf, full: Book, statements: tuple[str, ...], said: str
) -> None:
    with shelf.copy(full) as book:
        tamper(book, *statements)
        with book.reading() as reader:
            difference = replay(reader, recompute).first_difference
    assert said in str(difference)


def test_every_cell_is_covered(shelf: Shelf, full: Book) -> None:
    """Each column of each row is changed in turn; no change goes unseen, even without recomputing answers."""
    unseen, tried = [], 0
    with shelf.copy(full) as book:
        for table, column, where in _cells(book):
            statement = f"UPDATE {table} SET {column} = {_other(column)} WHERE {where}"
            tried += 1
            with tampered(book, statement) as reader:
                if replay(reader).first_difference is None:
                    unseen.append((table, column, where))
    assert tried > 250
    assert unseen == []


def _other(column: str) -> str:
    numbers = column.endswith(("_fen", "_no", "_seq", "_step", "_count")) or column in (
        *("seq", "line", "version", "step", "reverses", "entries"),
    )
    texts = ("order_no", "claim_no")
    return (
        f"coalesce({column}, 0) + 1000"
        if numbers and column not in texts
        else f"coalesce({column}, '') || '!'"
    )


def _cells(book: Book) -> list[tuple[str, str, str]]:
    found = []
    with book.reading() as reader:
        for table in (
            "book",
            "account",
            "rulebook",
            "order_facts",
            "statement",
            "statement_line",
            "period_event",
            "approval",
            "line_match",
            "operation",
            "journal_entry",
            "posting",
            "settlement",
            "refund_step",
            "entry_seal",
        ):
            limit = " LIMIT 2" if table == "account" else ""
            rows = reader.connection.exec_driver_sql(f"SELECT * FROM {table}{limit}").mappings().all()
            for row in rows:
                where = " AND ".join(
                    f"{name} IS NULL" if value is None else f"{name} = {value!r}"
                    for name, value in row.items()
                )
                found += [(table, name, where) for name in row if name != "book"]
    return found


def test_without_recomputing_a_forged_answer_is_still_seen_by_its_seal(shelf: Shelf, full: Book) -> None:
    with shelf.copy(full) as book:
        tamper(book, "UPDATE settlement SET answer_json = '{}' WHERE seq = 2")
        with book.reading() as reader:
            assert "entry 2: entry_seal.hash" in str(replay(reader).first_difference)


def test_a_case_that_the_calculators_now_refuse_is_a_difference(full: Book) -> None:
    def refuse(case_json: str, rulebook_text: str) -> Recomputed:
        raise BadCase("claim.kind", "no such kind")

    with full.reading() as reader:
        difference = replay(reader, refuse).first_difference
    assert "refused: claim.kind: no such kind" in str(difference)


@pytest.mark.parametrize("case_json", ["{", "[" * 100_000, "nothing", '{"at":' + "9" * 5000 + "}"])
def test_a_case_that_is_no_json_any_more_is_a_difference_whatever_digests_were_forged(
    shelf: Shelf, full: Book, case_json: str
) -> None:
    forged = request_digest(case_json, "rulebook-1")
    with shelf.copy(full) as book:
        tamper(
            book,
            f"UPDATE settlement SET case_json = '{case_json}', request_digest = '{forged}' WHERE seq = 2",
            f"UPDATE journal_entry SET request_digest = '{forged}' WHERE seq = 2",
        )
        with book.reading() as reader:
            difference = replay(reader, claims.recompute).first_difference
    assert difference is not None
    assert (difference.seq, difference.column) == (2, "answer_json")
    assert difference.recomputed.startswith("refused: case: is not JSON: ")


BY_ANOTHER = {"reopen", "grant"}
WORDS = st.sampled_from(
    ["post", "record", "reverse", "close", "ask_reopening", "reopen", "facts", "memorandum", "ask", "grant"]
)


@settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(words=st.lists(WORDS, min_size=1, max_size=12))
def test_every_book_made_by_commands_alone_replays_clean_and_alike(shelf: Shelf, words: list[str]) -> None:
    with shelf.empty() as one, shelf.empty() as other:
        heads = []
        for book in (one, other):
            _play(book, words)
            with book.reading() as reader:
                replayed = replay(reader)
            assert replayed.first_difference is None
            heads.append(replayed)
        assert heads[0] == heads[1]


def _play(book: Book, words: list[str]) -> None:
    for number, word in enumerate(words):
        actor = "li" if word in BY_ANOTHER else "wang"
        with book.writing(actor=actor, now=NOW) as desk, suppress(LedgerError):
            DEEDS[word](desk, number)


def _record(desk: Desk, number: int) -> object:
    standing = [one for one in desk.history("O1") if one.kind == "return" and one.reversed_by is None]
    return desk.record(a_recording(f"C{number}", before=50 * len(standing)))


def _grant(desk: Desk, number: int) -> object:
    desk.store_approval(grant("CA"))
    return desk.record(to_be_approved("CA", subject="O2"))


DEEDS: dict[str, Callable[[Desk, int], object]] = {
    "post": lambda desk, number: desk.post(an_entry(number + 1), key=str(number)),
    "record": _record,
    "memorandum": lambda desk, number: desk.record(a_memorandum(f"M{number}", kind="reship")),
    "reverse": lambda desk, number: desk.reverse(number, DAY, "错账"),
    "close": lambda desk, _: desk.close("2026-10"),
    "ask_reopening": lambda desk, _: desk.ask_reopening("2026-10", "漏记"),
    "reopen": lambda desk, _: reopen(desk, "2026-10"),
    "ask": lambda desk, _: desk.store_approval(ask("CA")),
    "grant": _grant,
    "facts": lambda desk, number: desk.store_facts(OrderFacts(order_no="O1", facts_json=str(number))),
}
