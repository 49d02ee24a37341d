"""Canaries: people planted in every column and every free text, taken through every command, and looked for.

In the side table alone may they be found, and nowhere once they are forgotten.
"""

import io
import json
import shutil
import sqlite3
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError
from typer.testing import CliRunner

from cli.commands.export import Form
from cli.main import COMMANDS, app
from ledger import tables as t
from tests.cli import canary_files as files
from tests.cli.canary_files import CANARIES, CLAIM_1, CLAIM_2, EVERYTHING, FIRST, SECOND
from tests.cli.canary_watch import Watch, hits, left_in, watching
from tests.cli.shell import Said, Shell
from tests.ledger.postgres import Server, server

__all__ = ["server"]

CANARIES_MIN = 12
TONGUES = ("zh", "en")
TURNS = (("--lang", "zh"), ("--lang", "en"), ("--json",))
FORMS = cycle(TURNS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit of all commands: the shell, where the book is, and what has been said so far."""

    shell: Shell
    db: str
    watch: Watch

    @property
    def place(self) -> Path:
        """The folder of the visit."""
        return self.shell.folder

    def __call__(self, *words: str | Path, code: int = 0) -> Said:
        """Call settle on the book, in both languages and for machines; what it said is kept."""
        for extra in (("--lang", "zh"), ("--lang", "en")):
            self._keep(self.shell(*words, *extra, code=code))
        return self._keep(self.shell(*words, code=code))

    def once(self, *words: str | Path, code: int = 0) -> Said:
        """Call settle once, where a second call would not say the same."""
        return self._keep(self.shell(*words, code=code))

    def refused(self, *words: str | Path) -> None:
        """Call settle with what it must refuse, for people and, where it can, for machines."""
        for extra in TURNS:
            said = self._keep(self.shell.try_out(*words, *extra))
            assert said.code, said.shown

    def refused_once(self, *words: str | Path) -> None:
        """The same in one of the three forms, each in its turn; for what is tried with every canary."""
        said = self._keep(self.shell.try_out(*words, *next(FORMS)))
        assert said.code, said.shown

    def _keep(self, said: Said) -> Said:
        self.watch.said.append((said.line[:60], said.out + said.err))
        return said


Drive = Callable[[Visit], None]
DRIVES: dict[str, Drive] = {}


def drives(command: str) -> Callable[[Drive], Drive]:
    """Marks what takes a command for its drive."""

    def mark(drive: Drive) -> Drive:
        DRIVES[command] = drive
        return drive

    return mark


@drives("init")
def _init(visit: Visit) -> None:
    visit.once("init", "--db", visit.db, "--opening", "1012.01=1000.00", "--on", "2026-10-01")
    visit.refused("init", "--db", visit.db)
    visit.refused("init", "--db", visit.db, "--opening", f"1012.01={CANARIES['buyer name']}")
    visit.refused("init", "--db", visit.db, "--on", CANARIES["mobile"])


@drives("demo")
def _demo(visit: Visit) -> None:
    for tongue in TONGUES:
        visit.once("demo", visit.place / "shop", "--lang", tongue, code=3)


@drives("import")
def _import(visit: Visit) -> None:
    shop = visit.place / "shop"
    for broken in files.write_broken(visit.place / "broken"):
        visit.refused("import", broken, "--db", visit.db)
    visit.refused("import", visit.place / "broken", "--db", visit.db)
    visit.refused("import", shop / "orders.csv", "--db", visit.db)
    visit("import", shop, "--db", visit.db)
    visit("import", shop, "--db", visit.db, "--json")


@drives("quote")
def _quote(visit: Visit) -> None:
    words = ("--kind", "goodwill", "--amount", "3.00", "--note", EVERYTHING, "--at", "2026-10-07T10:00")
    visit("quote", SECOND, *words, "--db", visit.db)
    visit("quote", SECOND, *words, "--db", visit.db, "--json", "--readings")
    visit("quote", "--case", _json(visit, "whole.json", files.whole_case()))
    bad = files.write_lines(visit.place / "bad-cases.jsonl", files.bad_cases())
    visit("quote", "--cases", bad)
    visit("quote", "--cases", bad, "--json")
    for number, case in enumerate(islice(files.bad_cases(), 0, None, 9)):
        visit.refused_once("quote", "--case", _json(visit, f"bad-{number}.json", case))
    for canary in CANARIES.values():
        visit.refused_once("quote", SECOND, *words, canary, "--db", visit.db)
        visit.refused_once("quote", canary, *words, "--db", visit.db)
        visit.refused_once("quote", SECOND, "--kind", "return", "--received", canary, "--db", visit.db)
        visit.refused_once("quote", SECOND, "--kind", "repair", "--amount", canary, "--db", visit.db)


@drives("record")
def _record(visit: Visit) -> None:
    on = ("--db", visit.db)
    words = ("--kind", "goodwill", "--amount", "3.00", "--note", EVERYTHING, "--at", "2026-10-07T10:00")
    named = (FIRST, "--claim-no", CLAIM_1, *words)
    visit.refused("record", *named, "--digest", "0" * 64, *on)
    visit.refused("record", *named, "--digest", CANARIES["buyer name"], *on)
    visit("record", *named, "--payee", files.EMAIL, *on)
    visit("record", *named, *on, "--json")
    visit.refused("record", *named, "--payee", EVERYTHING, *on)
    visit.refused("record", FIRST, "--claim-no", CLAIM_1, "--kind", "goodwill", "--amount", "4.00", *on)
    bought = (SECOND, "--claim-no", "bought", *words, "--conditional-on-review")
    visit.refused("record", *bought, *on)
    notes = files.write_lines(visit.place / "claims.jsonl", files.claims())
    visit("record", "--cases", notes, *on)
    visit("record", "--cases", notes, *on, "--json")
    visit.refused("record", "--cases", files.write_lines(visit.place / "bad.jsonl", files.bad_claims()), *on)
    visit("record", "--case", _json(visit, "whole.json", files.whole_case()), *on)
    visit.refused("record", "--case", _json(visit, "other.json", files.whole_case(amount="9.99")), *on)


@drives("approve")
def _approve(visit: Visit) -> None:
    on, li = ("--db", visit.db), ("--actor", "li")
    words = ("--kind", "goodwill", "--amount", "30.00", "--note", EVERYTHING, "--at", "2026-10-07T10:00")
    named = (files.THIRD, "--claim-no", "waits", *words, "--payee", files.PHONE)
    visit("record", *named, *on, code=6)
    visit("approve", *on)
    visit("approve", *on, "--json")
    visit("show", "waits", *on)
    visit.refused("approve", CANARIES["nick"], *on)
    visit.refused("approve", "waits", "--digest", CANARIES["buyer name"], *on, *li)
    visit.once("approve", "waits", "--refuse", "--reason", EVERYTHING, *on, *li)
    visit.refused("record", *named, *on)
    visit.once("record", *named, "--ask-again", *on, code=6)
    visit.once("approve", "waits", "--refuse", "--reason", EVERYTHING, *on, *li, "--json")
    visit.once("record", *named, "--ask-again", *on, code=6)
    digest = visit.once("approve", *on, "--json").json[0]["digest"]
    visit.once("approve", "waits", "--digest", digest, *on, *li)


@drives("reverse")
def _reverse(visit: Visit) -> None:
    entry = visit.once("show", CLAIM_2, "--db", visit.db, "--json").json["entries"][0]["seq"]
    on = ("--on", "2026-10-31", "--db", visit.db)
    visit.once("reverse", str(entry), "--reason", EVERYTHING, *on)
    visit.refused("reverse", str(entry), "--reason", EVERYTHING, *on)
    visit.refused("reverse", "2", "--reason", f"{EVERYTHING}\0", *on)
    visit.refused("reverse", "2", "--reason", EVERYTHING, "--on", CANARIES["nick"], "--db", visit.db)


@drives("show")
def _show(visit: Visit) -> None:
    last = visit.once("log", "--limit", "1", "--json", "--db", visit.db).json
    for what in (FIRST, SECOND, CLAIM_1, CLAIM_2, "whole-1", f"#{last['seq'] or 1}", "#4"):
        visit("show", what, "--db", visit.db)
        visit("show", what, "--db", visit.db, "--json")
    for canary in CANARIES.values():
        visit.refused_once("show", canary, "--db", visit.db)


@drives("why")
def _why(visit: Visit) -> None:
    visit("why", CLAIM_1, "--db", visit.db)
    visit("why", CLAIM_1, "--db", visit.db, "--json", "--readings")
    visit("why", "--case", _json(visit, "whole.json", files.whole_case()))
    visit.refused("why", CANARIES["receiver name"], "--db", visit.db)
    visit.refused("why", "--case", _json(visit, "bad.json", files.whole_case(amount=EVERYTHING)))


@drives("log")
def _log(visit: Visit) -> None:
    visit("log", "--limit", "0", "--db", visit.db)
    visit("log", "--db", visit.db, "--json")
    for canary in CANARIES.values():
        visit.once("log", "--about", canary, *next(FORMS), "--db", visit.db)
        visit.refused_once("log", "--since", canary, "--db", visit.db)
        visit.refused_once("log", "--kind", canary, "--db", visit.db)


@drives("suspense")
def _suspense(visit: Visit) -> None:
    visit("suspense", "--db", visit.db)
    visit("suspense", "--db", visit.db, "--json")


@drives("reconcile")
def _reconcile(visit: Visit) -> None:
    on, month = ("--db", visit.db), ("reconcile", "2026-10")
    visit(*month, *on, code=1)
    visit(*month, *on, "--json", code=1)
    line = visit.once("suspense", *on, "--json").json["lines"][0]
    named = (*month, "--line", f"{line['file']}:{line['row']}")
    visit.refused(*month, "--state", CANARIES["buyer name"], *on)
    visit.refused(*named, "--explain", "--reason", EVERYTHING, "--account", CANARIES["nick"], *on)
    visit.refused(*month, "--line", CANARIES["counterparty"], "--explain", "--reason", EVERYTHING, *on)
    visit.refused(*named, "--match", CANARIES["receiver name"], "--reason", EVERYTHING, *on)
    visit.once(*named, "--park", "--owner", "li", "--reason", EVERYTHING, *on)
    visit.once(*named, "--undo", "--reason", EVERYTHING, *on)
    visit.once(*named, "--explain", "--reason", EVERYTHING, "--account", "5601.05", *on, "--json")
    visit.once(*named, "--undo", "--reason", EVERYTHING, *on)
    visit(*month, *on, code=1)


@drives("payables")
def _payables(visit: Visit) -> None:
    on, batch = ("--db", visit.db), visit.place / "batch"
    batch.mkdir()
    visit("payables", *on)
    visit("payables", *on, "--json")
    visit.refused("payables", "--as-of", CANARIES["buyer name"], *on)
    visit("payables", "--to", batch / "transfers.xlsx", "--overwrite", *on)
    # The batch goes to Alipay and must name whom it pays: the one place outside the side table where anybody stands.
    assert hits(left_in(batch, frozenset()), {"payee": files.PHONE}), "the batch pays nobody we know"


@drives("pay")
def _pay(visit: Visit) -> None:
    on, serial = ("--db", visit.db), ("--serial", "2026101500001")
    for canary in CANARIES.values():
        visit.refused_once("pay", canary, *serial, *on)
        visit.refused_once("pay", CLAIM_1, "--serial", canary, "--amount", "0.01", "--on", canary, *on)
    visit.refused("pay", CLAIM_1, *serial, "--amount", CANARIES["nick"], *on)
    for number in ("mobile", "telephone", "identity number", "Alipay e-mail"):
        visit.refused_once("pay", "--statement", CANARIES[number], *on)
        visit.refused_once("import", CANARIES[number], *on)
        visit.refused_once("distributors", "2026-10", "--facts", CANARIES[number], *on)
    visit.once("pay", "waits", *serial, "--amount", "1.00", "--on", "2026-10-15", *on)
    visit.refused("pay", "waits", *serial, "--amount", "2.00", *on)
    visit("pay", "--statement", "2026-10", *on)
    visit("pay", "--statement", visit.place / "shop" / "statement.csv", *on, "--json")


@drives("distributors")
def _distributors(visit: Visit) -> None:
    on, month = ("--db", visit.db), ("distributors", "2026-10")
    for number, facts in enumerate(files.bad_distributors()):
        visit.refused_once(*month, "--facts", _json(visit, f"distributor-{number}.json", facts), *on)
    visit.refused(*month, "--facts", files.write_lines(visit.place / "d.csv", files.distributor_rows()), *on)
    known = _json(visit, "distributors.json", files.distributor())
    visit(*month, "--facts", known, *on)
    visit.refused(*month, "--facts", known, "--record", "--to", visit.place / "nowhere", *on)
    (visit.place / "statements").mkdir()
    visit.once(*month, "--facts", known, "--record", "--to", visit.place / "statements", *on, "--json")


@drives("report")
def _report(visit: Visit) -> None:
    on = ("--db", visit.db)
    visit("report", "trial-balance", *on)
    visit("report", "journal", "--to", "journal.csv", "--overwrite", *on)
    visit("report", "account", "1221.09", "--to", "account.xlsx", "--overwrite", *on)
    visit("report", "order", SECOND, *on, "--json")
    visit.refused("report", "order", CANARIES["mobile"], *on)
    visit.refused("report", "account", CANARIES["nick"], *on)
    visit.refused("report", "journal", "--period", CANARIES["buyer name"], *on)


@drives("rules")
def _rules(visit: Visit) -> None:
    cases = visit.place / "cases"
    cases.mkdir()
    (cases / "worked.json").write_text(json.dumps([files.whole_case()], ensure_ascii=False), "utf-8")
    visit("rules", "list")
    visit("rules", "show", "003-1c", "--cases", cases)
    visit("rules", "coverage", "--cases", cases, code=1)
    visit.refused("rules", "show", CANARIES["buyer name"])
    wrong = visit.place / "rules.toml"
    override = f'["000-10.1"]\napprover = "{EVERYTHING}"\ncitation = "{EVERYTHING}"\nvalue = "{EVERYTHING}"\n'
    wrong.write_text(f"# {EVERYTHING}\n{override}", "utf-8")
    visit.refused("rules", "check", wrong)
    visit.refused("quote", "--case", _json(visit, "ruled.json", files.whole_case()), "--rules", wrong)


@drives("close")
def _close(visit: Visit) -> None:
    visit.refused("close", CANARIES["mobile"], "--db", visit.db)
    look = ("close", "2026-10", "--check", "--files", visit.place / "broken", "--db", visit.db)
    visit(*look, code=1)
    visit(*look, "--json", code=1)
    visit.refused("close", "2026-10", "--db", visit.db)
    despite = ("--despite-gates", "--reason", EVERYTHING)
    visit("close", "2026-10", *despite, "--to", "month.xlsx", "--overwrite", "--db", visit.db)
    named = (FIRST, "--claim-no", "late", "--kind", "goodwill", "--amount", "1.00", "--note", EVERYTHING)
    visit.refused("record", *named, "--at", "2026-10-20T10:00", "--db", visit.db)


@drives("verify-workbook")
def _verify_workbook(visit: Visit) -> None:
    on = ("--db", visit.db)
    visit("verify-workbook", "month.xlsx", *on)
    _peopled(visit.place / "month.xlsx", visit.place / "other.xlsx")
    visit("verify-workbook", "other.xlsx", *on, code=1)
    visit("verify-workbook", "other.xlsx", *on, "--json", code=1)
    visit.refused("verify-workbook", visit.place / "shop" / "orders.csv", *on)


@drives("reopen")
def _reopen(visit: Visit) -> None:
    on, li = ("--db", visit.db), ("--actor", "li")
    visit.refused("reopen", CANARIES["mobile"], "--reason", EVERYTHING, *on)
    visit.once("reopen", "2026-10", "--reason", EVERYTHING, *on, code=6)
    visit("approve", "2026-10", *on)
    visit.once("approve", "2026-10", "--refuse", "--reason", EVERYTHING, *on, *li)
    visit.once("reopen", "2026-10", "--reason", EVERYTHING, *on, "--json", code=6)
    digest = visit.once("approve", *on, "--json").json[0]["digest"]
    visit.once("approve", "2026-10", "--digest", digest, *on, *li)
    despite = ("--despite-gates", "--reason", EVERYTHING)
    visit("close", "2026-10", *despite, "--to", "month.xlsx", "--overwrite", *on)


@drives("export")
def _export(visit: Visit) -> None:
    for form in Form:
        visit(
            "export", "2026-10", "--as", form, "--to", f"experimental.{form}", "--overwrite", "--db", visit.db
        )
    visit.refused("export", CANARIES["mobile"], "--as", "kis", "--to", "x", "--db", visit.db)


@drives("replay")
def _replay(visit: Visit) -> None:
    visit("replay", "--db", visit.db)
    visit("replay", "--db", visit.db, "--json")


@drives("audit-bundle")
def _audit_bundle(visit: Visit) -> None:
    visit("audit-bundle", "2026-10", "--to", "bundle.zip", "--overwrite", "--db", visit.db)


@drives("verify")
def _verify(visit: Visit) -> None:
    visit("verify", "--db", visit.db)
    visit("verify", "--db", visit.db, "--json")
    visit.once("verify", "--db", visit.db, "--write-anchor", "anchors")


@drives("move")
def _move(visit: Visit) -> None:
    visit.once("move", "--to", "moved.db", "--db", visit.db)
    visit.refused("move", "--to", "moved.db", "--db", visit.db)


@drives("backup")
def _backup(visit: Visit) -> None:
    if _is_file(visit):
        visit.once("backup", "--to", "backup.db", "--db", visit.db)
    visit.refused("backup", "--to", "backup.db", "--db", visit.db)


@drives("roles")
def _roles(visit: Visit) -> None:
    visit.refused("roles", "--url", visit.db, "--agent", "nobody-of-ours")


@drives("forget")
def _forget(visit: Visit) -> None:
    for name in CANARIES.values():
        if _is_known(visit, name):
            visit.once("forget", name, "--dry-run", *next(FORMS), "--db", visit.db)
        else:
            visit.refused_once("forget", name, "--db", visit.db)
    visit.refused("forget", FIRST, "--reason", CANARIES["reason"], "--db", visit.db)


def _peopled(workbook: Path, to: Path) -> None:
    """A workbook in which people stand where an order's number stood."""
    with zipfile.ZipFile(workbook) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(SECOND.encode(), EVERYTHING.encode()))


def _is_known(visit: Visit, name: str) -> bool:
    return visit.shell.try_out("forget", name, "--dry-run", "--db", visit.db).code == 0


def test_every_command_is_driven_past_the_canaries() -> None:
    assert set(DRIVES) == set(COMMANDS), "drive the new command past the canaries, in this file"
    assert len(CANARIES) >= CANARIES_MIN


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_no_canary_gets_out_of_any_command(
    shell: Shell,
    engine: str,
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
    record_property: Callable[[str, object], None],
) -> None:
    files.write_files(shell.folder / "shop")
    database = "settle.db" if engine == "sqlite" else _new_database(request)
    with watching(monkeypatch, shell.folder / "temporary") as watch:
        visit = Visit(shell=shell, db=database, watch=watch)
        for drive in DRIVES.values():
            drive(visit)
        seen = [*watch.everything(), *_written(shell.folder), *_stored(visit)]
        known = hits(_people(visit), CANARIES)
        _forget_everybody(visit)
        found = hits([*seen, *watch.everything(), *_whole(visit).items()], CANARIES)
    size = sum(len(content) for _, content in seen)
    record_property(
        "faults", f"canaries {len(CANARIES)} commands {len(DRIVES)} bytes {size} hits {len(found)}"
    )
    assert known, "nobody was in the side table, so nothing was tried"
    assert "SELECT" in watch.log.getvalue(), "nothing was logged, so nothing was tried"
    assert not found, "\n".join(sorted({f"{hit.where}: {hit.canary}" for hit in found}))


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_database_that_refuses_names_nobody(
    shell: Shell, engine: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """A slip of ours is seen whole, with its traceback; nobody's name stands in it, whatever row was refused."""
    files.write_files(shell.folder / "shop", nick="tb***1")
    database = "settle.db" if engine == "sqlite" else _new_database(request)
    shell("init", "--db", database)
    monkeypatch.setattr("cli.chance.secrets.token_hex", lambda _: "always the same")
    with watching(monkeypatch, shell.folder / "temporary") as watch:
        ended = CliRunner().invoke(app, ["import", "shop", "--db", database])
    assert isinstance(ended.exception, IntegrityError)
    said = "".join(traceback.format_exception(ended.exception)) + ended.stdout + ended.stderr
    assert "INSERT INTO person" in said
    assert not hits([("traceback", said.encode()), *watch.everything()], CANARIES)


def test_a_damaged_database_names_nobody(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    files.write_files(shell.folder / "shop")
    shell("init")
    shell("import", "shop")
    whole = (shell.folder / "settle.db").read_bytes()
    at = whole.index(files.NICK.encode())
    commands = (["show", FIRST], ["verify"], ["replay"], ["import", "shop"], ["forget", FIRST], ["log"])
    with watching(monkeypatch, shell.folder / "temporary") as watch:
        for start in range(at - 60, at + 8, 4):
            damaged = whole[:start] + b"\xff\xff\xff\xff" + whole[start + 4 :]
            for words in commands:
                (shell.folder / "settle.db").write_bytes(damaged)
                ended = CliRunner().invoke(app, words)
                is_slip = ended.exception and not isinstance(ended.exception, SystemExit)
                trace = traceback.format_exception(ended.exception) if is_slip else []
                watch.said.append((" ".join(words), "".join(trace) + ended.stdout + ended.stderr))
    assert not hits(watch.everything(), CANARIES)


@pytest.mark.parametrize("word", sorted(CANARIES.values()))
def test_a_canary_would_be_found_wherever_it_sat(word: str) -> None:
    """The watch itself: whole or in part, in any encoding, inside of an archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", word)
    written = (word.encode(), word.encode("gb18030"), json.dumps(word).encode(), word[:-1].encode())
    for place in (*(b"..." + one for one in written), packed.getvalue()):
        assert hits({"place": place}, CANARIES)


def _written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that the commands left, but databases, the batch, and those which they were given to read."""
    named = ("shop", "broken", "cases", "rules.toml", "d.csv", "batch", "other.xlsx")
    given = {folder / name for name in named}
    given |= {*folder.glob("*.json"), *folder.glob("*.jsonl"), *folder.glob("*.db")}
    return iter(left_in(folder, frozenset(given)).items())


def _stored(visit: Visit) -> Iterator[tuple[str, bytes]]:
    """All that the databases hold beside the people in them."""
    for database in visit.place.glob("*.db"):
        copy = database.with_suffix(".copy")
        shutil.copy(database, copy)
        with closing(sqlite3.connect(copy, isolation_level=None)) as connection:
            connection.execute("DELETE FROM person")
            connection.execute("VACUUM")
        yield f"{database.name} without people", copy.read_bytes()
        copy.unlink()
    if not _is_file(visit):
        tables = [table.name for table in t.METADATA.sorted_tables if table is not t.person]
        yield "the server without people", _rows(visit, tables)


def _people(visit: Visit) -> dict[str, bytes]:
    if _is_file(visit):
        return {"the file": (visit.place / visit.db).read_bytes()}
    return {"people": _rows(visit, [t.person.name])}


def _whole(visit: Visit) -> dict[str, bytes]:
    """The database once everybody is forgotten, with its free pages and the files beside it."""
    if _is_file(visit):
        return {path.name: path.read_bytes() for path in visit.place.glob(f"{visit.db}*")}
    return {"the server": _rows(visit, [table.name for table in t.METADATA.sorted_tables])}


def _rows(visit: Visit, tables: list[str]) -> bytes:
    """What the tables of a server hold, as text."""
    engine = sa.create_engine(visit.db, hide_parameters=True)
    with engine.connect() as connection:
        found = [connection.exec_driver_sql(f"SELECT x::text FROM {table} x").all() for table in tables]
    engine.dispose()
    return repr(found).encode()


def _forget_everybody(visit: Visit) -> None:
    """Forget whoever the book knows, until it knows nobody."""
    for name in (FIRST, SECOND, files.THIRD, *CANARIES.values()):
        if _is_known(visit, name):
            visit.once("forget", name, "--db", visit.db)
    visit.once("verify", "--db", visit.db)
    visit.once("replay", "--db", visit.db)


def _new_database(request: pytest.FixtureRequest) -> str:
    server: Server = request.getfixturevalue("server")
    return server.url(server.make())


def _json(visit: Visit, name: str, value: object) -> Path:
    path = visit.place / name
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def _is_file(visit: Visit) -> bool:
    return "://" not in visit.db
