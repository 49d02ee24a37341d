import json
from typing import Any

import pytest

from tests.cli.shell import DESPITE, Shell, asked, dump, noted


@pytest.fixture
def worked(booked: Shell, notes: list[dict[str, Any]]) -> Shell:
    """A shop's month in which two people recorded, took back and closed."""
    note = noted(notes, kind="return", cause="no_reason", received=True)
    booked("record", *asked(note), "--actor", "li")
    booked("reverse", "5", "--reason", "重复入账", "--on", "2026-10-31")
    booked("close", "2026-10", *DESPITE)
    return booked


def _lines(shell: Shell, *words: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in shell("log", *words, "--json").out.splitlines()]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_log_is_searched_by_person_content_and_kind(worked: Shell, lang: str) -> None:
    searches = (
        ("--by", "li"),
        ("--about", "重复"),
        ("--kind", "import"),
        ("--limit", "2"),
        ("--by", "nobody"),
    )
    worked.matches(f"log.{lang}", *(worked("log", *words, "--lang", lang) for words in searches))


def test_machines_get_every_deed_one_a_line(worked: Shell) -> None:
    deeds = _lines(worked)
    assert [deed["seq"] for deed in deeds if deed["seq"]] == sorted(
        (deed["seq"] for deed in deeds if deed["seq"]), reverse=True
    )
    head = worked("verify", "--json").json
    assert len([deed for deed in deeds if deed["seq"]]) == head["entries"]
    assert len([deed for deed in deeds if deed["op_no"]]) == head["operations"]
    assert {deed["recorded_at"] for deed in deeds} == {"2026-11-02T09:00:00.000000+08:00"}


def test_asking_changes_nothing(worked: Shell) -> None:
    before = dump(worked.folder / "settle.db")
    worked("log", "--about", "%")
    assert dump(worked.folder / "settle.db") == before


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("--since", "2026-11-02", "--until", "2026-11-02"), True),
        (("--since", "2026-11-03"), False),
        (("--until", "2026-11-01"), False),
        (("--since", "2026-11-02T09:00:00", "--until", "2026-11-02T09:00:00"), True),
        (("--since", "2026-11-02T01:00:00Z"), True),
        (("--since", "2026-11-02T09:00:01"), False),
        (("--until", "2026-11-02T08:59:59"), False),
    ],
)
def test_days_are_shanghai_days_and_both_ends_count(
    worked: Shell, words: tuple[str, ...], found: bool
) -> None:
    assert bool(_lines(worked, *words)) is found


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--since", "yesterday"), 2),
        (("--until", "2026-13"), 2),
        (("--kind", "nothing"), 2),
        (("--limit", "-1"), 2),
    ],
)
def test_what_cannot_be_asked_is_refused(worked: Shell, words: tuple[str, ...], code: int) -> None:
    assert worked("log", *words, code=code).err


def test_more_than_is_shown_is_said(worked: Shell) -> None:
    assert "the newest 50 only" in worked("log").out
    assert "the newest" not in worked("log", "--limit", "0").out
