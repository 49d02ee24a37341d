import hashlib
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.calculators.layered import HEAD, entry
from tests.cli.shell import Shell, asked, noted

ROOT = Path(__file__).parents[3]


@pytest.fixture
def recorded(booked: Shell, notes: list[dict[str, Any]]) -> Shell:
    """A book with one recorded return."""
    booked("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    return booked


def _by_hand(database: Path, *statements: str) -> None:
    """What somebody does who opens the file with another program, past every trigger and key."""
    with sqlite3.connect(database) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_untouched_book_agrees(recorded: Shell, lang: str) -> None:
    recorded.matches(f"replay.{lang}", recorded("replay", "--lang", lang))
    told = recorded("replay", "--json").json
    assert (told["guards"], told["first_difference"]) == ([], None)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_dropped_guard_and_the_changed_posting_are_both_named(recorded: Shell, lang: str) -> None:
    last = recorded("replay", "--json").json["head"]["seq"]
    _by_hand(
        recorded.folder / "settle.db",
        "DROP TRIGGER posting_update",
        f"UPDATE posting SET amount_fen = amount_fen + 100 * (3 - 2 * line) WHERE seq = {last} AND line <= 2",
    )
    recorded.matches(f"replay_tampered.{lang}", recorded("replay", "--lang", lang, code=1))
    told = recorded("replay", "--json", code=1).json
    assert told["guards"] == ["posting_update is missing"]
    assert (told["first_difference"]["seq"], told["first_difference"]["table"]) == (last, "posting")
    assert told["first_difference"]["stored"] != told["first_difference"]["recomputed"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_missing_guard_alone_is_a_finding(recorded: Shell, lang: str) -> None:
    _by_hand(recorded.folder / "settle.db", "DROP TRIGGER posting_delete")
    recorded.matches(f"replay_guard.{lang}", recorded("replay", "--lang", lang, code=1))


def test_a_guard_that_was_put_back_weaker_is_altered(recorded: Shell) -> None:
    _by_hand(
        recorded.folder / "settle.db",
        "DROP TRIGGER posting_update",
        "CREATE TRIGGER posting_update BEFORE UPDATE ON posting BEGIN SELECT 1; END",
    )
    assert recorded("replay", "--json", code=1).json["guards"] == ["posting_update is altered"]
    assert "posting_update 被改动过" in recorded("replay", "--lang", "zh", code=1).out


def test_every_other_command_still_refuses_such_a_book(recorded: Shell) -> None:
    _by_hand(recorded.folder / "settle.db", "DROP TRIGGER posting_update")
    assert "posting_update 不见了" in recorded("show", "1", "--lang", "zh", code=5).err
    assert recorded("show", "1", "--json", code=5).json["error"]["names"] == ["posting_update is missing"]


def test_replay_writes_nothing(recorded: Shell) -> None:
    before = sorted((path.name, path.read_bytes()) for path in recorded.folder.iterdir())
    recorded("replay")
    assert sorted((path.name, path.read_bytes()) for path in recorded.folder.iterdir()) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [(None, "没有账套"), (b"", "数据库是空的"), (b"not a database" * 99, "这个数据库用不了")],
)
def test_a_file_that_is_no_book_ends_with_5(shell: Shell, content: bytes | None, said: str) -> None:
    if content is not None:
        (shell.folder / "settle.db").write_bytes(content)
    assert said in shell("replay", "--lang", "zh", code=5).err


def test_another_programs_database_is_refused(shell: Shell) -> None:
    _by_hand(shell.folder / "settle.db", "CREATE TABLE posting (a)")
    assert "不是 Settle 建的" in shell("replay", "--lang", "zh", code=5).err


CUTS = ("2026-10-31", "2026-10-10", "500", "#1104")
_STATES = f"""
from cli.main import app
for cut in {CUTS!r}:
    app(["replay", "--until", cut, "--json"], standalone_mode=False)
"""


@pytest.mark.parametrize("zone", ["UTC", "America/New_York", "Asia/Shanghai"])
@pytest.mark.parametrize("seed", ["0", "1"])
def test_a_state_has_the_same_bytes_in_any_zone_with_any_seed_every_time(
    recorded: Shell, zone: str, seed: str
) -> None:
    """Two processes for each of three zones and two seeds, held against this one."""
    environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    told = [
        subprocess.run(
            [sys.executable, "-c", _STATES],
            cwd=recorded.folder,
            env=environment,
            capture_output=True,
            check=True,
        ).stdout.decode()
        for _ in range(2)
    ]
    here = "".join(recorded("replay", "--until", cut, "--json").out for cut in CUTS)
    assert told == [here, here]
    assert here.count('"format": "settle state 1"') == len(CUTS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_state_is_shown_with_its_digest(recorded: Shell, lang: str) -> None:
    recorded.matches(f"replay_until.{lang}", recorded("replay", "--until", "2026-10-31", "--lang", lang))
    told = recorded("replay", "--until", "2026-10-31", "--json").json
    assert told["digest"] in recorded("replay", "--until", "2026-10-31", "--lang", lang).out


def test_a_state_in_a_file_is_the_printed_one_and_its_digest_can_be_taken_by_hand(recorded: Shell) -> None:
    printed = recorded("replay", "--until", "1104", "--json").out
    recorded("replay", "--until", "#1104", "--to", "state.json")
    written = (recorded.folder / "state.json").read_text("ascii")
    assert written == printed
    above = "".join(written.splitlines(keepends=True)[:-2])
    assert json.loads(written)["digest"] == hashlib.sha256(above.encode()).hexdigest()
    recorded("replay", "--until", "1104", "--to", "state.json", code=3)
    recorded("replay", "--to", "state.json", "--overwrite")
    assert json.loads((recorded.folder / "state.json").read_text())["until"] is None


def test_a_cut_that_is_none_or_beyond_the_book_or_a_file_of_the_books_is_refused(recorded: Shell) -> None:
    refused = [
        recorded("replay", "--until", "soon", "--lang", "zh", code=2),
        recorded("replay", "--until", "soon", "--lang", "en", code=2),
        recorded("replay", "--until", "99999", "--lang", "zh", code=4),
        recorded("replay", "--to", "settle.db", "--overwrite", "--lang", "en", code=2),
        recorded("replay", "--rulebook", "none.toml", "--lang", "en", code=3),
    ]
    recorded.matches("replay_not", *refused)


def test_a_book_that_differs_has_no_state_and_no_file(recorded: Shell) -> None:
    _by_hand(
        recorded.folder / "settle.db",
        "DROP TRIGGER posting_update",
        "UPDATE posting SET narration = 'x' WHERE seq = 1104 AND line = 1",
    )
    told = recorded("replay", "--until", "2026-10-31", "--json", "--to", "state.json", code=1).json
    assert (told["guards"], told["first_difference"]["seq"]) == (["posting_update is missing"], 1104)
    assert not (recorded.folder / "state.json").exists()
    before = recorded("replay", "--until", "1103", "--json", code=1)
    assert json.loads(before.out)["until"] == 1103
    assert "posting_update is missing" in before.err


@pytest.fixture
def two_claims(recorded: Shell, notes: list[dict[str, Any]]) -> Shell:
    """A book with a return that pays and a cash-on-delivery return that bears 5 %."""
    note = next(
        note
        for note in notes
        if "claim" in note
        and note["claim"].get("cause") == "no_reason"
        and json.loads(recorded("quote", *asked(note), "--json").out)["items"][-1]["rule"] == "000-10.1"
    )
    recorded("record", *asked(note))
    (recorded.folder / "own.toml").write_text(HEAD + entry("cod_commission_rate", 'value = "0.04"'), "utf-8")
    return recorded


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rehearsal_says_who_would_have_got_what(two_claims: Shell, lang: str) -> None:
    before = (two_claims.folder / "settle.db").read_bytes()
    two_claims.matches(
        f"replay_rehearsal.{lang}",
        two_claims("replay", "--rulebook", "own.toml", "--lang", lang),
        two_claims("replay", "--rulebook", "own.toml", "--pack", "tmall-2026", "--lang", lang),
    )
    assert (two_claims.folder / "settle.db").read_bytes() == before


def test_the_same_rules_in_a_whole_bundle_change_nothing(two_claims: Shell) -> None:
    with sqlite3.connect(two_claims.folder / "settle.db") as connection:
        ((text,),) = connection.execute("SELECT text FROM rulebook").fetchall()
    connection.close()
    (two_claims.folder / "whole.rules").write_text(text, "utf-8")
    told = two_claims("replay", "--rulebook", "whole.rules", "--json").json
    assert (told["claims"], told["orders"], told["difference_fen"], told["settlements"]) == ([], [], 0, 2)
    assert {row["difference_fen"] for row in told["clauses"] + told["accounts"]} == {0}
    both = two_claims("replay", "--rulebook", "whole.rules", "--rulebook", "own.toml", "--json").json
    assert (
        both["difference_fen"] == two_claims("replay", "--rules", "own.toml", "--json").json["difference_fen"]
    )
    assert both["difference_fen"] > 0


def test_a_rehearsal_can_be_written_as_a_workbook_or_as_json(two_claims: Shell) -> None:
    printed = two_claims("replay", "--rulebook", "own.toml", "--to", "r.json", "--json").json
    assert json.loads((two_claims.folder / "r.json").read_text("utf-8")) == printed
    two_claims("replay", "--rulebook", "own.toml", "--to", "r.xlsx")
    assert load_workbook(two_claims.folder / "r.xlsx").sheetnames == ["按条款", "按订单", "按科目", "按申请"]
    refused = two_claims("replay", "--rulebook", "own.toml", "--to", "r.txt", "--lang", "zh", code=2)
    assert "只写成 .xlsx 或 .json" in refused.err


def test_rules_of_another_shop_are_refused(two_claims: Shell) -> None:
    text = (two_claims.folder / "own.toml").read_text("utf-8")
    (two_claims.folder / "other.toml").write_text(text.replace('"main"', '"other"'), "utf-8")
    refused = two_claims("replay", "--rulebook", "other.toml", "--lang", "zh", code=3)
    assert "给出的本店规则里没有 main" in refused.err
