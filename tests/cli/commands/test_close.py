from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.shell import DESPITE, Shell, asked, dump, noted


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


def test_months_are_closed_in_their_order(booked: Shell) -> None:
    assert "前期结账" in booked("close", "2026-12", *DESPITE, "--lang", "zh", code=4).err


@pytest.mark.parametrize("period", ["2026-13", "2026-9", "October", ""])
def test_what_is_no_month_ends_with_2(booked: Shell, period: str) -> None:
    assert booked("close", period, code=2).err


def test_machines_are_told_in_json(booked: Shell) -> None:
    told = booked("close", "2026-10", *DESPITE, "--json").json
    assert (told["period"], told["again"], told["workbook"]) == ("2026-10", False, None)
    assert told["finished_orders"] > 0
