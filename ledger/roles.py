"""Roles on PostgreSQL: who may do what to which book, held by the server and not by our programs.

    settle_agent     quotes and records: facts, files, rulebooks, settlements and the entries that book them;
                     asks for approval, matches lines of files, and notes who a buyer is
    settle_finance   grants and refuses, and records what was granted; closes and reopens months, pays, reverses,
                     matches, and erases a buyer
    settle_auditor   reads, but not who the buyers are

Nobody but the owner updates, deletes or truncates anything but `person`, and the owner only between
migrations. A member is a login that has been given a role and a book; row-level security shows everybody the
rows of their own books and takes no other. Whoever owns the tables is not bound by any of it, and needs none of it.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from ledger import tables as t
from ledger.connections import open_store
from ledger.errors import NoBook, StorageFailed

ROLES = ("settle_agent", "settle_finance", "settle_auditor")
MEMBERS = "book_member"
_AGENT_KINDS = ("order_paid", "order_confirmed", "order_delivered", "statement", "settlement")
_MAY_ADD: dict[str, tuple[str, ...]] = {
    "settle_agent": (
        *("operation", "rulebook", "order_facts", "statement", "statement_line"),
        *("journal_entry", "posting", "settlement", "refund_step", "entry_seal"),
        *("approval", "line_match", "person"),
    ),
    "settle_finance": (
        *("operation", "period_event"),
        *("journal_entry", "posting", "settlement", "refund_step", "entry_seal"),
        *("approval", "line_match", "person"),
    ),
}
_MAY_ERASE = ("settle_finance",)
_MAY_KNOW_PEOPLE = ("settle_agent", "settle_finance")
_GRANTED = (
    "EXISTS (SELECT 1 FROM approval a WHERE a.book = {0}.book AND a.matter = 'claim' "
    "AND a.subject = {0}.claim_no AND a.action = 'grant')"
)
_OWN_BOOK = f"book IN (SELECT m.book FROM {MEMBERS} m WHERE m.member = current_user)"  # noqa: S608


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


_SCHEMA = f"""DO $schema$
BEGIN
  EXECUTE 'REVOKE CREATE ON SCHEMA ' || quote_ident(current_schema()) || ' FROM PUBLIC';
  EXECUTE 'GRANT USAGE ON SCHEMA ' || quote_ident(current_schema()) || ' TO {", ".join(ROLES)}';
END
$schema$"""

# Which rows of a shared table a role may add; the auditor may add none anywhere.
_ONLY = {
    ("settle_agent", "operation"): "command IN ('facts', 'rulebook', 'statement', 'approval', 'match')",
    ("settle_agent", "approval"): "action = 'ask'",
    ("settle_finance", "operation"): "command IN ('close', 'reopen', 'approval', 'match', 'erase')",
    ("settle_agent", "journal_entry"): (
        f"reverses IS NULL AND kind IN ({_listed((*_AGENT_KINDS, 'memorandum'))})"
    ),
    # A memorandum without a settlement assigns a payment; one with it needs a grant, as its settlement does.
    ("settle_finance", "journal_entry"): (
        "reverses IS NOT NULL OR kind IN ('payment', 'closing', 'memorandum') "
        f"OR kind = 'settlement' AND {_GRANTED.format('journal_entry')}"
    ),
    ("settle_finance", "settlement"): (
        f"{_GRANTED.format('settlement')[:-1]} AND a.digest = settlement.answer_digest)"
    ),
}


def statements() -> tuple[str, ...]:
    """Every statement that makes the roles and what they may; harmless where they are there already."""
    tables = sorted(t.METADATA.tables)
    made = [_role(role) for role in ROLES]
    made += [
        _SCHEMA,
        f"CREATE TABLE IF NOT EXISTS {MEMBERS} (member name NOT NULL, book text NOT NULL,"
        f" CONSTRAINT pk_{MEMBERS} PRIMARY KEY (member, book))",
        f"REVOKE ALL ON {MEMBERS} FROM PUBLIC",
    ]
    for role in ROLES:
        made += _granted(role, tables)
    for table in tables:
        made += _secured(table)
    return tuple(made)


def make_roles(url: str, book: str, members: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Make the roles, and each member (login and role) one of that role and of the book; answers what stands.

    `StorageFailed` for SQLite and for a login that the server does not know, `NoBook` for an unknown book,
    `NotAllowed` for whoever does not own the tables.
    """
    store = open_store(url, read_only=False)
    if store.engine.dialect.name != "postgresql":
        raise StorageFailed("roles are PostgreSQL's; a SQLite file belongs to whoever may read it.")
    try:
        with store.writing(book) as connection:
            return _made(connection, book, members)
    finally:
        store.engine.dispose()


def _made(connection: sa.Connection, book: str, members: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    if connection.execute(sa.select(t.book.c.book).where(t.book.c.book == book)).first() is None:
        raise NoBook(f"the database has no book {book}. Make it with `settle init --book {book}`.")
    for statement in statements():
        connection.exec_driver_sql(statement)
    for login, role in members:
        _enrol(connection, login, role, book)
    rows = connection.execute(sa.text(f"SELECT member, book FROM {MEMBERS} ORDER BY 2, 1"))  # noqa: S608
    return tuple(f"{row.book}: {row.member}" for row in rows)


def _role(role: str) -> str:
    return (
        f"DO $role$ BEGIN CREATE ROLE {role} NOLOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $role$"
    )


def _granted(role: str, tables: list[str]) -> list[str]:
    names = ", ".join(tables)
    known = ", ".join(table for table in tables if table != t.person.name or role in _MAY_KNOW_PEOPLE)
    made = [
        f"REVOKE ALL ON {names}, alembic_version, {MEMBERS} FROM {role}",
        f"GRANT SELECT ON {known}, alembic_version, {MEMBERS} TO {role}",
    ]
    made += [f"GRANT INSERT ON {table} TO {role}" for table in _MAY_ADD.get(role, ())]
    if role in _MAY_ERASE:
        made.append(f"GRANT UPDATE, DELETE ON {t.person.name} TO {role}")
    return made


def _secured(table: str) -> list[str]:
    whom = ", ".join(_MAY_KNOW_PEOPLE if table == t.person.name else ROLES)
    made = [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
        *_policy(table, "read", "SELECT", _OWN_BOOK, whom),
    ]
    for role, tables in _MAY_ADD.items():
        if table in tables:
            only = _ONLY.get((role, table))
            check = f"{_OWN_BOOK} AND ({only})" if only else _OWN_BOOK
            made += _policy(table, f"add_{role}", "INSERT", check, role)
    if table == t.person.name:
        for event in ("UPDATE", "DELETE"):
            made += _policy(table, event.lower(), event, _OWN_BOOK, ", ".join(_MAY_ERASE))
    return made


def _policy(table: str, name: str, event: str, when: str, whom: str) -> list[str]:
    clause = "WITH CHECK" if event == "INSERT" else "USING"
    return [
        f"DROP POLICY IF EXISTS {name} ON {table}",
        f"CREATE POLICY {name} ON {table} FOR {event} TO {whom} {clause} ({when})",
    ]


def _enrol(connection: sa.Connection, login: str, role: str, book: str) -> None:
    if role not in ROLES:
        raise ValueError(f"{role} is not a role of ours")
    known = sa.text("SELECT 1 FROM pg_roles WHERE rolname = :login AND rolcanlogin")
    if connection.execute(known, {"login": login}).first() is None:
        raise StorageFailed(f"the server knows no login {login}. Make it with CREATE ROLE … LOGIN first.")
    quoted = connection.dialect.identifier_preparer.quote(login)
    connection.exec_driver_sql(f"GRANT {role} TO {quoted}")
    enrolled = sa.text(f"INSERT INTO {MEMBERS} VALUES (:login, :book) ON CONFLICT DO NOTHING")  # noqa: S608
    connection.execute(enrolled, {"login": login, "book": book})
