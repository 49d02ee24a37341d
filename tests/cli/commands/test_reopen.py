"""Reopening from the command line: asked by one, granted by another, closed again with its signed delta."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.shell import DESPITE, Shell, asked, dump, noted


@pytest.fixture
def closed(booked: Shell) -> Shell:
    booked("close", "2026-10", *DESPITE)
    return booked


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_month_is_reopened_by_two_and_closed_again_with_its_delta(
    closed: Shell, notes: list[dict[str, Any]], lang: str
) -> None:
    asks = closed("reopen", "2026-10", "--reason", "漏记一笔", "--lang", lang, code=6)
    listed = closed("approve", "--lang", lang)
    looked = closed("approve", "2026-10", "--lang", lang)
    (one,) = closed("approve", "--json").json
    himself = closed("approve", "2026-10", "--digest", one["digest"], "--lang", lang, code=4)
    granted = closed("approve", "2026-10", "--digest", one["digest"], "--actor", "li", "--lang", lang)
    closed("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    again = closed("close", "2026-10", *DESPITE, "--lang", lang)
    closed.matches(f"reopen.{lang}", asks, listed, looked, himself, granted, again)
    assert "agrees" in closed("replay", "--lang", "en").out
    assert closed("verify", "--lang", "en").out


def test_machines_are_told_in_json(closed: Shell) -> None:
    said = closed("reopen", "2026-10", "--reason", "late", "--json", code=6).json
    assert (said["reopened"], said["waiting"], said["asked_by"]) == (False, True, "wang")
    before = dump(closed.folder / "settle.db")
    assert closed("reopen", "2026-10", "--reason", "late", "--json", code=6).json == said
    assert dump(closed.folder / "settle.db") == before
    done = closed("approve", "2026-10", "--digest", said["digest"], "--actor", "li", "--json").json
    assert (done["reopened"], done["version"], done["asked_by"], done["approved_by"]) == (
        True,
        2,
        "wang",
        "li",
    )
    delta = closed("close", "2026-10", *DESPITE, "--json").json["delta"]
    assert delta["closes"] == 2
    assert delta["accounts"]
    assert {tuple(one["difference"].values()) for one in delta["accounts"]} == {(0, 0, 0)}
    assert "no account moved" in closed("close", "2026-10", *DESPITE).out


def test_the_workbook_of_the_second_close_shows_the_delta_with_why_and_who_and_still_agrees(
    closed: Shell, notes: list[dict[str, Any]]
) -> None:
    digest = closed("reopen", "2026-10", "--reason", "漏记一笔", "--json", code=6).json["digest"]
    closed("approve", "2026-10", "--digest", digest, "--actor", "li")
    closed("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    delta = closed("close", "2026-10", *DESPITE, "--to", "oct.xlsx", "--json").json["delta"]
    (why,) = delta["reopenings"]
    assert (why["reason"], why["asked_by"], why["granted_by"]) == ("漏记一笔", "wang", "li")
    rows = [row for row in _late(closed.folder / "oct.xlsx") if row[0] == "反结账差额"]
    moved = [one["difference"] for one in delta["accounts"] if one["difference"]["closing_fen"]]
    assert [round(100 * row[10]) for row in rows] == [one["closing_fen"] for one in moved]
    assert {row[11:14] for row in rows} == {("漏记一笔", "wang", "li")}
    assert "every cell agrees" in closed("verify-workbook", "oct.xlsx", "--lang", "en").out


def _late(path: Path) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)["跨期"].iter_rows(values_only=True))


def test_a_first_close_has_no_delta(booked: Shell) -> None:
    assert booked("close", "2026-10", *DESPITE, "--json").json["delta"] is None


def test_a_refused_reopening_leaves_the_month_closed(closed: Shell) -> None:
    closed("reopen", "2026-10", "--reason", "late", code=6)
    closed("approve", "2026-10", "--refuse", "--reason", "no", "--actor", "li")
    assert closed("close", "2026-10", *DESPITE, "--json").json["again"] is True
    assert closed("approve", "--json").json == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["2026-10"], 2),
        (["2026-13", "--reason", "x"], 2),
        (["2026-09", "--reason", "x"], 4),
        (["2026-10", "--reason", " "], 4),
    ],
)
def test_what_cannot_be_reopened_is_refused(closed: Shell, words: list[str], code: int) -> None:
    before = dump(closed.folder / "settle.db")
    assert closed("reopen", *words, code=code).err
    assert dump(closed.folder / "settle.db") == before
