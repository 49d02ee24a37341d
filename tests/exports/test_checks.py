"""The tie-outs: zero for what agrees, the true difference for what does not, and the same in LibreOffice."""

import re
import subprocess
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from exports.checks import all_tied, checks_sheet
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from exports.workbook import write_workbook
from ledger.reports import JournalRow, PeriodReport
from tests.exports.samples import digits, formulas, item, posting, report
from tests.needs import needs

ACCOUNTS = st.sampled_from(["1001", "100201", "2202", "220201", "6001"])
ENTRIES = st.lists(st.tuples(ACCOUNTS, ACCOUNTS, st.integers(1, 10**9)), max_size=12)


def _entry(number: int, debit: str, credit: str, fen: int) -> list[JournalRow]:
    return [posting(debit, fen, 0, seq=number), posting(credit, 0, fen, seq=number)]


def _journal(entries: list[tuple[str, str, int]]) -> list[JournalRow]:
    return [row for number, entry in enumerate(entries, 1) for row in _entry(number, *entry)]


def _differences(content: PeriodReport) -> dict[str, int]:
    rows = checks_sheet(content).rows
    return {row.tie.name: row.tie.difference_fen for row in rows if row.tie.difference_fen}


def _broken() -> PeriodReport:
    """A report whose trial balance and journal disagree in several ways."""
    whole = report([*_journal([("1001", "2202", 1234), ("6001", "1001", 5)]), posting("1001", 7, 0)])
    first, *others = whole.trial_balance
    return replace(
        whole, trial_balance=(replace(first, opening_fen=100, debit_fen=first.debit_fen + 3), *others)
    )


@given(ENTRIES)
def test_a_balanced_journal_ties_out(entries: list[tuple[str, str, int]]) -> None:
    content = report(_journal(entries))
    assert _differences(content) == {}
    assert all_tied(checks_sheet(content)).shows == "0.00"


@given(ENTRIES, ACCOUNTS, st.integers(1, 10**6))
def test_a_line_too_many_shows_in_the_journal(
    entries: list[tuple[str, str, int]], account: str, fen: int
) -> None:
    content = report([*_journal(entries), posting(account, fen, 0)])
    assert _differences(content)["序时账：借方 − 贷方"] == fen


def test_an_account_moved_against_the_journal_shows_account_by_account() -> None:
    whole = report(_journal([("1001", "2202", 1000), ("2202", "1001", 400)]))
    cash, payable = whole.trial_balance
    swapped = (
        replace(cash, debit_fen=payable.debit_fen, closing_fen=0),
        replace(payable, debit_fen=cash.debit_fen, closing_fen=0),
    )
    differences = _differences(replace(whole, trial_balance=swapped))
    assert differences == {"逐科目 序时账借方 − 科目余额表借方": 1200}


def test_a_closing_balance_that_does_not_follow_shows() -> None:
    whole = report()
    first, second = whole.trial_balance
    differences = _differences(
        replace(whole, trial_balance=(replace(first, closing_fen=first.closing_fen + 1), second))
    )
    assert differences == {
        "科目余额表：期末余额合计": 1,
        "科目余额表：逐科目 期初 + 借方 − 贷方 − 期末": 1,
    }


def test_a_journal_account_missing_from_the_trial_balance_shows() -> None:
    whole = report(_journal([("1001", "2202", 1000)]))
    differences = _differences(replace(whole, trial_balance=whole.trial_balance[:1]))
    assert differences["序时账贷方 − 科目余额表贷方"] == 1000


def test_the_heads_hash_stands_on_the_checks(tmp_path: Path) -> None:
    write_workbook(report(), tmp_path / "a.xlsx")
    assert "ab" * 32 in load_workbook(tmp_path / "a.xlsx")["校验"]["D1"].value


def _forget_numbers(path: Path, to: Path) -> None:
    """A copy of a workbook whose formulas show nothing, so that only a recalculation can fill them."""
    with ZipFile(path) as source, ZipFile(to, "w") as target:
        for name in source.namelist():
            target.writestr(name, re.sub(rb"</f><v>[^<]*</v>", b"</f>", source.read(name)))


def _recalculated(path: Path, folder: Path) -> Path:
    program = needs("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "xlsx", "--outdir", str(folder / "out"), str(path)]
    subprocess.run([program, profile, *convert], check=True, capture_output=True, timeout=120)
    return folder / "out" / path.name


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(report([], items=()), id="an empty period"),
        pytest.param(
            report(_journal([("1001", "2202", 1), ("6001", "1001", 10**12)])), id="one that ties out"
        ),
        pytest.param(replace(_broken(), items=(item(-7), item(10))), id="one that does not"),
    ],
)
def test_libreoffice_computes_the_numbers_that_the_formulas_show(
    tmp_path: Path, content: PeriodReport
) -> None:
    write_workbook(content, tmp_path / "a.xlsx")
    _forget_numbers(tmp_path / "a.xlsx", tmp_path / "b.xlsx")
    computed = load_workbook(_recalculated(tmp_path / "b.xlsx", tmp_path), data_only=True)
    ours = load_workbook(tmp_path / "a.xlsx")
    shown = {title: digits(tmp_path / "a.xlsx", number) for number, title in enumerate(ours.sheetnames, 1)}
    for sheet, address in formulas(ours):
        number = computed[sheet][address].value
        assert round(Decimal(str(number)), 2) == Decimal(shown[sheet][address]), (sheet, address)
