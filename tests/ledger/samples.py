"""Small books to test on, and the ways of a burglar who opens the file by hand."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import psycopg
import sqlalchemy as sa

from cli.rulebooks import default_rulebook
from ledger import approving
from ledger import tables as t
from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.desk import Desk
from ledger.engine import open_book
from ledger.journal import JournalEntry, Posting
from ledger.reading import Reader
from ledger.recordings import Approval, Closed, Recording, RefundStep

NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
DAY = date(2026, 10, 12)
ANSWER = (
    '{"decision":"pay","items":[{"item":"goods","rule":"001-1.1R","amount":"0.50","channel":"order","formula":"0.50"}],'
    '"digest":"answer"}'
)

NewBook = Callable[[], Book]


def copy_of(template: Path, folder: Path) -> Book:
    """A new empty book, as a copy of one that was made before."""
    path = folder / "book.db"
    shutil.copy(template, path)
    return open_book(sqlite_url(path))


class StatementFailed(Exception):
    """What a statement that was made to fail raises."""


@contextlib.contextmanager
def failing(place: sa.Engine | sa.Connection, fails: Callable[[str], bool]) -> Iterator[None]:
    """Meanwhile every statement that is asked about and fails raises `StatementFailed` before it is run."""

    def refuse(_: object, __: object, statement: str, *___: object) -> None:
        if fails(statement):
            raise StatementFailed

    sa.event.listen(place, "before_cursor_execute", refuse)
    try:
        yield
    finally:
        sa.event.remove(place, "before_cursor_execute", refuse)


def an_entry(amount_fen: int = 100, on: date = DAY, **changes: Any) -> JournalEntry:
    """A payment received, or with other keywords something else of two lines."""
    lines = (
        Posting(account="1122.01", amount_fen=amount_fen),
        Posting(account="2203.01", amount_fen=-amount_fen),
    )
    given: dict[str, Any] = {
        "kind": "order_paid",
        "effective_on": on,
        "narration": "买家付款",
        "postings": lines,
    }
    return JournalEntry(**{**given, **changes})


def a_recording(claim_no: str = "C1", amount_fen: int = 50, **changes: Any) -> Recording:
    """A return of order O1, whose line 1 was paid 200 fen; `before` is what was refunded already."""
    before, on = changes.pop("before", 0), changes.pop("on", DAY)
    subject = changes.get("subject", "O1")
    entry = an_entry(-amount_fen, on, kind="settlement", order_no=subject, claim_no=claim_no)
    step = RefundStep(bucket="line 1", paid_fen=200, before_fen=before, after_fen=before + amount_fen)
    given: dict[str, Any] = {
        "claim_no": claim_no,
        "subject": subject,
        "kind": "return",
        "case_json": f'{{"claim":"{claim_no}"}}',
        "answer_json": ANSWER,
        "answer_digest": "answer",
        "rulebook_digest": "rulebook-1",
        "rulebook_text": "[rules]",
        "entry": entry,
        "steps": (step,),
    }
    return Recording(**{**given, **changes})


def a_ruled_recording(claim_no: str = "C1") -> Recording:
    """The same under the manuals' own rulebook, for whoever reads it back."""
    rulebook = default_rulebook()
    return a_recording(claim_no, rulebook_digest=rulebook.digest, rulebook_text=rulebook.text)


def a_memorandum(claim_no: str = "M1", **changes: Any) -> Recording:
    """A recorded case that moved no money."""
    entry = JournalEntry(
        kind="memorandum", effective_on=DAY, narration="补寄", postings=(), order_no="O1", claim_no=claim_no
    )
    return a_recording(claim_no, entry=entry, steps=(), **changes)


def post(book: Book, entry: JournalEntry, key: str) -> int:
    """Post one entry in a turn of its own; answers its number."""
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.post(entry, key=key).seq


def record(book: Book, recording: Recording) -> int:
    """Record one settlement in a turn of its own; answers its entry's number."""
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.record(recording).seq


def ask(claim_no: str, digest: str = "a" * 64) -> Approval:
    """The ask that a claim be approved."""
    return Approval(matter="claim", subject=claim_no, action="ask", digest=digest)


def grant(claim_no: str, digest: str = "a" * 64) -> Approval:
    """Its grant, to be said by another."""
    return Approval(matter="claim", subject=claim_no, action="grant", digest=digest)


def to_be_approved(claim_no: str, **changes: Any) -> Recording:
    """A settlement that a second person has to grant."""
    answer = ANSWER.replace('"pay"', '"approve"')
    return a_recording(claim_no, answer_json=answer, answer_digest="a" * 64, **changes)


def reopen(desk: Desk, period: str) -> Closed:
    """Grant and do what another asked: open a month again."""
    return desk.reopen(period, approving.close_digest(desk.reader, period) or "")


@contextlib.contextmanager
def handed_to(desk: Desk, actor: str) -> Iterator[None]:
    """The desk in another's hands for a while, as if they had a turn of their own."""
    desk._chain.actor, before = actor, desk._chain.actor
    try:
        yield
    finally:
        desk._chain.actor = before


def note_person(reader: Reader, person_key: str = "buyer") -> None:
    """Somebody in the one table that may be erased."""
    row = {"person_key": person_key, "salt": "s", "nick": "张三丰", "payee": None, "noted_at": "2026"}
    reader.connection.execute(sa.insert(t.person), {"book": reader.book, **row})


def path_of(book: Book) -> Path:
    """The file of a book."""
    assert book.store.path is not None
    return book.store.path


def url_of(book: Book) -> str:
    """The URL that a program would open the book's database by."""
    return book.store.engine.url.render_as_string() if book.store.path is None else sqlite_url(path_of(book))


def burgled(book: Book, *, pragmas: bool = True) -> Any:
    """A hand-made connection, which commits every statement; on SQLite with our pragmas or as a plain shell has it."""
    if book.store.path is None:
        url = book.store.engine.url
        return psycopg.connect(
            host=str(url.query["host"]), user=url.username, dbname=url.database, autocommit=True
        )
    connection = sqlite3.connect(path_of(book), isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    if pragmas:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
    return connection


def tamper(book: Book, *statements: str) -> None:
    """Run statements with every guard put aside and put back afterwards, as a careful burglar would."""
    connection = burgled(book, pragmas=False)
    connection.execute("BEGIN")
    put_back = _put_aside(connection, on_server=book.store.path is None)
    for statement in statements:
        assert connection.execute(statement).rowcount, f"{statement} changed nothing"
    for statement in put_back:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


@contextlib.contextmanager
def tampered(book: Book, *statements: str) -> Iterator[Reader]:
    """What a reader sees after `tamper`; on leaving, all is as it was before."""
    with book.store.engine.connect() as connection:
        hand: Any = connection.connection.driver_connection
        if book.store.path is not None:
            hand.execute("PRAGMA foreign_keys = OFF")
        connection.begin()
        _put_aside(hand, on_server=book.store.path is None)
        for statement in statements:
            assert hand.execute(statement).rowcount, f"{statement} changed nothing"
        yield Reader(connection=connection, book=book.name)
        hand.execute("ROLLBACK")
        connection.invalidate()


def _put_aside(connection: Any, *, on_server: bool) -> list[str]:
    """Drop whatever would refuse; answers the statements that bring it back."""
    if not on_server:
        triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        connection.execute("PRAGMA ignore_check_constraints = ON")
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        return [sql for _, sql in triggers]
    connection.execute("SET LOCAL session_replication_role = replica")
    checks = connection.execute(
        "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
        " WHERE contype = 'c' AND connamespace = current_schema()::regnamespace"
    ).fetchall()
    for table, name, _ in checks:
        connection.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql} NOT VALID" for table, name, sql in checks]


def dump(book: Book) -> str:
    """Everything the file says, as SQL; of a server, everything the book's tables say."""
    connection = burgled(book)
    if book.store.path is None:
        lines = [line for table in t.METADATA.sorted_tables for line in _lines(connection, table.name, book)]
    else:
        lines = list(connection.iterdump())
    connection.close()
    return "\n".join(lines)


def _lines(connection: Any, table: str, book: Book) -> list[str]:
    select = f"SELECT t::text FROM {table} t WHERE book = %s ORDER BY 1"
    return [f"{table} {row[0]}" for row in connection.execute(select, (book.name,)).fetchall()]
