import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell, asked, dump, noted

CASE = {
    "at": "2026-10-12T10:00",
    "order": {
        "order_no": "330000000000000001",
        "free_shipping": True,
        "paid_at": "2026-10-01T10:00",
        "ship_clicked_at": "2026-10-02T10:00",
        "signed_at": "2026-10-05T10:00",
        "lines": [{"line": 1, "sku": "0707-M", "qty": 2, "price": "129.00"}],
    },
    "claim": {"kind": "return", "cause": "size", "received": True},
}
Notes = list[dict[str, Any]]


def _written(shell: Shell, *cases: Any) -> Path:
    file = shell.folder / "case.json"
    file.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in cases), "utf-8")
    return file


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_case_is_answered_with_its_clauses_and_its_entry(shell: Shell, lang: str) -> None:
    _written(shell, CASE)
    shell.matches(f"quote_case.{lang}", shell("quote", "--case", "case.json", "--lang", lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_three_orders_are_quoted_and_not_a_byte_of_the_book_changes(
    booked: Shell, notes: Notes, lang: str
) -> None:
    before = dump(booked.folder / "settle.db")
    claims = [
        noted(notes, kind="return", cause="quality", received=True),
        noted(notes, kind="lost"),
        noted(notes, kind="goodwill", amount="30.00"),
    ]
    booked.matches(
        f"quote_orders.{lang}", *(booked("quote", *asked(note), "--lang", lang) for note in claims)
    )
    assert dump(booked.folder / "settle.db") == before


def test_the_digest_is_the_same_in_both_languages_and_for_machines(shell: Shell) -> None:
    _written(shell, CASE)
    zh, en, plain = (
        shell("quote", "--case", "case.json", "--json", *more).json
        for more in (["--lang", "zh"], ["--lang", "en"], [])
    )
    assert zh["digest"] == en["digest"]
    assert plain == en
    assert zh["items"][0]["formula"] or zh != en


def test_nothing_is_said_of_a_return_postage_nobody_asked_for(shell: Shell) -> None:
    _written(shell, CASE)
    answer = shell("quote", "--case", "case.json", "--json").json
    assert "return_postage" not in [note["item"] for note in answer["not_applied"]]
    _written(shell, {**CASE, "claim": {**CASE["claim"], "return_postage": "12.00"}})
    answer = shell("quote", "--case", "case.json", "--json").json
    assert "return_postage" in [note["item"] for note in answer["not_applied"]]


def test_no_reason_is_broken_over_two_lines_in_a_pipe(booked: Shell, notes: Notes) -> None:
    out = booked("quote", *asked(noted(notes, kind="return", cause="no_reason"))).out
    answer = booked("quote", *asked(noted(notes, kind="return", cause="no_reason")), "--json").json
    for note in [*answer["not_applied"], *answer["advisories"]]:
        assert (note.get("why") or note.get("text")) in out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_bad_case_names_its_path_and_ends_with_3(shell: Shell, lang: str) -> None:
    bad = {**CASE, "order": {**CASE["order"], "lines": [{"line": 1, "qty": 1, "price": 12.5}]}}
    _written(shell, bad)
    shell.matches(
        f"quote_bad.{lang}",
        shell("quote", "--case", "case.json", "--lang", lang, code=3),
        shell("quote", "--case", "case.json", "--lang", lang, "--json", code=3),
    )


def test_bad_lines_among_many_are_answered_in_their_place(shell: Shell) -> None:
    _written(shell, CASE, "not json", "", {"at": "2026-10-12T10:00"}, CASE)
    said = shell("quote", "--cases", "case.json", "--json")
    answers = [json.loads(line) for line in said.out.splitlines()]
    assert ["error" in answer for answer in answers] == [False, True, True, False]
    assert all(set(answer["error"]) == {"path", "message"} for answer in answers if "error" in answer)


@pytest.mark.parametrize("content", [b"", b"\x00\xff\x01", b"{", b"[1]", b'"x"', b"[" * 100_000, b"NaN"])
def test_what_is_no_case_is_refused_without_a_traceback(shell: Shell, content: bytes) -> None:
    (shell.folder / "x").write_bytes(content)
    assert shell("quote", "--case", "x", code=3).err
    assert set(shell("quote", "--case", "x", "--json", code=3).json) == {"error"}


@pytest.mark.parametrize("path", ["gone.json", "."])
def test_a_path_that_is_no_file_is_refused(shell: Shell, path: str) -> None:
    assert f"{path}: 读不了" in shell("quote", "--case", path, "--lang", "zh", code=3).err


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["1", "--case", "x"],
        ["--case", "x", "--colour", "red"],
        ["--case", "x", "--at", "2026-10-12T10:00"],
        ["1"],
        ["1", "--kind", "gift_card"],
        ["1", "--kind", "return", "--colour", "red"],
        ["1", "--kind", "return", "--received", "maybe"],
        ["1", "--kind", "return", "--received", "--received"],
        ["1", "--kind", "return", "--line", "x"],
        ["1", "--kind", "return", "--at", "yesterday"],
        ["1", "--kind", "return", "--lang", "fr"],
    ],
)
def test_a_wrong_command_line_ends_with_2(booked: Shell, words: list[str]) -> None:
    assert booked("quote", *words, code=2).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_order_that_no_file_brought_is_named(booked: Shell, lang: str) -> None:
    booked.matches(f"quote_no_order.{lang}", booked("quote", "1", "--kind", "cancel", "--lang", lang, code=3))


def test_the_options_of_every_kind_are_listed(shell: Shell) -> None:
    listed = shell("quote", "--kinds").out
    assert "--kind return\n  --cause quality|wrong_item|" in listed
    assert "  --replacement PRICE:STOCK\n" in listed
    assert "--amount 12.30  (required)" in listed
    assert "--kind return  退货" in shell("quote", "--kinds", "--lang", "zh").out
    assert "--kinds" in shell("quote", "--help").out
