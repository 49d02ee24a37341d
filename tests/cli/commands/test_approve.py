"""Approving from the command line: what waits, its one answer by another person, and who is shown to have said what."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands.test_quote import CASE
from tests.cli.shell import DESPITE, Shell, asked, dump, noted

Notes = list[dict[str, Any]]


@pytest.fixture
def goodwill(notes: Notes) -> dict[str, Any]:
    return noted(notes, kind="goodwill", amount="30.00")


@pytest.fixture
def waiting(booked: Shell, goodwill: dict[str, Any]) -> str:
    """The number of a claim that user wang asked to be approved."""
    booked("record", *asked(goodwill), code=6)
    return str(goodwill["claim"]["claim_no"])


def _digest(shell: Shell) -> str:
    (one,) = shell("approve", "--json").json
    return str(one["digest"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_waits_is_listed_and_looked_at(booked: Shell, waiting: str, lang: str) -> None:
    before = dump(booked.folder / "settle.db")
    listed = booked("approve", "--lang", lang)
    looked = booked("approve", waiting, "--lang", lang)
    assert dump(booked.folder / "settle.db") == before
    booked.matches(f"approve_list.{lang}", listed, looked)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_who_asked_and_who_approved_is_shown(booked: Shell, waiting: str, lang: str) -> None:
    before = booked("show", waiting, "--lang", lang)
    booked("approve", waiting, "--digest", _digest(booked), "--actor", "li")
    after = booked("show", waiting, "--lang", lang)
    booked.matches(f"approve_show.{lang}", before, after, booked("why", waiting, "--lang", lang))
    assert booked("approve", "--lang", lang).out in ("没有待审批的事项\n", "nothing waits for approval\n")
    assert "agrees" in booked("replay", "--lang", "en").out


def test_machines_are_told_who_and_what(booked: Shell, goodwill: dict[str, Any], waiting: str) -> None:
    said = booked("record", *asked(goodwill), "--json", code=6).json
    assert (said["recorded"], said["waiting"], said["approval"]["actor"]) == (False, True, "wang")
    (one,) = booked("approve", "--json").json
    assert (one["matter"], one["subject"], one["order_no"]) == ("claim", waiting, goodwill["order_no"])
    assert one["answer"] == said["answer"]
    assert booked("approve", waiting, "--json").json == one
    done = booked("approve", waiting, "--digest", one["digest"][:12], "--actor", "li", "--json").json
    assert (done["recorded"], done["waiting"]) == (True, False)
    assert (done["asked_by"], done["approved_by"]) == ("wang", "li")
    shown = booked("show", waiting, "--json").json
    assert [(word["action"], word["actor"]) for word in shown["approval"]] == [
        ("ask", "wang"),
        ("grant", "li"),
    ]
    assert shown["entries"][0]["actor"] == "li"
    assert booked("why", waiting, "--json").json["approval"] == shown["approval"]
    assert booked("approve", "--json").json == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_another_digest_or_a_second_grant_is_refused(booked: Shell, waiting: str, lang: str) -> None:
    digest, before = _digest(booked), dump(booked.folder / "settle.db")
    wrong = booked("approve", waiting, "--digest", "0" * 64, "--actor", "li", "--lang", lang, code=4)
    short = booked("approve", waiting, "--digest", digest[:11], "--actor", "li", "--lang", lang, code=4)
    nobody = booked("approve", "C-0", "--digest", digest, "--actor", "li", "--lang", lang, code=4)
    assert dump(booked.folder / "settle.db") == before
    booked("approve", waiting, "--digest", digest.upper(), "--actor", "li")
    again = booked("approve", waiting, "--digest", digest, "--actor", "zhao", "--lang", lang, code=4)
    booked.matches(f"approve_not.{lang}", wrong, short, nobody, again)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_answer_that_the_book_left_behind_is_asked_anew(booked: Shell, notes: Notes, lang: str) -> None:
    kept = noted(notes, kind="price_difference", reason="late_keep")
    waiting = kept["claim"]["claim_no"]
    booked("record", *asked(kept), code=6)
    digest = _digest(booked)
    lowered = {"kind": "price_difference", "reason": "concession", "amount": "5.00", "claim_no": "P-2"}
    booked("record", *asked({**kept, "claim": lowered}))
    before = dump(booked.folder / "settle.db")
    stale = booked("approve", waiting, "--digest", digest, "--actor", "li", "--lang", lang, code=4)
    assert dump(booked.folder / "settle.db") == before
    asked_anew = booked("record", *asked(kept), "--json", code=6).json
    assert asked_anew["approval"]["digest"] != digest
    booked("approve", waiting, "--digest", digest, "--actor", "li", code=4)
    done = booked("approve", waiting, "--digest", _digest(booked), "--actor", "li", "--lang", lang)
    booked.matches(f"approve_stale.{lang}", stale, done)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_refusal_stands_until_it_is_asked_again(
    booked: Shell, goodwill: dict[str, Any], waiting: str, lang: str
) -> None:
    himself = booked("approve", waiting, "--refuse", "--reason", "x", "--lang", lang, code=4)
    refused = booked("approve", waiting, "--refuse", "--reason", "照片不符", "--actor", "li", "--lang", lang)
    recorded = booked("record", *asked(goodwill), "--lang", lang, code=4)
    shown = booked("show", waiting, "--lang", lang)
    again = booked("record", *asked(goodwill), "--ask-again", "--lang", lang, code=6)
    booked.matches(f"approve_refuse.{lang}", himself, refused, recorded, shown, again)
    assert booked("approve", waiting, "--digest", _digest(booked), "--actor", "li").out
    assert "agrees" in booked("replay", "--lang", "en").out


def test_machines_are_told_of_a_refusal(booked: Shell, goodwill: dict[str, Any], waiting: str) -> None:
    refused = booked("approve", waiting, "--refuse", "--reason", "no", "--actor", "li", "--json").json
    assert refused == {"subject": waiting, "matter": "claim", "refused": True, "reason": "no"}
    error = booked("record", *asked(goodwill), "--json", code=4).json["error"]
    assert (error["kind"], "li refused it: no" in error["message"]) == ("NotRecordable", True)
    file = booked.folder / "notes.jsonl"
    file.write_text(json.dumps(goodwill), "utf-8")
    (line,) = booked("record", "--cases", "notes.jsonl", "--json").out.splitlines()
    said = json.loads(line)
    assert (said["recorded"], said["waiting"], said["approval"]["action"]) == (False, False, "refuse")
    assert "li refused it: no" in booked("record", "--cases", "notes.jsonl").out
    assert "li 已拒绝：no" in booked("record", "--cases", "notes.jsonl", "--lang", "zh").out


def _file(shell: Shell, case: dict[str, Any]) -> Path:
    file = shell.folder / "case.json"
    file.write_text(json.dumps(case), "utf-8")
    return file


def test_a_question_without_an_order_waits_and_is_approved_too(booked: Shell) -> None:
    orders = [{"order_no": "D1", "amount": "1000000.01", "pieces": 100}]
    month = {"distributor": "d", "month": "2026-09", "orders": orders, "refunds": []}
    file = _file(booked, {"at": "2026-10-20T10:00", "distributor_month": month})
    quoted = booked("quote", "--case", file, "--json").json
    assert quoted["decision"] == "approve"
    booked("record", "--case", file, "--key", "d 2026-09", code=6)
    done = booked("approve", "d 2026-09", "--digest", _digest(booked), "--actor", "li", "--json").json
    assert (done["recorded"], done["answer"]["digest"]) == (True, quoted["digest"])
    assert "agrees" in booked("replay").out


def test_a_whole_case_waits_with_its_order_and_its_policy(booked: Shell) -> None:
    claim = {"kind": "goodwill", "claim_no": "W-1", "amount": "30.00", "as": "cash"}
    case = {**CASE, "claim": claim, "policy": {"goodwill_approval_from": "29.00"}}
    file = _file(booked, case)
    quoted = booked("quote", "--case", file, "--json")
    booked("record", "--case", file, code=6)
    shown = booked("show", CASE["order"]["order_no"], "--json").json
    assert [entry["kind"] for entry in shown["entries"]] == ["order_paid"]
    done = booked("approve", "W-1", "--digest", _digest(booked), "--actor", "li", "--json").json
    assert done["answer"]["digest"] == quoted.json["digest"]
    assert booked("record", "--case", file, "--json").json["again"] is True
    assert "agrees" in booked("replay").out


def test_a_month_with_waiting_claims_closes_and_says_so(booked: Shell, waiting: str) -> None:
    shutil.copy(booked.folder / "settle.db", booked.folder / "copy.db")
    closed = booked("close", "2026-10", *DESPITE, "--db", "copy.db", "--json").json
    assert closed["waiting"] == 1
    assert "still waiting for approval: 1" in booked("close", "2026-10", *DESPITE).out
    assert "还有 1 件申请待审批" in booked("close", "2026-10", *DESPITE, "--lang", "zh").out
    assert "is closed" in booked("approve", waiting, "--digest", _digest(booked), "--actor", "li", code=4).err


@pytest.mark.parametrize(
    "words",
    [
        ["--digest", "0" * 64],
        ["--refuse", "--reason", "x"],
        ["C-1", "--refuse"],
        ["C-1", "--refuse", "--reason", " "],
        ["C-1", "--reason", "x"],
        ["C-1", "--approve"],
    ],
)
def test_a_wrong_command_line_ends_with_2(booked: Shell, words: list[str]) -> None:
    assert booked("approve", *words, code=2).err


def test_no_book_ends_with_5(shell: Shell) -> None:
    assert shell("approve", code=5).err
