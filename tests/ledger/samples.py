"""Small books to test on, and the ways of a burglar who opens the file by hand."""

import shutil
import sqlite3
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ledger.book import Book
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.journal import JournalEntry, Posting
from ledger.recordings import Recording, RefundStep

NOW = datetime(2026, 10, 12, 2, 0, tzinfo=UTC)
DAY = date(2026, 10, 12)
ANSWER = (
    '{"items":[{"item":"goods","rule":"001-1.1R","amount":"0.50","channel":"order","formula":"0.50"}],'
    '"digest":"answer"}'
)

NewBook = Callable[[], Book]


def copy_of(template: Path, folder: Path) -> Book:
    """A new empty book, as a copy of one that was made before."""
    path = folder / "book.db"
    shutil.copy(template, path)
    return open_book(sqlite_url(path))


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


def path_of(book: Book) -> Path:
    """The file of a book."""
    assert book.store.path is not None
    return book.store.path


def burgled(book: Book, *, pragmas: bool = True) -> sqlite3.Connection:
    """A hand-made connection to the file, with our pragmas or, as a plain shell has it, without."""
    connection = sqlite3.connect(path_of(book), isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    if pragmas:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA recursive_triggers = ON")
    return connection


def tamper(book: Book, *statements: str) -> None:
    """Run statements with every trigger dropped and put back afterwards, as a careful burglar would."""
    connection = burgled(book, pragmas=False)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("BEGIN")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert connection.execute(statement).rowcount, f"{statement} changed nothing"
    for _, sql in triggers:
        connection.execute(sql)
    connection.execute("COMMIT")
    connection.close()


def dump(book: Book) -> str:
    """Everything the file says, as SQL."""
    connection = burgled(book)
    text = "\n".join(connection.iterdump())
    connection.close()
    return text
