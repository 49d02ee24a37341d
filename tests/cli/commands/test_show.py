from typing import Any

import pytest

from tests.cli.shell import Shell, asked, noted


@pytest.fixture
def recorded(booked: Shell, notes: list[dict[str, Any]]) -> dict[str, Any]:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    booked("record", *asked(note))
    return note


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_claim_an_order_and_an_entry_are_shown(booked: Shell, recorded: dict[str, Any], lang: str) -> None:
    numbers = (recorded["claim"]["claim_no"], recorded["order_no"], "2")
    booked.matches(f"show.{lang}", *(booked("show", number, "--lang", lang) for number in numbers))


def test_machines_get_what_is_stored(booked: Shell, recorded: dict[str, Any]) -> None:
    claim = booked("show", recorded["claim"]["claim_no"], "--json").json
    assert claim["claim"]["decision"] == "pay"
    order = booked("show", recorded["order_no"], "--json").json
    assert order["order"]["order_no"] == recorded["order_no"]
    assert order["entries"][-1] == claim["entries"][0]
    assert sum(line["amount_fen"] for line in claim["entries"][0]["postings"]) == 0


@pytest.mark.parametrize(
    ("number", "code"), [("nothing", 3), ("²", 3), ("#", 3), ("#99999", 4), ("1" * 400, 3)]
)
def test_a_number_of_nothing_is_refused(booked: Shell, number: str, code: int) -> None:
    assert booked("show", number, code=code).err
    assert booked("show", number, "--json", "--lang", "zh", code=code).json["error"]["message"]


def test_an_entry_that_was_taken_back_says_so(booked: Shell) -> None:
    booked("reverse", "5", "--reason", "twice", "--on", "2026-10-31")
    assert "已冲销，见 #" in booked("show", "5", "--lang", "zh").out
    assert "reversed by #" in booked("show", "#5", "--lang", "en").out


def test_a_buyer_is_shown_masked_and_in_full_only_where_asked(
    booked: Shell, notes: list[dict[str, Any]]
) -> None:
    order_no = noted(notes, kind="return")["order_no"]
    masked = booked("show", order_no, "--json").json["buyer"]
    full = booked("show", order_no, "--unmasked", "--json").json["buyer"]
    assert full["nick"].startswith("tb***")
    assert masked == full | {"nick": f"t***{full['nick'][-1]}"}
    assert masked["nick"] in booked("show", order_no).out
    for key in (full["person_key"], full["person_key"][:12]):
        assert booked("show", key, "--json").json == {"person": masked, "entries": []}
