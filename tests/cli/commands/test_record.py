import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.commands.test_quote import CASE
from tests.cli.shell import Shell, asked, dump, noted

Notes = list[dict[str, Any]]


@pytest.fixture
def returned(notes: Notes) -> dict[str, Any]:
    return noted(notes, kind="return", cause="quality", received=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_quote_is_recorded_by_its_digest_once(booked: Shell, returned: dict[str, Any], lang: str) -> None:
    digest = booked("quote", *asked(returned), "--json").json["digest"]
    first = booked("record", *asked(returned), "--digest", digest, "--lang", lang)
    before = dump(booked.folder / "settle.db")
    again = booked("record", *asked(returned), "--digest", digest, "--lang", lang)
    assert dump(booked.folder / "settle.db") == before
    booked.matches(f"record.{lang}", first, again)


def test_a_repeat_some_days_later_answers_what_was_stored(booked: Shell, returned: dict[str, Any]) -> None:
    first = booked("record", *asked(returned), "--json").json
    later = booked("record", *asked({**returned, "at": "2026-11-20T10:00"}), "--json").json
    assert (later["entry"], later["again"], later["hash"]) == (first["entry"], True, first["hash"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_stale_digest_is_refused(booked: Shell, returned: dict[str, Any], lang: str) -> None:
    digest = booked("quote", *asked(returned), "--json").json["digest"]
    changed = {**returned, "claim": {**returned["claim"], "cause": "size"}}
    before = dump(booked.folder / "settle.db")
    booked.matches(
        f"record_stale.{lang}",
        booked("record", *asked(changed), "--digest", digest, "--lang", lang, code=4),
    )
    assert dump(booked.folder / "settle.db") == before


def test_a_number_that_stands_for_another_claim_is_refused(booked: Shell, returned: dict[str, Any]) -> None:
    booked("record", *asked(returned))
    changed = {**returned, "claim": {**returned["claim"], "return_postage": "1.00"}}
    error = booked("record", *asked(changed), "--json", "--lang", "zh", code=4).json["error"]
    assert error["kind"] == "KeyConflict"
    assert error["stored"] != error["given"]
    assert "已在账中，内容不同" in error["message"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_is_on_hold_or_refused_is_not_recorded(booked: Shell, notes: Notes, lang: str) -> None:
    before = dump(booked.folder / "settle.db")
    held = noted(notes, kind="return", cause="quality", received=True)
    held = {**held, "claim": {**held["claim"], "received": False}}
    refused = noted(notes, conditional_on_review=True)
    booked.matches(
        f"record_not.{lang}",
        *(booked("record", *asked(note), "--lang", lang, code=4) for note in (held, refused)),
    )
    assert dump(booked.folder / "settle.db") == before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_needs_approval_needs_a_second_person(booked: Shell, notes: Notes, lang: str) -> None:
    note = noted(notes, kind="goodwill", amount="30.00")
    words, claim_no = asked(note), note["claim"]["claim_no"]
    alone = booked("record", *words, "--lang", lang, code=6)
    before = dump(booked.folder / "settle.db")
    repeated = booked("record", *words, "--lang", lang, code=6)
    assert (repeated.out, dump(booked.folder / "settle.db")) == (alone.out, before)
    (waits,) = booked("approve", "--json").json
    digest = waits["digest"]
    himself = booked("approve", claim_no, "--digest", digest, "--lang", lang, code=4)
    approved = booked("approve", claim_no, "--digest", digest, "--actor", "li", "--lang", lang)
    again = booked("record", *words, "--lang", lang)
    booked.matches(f"record_approved.{lang}", alone, himself, approved, again)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_agents_notes_are_recorded_in_one_turn_and_once(booked: Shell, shop: Path, lang: str) -> None:
    file = booked.folder / "cases.jsonl"
    file.write_bytes((shop / "cases.jsonl").read_bytes())
    first = booked("record", "--cases", "cases.jsonl", "--lang", lang)
    before = dump(booked.folder / "settle.db")
    again = booked("record", "--cases", "cases.jsonl", "--lang", lang)
    assert dump(booked.folder / "settle.db") == before
    booked.matches(f"record_cases.{lang}", first, again)


def test_one_bad_note_voids_the_whole_file(booked: Shell, returned: dict[str, Any]) -> None:
    lines = [json.dumps(returned), json.dumps({**returned, "claim": {"kind": "return", "claim_no": "9"}})]
    (booked.folder / "notes.jsonl").write_text("\n".join(lines), "utf-8")
    before = dump(booked.folder / "settle.db")
    error = booked("record", "--cases", "notes.jsonl", "--json", code=3).json["error"]
    assert (error["kind"], error["path"]) == ("BadCase", "claim.cause")
    assert dump(booked.folder / "settle.db") == before


def _whole(shell: Shell, case: dict[str, Any]) -> Path:
    file = shell.folder / "case.json"
    file.write_text(json.dumps(case), "utf-8")
    return file


def test_a_whole_case_brings_its_own_order_and_payment(booked: Shell) -> None:
    file = _whole(booked, {**CASE, "claim": {**CASE["claim"], "claim_no": "W-1"}})
    digest = booked("quote", "--case", file, "--json").json["digest"]
    recorded = booked("record", "--case", file, "--digest", digest, "--json").json
    assert (recorded["recorded"], recorded["answer"]["to_buyer"]["order"]) == (True, "258.00")
    shown = booked("show", CASE["order"]["order_no"], "--json").json
    assert [entry["kind"] for entry in shown["entries"]] == ["order_paid", "settlement"]
    assert booked("record", "--case", file, "--json").json["again"] is True
    assert "agrees" in booked("replay").out


@pytest.mark.parametrize(
    ("change", "words", "said"),
    [
        ({"claim": CASE["claim"]}, [], "write claim_no into the case"),
        ({}, ["--key", "K"], "--key is for other questions"),
        ({"history": [{"kind": "cancel", "claim_no": "0"}]}, [], "the book keeps the history itself"),
    ],
)
def test_a_whole_case_that_cannot_be_booked_stores_nothing(
    booked: Shell, change: dict[str, Any], words: list[str], said: str
) -> None:
    file = _whole(booked, {**CASE, "claim": {**CASE["claim"], "claim_no": "W-1"}, **change})
    before = dump(booked.folder / "settle.db")
    assert said in booked("record", "--case", file, *words, code=3).err
    assert dump(booked.folder / "settle.db") == before


def test_a_whole_case_on_hold_does_not_leave_its_order_behind(booked: Shell) -> None:
    file = _whole(booked, {**CASE, "claim": {**CASE["claim"], "claim_no": "W-1", "received": False}})
    before = dump(booked.folder / "settle.db")
    booked("record", "--case", file, code=4)
    assert dump(booked.folder / "settle.db") == before


def test_a_whole_case_that_contradicts_the_books_order_is_refused(booked: Shell) -> None:
    claim = {**CASE["claim"], "claim_no": "W-1", "lines": [{"line": 1, "qty": 1}]}
    booked("record", "--case", _whole(booked, {**CASE, "claim": claim}))
    other = {**CASE, "order": {**CASE["order"], "postage": "9.00"}, "claim": {**claim, "claim_no": "W-2"}}
    assert (
        "差" not in (refused := booked("record", "--case", _whole(booked, other), "--lang", "zh", code=3)).err
    )
    assert "与案例不同：postage" in refused.err


STAFF = {"at": "2026-10-20T10:00", "staff": {"what": "breach", "occurrence": 1}}


def test_a_question_without_an_order_is_booked_under_its_key(booked: Shell) -> None:
    file = _whole(booked, STAFF)
    assert "give one with --key" in booked("record", "--case", file, code=3).err
    recorded = booked("record", "--case", file, "--key", "staff 7", "--json").json
    assert (recorded["claim_no"], recorded["recorded"]) == ("staff 7", True)
    assert booked("record", "--case", file, "--key", "staff 7", "--json").json["again"] is True


def test_a_checkout_is_only_quoted(booked: Shell) -> None:
    case = {
        "at": "2026-10-20T10:00",
        "checkout": {"subtotal": "90.00", "threshold": "100.00", "reduction": "10.00"},
    }
    assert "quoted only" in booked("record", "--case", _whole(booked, case), "--key", "x", code=3).err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["1", "--case", "x"],
        ["--case", "x", "--approve", "li"],
        ["--cases", "x", "--at", "2026-10-12T10:00"],
        ["1", "--kind", "cancel", "--claim-no", "2", "--key", "3"],
        ["1", "--kind", "cancel"],
        ["1", "--kind", "cancel", "--claim-no", "2", "--at", "x"],
    ],
)
def test_a_wrong_command_line_ends_with_2(booked: Shell, words: list[str]) -> None:
    assert booked("record", *words, code=2).err


def test_the_account_a_buyer_asked_for_is_kept_beside_the_ledger(
    booked: Shell, notes: list[dict[str, Any]]
) -> None:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    with_payee = ("--payee", "alice@example.com")
    assert "alice" not in booked("record", *asked(note), *with_payee).out
    booked("record", *asked(note), "--payee", "bob@example.com")
    listed = booked("forget", note["order_no"], "--dry-run", "--json").json["people"]
    assert [one.get("payee") for one in listed if "payee" in one] == ["a***@…"]
    assert booked("record", *asked(note), "--payee", "张三", code=2).err
    assert booked("record", "--cases", "x.jsonl", *with_payee, code=2).err


@pytest.mark.parametrize(("payee", "code"), [("13800138000", 0), ("张三", 3), (7, 3)])
def test_the_agents_notes_may_name_the_account(
    booked: Shell, notes: list[dict[str, Any]], payee: object, code: int
) -> None:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    line = json.dumps({**note, "payee": payee}, ensure_ascii=False)
    (booked.folder / "notes.jsonl").write_text(line, "utf-8")
    booked("record", "--cases", "notes.jsonl", code=code)
    known = booked.try_out("forget", "13800138000", "--dry-run").code == 0
    assert known is (code == 0)
