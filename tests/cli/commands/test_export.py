"""`settle export`: the demo's month in every form, its balances those of the trial balance."""

import csv
import json
import os
import re
import subprocess
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from calculators.money import format_yuan, parse_yuan
from exports.account_names import beancount_name, hledger_name
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.hand_over import hand_over
from ledger.reports_of_handing import HandOver
from tests.cli.commands.shop import settle
from tests.needs import needs

SUFFIX = {"hledger": "journal", "u8": "experimental.txt", "gbt24589": "json", "beancount": "beancount"}


@pytest.fixture(scope="module")
def month(shop: Path) -> HandOver:
    with open_book(sqlite_url(shop / "settle.db"), read_only=True) as book, book.reading() as reader:
        return hand_over(reader, "2026-10")


def exported(shop: Path, form: str, folder: Path) -> Path:
    to = folder / f"{form}.{SUFFIX.get(form, 'xlsx')}"
    words = ("export", "2026-10", "--as", form, "--to", str(to), "--db", str(shop / "settle.db"), "--json")
    done = settle(*words, folder=folder)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout)
    assert (said["as"], said["closed"], said["vouchers"] > 1000) == (form, True, True)
    return to


def movements(month: HandOver) -> dict[str, tuple[int, int]]:
    return {row.account: (row.debit_fen, row.credit_fen) for row in month.trial_balance}


def in_fen(number: object) -> int:
    """The fen of a spreadsheet's number, which must have no more than two decimals."""
    return parse_yuan(format(Decimal(str(number or 0)), "f"))


def summed(rows: list[dict[str, object]], account: str, sides: tuple[str, str]) -> dict[str, tuple[int, int]]:
    sums: dict[str, Counter[str]] = {}
    for row in rows:
        sums.setdefault(str(row[account]), Counter()).update({side: in_fen(row[side]) for side in sides})
    return {code: (found[sides[0]], found[sides[1]]) for code, found in sums.items()}


@pytest.mark.parametrize(
    ("form", "sides"), [("kis", ("借方", "贷方")), ("jingdouyun", ("借方金额", "贷方金额"))]
)
def test_the_vouchers_of_the_demos_month_move_the_accounts_as_its_trial_balance(
    shop: Path, month: HandOver, tmp_path: Path, form: str, sides: tuple[str, str]
) -> None:
    sheet = load_workbook(exported(shop, form, tmp_path), read_only=True).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    named = [dict(zip(headings, row, strict=False)) for row in rows]
    assert summed(named, "科目代码", sides) == movements(month)
    per_voucher = summed(named, "凭证号", sides)
    assert len(per_voucher) == len(month.entries)
    assert all(debit == credit for debit, credit in per_voucher.values())


def test_u8_and_gbt_move_the_accounts_alike(shop: Path, month: HandOver, tmp_path: Path) -> None:
    text = exported(shop, "u8", tmp_path).read_bytes().decode("gb18030")
    rows = [dict(enumerate(line.split(","))) for line in text.splitlines()[1:]]
    named = [{"account": row[5], "debit": row[6], "credit": row[7]} for row in rows]
    assert summed(named, "account", ("debit", "credit")) == movements(month)
    tables = json.loads(exported(shop, "gbt24589", tmp_path).read_text("utf-8"))
    sides = ("借方本币金额", "贷方本币金额")
    assert summed(tables["记账凭证"], "科目编号", sides) == movements(month)
    assert summed(tables["科目余额及发生额"], "科目编号", sides) == movements(month)


def test_hledger_finds_the_trial_balance_account_by_account(
    shop: Path, month: HandOver, tmp_path: Path
) -> None:
    journal = exported(shop, "hledger", tmp_path)
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    hledger = [needs("hledger"), "-f", str(journal)]
    subprocess.run([*hledger, "check", "--strict", "ordereddates"], env=environment, check=True)
    shown = subprocess.run(
        [*hledger, "balance", "--flat", "-N", "-E", "-O", "csv"],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    found = {
        row[0]: parse_yuan(row[1].removesuffix(" CNY")) for row in list(csv.reader(shown.splitlines()))[1:]
    }
    names = {account.code: hledger_name(account) for account in month.accounts}
    assert found == {names[row.account]: row.closing_fen for row in month.trial_balance}


def test_bean_check_proves_the_trial_balance_account_by_account(
    shop: Path, month: HandOver, tmp_path: Path
) -> None:
    journal = exported(shop, "beancount", tmp_path)
    subprocess.run([needs("bean-check"), "--no-cache", str(journal)], check=True)
    text = journal.read_text("utf-8")
    asserted = dict(re.findall(r"^2026-11-01 balance (\S+) (\S+) ~ 0 CNY$", text, re.MULTILINE))
    names = {account.code: beancount_name(account) for account in month.accounts}
    assert asserted == {names[row.account]: format_yuan(row.closing_fen) for row in month.trial_balance}


def test_the_workbook_is_the_one_that_the_close_wrote(shop: Path, tmp_path: Path) -> None:
    assert exported(shop, "xlsx", tmp_path).read_bytes() == (shop / "settle-2026-10.xlsx").read_bytes()


def test_people_are_told_that_an_open_month_may_change(shop: Path, tmp_path: Path) -> None:
    words = ("export", "2026-11", "--as", "hledger", "--to", "n.journal", "--db", str(shop / "settle.db"))
    done = settle(*words, "--lang", "en", folder=tmp_path)
    assert (done.returncode, "the month is open" in done.stdout) == (0, True)


@pytest.mark.parametrize("to", ["settle.db", "settle.db.lock", "settle.db-wal", "link.db"])
def test_the_books_own_files_are_never_written_over(shop: Path, to: str) -> None:
    if to == "link.db":
        (shop / to).unlink(missing_ok=True)
        (shop / to).symlink_to(shop / "settle.db")
    before = (shop / "settle.db").read_bytes()
    done = settle("export", "2026-10", "--as", "hledger", "--to", to, "--overwrite", folder=shop)
    assert done.returncode == 2
    assert "own file" in done.stderr
    assert (shop / "settle.db").read_bytes() == before


def test_a_month_that_is_none_and_a_form_that_is_none_are_refused(shop: Path, tmp_path: Path) -> None:
    db = ("--db", str(shop / "settle.db"))
    assert settle("export", "2026-13", "--as", "kis", "--to", "a.xlsx", *db, folder=tmp_path).returncode == 2
    assert settle("export", "2026-10", "--as", "sap", "--to", "a.xlsx", *db, folder=tmp_path).returncode == 2
    assert list(tmp_path.iterdir()) == []
