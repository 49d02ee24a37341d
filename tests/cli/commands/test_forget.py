import json
import shutil
from pathlib import Path

import pytest

from tests.cli import canary_files as files
from tests.cli.canary_files import CANARIES, FIRST, SECOND, THIRD
from tests.cli.canary_watch import hits
from tests.cli.shell import Shell, dump

PEOPLE = {name: CANARIES[name] for name in ("nick", "second nick", "Alipay e-mail", "Alipay telephone")}


@pytest.fixture
def known(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Shell:
    """A shell beside a book that knows two buyers of three orders, with salts that are the same in every run."""
    numbers = iter(range(1000))
    monkeypatch.setattr("cli.chance.secrets.token_hex", lambda _: f"{next(numbers):032x}")
    files.write_files(shell.folder / "shop")
    shell("init", "--opening", "1012.01=1000.00", "--on", "2026-10-01")
    shell("import", "shop")
    return shell


def _names(shell: Shell, order_no: str) -> dict[str, str] | None:
    found: dict[str, str] | None = shell("show", order_no, "--unmasked", "--json").json["buyer"]
    return found


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_buyer_is_shown_masked_and_forgotten_by_the_order(known: Shell, lang: str) -> None:
    shown = known("show", FIRST, "--lang", lang).out.splitlines()
    said = [known("forget", FIRST, "--lang", lang), known("forget", FIRST, "--lang", lang, code=3)]
    known.matches(f"forget.{lang}", *said)
    assert any("x***i" in line and "l***@…" in line for line in shown)
    assert "x***i" not in known("show", FIRST, "--lang", lang).out


@pytest.mark.parametrize("name", [FIRST, THIRD, files.NICK, files.EMAIL])
def test_whoever_is_forgotten_is_forgotten_with_every_order(known: Shell, name: str) -> None:
    known("forget", name)
    assert (_names(known, FIRST), _names(known, THIRD)) == (None, None)
    other = _names(known, SECOND)
    assert other is not None
    assert other["payee"] == files.PHONE


def test_no_byte_of_the_forgotten_is_left_in_the_file(known: Shell) -> None:
    assert hits({"book": dump(known.folder / "settle.db")}, PEOPLE)
    for name in (FIRST, SECOND):
        known("forget", name)
    left = {path.name: path.read_bytes() for path in known.folder.glob("settle.db*")}
    assert not hits(left, CANARIES)


def test_the_head_the_anchors_and_the_replay_are_what_they_were(known: Shell) -> None:
    before = known("verify", "--write-anchor", "anchors", "--json").json
    known("forget", FIRST, "--reason", "expired")
    after = known("verify", "--anchor", "anchors", "--json").json
    assert after["head"] == before["head"]
    assert after["findings"] == []
    known("replay")
    known("audit-bundle", "2026-10", "--to", "bundle.zip")


def test_who_forgot_whom_and_why_stands_in_the_log(known: Shell) -> None:
    erased = known("forget", FIRST, "--reason", "mistaken", "--actor", "li", "--json").json
    deeds = [json.loads(line) for line in known("log", "--kind", "erase", "--json").out.splitlines()]
    assert {(deed["actor"], deed["words"], deed["subject"]) for deed in deeds} == {
        ("li", "mistaken", one["person_key"]) for one in erased["people"]
    }
    assert len(deeds) == 3


def test_a_dry_run_lists_whom_it_would_forget_masked(known: Shell) -> None:
    before = dump(known.folder / "settle.db")
    said = known("forget", FIRST, "--dry-run")
    assert "nothing erased" in said.out
    assert not hits({"said": said.out.encode()}, CANARIES)
    assert known("forget", FIRST, "--dry-run", "--json").json["erased"] is False
    assert dump(known.folder / "settle.db") == before


def test_importing_again_does_not_bring_the_forgotten_back(known: Shell) -> None:
    known("forget", FIRST)
    known("import", "shop")
    again = known.folder / "again"
    shutil.copytree(known.folder / "shop", again)
    for report in ("orders.csv", "items.csv"):
        with (again / report).open("ab") as file:
            file.write(b"\r\n")
    told = known("import", "again", "--json").json
    assert {one["name"]: one["new_file"] for one in told}["orders.csv"] is True
    assert _names(known, FIRST) is None
    assert _names(known, SECOND) is not None


def test_words_about_an_order_are_forgotten_with_its_buyer(known: Shell) -> None:
    known("reverse", "2", "--reason", CANARIES["reason"], "--on", "2026-10-31")
    shown = known("show", "2", "--json").json["entries"][0]
    reversal = known("show", str(shown["reversed_by"]), "--json").json["entries"][0]
    key = reversal["narration"].partition("附言 ")[2]
    assert known("show", key, "--json").json["person"]["words"] == "因*"
    assert known("show", key, "--unmasked", "--json").json["person"]["words"] == CANARIES["reason"]
    known("forget", shown["order_no"])
    assert known("show", key, code=3).err


def test_what_people_wrote_into_an_unclear_line_can_be_read_and_forgotten(known: Shell) -> None:
    lines = _said(known.folder / "settle.db")
    assert len(lines) == 2
    for key in lines:
        assert CANARIES["counterparty"] in known("show", key, "--unmasked").out
    known("forget", lines[0])
    known("forget", CANARIES["counterparty"])
    assert not hits({"book": dump(known.folder / "settle.db")}, {"words": CANARIES["counterparty"]})


@pytest.mark.parametrize("who", ["nobody", "tb***1", "司马相如", "9" * 19])
def test_nobody_is_forgotten_where_nobody_is_known(known: Shell, who: str) -> None:
    before = dump(known.folder / "settle.db")
    assert known("forget", who, code=3).err
    assert known("forget", who, "--json", code=3).json["error"]["kind"] == "NobodyThere"
    assert dump(known.folder / "settle.db") == before


def test_a_reason_in_words_of_ones_own_is_refused(known: Shell) -> None:
    assert known("forget", FIRST, "--reason", "because", code=2).err


def _said(database: Path) -> list[str]:
    """The keys of the words that the statement's lines refer to."""
    import re
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(database)) as connection:
        rows = connection.execute("SELECT line_json FROM statement_line WHERE line_json LIKE '%附言%'")
        return [re.findall(r"附言 ([0-9a-f]{24})", line)[0] for (line,) in rows]
