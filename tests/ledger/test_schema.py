"""The schema: migration and registry lead to one database, and every altered guard is named."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from ledger import guards_postgresql, guards_sqlite, schema
from ledger.book import Book
from ledger.canonical import text_digest
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from ledger.errors import GuardBroken, NoBook, SchemaMismatch, StorageFailed
from tests.ledger.postgres import Server
from tests.ledger.samples import NOW, burgled, dump, path_of, url_of

MIGRATIONS = Path(schema.__file__).parent.parent / "migrations" / "versions"
RELEASED = {
    "0001_open_the_book.py": "ea878c031ee7b635d45b1a3237818b8278690293e992b9fbbb24bf2da2479829",
    "0002_ask_a_second_person.py": "be481b47c3098af73338ac890af3dd3e078cf5aa22b727600243e7aa03cdd3de",
    "0003_assign_payments.py": "a2746f5b9944574e0c2f5f5533d57aa3ce3d05ec12872a9186f3213db3c74637",
    "0004_ask_of_many_entries_at_once.py": "c0a50743e6cd5956127fe45334f1552200c9d9d982899e6797743ac78aa00044",
}


def _schema_of(path: Path) -> dict[str, str]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    connection.close()
    return {name: " ".join(sql.split()) for name, sql in rows if name != "alembic_version"}


def test_the_migration_and_the_registry_make_the_same_database(template: Path, tmp_path: Path) -> None:
    path = tmp_path / "registry.db"
    connection = sqlite3.connect(path)
    for statement in schema.statements(sa.create_engine("sqlite://").dialect):
        connection.execute(statement)
    connection.close()
    assert _schema_of(path) == _schema_of(template)


def test_a_released_migration_never_changes() -> None:
    found = {path.name: text_digest(path.read_text("utf-8")) for path in MIGRATIONS.glob("0*.py")}
    assert found == RELEASED
    assert (*schema.EARLIER, schema.REVISION) == tuple(name[:4] for name in sorted(RELEASED))


def test_migrations_import_none_of_the_program() -> None:
    for version in MIGRATIONS.glob("0*.py"):
        lines = version.read_text("utf-8").splitlines()
        assert [line for line in lines if line.startswith(("import ", "from "))] == ["from alembic import op"]
        assert "batch_alter_table" not in version.read_text("utf-8")


def test_upgrading_twice_changes_nothing(book: Book) -> None:
    before = dump(book)
    with book.store.writing("main") as connection:
        schema.upgrade(connection)
    assert dump(book) == before


def test_an_upgrade_that_fails_in_the_middle_leaves_an_empty_database(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "book.db"
    check = schema.check

    def fail(connection: sa.Connection) -> None:
        check(connection)
        raise ZeroDivisionError

    monkeypatch.setattr(schema, "check", fail)
    with pytest.raises(ZeroDivisionError):
        create_book(sqlite_url(path), actor="wang", now=NOW)
    assert _schema_of(path) == {}
    monkeypatch.undo()
    create_book(sqlite_url(path), actor="wang", now=NOW).leave()
    open_book(sqlite_url(path)).leave()


@pytest.mark.parametrize("name", [guard.name for guard in guards_sqlite.guards()])
def test_a_dropped_trigger_is_named_at_the_door(sqlite_book: Book, name: str) -> None:
    connection = burgled(sqlite_book)
    connection.execute(f"DROP TRIGGER {name}")
    connection.close()
    with pytest.raises(GuardBroken) as refused:
        open_book(sqlite_url(path_of(sqlite_book)))
    assert refused.value.names == (f"{name} is missing",)


@pytest.mark.parametrize(
    ("statements", "name"),
    [
        (("CREATE TRIGGER entry_seal_insert BEFORE INSERT ON entry_seal BEGIN SELECT 1; END",), "is altered"),
        (("CREATE TRIGGER mine AFTER INSERT ON posting BEGIN SELECT 1; END",), "mine is not ours"),
        (("CREATE INDEX mine ON posting (account)",), "mine is not ours"),
        (("CREATE TABLE mine (x)",), "mine is not ours"),
        (("CREATE VIEW mine AS SELECT 1",), "mine is not ours"),
        (("DROP INDEX ix_settlement_subject",), "ix_settlement_subject is missing"),
        (("ALTER TABLE posting ADD COLUMN mine TEXT",), "posting is altered"),
        (
            (
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, 'amount_fen <> 0 AND ', '') WHERE name = 'posting'",
            ),
            "posting is altered",
        ),
        (
            (
                "PRAGMA writable_schema = ON",
                "UPDATE sqlite_schema SET sql = replace(sql, ' DEFERRABLE INITIALLY DEFERRED', '')"
                " WHERE name = 'journal_entry'",
            ),
            "journal_entry is altered",
        ),
    ],
)
def test_an_altered_or_strange_guard_is_named_at_the_door(
    sqlite_book: Book, statements: tuple[str, ...], name: str
) -> None:
    connection = burgled(sqlite_book)
    if "entry_seal_insert" in statements[0]:
        connection.execute("DROP TRIGGER entry_seal_insert")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    with pytest.raises(GuardBroken) as refused:
        open_book(sqlite_url(path_of(sqlite_book)), read_only=True)
    assert name in refused.value.names[0]


POSTGRESQL: list[tuple[str, str]] = [
    ("DROP TRIGGER entry_seal_insert ON entry_seal", "trigger entry_seal_insert is missing"),
    ("DROP TRIGGER entry_seal_inserted ON entry_seal", "trigger entry_seal_inserted is missing"),
    (
        "ALTER TABLE entry_seal DISABLE TRIGGER entry_seal_inserted",
        "trigger entry_seal_inserted is altered",
    ),
    (
        "DROP TRIGGER entry_seal_inserted ON entry_seal; CREATE TRIGGER entry_seal_inserted AFTER UPDATE ON"
        " entry_seal REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_seal_inserted()",
        "trigger entry_seal_inserted is altered",
    ),
    (
        "CREATE OR REPLACE FUNCTION entry_seal_inserted() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path TO public, pg_temp AS 'BEGIN RETURN NULL; END'",
        "function entry_seal_inserted is altered",
    ),
    ("ALTER TABLE posting DISABLE TRIGGER posting_update", "trigger posting_update is altered"),
    ("ALTER TABLE posting ENABLE REPLICA TRIGGER posting_delete", "trigger posting_delete is altered"),
    ("ALTER TABLE posting DISABLE TRIGGER ALL", "referential guard of posting is not ours"),
    (
        "DROP TRIGGER posting_delete ON posting; CREATE TRIGGER posting_delete AFTER DELETE ON posting"
        " FOR EACH ROW EXECUTE FUNCTION posting_delete()",
        "trigger posting_delete is altered",
    ),
    (
        "CREATE OR REPLACE FUNCTION posting_update() RETURNS trigger LANGUAGE plpgsql"
        " SET search_path TO public, pg_temp AS 'BEGIN RETURN NEW; END'",
        "function posting_update is altered",
    ),
    ("ALTER FUNCTION entry_seal_insert() RESET search_path", "function entry_seal_insert is altered"),
    ("ALTER FUNCTION entry_seal_insert() SECURITY DEFINER", "function entry_seal_insert is altered"),
    (
        "CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
        " CREATE TRIGGER mine BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION mine()",
        "trigger mine is not ours",
    ),
    (
        "ALTER TABLE posting DROP CONSTRAINT ck_posting_amount_fen",
        "constraint ck_posting_amount_fen is missing",
    ),
    (
        "ALTER TABLE posting DROP CONSTRAINT ck_posting_amount_fen;"
        " ALTER TABLE posting ADD CONSTRAINT ck_posting_amount_fen CHECK (amount_fen <> 7)",
        "constraint ck_posting_amount_fen is altered",
    ),
    (
        "ALTER TABLE posting DROP CONSTRAINT ck_posting_currency;"
        " ALTER TABLE posting ADD CONSTRAINT ck_posting_currency CHECK (currency = 'CNY') NOT VALID",
        "constraint ck_posting_currency is altered",
    ),
    (
        "ALTER TABLE journal_entry DROP CONSTRAINT fk_journal_entry_entry_seal",
        "constraint fk_journal_entry_entry_seal is missing",
    ),
    (
        "ALTER TABLE refund_step ALTER CONSTRAINT fk_refund_step_prev DEFERRABLE INITIALLY DEFERRED",
        "constraint fk_refund_step_prev is altered",
    ),
    (
        "ALTER TABLE settlement DROP CONSTRAINT uq_settlement_claim_no",
        "constraint uq_settlement_claim_no is missing",
    ),
    ("DROP INDEX ix_settlement_subject", "index ix_settlement_subject is missing"),
    ("CREATE INDEX mine ON posting (account)", "index mine is not ours"),
    ("ALTER TABLE posting ADD COLUMN mine text", "column posting.mine is not ours"),
    ("ALTER TABLE posting ALTER COLUMN narration DROP NOT NULL", "column posting.narration is altered"),
    ("ALTER TABLE posting ALTER COLUMN amount_fen TYPE numeric", "column posting.amount_fen is altered"),
    ("ALTER TABLE posting ALTER COLUMN narration SET DEFAULT 'x'", "column posting.narration is altered"),
    ("CREATE TABLE mine (x int)", "column mine.x is not ours"),
    ("CREATE VIEW mine AS SELECT 1 AS x", "column mine.x is not ours"),
    ("CREATE RULE mine AS ON INSERT TO posting DO INSTEAD NOTHING", "rule mine on posting is not ours"),
    ("ALTER TABLE posting ENABLE ROW LEVEL SECURITY", "row security of posting is not ours"),
    ("CREATE POLICY mine ON posting USING (true)", "policy mine on posting is not ours"),
]


@pytest.mark.parametrize(("statement", "said"), POSTGRESQL, ids=[one[0][:60] for one in POSTGRESQL])
def test_tampering_with_a_server_is_named_at_the_door(postgres_book: Book, statement: str, said: str) -> None:
    with burgled(postgres_book) as connection:
        connection.execute(statement)
    with pytest.raises(GuardBroken) as refused:
        open_book(url_of(postgres_book))
    assert said in refused.value.names


def test_the_migration_and_the_registry_make_the_same_database_on_a_server(
    postgres_book: Book, server: Server
) -> None:
    database = server.make()
    with server.connect(database) as connection:
        for statement in schema.statements(postgresql.dialect()):  # type: ignore[no-untyped-call]
            connection.execute(statement)
    by_hand = sa.create_engine(server.url(database), poolclass=sa.NullPool)
    with by_hand.connect() as one, postgres_book.store.reading() as other:
        assert guards_postgresql.found(one) == guards_postgresql.found(other)
        assert schema.differences(other) == ()
    server.drop(database)


def test_tables_of_another_version_are_refused_in_one_line(book: Book) -> None:
    connection = burgled(book)
    connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(SchemaMismatch) as refused:
        open_book(url_of(book))
    assert "9999" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_not_a_book_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoBook):
        open_book(sqlite_url(tmp_path / "none.db"))
    (tmp_path / "empty.db").touch()
    with pytest.raises(NoBook):
        open_book(sqlite_url(tmp_path / "empty.db"))
    other = sqlite3.connect(tmp_path / "other.db")
    other.execute("CREATE TABLE mine (x)")
    other.close()
    with pytest.raises(SchemaMismatch):
        open_book(sqlite_url(tmp_path / "other.db"))
    with pytest.raises(SchemaMismatch):
        create_book(sqlite_url(tmp_path / "other.db"), actor="wang", now=NOW)
    (tmp_path / "text.db").write_text("not a database, but long enough to be looked at" * 40, "utf-8")
    with pytest.raises(StorageFailed):
        open_book(sqlite_url(tmp_path / "text.db"))
