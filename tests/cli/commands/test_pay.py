from pathlib import Path
from typing import Any

import pytest

from cli.demo.folder import CASES, STATEMENT
from tests.cli.shell import Shell, asked, dump, noted, record_and_grant

GOODWILL = {"kind": "goodwill", "as": "cash", "amount": "5.00"}


@pytest.fixture
def recorded(booked: Shell, shop: Path) -> Shell:
    """A book with the month's files and claims in it; the transfers came before their claims."""
    record_and_grant(booked, shop / CASES)
    return booked


def _owed(shell: Shell, *words: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = shell("payables", "--json", *words).json["rows"]
    return rows


def _claim(notes: list[dict[str, Any]]) -> str:
    return str(noted(notes, **GOODWILL)["claim"]["claim_no"])


def test_a_payment_is_booked_once_and_the_earlier_one_is_named(
    booked: Shell, notes: list[dict[str, Any]]
) -> None:
    for lang in ("zh", "en"):
        folder = booked.folder / lang
        folder.mkdir()
        (folder / "settle.db").write_bytes((booked.folder / "settle.db").read_bytes())
        db = ["--db", f"{lang}/settle.db", "--lang", lang]
        claim = _claim(notes)
        booked("record", *asked(noted(notes, **GOODWILL)), *db)
        words = ["pay", claim, "--on", "2026-11-02", *db]
        said = [
            booked(*words, "--serial", "20261102000000000001"),
            booked(*words, "--serial", "20261102000000000001"),
            booked(*words, "--serial", "20261102000000000002", code=4),
            booked("pay", "#1", "--serial", "20261102000000000001", *db, code=4),
        ]
        booked.matches(f"pay.{lang}", *said)


def test_what_cannot_be_paid_is_refused_and_nothing_changes(
    booked: Shell, notes: list[dict[str, Any]]
) -> None:
    claim = _claim(notes)
    booked("record", *asked(noted(notes, **GOODWILL)))
    before = dump(booked.folder / "settle.db")
    for lang in ("zh", "en"):
        tail = ["--lang", lang]
        said = [
            booked("pay", "17001", "--serial", "9", *tail, code=4),
            booked("pay", claim, "--serial", "9", "--amount", "5.01", *tail, code=4),
            booked("pay", claim, "--serial", "9 9", *tail, code=4),
            booked("pay", claim, *tail, code=2),
            booked("pay", "--serial", "9", *tail, code=2),
            booked("pay", claim, "--statement", "2026-10", *tail, code=2),
            booked("pay", claim, "--serial", "9", "--amount", "five", *tail, code=3),
            booked("pay", "--statement", "2026-13", *tail, code=3),
        ]
        booked.matches(f"pay_not.{lang}", *said)
    assert dump(booked.folder / "settle.db") == before


@pytest.mark.parametrize("by", ["month", "file"])
def test_a_statements_transfers_find_the_claims_recorded_after_them(
    recorded: Shell, shop: Path, by: str
) -> None:
    doubtful = [row for row in _owed(recorded) if row["doubtful"]]
    done = recorded("pay", "--statement", "2026-10" if by == "month" else shop / STATEMENT, "--json").json
    assert (done["posted"], done["unmatched"]) == (0, [])
    assert len(done["assigned"]) == len(doubtful) > 20
    assert [row["kind"] for row in _owed(recorded) if row["open_fen"] < 0] == []
    again = recorded("pay", "--statement", "2026-10", "--json").json
    assert (again["posted"], again["assigned"], again["unmatched"]) == (0, [], [])


def test_a_file_that_is_matched_before_it_is_imported_is_booked_once(shell: Shell, shop: Path) -> None:
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    first = shell("pay", "--statement", shop / STATEMENT, "--json").json
    assert first["posted"] == len(first["unmatched"]) > 20
    assert not any("remark" in one for one in first["unmatched"])
    for name in ("--json",):
        (told,) = [one for one in shell("import", shop, name).json if one["layout"] == "alipay_statement"]
    assert (told["paid"], told["unmatched"]) == (0, 0)
    record_and_grant(shell, shop / CASES)
    assert len(shell("pay", "--statement", "2026-10", "--json").json["assigned"]) == first["posted"]
    assert shell("replay", "--json").json["first_difference"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_matched_is_listed(recorded: Shell, lang: str) -> None:
    recorded.matches(f"pay_statement.{lang}", recorded("pay", "--statement", "2026-10", "--lang", lang))


def test_only_a_statement_can_be_matched(booked: Shell, shop: Path) -> None:
    assert "is no Alipay statement" in booked("pay", "--statement", shop / CASES, code=3).err
    assert "不是支付宝账务明细" in booked("pay", "--statement", shop / CASES, "--lang", "zh", code=3).err


def test_a_paid_claim_is_not_taken_back_before_its_payment(
    booked: Shell, notes: list[dict[str, Any]]
) -> None:
    claim = _claim(notes)
    entry = booked("record", *asked(noted(notes, **GOODWILL)), "--json").json["entry"]
    (one,) = booked("pay", claim, "--serial", "9", "--on", "2026-11-02", "--json").json["assigned"]
    for lang, word in (("zh", "请先冲销核销"), ("en", "Reverse its assignment first")):
        refused = booked("reverse", str(entry), "--reason", "x", "--lang", lang, code=4)
        assert word in refused.err
        assert f"{one['seq']}" in refused.err
    booked("reverse", str(one["seq"]), "--reason", "wrong claim")
    booked("reverse", str(entry), "--reason", "wrong claim")
    (row,) = [row for row in _owed(booked) if row["serial"] == "9"]
    assert (row["kind"], row["open_fen"]) == ("unmatched_transfer", -500)
