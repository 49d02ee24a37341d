import errno
import json
import os
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from calculators.days import parse_moment
from cli.demo.movements import Movement
from ledger.errors import AnchorMismatch, BookBusy, StorageFailed
from ledger.reports_of_gates import GateName
from tests.cli.planted import SEPTEMBER, of_month
from tests.cli.shell import DESPITE, Shell, asked, dump, noted, record_and_grant


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_month_is_closed_with_its_workbook_and_closed_again_adds_nothing(booked: Shell, lang: str) -> None:
    first = booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--lang", lang)
    before = dump(booked.folder / "settle.db")
    again = booked("close", "2026-10", *DESPITE, "--lang", lang)
    assert dump(booked.folder / "settle.db") == before
    booked.matches(f"close.{lang}", first, again)
    assert load_workbook(booked.folder / "oct.xlsx").sheetnames


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_posted_into_a_closed_month(booked: Shell, notes: list[dict[str, Any]], lang: str) -> None:
    booked("close", "2026-10", *DESPITE)
    before = dump(booked.folder / "settle.db")
    note = noted(notes, kind="return", cause="quality", received=True)
    refused = booked("record", *asked(note), "--lang", lang, code=4)
    booked.matches(f"close_posting.{lang}", refused)
    assert dump(booked.folder / "settle.db") == before


def test_a_reversal_after_the_close_lands_in_the_next_month(booked: Shell) -> None:
    booked("close", "2026-10", *DESPITE)
    done = booked("reverse", "7", "--reason", "late", "--on", "2026-10-31", "--json").json
    (entry,) = booked("show", str(done["seq"]), "--json").json["entries"]
    assert entry["effective_on"] == "2026-11-01"


def test_a_place_that_cannot_take_the_workbook_is_refused_before_the_month_is_closed(booked: Shell) -> None:
    (booked.folder / "oct.xlsx").write_bytes(b"mine")
    before = dump(booked.folder / "settle.db")
    for place in ("oct.xlsx", ".", "no/such.xlsx"):
        booked("close", "2026-10", *DESPITE, "--to", place, code=3)
    assert "没有覆盖" in booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--lang", "zh", code=3).err
    assert dump(booked.folder / "settle.db") == before
    assert (booked.folder / "oct.xlsx").read_bytes() == b"mine"
    booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--overwrite")
    assert load_workbook(booked.folder / "oct.xlsx").sheetnames


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        (
            "zh",
            "2026-10 已经结账，仍然有效；其后的一步没有做成：oct.xlsx 写不了：磁盘已满。没有留下任何文件。",
        ),
        (
            "en",
            "2026-10 is closed and stays closed, but what comes after it failed: oct.xlsx cannot be written: ",
        ),
    ],
)
def test_a_disk_that_is_full_after_the_close_is_told_with_the_month_that_stands_closed(
    booked: Shell, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr("exports.package._move", full)
        told = booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--lang", lang, code=3).err
    assert told.startswith(said)
    assert "settle close 2026-10" in told
    assert not [path.name for path in booked.folder.iterdir() if path.suffix in (".xlsx", ".part")]
    again = booked("close", "2026-10", "--to", "oct.xlsx", "--json").json
    assert (again["period"], again["again"], again["workbook"]) == ("2026-10", True, "oct.xlsx")
    assert load_workbook(booked.folder / "oct.xlsx").sheetnames


@pytest.mark.parametrize("place", ["anchor_head", "_month_end", "write_month"])
@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (StorageFailed("the database refused: disk I/O error. Nothing was written."), 5),
        (BookBusy("the database is held by another program"), 5),
        (AnchorMismatch("a.anchors: entry 7 is another. Nothing was written."), 4),
        (PermissionError(errno.EACCES, "Permission denied", "a.anchors"), 5),
    ],
)
def test_whatever_fails_after_the_close_is_told_with_the_month_that_stands_closed(
    booked: Shell, monkeypatch: pytest.MonkeyPatch, place: str, fault: Exception, code: int
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    with monkeypatch.context() as patched:
        patched.setattr(f"cli.closing.{place}", fail)
        told = booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--json", code=code).json["error"]
    assert (told["kind"], told["closed"], told["after"]) == ("ClosedOnly", "2026-10", type(fault).__name__)
    assert told["message"].startswith("2026-10 is closed and stays closed, but what comes after it failed: ")
    assert booked("close", "2026-10", "--to", "oct.xlsx", "--json").json["again"]
    assert booked("verify", "--json").json["anchors"] == 1


@pytest.mark.parametrize("place", [".", "no/such.anchors"])
def test_a_place_that_cannot_take_the_anchor_is_refused_before_the_month_is_closed(
    booked: Shell, place: str
) -> None:
    before = dump(booked.folder / "settle.db")
    assert "文件夹" in booked("close", "2026-10", *DESPITE, "--anchor", place, "--lang", "zh", code=4).err
    assert dump(booked.folder / "settle.db") == before


def test_months_are_closed_in_their_order(booked: Shell) -> None:
    assert "前期结账" in booked("close", "2026-12", *DESPITE, "--lang", "zh", code=4).err


@pytest.mark.parametrize("period", ["2026-13", "2026-9", "October", ""])
def test_what_is_no_month_ends_with_2(booked: Shell, period: str) -> None:
    assert booked("close", period, code=2).err


def test_machines_are_told_in_json(booked: Shell) -> None:
    told = booked("close", "2026-10", *DESPITE, "--json").json
    assert (told["period"], told["again"], told["workbook"]) == ("2026-10", False, None)
    assert told["finished_orders"] > 0


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_check_names_every_gate_and_writes_nothing(booked: Shell, lang: str) -> None:
    before = dump(booked.folder / "settle.db")
    looked = booked("close", "2026-10", "--check", "--lang", lang, code=1)
    refused = booked("close", "2026-10", "--lang", lang, code=4)
    assert dump(booked.folder / "settle.db") == before
    booked.matches(f"close_check.{lang}", looked, refused)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_check_of_a_month_in_which_nothing_stands_ends_with_0(shell: Shell, lang: str) -> None:
    shell("init")
    shell.matches(f"close_clear.{lang}", shell("close", "2026-10", "--check", "--lang", lang))
    assert shell("close", "2026-10", "--json").json["passed"] is None


def test_a_check_for_machines_has_every_gate(booked: Shell) -> None:
    said = booked("close", "2026-10", "--check", "--json", code=1).json
    gates = {one["gate"]: one for one in said["gates"]}
    assert list(gates) == [name.value for name in GateName]
    assert (said["period"], said["closed"], said["clear"]) == ("2026-10", False, False)
    assert {name for name, one in gates.items() if one["open"]} == {"unmatched", "suspense", "distributors"}
    assert gates["suspense"]["amount"] == "38.60"
    assert gates["suspense"]["clears"].startswith("settle reconcile 2026-10 --line ")


def test_a_month_that_is_not_over_or_whose_files_failed_is_held_up(booked: Shell) -> None:
    (booked.folder / "bad.csv").write_bytes(b"a,b\n")
    words = ("--check", "--files", "bad.csv", "--json")
    gates = {one["gate"]: one for one in booked("close", "2026-11", *words, code=1).json["gates"]}
    assert {name for name, one in gates.items() if one["open"]} >= {"not_over", "files", "earlier_open"}
    assert "bad.csv is refused" in gates["files"]["stands"]
    assert "no reason goes past this: earlier months" in booked("close", "2026-11", *DESPITE, code=4).err


@pytest.mark.parametrize(
    "words",
    [
        ("--despite-gates",),
        ("--despite-gates", "--reason", " "),
        ("--reason", "late"),
        ("--check", *DESPITE),
        ("--check", "--to", "x.xlsx"),
    ],
)
def test_options_that_do_not_go_together_end_with_2(booked: Shell, words: tuple[str, ...]) -> None:
    before = dump(booked.folder / "settle.db")
    assert booked("close", "2026-10", *words, code=2).err
    assert dump(booked.folder / "settle.db") == before


def test_what_a_close_went_past_stands_in_the_book_in_the_workbook_and_in_the_log(booked: Shell) -> None:
    said = booked("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--json").json["passed"]
    assert (said["reason"], said["actor"]) == ("等平台答复", "wang")
    assert set(said["gates"]) == {"unmatched", "suspense", "distributors"}
    workbook = load_workbook(booked.folder / "oct.xlsx")
    cover = {row[0]: row[1] for row in workbook["封面"].iter_rows(max_col=2, values_only=True)}
    assert cover["结账关口"].startswith("越过 未核销流水 ")
    assert cover["结账关口"].endswith("；原因：等平台答复；经办：wang")
    notices = [row for row in workbook["审批与异常"].iter_rows(values_only=True) if row[0] == "越过关口"]
    assert [row[5] for row in notices] == ["未核销流水", "待查款项", "代购月结"]
    assert "went past unmatched lines" in booked("log", "--kind", "close").out
    assert booked("close", "2026-10", "--check", "--json", code=1).json["closed"] is True
    assert "agrees" in booked("replay", "--lang", "en").out


def test_a_reason_that_may_name_somebody_is_kept_beside_the_ledger(booked: Shell) -> None:
    booked("close", "2026-10", "--despite-gates", "--reason", "张三丰说可以")
    assert "张三丰".encode() not in json.dumps(booked("log", "--kind", "close", "--json").json).encode()
    assert "附言" in booked("log", "--kind", "close").out


def test_every_gate_of_the_month_is_cleared_by_the_commands_that_it_names(booked: Shell, shop: Path) -> None:
    record_and_grant(booked, shop / "cases.jsonl")
    while gates := _open_gates(booked):
        words = str(gates[0]["clears"]).replace("CODE", "5601.05").replace("WHY", "捐赠").split(" ")
        booked(*words[1:])
        assert len(_open_gates(booked)) < len(gates)
    checked = booked("close", "2026-10", "--check", "--files", shop, "--json").json
    assert checked["clear"] is True
    done = booked("close", "2026-10", "--json").json
    assert (done["passed"], done["waiting"]) == (None, 0)


def test_a_transfer_of_a_closed_month_is_imported_on_the_first_open_day_and_shown_as_late(
    shell: Shell,
) -> None:
    shell("init", "--opening", "1012.01=100.00", "--on", "2026-09-01")
    shell("close", "2026-09", *DESPITE)
    sent = Movement(
        at=parse_moment("2026-09-15T10:00:00"),
        fen=-12_00,
        kind="转账",
        remark="支付宝转账小额打款-关联订单号：4260909009998887771",
    )
    (shell.folder / SEPTEMBER).write_bytes(of_month([sent], 100_00, ("09", "10")))
    (told,) = shell("import", SEPTEMBER, "--json").json
    assert told["entries"] == 1
    (entry,) = shell("show", "2", "--json").json["entries"]
    assert (entry["effective_on"], "2026-09-15" in entry["narration"]) == ("2026-10-01", True)
    late = shell("reconcile", "2026-10", "--state", "late", "--json", code=1).json["rows"]
    assert [(row["on"], row["ledger"]) for row in late] == [("2026-09-15", "-12.00")]
    assert shell("import", SEPTEMBER, "--json").json[0]["entries"] == 0


def _open_gates(shell: Shell) -> list[dict[str, Any]]:
    gates = json.loads(shell.try_out("close", "2026-10", "--check", "--json").out)["gates"]
    return [one for one in gates if one["open"]]
