"""The guards as PostgreSQL triggers, and how a PostgreSQL database says which it has.

Whoever seals first takes the book's advisory lock, so that the head, the period and the refund chain which
the conditions read cannot move before the commit.
"""

import sqlalchemy as sa

from ledger.guards import INSERTS, Guard, Refusal

_FOUND = """
SELECT t.tgname AS name, t.tgenabled::text || ' ' || p.prosrc AS sql
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""
_LOCKED = ("entry_seal", "operation", "period_event")
LOCK = "pg_advisory_xact_lock(hashtextextended({book}, 0))"


def guards() -> tuple[Guard, ...]:
    """Every trigger that a PostgreSQL book has, each with its function, in the order of its tables."""
    made: list[Guard] = []
    for table, refusals in INSERTS.items():
        made += [_insert(table, refusals), _never(table, "update"), _never(table, "delete"), _truncate(table)]
    return tuple(made)


def found(connection: sa.Connection) -> dict[str, str]:
    """What the database holds now: every trigger, whether it is enabled, and what it runs."""
    return {row.name: row.sql for row in connection.execute(sa.text(_FOUND))}


def expected() -> dict[str, str]:
    """What `found` finds in a database that nobody has touched."""
    return {guard.name: f"O {guard.statements[0].split('$guard$')[1]}" for guard in guards()}


def _insert(table: str, refusals: tuple[Refusal, ...]) -> Guard:
    checks = [_check(refusal) for refusal in refusals]
    if table in _LOCKED:
        checks.insert(0, f"  PERFORM {LOCK.format(book='NEW.book')};")
    return _guard(table, "insert", "\n".join([*checks, "  RETURN NEW;"]))


def _check(refusal: Refusal) -> str:
    raised = f"RAISE EXCEPTION 'settle: {refusal.message}' USING ERRCODE = 'integrity_constraint_violation'"
    return f"  IF {refusal.when} THEN {raised}; END IF;"


def _never(table: str, event: str) -> Guard:
    return _guard(table, event, _check(Refusal(f"{table} is append-only", "TRUE")) + "\n  RETURN NULL;")


def _truncate(table: str) -> Guard:
    body = _check(Refusal(f"{table} is append-only", "TRUE")) + "\n  RETURN NULL;"
    return _guard(table, "truncate", body, each="STATEMENT")


def _guard(table: str, event: str, body: str, each: str = "ROW") -> Guard:
    name = f"{table}_{event}"
    return Guard(
        name,
        table,
        (
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
            f"$guard$\nBEGIN\n{body}\nEND\n$guard$",
            f"CREATE TRIGGER {name} BEFORE {event.upper()} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION {name}()",
        ),
    )
