"""The Beancount journal: bean-check accepts it, closing balances and all."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings

from calculators.money import format_yuan, parse_yuan
from exports.account_names import beancount_name
from exports.journal_beancount import beancount_text, quoted, write_beancount
from ledger.reports_of_handing import HandOver
from tests.exports.months import ACCOUNTS, NASTY, TEXTS, a_month, months, moving
from tests.needs import needs

NAMES = {account.code: beancount_name(account) for account in ACCOUNTS}
_POSTING = re.compile(r"^  ([A-Z]\S+)  (-?[0-9.]+) CNY$", re.MULTILINE)


def check(path: Path) -> "subprocess.CompletedProcess[str]":
    """What bean-check says of a journal."""
    return subprocess.run(
        [needs("bean-check"), "--no-cache", str(path)], capture_output=True, encoding="utf-8", check=False
    )


def assert_agrees(month: HandOver, path: Path) -> None:
    write_beancount(month, path, overwrite=True)
    checked = check(path)
    assert checked.returncode == 0, checked.stderr
    asserted = dict(
        re.findall(r"^2026-11-01 balance (\S+) (\S+) ~ 0 CNY$", path.read_text("utf-8"), re.MULTILINE)
    )
    assert asserted == {NAMES[row.account]: format_yuan(row.closing_fen) for row in month.trial_balance}


def test_bean_check_accepts_a_month_with_openings_and_proves_its_balances(tmp_path: Path) -> None:
    openings = {"1012.01": 5_000_000, "3001": -5_000_000}
    assert_agrees(a_month(openings=openings), tmp_path / "a.beancount")


@settings(max_examples=10)
@given(month=months())
def test_bean_check_accepts_any_month(month: HandOver, tmp_path_factory: pytest.TempPathFactory) -> None:
    assert_agrees(month, tmp_path_factory.mktemp("journal") / "a.beancount")


def test_no_text_becomes_a_directive(tmp_path: Path) -> None:
    entries = [
        moving(n, 100 * n, narration=text, claim_no=text, order_no=text) for n, text in enumerate(NASTY, 1)
    ]
    assert_agrees(a_month(entries, book=NASTY[1]), tmp_path / "a.beancount")


def test_a_changed_amount_fails_bean_checks_balances(tmp_path: Path) -> None:
    path = tmp_path / "a.beancount"
    path.write_text(beancount_text(a_month()).replace("123.45", "123.46"), "utf-8")
    assert check(path).returncode == 1


@given(months())
def test_the_postings_of_a_journal_sum_to_the_trial_balance(month: HandOver) -> None:
    sums: Counter[str] = Counter()
    for account, yuan in _POSTING.findall(beancount_text(month)):
        sums[account] += parse_yuan(yuan)
    assert {name: fen for name, fen in sums.items() if fen} == {
        NAMES[row.account]: row.closing_fen for row in month.trial_balance if row.closing_fen
    }


@given(TEXTS)
def test_a_quoted_text_ends_only_at_its_end(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\\n\r]|\\["\\])*"', quoted(text))
