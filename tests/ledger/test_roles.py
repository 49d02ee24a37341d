"""Roles: each may do its own work with our programs, and nothing else with any."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from ledger import guards_postgresql, queries, schema
from ledger import tables as t
from ledger.book import Book
from ledger.connections import open_store, sqlite_url
from ledger.desk import Desk
from ledger.engine import bring_up_to_date, create_book, open_book
from ledger.errors import GuardBroken, NoBook, NotAllowed, NotApproved, StorageFailed
from ledger.persons import may_know
from ledger.recordings import Match, OrderFacts, Statement
from ledger.replay import replay
from ledger.roles import ROLES, make_roles, statements
from tests.ledger.attacks import fill
from tests.ledger.postgres import Server
from tests.ledger.samples import (
    DAY,
    NOW,
    a_recording,
    an_entry,
    ask,
    grant,
    path_of,
    reopen,
    to_be_approved,
    url_of,
)
from tests.ledger.shelves import Shelf

RELEASED_ROLES = Path(__file__).parent / "released" / "0001_roles.json"
LOGINS = {"agent": "settle_agent", "finance": "settle_finance", "auditor": "settle_auditor"}
DENIED = (psycopg.errors.InsufficientPrivilege,)
MAY_ADD = {
    "agent": {
        *("operation", "rulebook", "order_facts", "statement", "statement_line", "journal_entry"),
        *("posting", "settlement", "refund_step", "entry_seal", "approval", "line_match", "person"),
    },
    "finance": {
        *("operation", "period_event", "journal_entry", "posting", "refund_step", "entry_seal"),
        *("settlement", "approval", "line_match", "person"),
    },
    "auditor": set(),
}


@pytest.fixture(scope="module")
def staffed(postgres_shelf: Shelf, server: Server) -> Iterator[Book]:
    """A full book with an agent, a finance clerk and an auditor, beside a book of somebody else."""
    for login in LOGINS:
        server.let_in(login)
    with postgres_shelf.empty() as book:
        fill(book)
        create_book(url_of(book), "other", actor="li", now=NOW).leave()
        make_roles(url_of(book), "main", LOGINS.items())
        yield book


def _as(book: Book, login: str) -> str:
    return book.store.engine.url.set(username=login).render_as_string()


def _by_hand(book: Book, server: Server, login: str) -> psycopg.Connection:
    return server.connect(str(book.store.engine.url.database), login)


def _close(desk: Desk) -> object:
    return desk.close("2026-10")


def _reopen(desk: Desk) -> object:
    return reopen(desk, "2026-09")


def _reverse(desk: Desk) -> object:
    return desk.reverse(4, DAY, "取消")


def _record(desk: Desk) -> object:
    return desk.record(a_recording("C3", 10, before=150))


def _post(desk: Desk) -> object:
    return desk.post(an_entry(), key="b")


def _pay(desk: Desk) -> object:
    return desk.post(an_entry(kind="payment"), key="p")


def _facts(desk: Desk) -> object:
    return desk.store_facts(OrderFacts(order_no="O2", facts_json="{}"))


def _file(desk: Desk) -> object:
    return desk.store_statement(Statement(name="x", layout="y", sha256="d" * 64, lines=()))


def _ask(desk: Desk) -> object:
    return desk.store_approval(ask("C8"))


def _match(desk: Desk) -> object:
    return desk.store_match(Match(line_op_no=5, row_no=1, action="explain", reason="平台手续费"))


def _grant(desk: Desk) -> object:
    return desk.store_approval(grant("C3"))


def _record_granted(desk: Desk) -> object:
    desk.store_approval(grant("C3"))
    return desk.record(to_be_approved("C3", before=150))


def _erase(desk: Desk) -> object:
    return desk.erase_person("buyer")


AGENTS = (_record, _post, _facts, _file)
CLERKS = (_pay, _reverse, _reopen, _close, _grant, _record_granted, _erase)
EITHER = (_ask, _match)


@pytest.mark.parametrize(
    ("login", "deed"),
    [*(("agent", deed) for deed in AGENTS + EITHER), *(("finance", deed) for deed in CLERKS + EITHER)],
)
def test_each_does_its_own_work(
    postgres_shelf: Shelf, staffed: Book, login: str, deed: Callable[[Desk], object]
) -> None:
    with postgres_shelf.copy(staffed) as book:
        with open_book(_as(book, login)) as mine, mine.writing(actor=login, now=NOW) as desk:
            assert deed(desk)
        with open_book(_as(book, "auditor"), read_only=True) as read, read.reading() as reader:
            assert replay(reader).first_difference is None


@pytest.mark.parametrize(
    ("login", "deed"),
    [
        *[("agent", deed) for deed in CLERKS],
        *[("finance", deed) for deed in AGENTS],
        *[("auditor", deed) for deed in (*AGENTS, *CLERKS, *EITHER)],
    ],
)
def test_nobody_does_the_work_of_another(staffed: Book, login: str, deed: Callable[[Desk], object]) -> None:
    with (
        open_book(_as(staffed, login)) as book,
        pytest.raises(NotAllowed, match="settle roles"),
        book.writing(actor=login, now=NOW) as desk,
    ):
        deed(desk)


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("table", sorted(t.METADATA.tables))
def test_no_table_is_changed_and_few_are_added_to(
    staffed: Book, server: Server, login: str, table: str
) -> None:
    first = next(iter(t.METADATA.tables[table].c)).name
    forbidden = [f"TRUNCATE {table}"]
    if (login, table) != ("finance", "person"):
        forbidden += [f"UPDATE {table} SET {first} = {first}", f"DELETE FROM {table}"]
    added = f"INSERT INTO {table} SELECT * FROM {table} WHERE false"
    if table not in MAY_ADD[login]:
        forbidden.append(added)
    with closing(_by_hand(staffed, server, login)) as connection:
        for statement in forbidden:
            with pytest.raises(DENIED):
                connection.execute(statement)
        if table in MAY_ADD[login]:
            connection.execute(added)


OUT_OF_REACH = [
    "INSERT INTO book_member VALUES (current_user, 'other')",
    "DELETE FROM book_member",
    "DROP TABLE posting",
    "ALTER TABLE posting DISABLE TRIGGER ALL",
    "ALTER TABLE posting DISABLE ROW LEVEL SECURITY",
    "DROP POLICY read ON posting",
    "CREATE OR REPLACE FUNCTION posting_update() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
    "CREATE TABLE public.mine (x int)",
    "SET session_replication_role = replica",
    "UPDATE alembic_version SET version_num = '9'",
    "SET ROLE settle",
    "GRANT settle_finance TO agent",
    "CREATE TRIGGER mine BEFORE INSERT ON posting EXECUTE FUNCTION posting_update()",
]


@pytest.mark.parametrize("login", LOGINS)
@pytest.mark.parametrize("statement", OUT_OF_REACH)
def test_the_guards_and_the_roles_are_out_of_reach(
    staffed: Book, server: Server, login: str, statement: str
) -> None:
    with closing(_by_hand(staffed, server, login)) as connection, pytest.raises(DENIED):
        connection.execute(statement)


@pytest.mark.parametrize("login", LOGINS)
def test_another_book_is_neither_seen_nor_written(staffed: Book, server: Server, login: str) -> None:
    with pytest.raises(NoBook):
        open_book(_as(staffed, login), "other")
    with closing(_by_hand(staffed, server, login)) as connection:
        for table in t.METADATA.tables:
            if (login, table) == ("auditor", "person"):
                continue
            seen = connection.execute(f"SELECT DISTINCT book FROM {table}").fetchall()
            assert seen == [("main",)]
        with pytest.raises(DENIED):
            connection.execute("INSERT INTO order_facts VALUES ('other', 'O1', 1, '{}', NULL, 9)")


def test_only_finance_changes_a_person_and_no_auditor_sees_one(staffed: Book, server: Server) -> None:
    with closing(_by_hand(staffed, server, "auditor")) as connection, pytest.raises(DENIED):
        connection.execute("SELECT * FROM person")
    with closing(_by_hand(staffed, server, "agent")) as connection:
        assert connection.execute("SELECT nick FROM person").fetchall() == [("张三丰",)]
    with closing(_by_hand(staffed, server, "finance")) as connection:
        connection.execute("INSERT INTO person VALUES ('main', 'other', 's', 'x', NULL, '2026')")
        assert connection.execute("UPDATE person SET nick = 'y' WHERE person_key = 'other'").rowcount == 1
        with pytest.raises(DENIED):
            connection.execute("UPDATE person SET book = 'other' WHERE person_key = 'other'")
        assert connection.execute("DELETE FROM person WHERE person_key = 'other'").rowcount == 1


def test_an_agent_may_ask_and_neither_grant_nor_refuse(postgres_shelf: Shelf, staffed: Book) -> None:
    with postgres_shelf.copy(staffed) as book, open_book(_as(book, "agent")) as mine:
        for answer in (grant("C3"), replace(grant("C3"), action="refuse", reason="太多")):
            with pytest.raises(NotAllowed), mine.writing(actor="agent", now=NOW) as desk:
                desk.store_approval(answer)


def test_finance_records_nothing_that_was_not_granted(postgres_shelf: Shelf, staffed: Book) -> None:
    with postgres_shelf.copy(staffed) as book, open_book(_as(book, "finance")) as mine:
        with pytest.raises(NotAllowed), mine.writing(actor="finance", now=NOW) as desk:
            desk.record(a_recording("C3", 10, before=150))
        with pytest.raises(NotApproved), mine.writing(actor="finance", now=NOW) as desk:
            desk.record(to_be_approved("C3", before=150))


def test_roles_made_before_the_upgrade_have_the_rights_of_now(server: Server) -> None:
    old, new = server.make(), server.make()
    with open_store(server.url(old), read_only=False).upgrading() as connection:
        schema.upgrade(connection, "0001")
        for statement in json.loads(RELEASED_ROLES.read_text("utf-8")):
            connection.exec_driver_sql(statement)
    with open_store(server.url(new), read_only=False).upgrading() as connection:
        schema.upgrade(connection)
        for statement in statements():
            connection.exec_driver_sql(statement)
        there = _rights(connection)
    assert bring_up_to_date(server.url(old)) == ("0001", schema.REVISION)
    with open_store(server.url(old), read_only=False).upgrading() as connection:
        assert schema.differences(connection) == ()
        assert _rights(connection) == there
        schema.downgrade(connection, "0001")
        assert "approval" not in str(_rights(connection))
    for database in (old, new):
        server.drop(database)


def _rights(connection: sa.Connection) -> list[sa.Row[tuple[str, str, str]]]:
    rights = sa.text(
        "SELECT grantee::text, table_name::text, privilege_type::text FROM information_schema.role_table_grants"
        " WHERE grantee LIKE 'settle\\_%' ORDER BY 1, 2, 3"
    )
    return list(connection.execute(rights))


def test_a_member_of_no_book_sees_nothing_and_a_stranger_is_refused(staffed: Book, server: Server) -> None:
    server.let_in("idle", "settle_auditor")
    server.let_in("stranger")
    with pytest.raises(NoBook):
        open_book(_as(staffed, "idle"))
    with pytest.raises(NotAllowed):
        open_book(_as(staffed, "stranger"))


def test_the_command_may_be_run_again_and_the_guards_still_compare(staffed: Book) -> None:
    standing = make_roles(url_of(staffed), "main", [])
    assert standing == ("main: agent", "main: auditor", "main: finance")
    with staffed.reading() as reader:
        assert schema.differences(reader.connection) == ()
        assert queries.head(reader).seq == 4


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DROP POLICY read ON posting", "policy read on posting is missing"),
        ("ALTER POLICY read ON posting USING (true)", "policy read on posting is altered"),
        ("ALTER POLICY read ON posting TO PUBLIC", "policy read on posting is altered"),
        ("CREATE POLICY mine ON posting FOR UPDATE USING (true)", "policy mine on posting is not ours"),
        ("ALTER TABLE posting DISABLE ROW LEVEL SECURITY", "row security of posting is missing"),
    ],
)
def test_an_altered_policy_is_named_at_the_door(
    postgres_shelf: Shelf, staffed: Book, statement: str, said: str
) -> None:
    with postgres_shelf.copy(staffed) as book:
        with book.store.engine.begin() as connection:
            connection.execute(sa.text(statement))
        with pytest.raises(GuardBroken) as refused:
            open_book(url_of(book))
    assert refused.value.names == (said,)


def test_roles_are_made_by_the_owner_on_a_server_for_logins_and_books_that_are_there(
    staffed: Book, sqlite_book: Book
) -> None:
    with pytest.raises(StorageFailed, match="SQLite"):
        make_roles(sqlite_url(path_of(sqlite_book)), "main", [])
    with pytest.raises(StorageFailed, match="no login nobody_here"):
        make_roles(url_of(staffed), "main", [("nobody_here", "settle_agent")])
    with pytest.raises(NoBook):
        make_roles(url_of(staffed), "none", [])
    with pytest.raises(NotAllowed):
        make_roles(_as(staffed, "finance"), "main", [])


def test_the_roles_are_the_registry_s() -> None:
    policies = [name for name in guards_postgresql.expected(roles=True) if name.startswith("policy ")]
    assert set(ROLES) == set(LOGINS.values())
    of_people = {f"policy {event} on person" for event in ("update", "delete")}
    assert of_people <= set(policies)
    added = sum(len(tables) for tables in MAY_ADD.values())
    assert len(policies) == len(t.METADATA.tables) + added + len(of_people)


@pytest.mark.parametrize(("login", "knows"), [("agent", True), ("finance", True), ("auditor", False)])
def test_a_question_about_people_asks_first_whether_it_may(staffed: Book, login: str, knows: bool) -> None:
    with open_book(_as(staffed, login), read_only=True) as book, book.reading() as reader:
        assert may_know(reader) is knows
        assert queries.head(reader).seq > 0
