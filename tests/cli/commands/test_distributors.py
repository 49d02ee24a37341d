import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.shell import DESPITE, Shell, dump

FACTS = """代购,类型,订单号,金额,件数
d-09,订单,9001,50000.01,400
d-09,待退,9001,1000.00,8
d-10,订单,9002,30000.00,200
d-10,退款,9002,6000.01,40
d-11,订单,9003,20000.00,150
d-11,违约,人为损坏,,
"""


@pytest.fixture
def given(shell: Shell) -> Shell:
    """An empty book beside a file of facts."""
    shell("init")
    (shell.folder / "facts.csv").write_text(FACTS, "utf-8")
    return shell


def _rows(said: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["distributor"]: row for row in said["distributors"]}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_months_of_a_file_are_computed_recorded_once_and_shown(given: Shell, lang: str) -> None:
    words = ["distributors", "2026-10", "--facts", "facts.csv", "--lang", lang]
    asked = given(*words)
    before = given("replay", "--json").json["entries"]
    recorded, again = given(*words, "--record"), given(*words, "--record")
    given.matches(f"distributors.{lang}", asked, recorded, again)
    assert (before, given("replay", "--json").json["entries"]) == (0, 3)


def test_asking_alone_writes_nothing(given: Shell) -> None:
    before = dump(given.folder / "settle.db")
    given("distributors", "2026-10", "--facts", "facts.csv")
    assert dump(given.folder / "settle.db") == before


def test_the_books_own_orders_need_no_file(booked: Shell) -> None:
    told = _rows(booked("distributors", "2026-10", "--json").json)
    assert list(told) == ["d-01", "d-02", "d-03"]
    assert {row["state"] for row in told.values()} == {"to_record"}
    assert told["d-02"]["cost_fen"] > 0
    done = booked("distributors", "2026-10", "--record", "--json").json
    assert [one["claim_no"] for one in done["recorded"]] == ["d-01 2026-10", "d-02 2026-10", "d-03 2026-10"]
    assert {row["state"] for row in _rows(done).values()} == {"recorded"}
    assert booked("distributors", "2026-10", "--record", "--json").json["recorded"] == []
    assert booked("replay", "--json").json["first_difference"] is None


def test_the_settlement_is_dated_in_its_month_while_that_is_open_and_now_afterwards(given: Shell) -> None:
    (one, *_) = given("distributors", "2026-10", "--facts", "facts.csv", "--record", "--json").json[
        "recorded"
    ]
    assert given("show", str(one["entry"]), "--json").json["entries"][0]["effective_on"] == "2026-10-31"
    given("close", "2026-10", *DESPITE)
    late = FACTS.replace("d-09,待退", "d-09,退款")
    (given.folder / "facts.csv").write_text(late, "utf-8")
    told = given("distributors", "2026-10", "--facts", "facts.csv", "--record", "--json").json
    (correction,) = told["recorded"]
    assert correction["claim_no"] == "d-09 2026-10/2"
    (entry,) = given("show", str(correction["entry"]), "--json").json["entries"]
    assert entry["effective_on"] == "2026-11-02"
    assert {line["account"]: line["amount_fen"] for line in entry["postings"]} == {
        "5001.03": -265_000,
        "1122.03": 265_000,
    }


def test_what_a_supervisor_must_grant_waits_for_one(given: Shell) -> None:
    body = {"distributor": "d-09", "orders": [{"order_no": "1", "amount": "500000.01", "pieces": 1}]}
    (given.folder / "facts.json").write_text(json.dumps(body), "utf-8")
    words = ["distributors", "2026-10", "--facts", "facts.json", "--record", "--json"]
    held = given(*words).json
    assert [(one["decision"], one["waiting"], one["entry"]) for one in held["recorded"]] == [
        ("approve", True, None)
    ]
    assert _rows(held)["d-09"]["state"] == "to_approve"
    (asked,) = given("approve", "--json").json
    given("approve", "d-09 2026-10", "--digest", asked["digest"], "--actor", "主管")
    done = given(*words).json
    assert (_rows(done)["d-09"]["state"], done["recorded"]) == ("recorded", [])


def test_a_statement_is_written_for_each_distributor(given: Shell) -> None:
    (given.folder / "out").mkdir()
    words = ["distributors", "2026-10", "--facts", "facts.csv", "--to", "out"]
    files = given(*words, "--json").json["files"]
    assert sorted(Path(file).name for file in files) == [
        f"代购对账单-d-{number}-2026-10.xlsx" for number in ("09", "10", "11")
    ]
    sheet = load_workbook(given.folder / files[0])["代购对账单"]
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("portrait", "9")
    cells = [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {"d-09", "2026-10", "壹万元整"} <= set(cells)
    assert "is there already" in given(*words, code=3).err
    given(*words, "--overwrite")
    before = dump(given.folder / "settle.db")
    refused = given("distributors", "2026-10", "--facts", "facts.csv", "--record", "--to", "nowhere", code=3)
    assert "not a folder" in refused.err
    assert dump(given.folder / "settle.db") == before, "recorded, though its statement could not be written"


def test_what_cannot_be_read_is_refused_and_nothing_is_recorded(given: Shell) -> None:
    before = dump(given.folder / "settle.db")
    (given.folder / "bad.csv").write_text(FACTS.replace("50000.01", "50000.001"), "utf-8")
    for lang in ("zh", "en"):
        tail = ["--record", "--lang", lang]
        said = [
            given("distributors", "2026-10", "--facts", "bad.csv", *tail, code=3),
            given("distributors", "2026-10", "--facts", "gone.csv", *tail, code=3),
            given("distributors", "2026-13", *tail, code=2),
        ]
        given.matches(f"distributors_not.{lang}", *said)
    assert dump(given.folder / "settle.db") == before
