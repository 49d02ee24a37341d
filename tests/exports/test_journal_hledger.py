"""The hledger journal: hledger itself accepts it, and its balances are the trial balance's."""

import csv
import os
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings

from calculators.money import format_yuan
from exports.account_names import hledger_name
from exports.journal_hledger import hledger_text, write_hledger
from ledger.reports_of_handing import HandOver
from tests.exports.months import ACCOUNTS, NASTY, a_month, months, moving
from tests.needs import needs

ENVIRONMENT = {**os.environ, "LC_ALL": "C.UTF-8"}
NAMES = {account.code: hledger_name(account) for account in ACCOUNTS}


def run(*words: str, journal: Path) -> "subprocess.CompletedProcess[str]":
    """What hledger says of a journal."""
    command = [needs("hledger"), "-f", str(journal), *words]
    return subprocess.run(command, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)


def balances(journal: Path) -> dict[str, str]:
    """Every balance that hledger finds, zero ones too."""
    done = run("balance", "--flat", "-N", "-E", "-O", "csv", journal=journal)
    rows = list(csv.reader(done.stdout.splitlines()))[1:]
    return {account: "0.00" if amount == "0" else amount.removesuffix(" CNY") for account, amount in rows}


def due(month: HandOver) -> dict[str, str]:
    """The balances by the trial balance."""
    return {NAMES[row.account]: format_yuan(row.closing_fen) for row in month.trial_balance}


def assert_agrees(month: HandOver, path: Path) -> None:
    write_hledger(month, path, overwrite=True)
    checked = run("check", "--strict", "ordereddates", journal=path)
    assert checked.returncode == 0, checked.stderr
    assert balances(path) == due(month)


def test_hledger_accepts_a_month_with_openings_and_finds_the_same_balances(tmp_path: Path) -> None:
    openings = {"1012.01": 5_000_000, "3001": -5_000_000}
    assert_agrees(a_month(openings=openings), tmp_path / "a.journal")


@settings(max_examples=10)
@given(month=months())
def test_hledger_finds_the_trial_balance_of_any_month(
    month: HandOver, tmp_path_factory: pytest.TempPathFactory
) -> None:
    assert_agrees(month, tmp_path_factory.mktemp("journal") / "a.journal")


def test_no_text_becomes_a_transaction_a_tag_or_an_account(tmp_path: Path) -> None:
    entries = [
        moving(n, 100 * n, narration=text, claim_no=text, order_no=text) for n, text in enumerate(NASTY, 1)
    ]
    path = tmp_path / "a.journal"
    assert_agrees(a_month(entries, book=NASTY[2]), path)
    stats = run("print", "-O", "csv", journal=path).stdout
    assert {row["txnidx"] for row in csv.DictReader(stats.splitlines())} == {
        str(n) for n in range(1, len(NASTY) + 2)
    }
    assert {row["date"] for row in csv.DictReader(stats.splitlines())} == {"2026-10-12", "2026-10-31"}
    tags = run("tags", journal=path).stdout.split()
    assert set(tags) == {"seq", "order", "claim", "type"}


def test_a_changed_amount_fails_hledgers_own_check(tmp_path: Path) -> None:
    path = tmp_path / "a.journal"
    path.write_text(hledger_text(a_month()).replace("123.45", "123.46"), "utf-8")
    assert "balance assertion" in run("check", journal=path).stderr.lower()


def test_postings_and_assertions_are_written_to_the_fen() -> None:
    text = hledger_text(a_month([moving(1, 10**12 + 1)]))
    assert "    Income:5001.02 主营业务收入—销售退回  10000000000.01 CNY\n" in text
    assert f"    {NAMES['1012.01']}  0.00 CNY = -10000000000.01 CNY\n" in text
