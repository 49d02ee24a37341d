import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.cli.shell import DESPITE, Shell, asked, dump, noted


@pytest.fixture
def recorded(booked: Shell, notes: list[dict[str, Any]]) -> dict[str, Any]:
    note = noted(notes, kind="return", cause="no_reason", received=True)
    booked("record", *asked(note))
    booked("reverse", "20", "--reason", "double", "--on", "2026-10-31")
    return note


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_pages_of_the_book(booked: Shell, recorded: dict[str, Any], lang: str) -> None:
    day = ("--as-of", "2026-10-01", "--lang", lang)
    booked.matches(
        f"report.{lang}",
        booked("report", "trial-balance", *day),
        booked("report", "trial-balance", "--known-at", "30", "--lang", lang),
        booked("report", "account", "1122.02", "--as-of", "2026-10-13", "--lang", lang),
        booked("report", "order", recorded["order_no"], "--lang", lang),
        booked("report", "journal", *day, "--known-at", "3"),
    )


def test_sums_agree_between_the_pages(booked: Shell, recorded: dict[str, Any]) -> None:
    balances = booked("report", "trial-balance", "--json").json
    journal = booked("report", "journal", "--json").json
    account = booked("report", "account", "1122.01", "--json").json
    (row,) = [row for row in balances["rows"] if row["account"] == "1122.01"]
    assert balances["sums"] == journal["sums"]
    assert balances["sums"]["debit_fen"] == balances["sums"]["credit_fen"]
    assert [account[name] for name in ("opening_fen", "debit_fen", "credit_fen", "closing_fen")] == [
        row[name] for name in ("opening_fen", "debit_fen", "credit_fen", "closing_fen")
    ]
    assert account["lines"][-1]["balance_fen"] == row["closing_fen"]
    (red, _) = [row for row in journal["rows"] if row["colour"] == "red"]
    assert (red["reverses"], red["debit_fen"]) == (20, -15900)


def test_what_was_known_at_an_entry_is_the_same_after_more_was_posted(booked: Shell) -> None:
    pages = [("trial-balance",), ("journal",), ("account", "2203.01")]
    before = [booked("report", *page, "--known-at", "1000", "--json").out for page in pages]
    booked("reverse", "20", "--reason", "double", "--on", "2026-10-31")
    assert [booked("report", *page, "--known-at", "1000", "--json").out for page in pages] == before
    assert booked("report", "journal", "--json").out != before[1]


@pytest.mark.parametrize(
    ("page", "sheets"),
    [
        (("trial-balance",), ["科目余额表"]),
        (("journal",), ["序时账"]),
        (("account", "1122"), ["明细账"]),
        (("order", "4261002010109345031"), ["订单明细", "科目余额", "可退余额"]),
    ],
)
def test_a_page_is_written_as_csv_or_as_a_workbook(
    booked: Shell, page: tuple[str, ...], sheets: list[str]
) -> None:
    booked("report", *page, "--to", "page.xlsx")
    booked("report", *page, "--to", "page.csv")
    assert load_workbook(booked.folder / "page.xlsx").sheetnames == sheets
    with (booked.folder / "page.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert len({len(row) for row in rows}) == 1
    assert len(rows) > 2


def test_what_cannot_be_reported_is_refused_and_nothing_is_written(booked: Shell) -> None:
    before = dump(booked.folder / "settle.db")
    words = [
        ("report", "account", "9999"),
        ("report", "order", "1"),
        ("report", "journal", "--known-at", "99999"),
        ("report", "journal", "--period", "2026-13"),
        ("report", "journal", "--as-of", "soon"),
        ("report", "journal", "--period", "2026-10", "--as-of", "2026-09-30"),
        ("report", "journal", "--to", "page.pdf"),
    ]
    codes = (4, 3, 4, 2, 2, 2, 2)
    refused = [
        booked(*each, "--lang", lang, code=code)
        for each, code in zip(words, codes, strict=True)
        for lang in ("zh", "en")
    ]
    booked.matches("report_not", *refused)
    assert dump(booked.folder / "settle.db") == before
    assert {path.name for path in Path(booked.folder).iterdir()} <= {
        "settle.db",
        "settle.db-journal",
        "settle.db.lock",
    }


def test_a_blue_correction_stands_in_the_new_year(booked: Shell) -> None:
    booked("close", "2026-10", *DESPITE)
    booked("reverse", "20", "--reason", "double", "--on", "2027-01-05")
    (first, second) = booked("report", "journal", "--period", "2027-01", "--json").json["rows"]
    assert (first["colour"], first["debit_fen"], first["credit_fen"]) == ("blue", 0, 15900)
    assert {first["narration"], second["narration"]} == {"更正2026年10月2日记-20号凭证(第 20 号): double"}
    shown = booked("show", str(first["seq"]), "--lang", "zh").out
    assert "蓝字更正以前年度，原凭证 #20" in shown
    assert "更正2026年10月2日记-20号凭证(第 20 号): double" in shown
