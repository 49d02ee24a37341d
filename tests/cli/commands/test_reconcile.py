"""`settle reconcile` over the demo month: what people see, what machines get, and what is stored."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import Shell, dump

DONATION = ("--line", "2026101700000000362")


def rows(shell: Shell, *words: str, code: int = 1) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = shell("reconcile", "2026-10", "--json", *words, code=code).json["rows"]
    return told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_month_is_shown_with_what_stands_out_its_sums_and_its_outcome(booked: Shell, lang: str) -> None:
    before = dump(booked.folder / "settle.db")
    whole = booked("reconcile", "2026-10", "--state", "未到账期", "--lang", lang, code=1)
    of_order = booked("reconcile", "2026-10", "--order", "4261001002727361091", "--lang", lang, code=1)
    booked.matches(f"reconcile.{lang}", whole, of_order)
    assert dump(booked.folder / "settle.db") == before


def test_every_line_of_the_statement_is_in_exactly_one_row(booked: Shell, shop: Path) -> None:
    told = rows(booked)
    (statement,) = shop.glob("*账务明细.csv")
    lines = [line for line in statement.read_bytes().decode("gb18030").splitlines() if line[:4] == "2026"]
    assert len([row for row in told if row["serial"]]) == len(lines)
    assert {row["state"] for row in rows(booked, "--state", "matched", "--state", "已入账")} == {
        "matched",
        "booked",
    }
    donation = [row for row in told if row["serial"] == DONATION[1]]
    assert [(row["difference"], row["state"], row["open"]) for row in donation] == [
        ("-38.60", "only_statement", True)
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_line_is_parked_explained_and_undone_by_name(booked: Shell, lang: str) -> None:
    line = ["reconcile", "2026-10", *DONATION, "--lang", lang]
    said = [
        booked(*line, "--park", "--owner", "赵", "--reason", "等平台答复"),
        booked(*line, "--explain", "--account", "5601.05", "--reason", "公益宝贝捐赠", "--actor", "li"),
        booked("reconcile", "2026-10", "--state", "explained", "--lang", lang, code=1),
        booked(*line, "--explain", "--reason", "again", code=4),
        booked(*line, "--undo", "--reason", "科目写错"),
        booked(*line, "--undo", "--reason", "again", code=4),
    ]
    booked.matches(f"reconcile_decided.{lang}", *said)


def test_machines_are_told_what_was_posted(booked: Shell) -> None:
    told = booked(
        "reconcile", "2026-10", *DONATION, "--explain", "--account", "5601.05", "--reason", "r", "--json"
    ).json
    assert (told["line"], told["action"], told["reason"]) == (DONATION[1], "explain", "r")
    (entry,) = booked("show", str(told["posted"]["seq"]), "--json").json["entries"]
    assert entry["actor"] == "wang"
    assert {line["account"]: line["amount_fen"] for line in entry["postings"]} == {
        "1221.09": -38_60,
        "5601.05": 38_60,
    }


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["2026-10", "--state", "nonsense"], "only matched"),
        (["2026-10", "--explain", "--reason", "r"], "--line"),
        (["2026-10", *DONATION, "--explain"], "--reason"),
        (["2026-13"], "2026-13"),
    ],
)
def test_options_that_cannot_be_end_with_2(booked: Shell, words: list[str], said: str) -> None:
    assert said in booked("reconcile", *words, "--lang", "en", code=2).err
    assert booked("reconcile", *words, "--lang", "zh", code=2).err


def test_a_line_that_no_statement_has_is_refused_in_both_languages(booked: Shell) -> None:
    words = ["reconcile", "2026-10", "--line", "99", "--explain", "--reason", "r"]
    assert "no statement in the book has the line 99" in booked(*words, "--lang", "en", code=4).err
    assert "没有 99 这一行" in booked(*words, "--lang", "zh", code=4).err


def test_a_month_without_a_statement_says_so_and_is_not_open(shell: Shell) -> None:
    shell("init")
    assert "no Alipay statement has been imported yet" in shell("reconcile", "2026-10").out
