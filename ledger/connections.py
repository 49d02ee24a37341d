"""Connections: how a database is opened so that an acknowledged entry is on the disk and one writer writes.

SQLite: every commit is synced, foreign keys and recursive triggers are on, a writer takes the lock before
its first read (`BEGIN IMMEDIATE`) and stands in line at a lock file before that. WAL is used only where the
linked SQLite is free of the WAL-reset bug. Readers open the file read-only. PostgreSQL: writers of one book
take its advisory lock, read what is committed, and have their commits on the disk whatever the server's
settings say.
"""

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, OperationalError, ProgrammingError
from sqlalchemy.pool import NullPool, StaticPool

from ledger.errors import BookBusy, NoBook, NotAllowed, StorageFailed
from ledger.guards_postgresql import LOCK
from ledger.silence import keep_rows_out_of_logs

try:
    import fcntl
except ImportError:  # Windows has no flock; SQLite's own lock serves alone there.
    fcntl = None  # type: ignore[assignment]

WAIT_MAX_SECONDS = 30
TABLES_TURN = ""  # the turn at the tables themselves; no book has an empty name
_WRITES = "settle_writes"
_NOT_PERMITTED = "42501"
_BUSY = ("locked", "busy", "lock timeout", "deadlock")

keep_rows_out_of_logs()


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """One open database; `path` is the file of a SQLite one, nothing for memory and for servers."""

    engine: sa.Engine
    path: Path | None
    read_only: bool

    @contextlib.contextmanager
    def writing(self, book: str) -> Iterator[sa.Connection]:
        """One writing turn at the book: all of it is on the disk afterwards, or nothing of it."""
        if self.read_only:
            raise ValueError("the book was opened for reading")
        with (
            _explained(),
            in_line(self.path),
            self._connection(writes=True) as connection,
            connection.begin(),
        ):
            if self.engine.dialect.name == "postgresql":
                _take_turn(connection, book)
            yield connection

    @contextlib.contextmanager
    def upgrading(self) -> Iterator[sa.Connection]:
        """One writing turn in which tables may be built anew, all of it or nothing.

        SQLite would look for every row that refers to a table which is dropped, once for each of its rows. So its
        references are put aside for the turn, and all of them looked at once before it ends.
        """
        if self.engine.dialect.name != "sqlite":
            with self.writing(TABLES_TURN) as connection:
                yield connection
            return
        with _explained(), in_line(self.path), self._connection(writes=True) as connection:
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    yield connection
                    _check_references(connection)
            finally:
                raw.execute("PRAGMA foreign_keys = ON")

    @contextlib.contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One steady view of the database, from which nothing can be written."""
        with _explained(), self._connection(writes=False) as connection, connection.begin():
            yield connection

    @contextlib.contextmanager
    def _connection(self, *, writes: bool) -> Iterator[sa.Connection]:
        with self.engine.connect() as connection:
            if self.engine.dialect.name == "sqlite":
                yield connection.execution_options(**{_WRITES: writes})
            elif writes:
                yield connection.execution_options(isolation_level="READ COMMITTED")
            else:
                yield connection.execution_options(
                    isolation_level="REPEATABLE READ", postgresql_readonly=True
                )


def open_store(url: str, *, read_only: bool) -> Store:
    """The database at a SQLAlchemy URL; `NoBook` for a SQLite file that is not there."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return Store(engine=_server(parsed), path=None, read_only=read_only)
    if parsed.database in (None, "", ":memory:"):
        engine = sa.create_engine("sqlite://", hide_parameters=True, poolclass=StaticPool)
        return Store(engine=_prepared(engine, read_only=False), path=None, read_only=read_only)
    path = Path(str(parsed.database)).absolute()
    if not path.is_file():
        raise NoBook(f"there is no book at {path}. Make one with `settle init`, or name another file.")
    if read_only:
        recover(path)
    engine = sa.create_engine(_file_url(path, read_only=read_only), hide_parameters=True, poolclass=NullPool)
    return Store(engine=_prepared(engine, read_only=read_only), path=path, read_only=read_only)


def sqlite_url(path: Path) -> str:
    """The URL of a SQLite file."""
    return sa.URL.create("sqlite", database=str(path.absolute())).render_as_string()


def make_file(url: str) -> None:
    """Make the file of a SQLite URL, readable by its owner alone; nothing where it is there or not a file."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() != "sqlite" or parsed.database in (None, "", ":memory:"):
        return
    path = Path(str(parsed.database))
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as failed:
        raise StorageFailed(f"{path} cannot be made: {failed.strerror}") from failed


def recover(path: Path) -> None:
    """Undo what a killed writer left half-written, which a read-only connection may not do itself."""
    journal = path.with_name(path.name + "-journal")
    if not journal.exists() or not journal.stat().st_size:
        return
    try:
        # A reader stands in no line: SQLite undoes nothing of a writer who lives, be it that he does not move.
        with contextlib.closing(sqlite3.connect(path, timeout=WAIT_MAX_SECONDS)) as connection:
            connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as failed:
        if any(word in str(failed) for word in _BUSY):
            raise BookBusy(f"the database is held by another program ({failed}). Try again.") from failed
        raise StorageFailed(f"what a killed writer left in {path} cannot be undone: {failed}.") from failed


def forget_plans(connection: sa.Connection) -> None:
    """Have a server plan its guards anew: those made while the tables were empty read all of a full one."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("DISCARD PLANS")


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether that SQLite is free of the WAL-reset bug (3.7.0 to 3.51.2, mended in 3.44.6 and 3.50.7 too)."""
    mended: dict[tuple[int, ...], tuple[int, ...]] = {(3, 44): (3, 44, 6), (3, 50): (3, 50, 7)}
    return version >= mended.get(version[:2], (3, 51, 3))


@contextlib.contextmanager
def in_line(path: Path | None) -> Iterator[None]:
    """Hold the lock file beside a SQLite file; `BookBusy` when another writer keeps it for too long."""
    if path is None or fcntl is None:
        yield
        return
    lock = os.open(path.with_name(path.name + ".lock"), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        _wait_for(lock, path)
        yield
    finally:
        os.close(lock)


def _wait_for(lock: int, path: Path) -> None:
    with contextlib.suppress(BlockingIOError):
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    # The kernel lets those who wait in one by one; whoever asked again and again would starve among many.
    waiter = threading.Thread(target=_stand_in_line, args=(os.dup(lock),), daemon=True)
    waiter.start()
    waiter.join(WAIT_MAX_SECONDS)
    if waiter.is_alive():
        raise BookBusy(
            f"another program has been writing to {path} for {WAIT_MAX_SECONDS} seconds. "
            "Wait for it, or end it, and try again."
        )
    # It is ours by now; where it could not be had at all, this says why.
    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _stand_in_line(own: int) -> None:
    # Whoever gave up has closed the other descriptor, whose number may by now be another file's.
    with os.fdopen(own), contextlib.suppress(OSError):
        fcntl.flock(own, fcntl.LOCK_EX)


def _check_references(connection: sa.Connection) -> None:
    row = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if row is not None:
        raise StorageFailed(
            f"a row of {row[0]} names a row of {row[2]} that is not there. Nothing was changed; restore a backup."
        )


def _server(url: sa.URL) -> sa.Engine:
    # A URL may name the server without its driver; there is one that we know.
    named = url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    try:
        return sa.create_engine(named, hide_parameters=True)
    except ModuleNotFoundError as missing:
        raise StorageFailed(
            f"{named.drivername} needs {missing.name}, which is not installed. "
            "Install it with `pip install settle[postgresql]`."
        ) from missing


def _take_turn(connection: sa.Connection, book: str) -> None:
    # One question instead of four: a turn is short, and each question is a journey to the server. Its guards
    # are many small questions, which a server that compiled each of them would answer later than one that runs them.
    settings = (
        "set_config('lock_timeout', :wait, true), set_config('synchronous_commit', 'on', true), "
        "set_config('jit', 'off', true)"
    )
    turn = sa.text(f"SELECT {settings}, {LOCK.format(book=':book')}")
    connection.execute(turn, {"wait": str(WAIT_MAX_SECONDS * 1000), "book": book})


def _file_url(path: Path, *, read_only: bool) -> sa.URL:
    mode = "ro" if read_only else "rw"
    return sa.URL.create("sqlite", database=path.as_uri(), query={"mode": mode, "uri": "true"})


def _prepared(engine: sa.Engine, *, read_only: bool) -> sa.Engine:
    def connect(raw: Any, _: object) -> None:
        raw.isolation_level = None
        for pragma in _pragmas(read_only=read_only):
            raw.execute(f"PRAGMA {pragma}")

    def begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get(_WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    event.listen(engine, "connect", connect)
    event.listen(engine, "begin", begin)
    return engine


def _pragmas(*, read_only: bool) -> tuple[str, ...]:
    always = (
        f"busy_timeout = {WAIT_MAX_SECONDS * 1000}",
        "foreign_keys = ON",
        "recursive_triggers = ON",
        "secure_delete = ON",
        "synchronous = FULL",
        "trusted_schema = OFF",
    )
    journal = "WAL" if wal_is_safe(sqlite3.sqlite_version_info) else "TRUNCATE"
    return (*always, "query_only = ON") if read_only else (*always, f"journal_mode = {journal}")


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except IntegrityError as refused:
        diagnosis = getattr(refused.orig, "diag", None)
        if diagnosis is None:
            raise
        raise _without_values(refused, str(diagnosis.message_primary)) from None
    except OperationalError as failed:
        reason = _reason(failed)
        if any(word in reason for word in _BUSY):
            raise BookBusy(f"the database is held by another program ({reason}). Try again.") from failed
        raise StorageFailed(f"the database refused: {reason}. Nothing was written.") from failed
    except ProgrammingError as failed:
        if getattr(failed.orig, "sqlstate", "") != _NOT_PERMITTED:
            raise
        raise NotAllowed(
            f"your database role may not do this ({_reason(failed)}). "
            "Ask whoever keeps the roles; `settle roles` gives them."
        ) from failed
    except DatabaseError as failed:
        raise StorageFailed(f"the database cannot be used: {_reason(failed)}.") from failed


def _without_values(refused: IntegrityError, message: str) -> IntegrityError:
    # A server repeats the whole refused row in the detail of its message; nobody's name belongs in a log.
    bare = type(refused.orig)(message) if refused.orig else ValueError(message)
    return IntegrityError(refused.statement, None, bare, hide_parameters=True)


def _reason(failed: DBAPIError) -> str:
    """What the database said, without the text that it could not read: that may be anybody's."""
    return str(failed.orig).splitlines()[0].partition(" with text ")[0]
