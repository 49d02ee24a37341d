"""Canaries: people planted in every column and every free text, taken through every command, and looked for.

In the side table alone may they be found, and nowhere once they are forgotten.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from cli.commands.export import Form
from cli.main import COMMANDS
from tests.cli import canary_files as files
from tests.cli.canary_files import CANARIES, CLAIM_1, CLAIM_2, EVERYTHING, FIRST, SECOND
from tests.cli.canary_watch import Watch, hits, left_in, watching
from tests.cli.shell import Said, Shell

CANARIES_MIN = 12
TONGUES = ("zh", "en")


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
        for extra in (("--lang", "zh"), ("--lang", "en"), ("--json",)):
            said = self._keep(self.shell.try_out(*words, *extra))
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
    for number, case in enumerate(files.bad_cases()):
        visit.refused("quote", "--case", _json(visit, f"bad-{number}.json", case))
    for canary in CANARIES.values():
        visit.refused("quote", SECOND, *words, canary, "--db", visit.db)
        visit.refused("quote", canary, *words, "--db", visit.db)
        visit.refused("quote", SECOND, "--kind", "return", "--received", canary, "--db", visit.db)
        visit.refused("quote", SECOND, "--kind", "repair", "--amount", canary, "--db", visit.db)


@drives("record")
def _record(visit: Visit) -> None:
    on = ("--db", visit.db)
    words = ("--kind", "goodwill", "--amount", "3.00", "--note", EVERYTHING, "--at", "2026-10-07T10:00")
    named = (FIRST, "--claim-no", CLAIM_1, *words)
    visit.refused("record", *named, "--digest", "0" * 64, *on)
    visit.refused("record", *named, "--digest", CANARIES["buyer name"], *on)
    visit("record", *named, *on)
    visit("record", *named, *on, "--json")
    visit.refused("record", FIRST, "--claim-no", CLAIM_1, "--kind", "goodwill", "--amount", "4.00", *on)
    bought = (SECOND, "--claim-no", "bought", *words, "--conditional-on-review")
    visit.refused("record", *bought, *on)
    notes = files.write_lines(visit.place / "claims.jsonl", files.claims())
    visit("record", "--cases", notes, *on)
    visit("record", "--cases", notes, *on, "--json")
    visit.refused("record", "--cases", files.write_lines(visit.place / "bad.jsonl", files.bad_claims()), *on)
    visit("record", "--case", _json(visit, "whole.json", files.whole_case()), *on)
    visit.refused("record", "--case", _json(visit, "other.json", files.whole_case(amount="9.99")), *on)


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
        visit.refused("show", canary, "--db", visit.db)


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
        visit("log", "--about", canary, "--db", visit.db)
        visit.refused("log", "--since", canary, "--db", visit.db)
        visit.refused("log", "--kind", canary, "--db", visit.db)


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
    visit("close", "2026-10", "--to", "month.xlsx", "--overwrite", "--db", visit.db)
    named = (FIRST, "--claim-no", "late", "--kind", "goodwill", "--amount", "1.00", "--note", EVERYTHING)
    visit.refused("record", *named, "--at", "2026-10-20T10:00", "--db", visit.db)


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
    visit.refused("roles", "--url", visit.db, "--agent", CANARIES["operator"])


def test_every_command_is_driven_past_the_canaries() -> None:
    assert set(DRIVES) == set(COMMANDS), "drive the new command past the canaries, in this file"
    assert len(CANARIES) >= CANARIES_MIN


def test_no_canary_gets_out_of_any_command(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    files.write_files(shell.folder / "shop")
    with watching(monkeypatch, shell.folder / "temporary") as watch:
        visit = Visit(shell=shell, db="settle.db", watch=watch)
        for drive in DRIVES.values():
            drive(visit)
    written = _written(shell.folder)
    found = hits(watch.everything(), CANARIES) + hits(written, CANARIES)
    seen = sum(len(content) for _, content in watch.everything()) + sum(map(len, written.values()))
    line = f"canaries {len(CANARIES)} commands {len(DRIVES)} bytes {seen} hits {len(found)}"
    record_property("faults", line)
    assert "sqlalchemy.engine" in watch.log.getvalue() or "SELECT" in watch.log.getvalue()
    assert not found, "\n".join({f"{hit.where}: {hit.canary}" for hit in found})


def _written(folder: Path) -> dict[str, bytes]:
    """Every file that the commands left, but not those which they were given to read."""
    given = {folder / name for name in ("shop", "broken", "cases")}
    given |= {*folder.glob("*.json"), *folder.glob("*.jsonl"), folder / "rules.toml"}
    return left_in(folder, frozenset(given))


def _json(visit: Visit, name: str, value: object) -> Path:
    path = visit.place / name
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def _is_file(visit: Visit) -> bool:
    return "://" not in visit.db
