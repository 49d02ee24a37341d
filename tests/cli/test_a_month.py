"""A month at the shop, command by command, on one book: what each leaves behind is what the next finds."""

import sqlite3
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.cli.shell import DESPITE, Shell, asked, dump, noted


def test_a_month_from_the_first_file_to_the_auditor(
    shell: Shell, shop: Path, notes: list[dict[str, Any]]
) -> None:
    database = shell.folder / "settle.db"
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    assert sum(one["entries"] for one in shell("import", shop, "--json").json) > 1000
    assert sum(one["entries"] + one["orders"] for one in shell("import", shop, "--json").json) == 0

    claims = [
        noted(notes, kind="return", cause="quality", received=True),
        noted(notes, kind="exchange"),
        noted(notes, kind="goodwill", amount="30.00"),
    ]
    before = dump(database)
    quotes = [shell("quote", *asked(note), "--json").json for note in claims]
    assert dump(database) == before
    assert [quote["decision"] for quote in quotes] == ["pay", "pay", "approve"]

    numbers = [_recorded(shell, note, quote) for note, quote in zip(claims, quotes, strict=True)]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    again = shell("record", *asked(claims[0]), "--digest", quotes[0]["digest"], "--json").json
    assert (again["entry"], again["again"]) == (numbers[0], True)

    shown = shell("show", claims[0]["claim"]["claim_no"], "--json").json
    assert shown["claim"] == quotes[0]
    back = shell(
        "reverse", str(numbers[0]), "--reason", "the buyer kept it", "--on", "2026-10-31", "--json"
    ).json
    assert shell("show", str(numbers[0]), "--json").json["entries"][0]["reversed_by"] == back["seq"]
    renewed = {**claims[0], "claim": {**claims[0]["claim"], "claim_no": "again-1"}}
    assert shell("quote", *asked(renewed), "--json").json["to_buyer"] == quotes[0]["to_buyer"]

    closed = shell("close", "2026-10", *DESPITE, "--to", "october.xlsx", "--json").json
    assert load_workbook(shell.folder / closed["workbook"]).sheetnames
    assert shell("close", "2026-10", *DESPITE, "--json").json["head"] == closed["head"]
    shell("record", *asked(renewed), code=4)

    assert shell("replay", "--json").json["head"] == closed["head"]
    _narrated_by_hand(database, numbers[1])
    told = shell("replay", "--json", code=1).json
    assert told["guards"] == ["posting_update is missing"]
    assert told["first_difference"]["seq"] == numbers[1]


def _narrated_by_hand(database: Path, seq: int) -> None:
    """Somebody changes one posting with another program."""
    with sqlite3.connect(database) as connection:
        connection.execute("DROP TRIGGER posting_update")
        connection.execute("UPDATE posting SET narration = 'x' WHERE seq = ? AND line = 1", (seq,))
    connection.close()


def _recorded(shell: Shell, note: dict[str, Any], quote: dict[str, Any]) -> int:
    words = ["record", *asked(note), "--digest", quote["digest"], "--json"]
    if quote["decision"] == "approve":
        assert shell(*words, code=6).json["waiting"] is True
        words = ["approve", quote_no(note), "--digest", quote["digest"], "--actor", "li", "--json"]
    said = shell(*words).json
    assert said["answer"] == quote
    return int(said["entry"])


def quote_no(note: dict[str, Any]) -> str:
    return str(note["claim"]["claim_no"])
