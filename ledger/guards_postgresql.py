"""The guards as PostgreSQL triggers, and how a PostgreSQL database says what it has.

Whoever inserts first takes the book's advisory lock, so that the head, the period and the refund chain which
the conditions read cannot move before the commit. They read what is committed: a session that keeps an older
snapshot would not see the month that was closed meanwhile, so it may not write at all. The functions name
their schema, for a temporary table of the same name would come before it.

A row is looked at before it is inserted. What is asked of a sealed entry is asked after the statement, once for
all entries that it sealed: a server takes longer to set twenty questions up than to answer them.
"""

import importlib.resources
import json

import sqlalchemy as sa

from ledger.conditions import Guard, Refusal
from ledger.guards import INSERTS

LOCK = "pg_advisory_xact_lock(hashtextextended({book}, 0))"
SHAPE, ROLES_SHAPE = "shape_postgresql.json", "shape_postgresql_roles.json"
_STALE = Refusal(
    "a writer reads what is committed", "current_setting('transaction_isolation') <> 'read committed'"
)
FIXED_PATH = """DO $path$
DECLARE guard regprocedure;
BEGIN
  FOR guard IN SELECT oid FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
  LOOP
    EXECUTE 'ALTER FUNCTION ' || guard || ' SET search_path TO ' || quote_ident(current_schema()) || ', pg_temp';
  END LOOP;
END
$path$"""
_HERE = "relnamespace = current_schema()::regnamespace"
_NOT_THE_REVISION = "c.relname <> 'alembic_version'"
_GUARDS = f"""
SELECT 'trigger ' || t.tgname AS name, pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text AS sql
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.{_HERE}
UNION ALL
SELECT 'function ' || p.proname,
  replace(pg_get_functiondef(p.oid), quote_ident(current_schema()) || '.' || p.proname, p.proname)
FROM pg_proc p WHERE p.pronamespace = current_schema()::regnamespace AND p.prokind = 'f'
"""  # noqa: S608 - put together from constants of this file alone.
_STRUCTURE = f"""
SELECT 'constraint ' || k.conname AS name,
  c.relname || ' ' || pg_get_constraintdef(k.oid, true) || CASE WHEN k.convalidated THEN '' ELSE ' not valid' END AS sql
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE c.{_HERE} AND k.contype IN ('c', 'f', 'p', 'u', 'x') AND {_NOT_THE_REVISION}
UNION ALL
SELECT 'index ' || i.relname, pg_get_indexdef(i.oid, 0, true) || CASE WHEN x.indisvalid THEN '' ELSE ' INVALID' END
FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid
WHERE c.{_HERE} AND {_NOT_THE_REVISION}
UNION ALL
SELECT 'column ' || c.relname || '.' || a.attname,
  format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
  || COALESCE(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE c.{_HERE} AND c.relkind <> 'i' AND a.attnum > 0 AND NOT a.attisdropped AND {_NOT_THE_REVISION}
UNION ALL
SELECT 'rule ' || r.rulename || ' on ' || c.relname, pg_get_ruledef(r.oid, true)
FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.{_HERE}
UNION ALL
SELECT 'policy ' || p.polname || ' on ' || c.relname,
  p.polcmd::text || p.polpermissive::text || p.polroles::regrole[]::text
  || COALESCE(' USING ' || pg_get_expr(p.polqual, p.polrelid, true), '')
  || COALESCE(' CHECK ' || pg_get_expr(p.polwithcheck, p.polrelid, true), '')
FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid WHERE c.{_HERE}
UNION ALL
SELECT 'row security of ' || c.relname, 'enabled' FROM pg_class c WHERE c.{_HERE} AND c.relrowsecurity
UNION ALL
SELECT 'referential guard of ' || c.relname, 'disabled'
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE t.tgisinternal AND t.tgenabled <> 'O' AND c.{_HERE} GROUP BY c.relname
"""  # noqa: S608 - put together from constants of this file alone.


def guards() -> tuple[Guard, ...]:
    """Every trigger that a PostgreSQL book has, each with its function, in the order of its tables."""
    made: list[Guard] = []
    for table, refusals in INSERTS.items():
        made += [_insert(table, refusals), _never(table, "update"), _never(table, "delete"), _truncate(table)]
        made += [_inserted(table, refusals)] if any(one.of_entry for one in refusals) else []
    return tuple(made)


def found(connection: sa.Connection) -> dict[str, str]:
    """What the database holds now: triggers and whether they fire, functions, constraints, indexes, columns."""
    rows = connection.execute(sa.text(_GUARDS))
    return {row.name: row.sql for row in rows} | structure(connection)


def structure(connection: sa.Connection) -> dict[str, str]:
    """The constraints, indexes, columns and rules of the database, as the server prints them."""
    return {row.name: row.sql for row in connection.execute(sa.text(_STRUCTURE))}


def expected(schema: str = "public", *, roles: bool = False) -> dict[str, str]:
    """What `found` finds in a database that nobody has touched, before and after its roles were made.

    A server prints a constraint in its own words, so those are kept as it prints them; a test compares.
    """
    made: dict[str, str] = {}
    for guard in guards():
        made[f"function {guard.name}"] = _printed(guard, schema)
        made[f"trigger {guard.name}"] = f"{guard.statements[1]} O"
    for shape in (SHAPE, ROLES_SHAPE) if roles else (SHAPE,):
        made |= json.loads(importlib.resources.files("ledger").joinpath(shape).read_text("utf-8"))
    return made


def has_roles(connection: sa.Connection) -> bool:
    """Whether roles were made on the database, by the table that says whose which book is."""
    return connection.execute(sa.text("SELECT to_regclass('book_member')")).scalar() is not None


def schema_of(connection: sa.Connection) -> str:
    """The schema that the tables are in."""
    return str(connection.execute(sa.text("SELECT current_schema()")).scalar())


def _printed(guard: Guard, schema: str) -> str:
    body = guard.statements[0].split("$guard$")[1]
    return (
        f"CREATE OR REPLACE FUNCTION {guard.name}() RETURNS trigger LANGUAGE plpgsql "
        f"SET search_path TO '{schema}', 'pg_temp' AS $function$ {body} $function$"
    )


def _insert(table: str, refusals: tuple[Refusal, ...]) -> Guard:
    of_row = [refusal for refusal in refusals if not refusal.of_entry]
    checks = [_check(_STALE), f"  PERFORM {LOCK.format(book='NEW.book')};", *map(_check, of_row)]
    return _guard(table, "insert", "\n".join([*checks, "  RETURN NEW;"]))


def _inserted(table: str, refusals: tuple[Refusal, ...]) -> Guard:
    """The guard that asks of each entry of the statement's rows which refusal it meets first.

    `OFFSET 0` keeps the planner to one entry and its keys at a time, however many there are and however
    little it knows of the tables.
    """
    cases = [f"    WHEN {one.of_entry} THEN '{one.message}'" for one in refusals if one.of_entry]
    lines = (
        "DECLARE refused text;",
        "BEGIN",
        "  SELECT r.message INTO refused FROM fresh CROSS JOIN LATERAL (SELECT CASE",
        *cases,
        "    END AS message FROM journal_entry e WHERE e.book = fresh.book AND e.seq = fresh.seq OFFSET 0) r",
        "    WHERE r.message IS NOT NULL LIMIT 1;",
        "  IF refused IS NOT NULL THEN RAISE EXCEPTION USING MESSAGE = 'settle: ' || refused, "
        "ERRCODE = 'integrity_constraint_violation'; END IF;",
        "  RETURN NULL;",
    )
    fires = f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT"
    return _made(table, "inserted", fires, "\n".join(lines))


def _check(refusal: Refusal) -> str:
    raised = f"RAISE EXCEPTION 'settle: {refusal.message}' USING ERRCODE = 'integrity_constraint_violation'"
    return f"  IF {refusal.when} THEN {raised}; END IF;"


def _never(table: str, event: str) -> Guard:
    return _guard(table, event, _check(Refusal(f"{table} is append-only", "TRUE")) + "\n  RETURN NULL;")


def _truncate(table: str) -> Guard:
    body = _check(Refusal(f"{table} is append-only", "TRUE")) + "\n  RETURN NULL;"
    return _guard(table, "truncate", body, each="STATEMENT")


def _guard(table: str, event: str, body: str, each: str = "ROW") -> Guard:
    return _made(table, event, f"BEFORE {event.upper()} ON {table} FOR EACH {each}", f"BEGIN\n{body}")


def _made(table: str, event: str, fires: str, body: str) -> Guard:
    name = f"{table}_{event}"
    function = f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$\n{body}\nEND\n$guard$"
    return Guard(name, table, (function, f"CREATE TRIGGER {name} {fires} EXECUTE FUNCTION {name}()"))
