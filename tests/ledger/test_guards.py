"""The guards: raw SQL against every table of a book, refused by the database itself."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger import guards_postgresql, guards_sqlite
from ledger import tables as t
from ledger.book import Book
from ledger.guards import INSERTS
from ledger.recordings import OrderFacts, Statement, StatementLine
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, burgled, copy_of, dump, path_of

HASH = "'" + "f" * 64 + "'"
ENTRY = (
    "INSERT INTO journal_entry SELECT book, 5, kind, effective_on, period, 5, narration, order_no, NULL, NULL,"
    " command, 'new', request_digest, source, actor, recorded_at,"
    " (SELECT MAX(op_no) FROM operation) FROM journal_entry WHERE seq = 1"
)
LINE = "INSERT INTO posting VALUES ('main', 5, 1, '1002', 'CNY', 9, '')"
LINES = LINE + ", ('main', 5, 2, '1012.01', 'CNY', -9, '')"
SEAL = f"INSERT INTO entry_seal SELECT book, 5, hash, {HASH} FROM entry_seal WHERE seq = 4"
STEP = "INSERT INTO refund_step VALUES ('main', 'O1', 'line 1', {})"
OPERATION = (
    "INSERT INTO operation SELECT book, op_no + 1, '{}', '', digest, 4,"
    f" (SELECT hash FROM entry_seal WHERE seq = 4), actor, recorded_at, hash, {HASH}"
    " FROM operation ORDER BY op_no DESC LIMIT 1"
)
NEXT_OP = "(SELECT MAX(op_no) + 1 FROM operation)"
EVENT = f"INSERT INTO period_event SELECT 'main', '{{}}', {{}}, 0, 0, 0, '{{{{}}}}', '', {NEXT_OP}"
RECLOSE = (EVENT.format("2026-09", "2, 'reopen'"), OPERATION.format("reopen"))


@pytest.fixture(scope="module")
def full(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    """A book with something in every table, 2026-09 closed; nobody may write into it."""
    with copy_of(template, tmp_path_factory.mktemp("full")) as book:
        with book.writing(actor="wang", now=NOW) as desk:
            desk.close("2026-09")
            desk.post(an_entry(), key="a")
            desk.record(a_recording())
            desk.reverse(1, DAY, "错账")
            desk.record(a_recording("C2", 100, before=50))
            desk.store_facts(OrderFacts(order_no="O1", facts_json="{}"))
            line = StatementLine(row_no=1, reference="O1", line_json="{}")
            desk.store_statement(Statement(name="a", layout="b", sha256="c" * 64, lines=(line,)))
        yield book


def _attack(book: Book, statements: tuple[str, ...], *, pragmas: bool = True) -> str:
    """What the database says to the statements, run as one transaction; it must refuse one of them."""
    before = dump(book)
    with closing(burgled(book, pragmas=pragmas)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.IntegrityError) as refused:
            _run(connection, (*statements, "COMMIT"))
    assert dump(book) == before
    return str(refused.value)


def _run(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    for statement in statements:
        connection.execute(statement)


@pytest.mark.parametrize("table", sorted(t.METADATA.tables))
@pytest.mark.parametrize("pragmas", [True, False])
def test_no_row_is_updated_deleted_or_replaced(full: Book, table: str, pragmas: bool) -> None:
    first = next(iter(t.METADATA.tables[table].c)).name
    said = f"settle: {table} is append-only"
    assert _attack(full, (f"UPDATE {table} SET {first} = {first}",), pragmas=pragmas) == said
    assert _attack(full, (f"DELETE FROM {table}",), pragmas=pragmas) == said
    replaced = _attack(full, (f"REPLACE INTO {table} SELECT * FROM {table}",), pragmas=pragmas)
    assert replaced.startswith("settle: ")


SETTLEMENT = (
    "INSERT INTO settlement SELECT book, 5, '{}', subject, kind, case_json, answer_json, answer_digest,"
    " rulebook_digest, request_digest FROM settlement LIMIT 1"
)
ATTACKS: list[tuple[str, tuple[str, ...], str]] = [
    ("an entry without a seal", (ENTRY, LINES), "FOREIGN KEY"),
    ("a seal without an entry", (SEAL,), "no entry to seal"),
    ("an entry without lines", (ENTRY, SEAL), "two postings"),
    ("one line", (ENTRY, LINE, SEAL), "two postings"),
    ("an unbalanced entry", (ENTRY, LINES.replace("-9", "-8"), SEAL), "does not balance"),
    ("a zero line", (ENTRY, LINES.replace("-9", "0")), "amount_fen"),
    ("too large a line", (ENTRY, LINES.replace("-9", "-1000000000001")), "amount_fen"),
    ("another currency", (ENTRY, LINES.replace("CNY", "USD")), "currency"),
    ("an unknown account", (ENTRY, LINES.replace("1012.01", "1012"), SEAL), "FOREIGN KEY"),
    ("a missing line number", (ENTRY, LINES.replace("5, 2", "5, 3"), SEAL), "lines have no gap"),
    (
        "a late line",
        (LINES.replace("5,", "1,").replace("1, 1", "1, 3").replace("1, 2", "1, 4"),),
        "after the seal",
    ),
    ("a link to another entry", (ENTRY, LINES, SEAL.replace("seq = 4", "seq = 3")), "link to the head"),
    ("a gap", (ENTRY.replace(" 5,", " 6,"), LINES.replace("5,", "6,"), SEAL.replace(" 5,", " 6,")), "no gap"),
    ("a second seal", (SEAL.replace("5, hash", "4, hash"),), "no gap"),
    (
        "a closed month",
        (ENTRY.replace("effective_on, period, 5", "'2026-09-30', '2026-09', 1"), LINES, SEAL),
        "period is closed",
    ),
    (
        "a month before a closed one",
        (ENTRY.replace("effective_on, period, 5", "'2026-08-30', '2026-08', 1"), LINES, SEAL),
        "period is closed",
    ),
    ("a month of another day", (ENTRY.replace("period, 5", "'2026-11', 1"),), "ck_journal_entry_period"),
    ("a voucher too far", (ENTRY.replace("period, 5", "period, 7"), LINES, SEAL), "vouchers have no gap"),
    ("a voucher twice", (ENTRY.replace("period, 5", "period, 3"),), "append-only"),
    ("a key twice", (ENTRY.replace("'new'", "'a'"),), "append-only"),
    ("an unknown kind", (ENTRY.replace("kind,", "'gift',"),), "ck_journal_entry_kind"),
    ("an old clock", (ENTRY.replace("recorded_at", "'2000-01-01'"), LINES, SEAL), "clock runs backwards"),
    ("an old operation", (ENTRY.replace("MAX(op_no)", "1"), LINES, SEAL), "last operation"),
    (
        "a settlement kind without settlement",
        (ENTRY.replace("kind,", "'settlement',"), LINES, SEAL),
        "is missing",
    ),
    (
        "a memorandum with lines",
        (ENTRY.replace("kind,", "'memorandum',").replace("period, 5", "period, NULL"), LINES, SEAL),
        "memorandum has no postings",
    ),
    (
        "a second reversal",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 1"),),
        "append-only",
    ),
    (
        "a reversal of a reversal",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 3"), LINES, SEAL),
        "reversal is not reversed",
    ),
    (
        "a reversal of half an entry",
        (ENTRY.replace("kind,", "'reversal',").replace("NULL, NULL", "NULL, 4"), LINES, SEAL),
        "takes back all of its entry",
    ),
    ("a settlement under a plain entry", (ENTRY, LINES, SETTLEMENT.format("C9"), SEAL), "another kind"),
    ("a claim twice", (ENTRY, LINES, SETTLEMENT.format("C1"), SEAL), "append-only"),
    ("a step above what was paid", (ENTRY, STEP.format("3, 2, 5, 200, 150, 201")), "after_fen"),
    ("a step that forgets the one before", (ENTRY, STEP.format("3, 2, 5, 200, 0, 200")), "FOREIGN KEY"),
    ("a step that starts anew", (ENTRY, STEP.format("1, NULL, 5, 200, 0, 200")), "append-only"),
    ("a step beside the chain", (ENTRY, STEP.format("3, 1, 5, 200, 50, 60")), "prev_step"),
    ("a step that raises what was paid", (ENTRY, STEP.format("3, 2, 5, 900, 150, 900")), "FOREIGN KEY"),
    ("a step that lowers", (ENTRY, STEP.format("3, 2, 5, 200, 150, 10")), "only a reversal"),
    ("a late step", (STEP.format("3, 2, 4, 200, 150, 160"),), "after the seal"),
    ("a step without settlement", (ENTRY, LINES, STEP.format("3, 2, 5, 200, 150, 160"), SEAL), "without a"),
    (
        "facts without operation",
        (f"INSERT INTO order_facts SELECT 'main', 'O2', 1, '', '', {NEXT_OP}",),
        "FOREIGN",
    ),
    ("late facts", ("INSERT INTO order_facts SELECT 'main', 'O2', 1, '', '', 1",), "after the seal"),
    ("facts that skip", (f"INSERT INTO order_facts SELECT 'main', 'O1', 3, '', '', {NEXT_OP}",), "no gap"),
    (
        "a late file line",
        ("INSERT INTO statement_line SELECT book, op_no, 2, '', '' FROM statement",),
        "after the",
    ),
    ("a late account", ("INSERT INTO account VALUES ('main', '9', '', '', 'debit', 1)",), "after the seal"),
    ("an empty operation", (OPERATION.format("facts"),), "go together"),
    ("an operation of another chain", (OPERATION.format("facts").replace("at, hash", "at, digest"),), "link"),
    (
        "an operation of another head",
        (OPERATION.format("facts").replace("'', digest, 4", "'', digest, 3"),),
        "head",
    ),
    ("closing twice", (EVENT.format("2026-09", "3, 'close'"),), "no gap"),
    ("reopening as first event", (EVENT.format("2026-10", "1, 'reopen'"),), "turns"),
    ("closing past an open month", (EVENT.format("2026-11", "1, 'close'"),), "earlier period is open"),
    ("closing before a closed one", (EVENT.format("2026-08", "1, 'close'"),), "later period is closed"),
    ("closing without operation", (EVENT.format("2026-10", "1, 'close'"),), "FOREIGN KEY"),
    ("a text for an amount", (ENTRY, LINES.replace("-9", "'nine'")), "cannot store TEXT"),
]


@pytest.mark.parametrize(
    ("statements", "said"), [attack[1:] for attack in ATTACKS], ids=[a[0] for a in ATTACKS]
)
def test_raw_sql_is_refused(full: Book, statements: tuple[str, ...], said: str) -> None:
    assert said in _attack(full, statements)


def test_a_whole_entry_by_hand_is_accepted_so_the_attacks_fail_for_their_own_reason(
    template: Path, tmp_path: Path, full: Book
) -> None:
    with copy_of(path_of(full), tmp_path) as book, closing(burgled(book)) as connection:
        for statement in ("BEGIN IMMEDIATE", ENTRY, LINES, SEAL, "COMMIT"):
            connection.execute(statement)
        assert connection.execute("SELECT MAX(seq) FROM entry_seal").fetchone() == (5,)


def test_every_table_has_its_guards_in_both_dialects() -> None:
    tables = set(t.METADATA.tables)
    assert set(INSERTS) == tables
    sqlite = {(guard.table, guard.name.rsplit("_", 1)[1]) for guard in guards_sqlite.guards()}
    assert sqlite == {(table, event) for table in tables for event in ("insert", "update", "delete")}
    server = {(guard.table, guard.name.rsplit("_", 1)[1]) for guard in guards_postgresql.guards()}
    assert server == sqlite | {(table, "truncate") for table in tables}


def test_no_refusal_breaks_its_quotation() -> None:
    messages = [refusal.message for refusals in INSERTS.values() for refusal in refusals]
    assert all(re.fullmatch(r"[a-z_ ,-]+", message) for message in messages)
