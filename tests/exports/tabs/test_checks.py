"""The tie-outs: zero for what agrees, the true difference for what does not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.cells import Formula
from exports.item_homes import HOMES, SLICES
from exports.sheets import FIRST_ROW, Tab
from exports.tabs import checks
from exports.workbook_tabs import workbook_tabs
from ledger.reports import JournalRow, PeriodReport
from tests.exports.samples import item, posting, report, written

ACCOUNTS = st.sampled_from(["1001", "100201", "2202", "220201", "6001"])
ENTRIES = st.lists(st.tuples(ACCOUNTS, ACCOUNTS, st.integers(1, 10**9)), max_size=12)
ITEMS = st.lists(
    st.builds(
        item,
        st.integers(-(10**9), 10**9),
        item=st.sampled_from(sorted(HOMES)),
        kind=st.sampled_from(["return", "exchange"]),
        channel=st.sampled_from(["order", "alipay"]),
        claims=st.integers(-1, 1),
    ),
    max_size=12,
)


def _entry(number: int, debit: str, credit: str, fen: int) -> list[JournalRow]:
    voucher = {"seq": number, "voucher": f"记-{number}"}
    return [posting(debit, fen, 0, line=1, **voucher), posting(credit, 0, fen, line=2, **voucher)]


def journal_of(entries: Sequence[tuple[str, str, int]]) -> list[JournalRow]:
    """A journal of these entries (debit, credit, fen), numbered without a gap."""
    return [row for number, entry in enumerate(entries, 1) for row in _entry(number, *entry)]


def _lines(content: PeriodReport) -> list[tuple[Any, ...]]:
    tabs: dict[str, Tab] = {tab.title: tab for tab in workbook_tabs(content)}
    return [line.values for line in tabs[checks.TITLE].lines()]


def _differences(content: PeriodReport) -> dict[str, str]:
    rows = _lines(content)[FIRST_ROW - 1 :]
    return {name: shown.shows for name, shown, _, _ in rows if shown.shows != "0.00"}


@given(ENTRIES, ITEMS)
def test_a_balanced_month_ties_out(entries: list[tuple[str, str, int]], items: list[Any]) -> None:
    content = report(journal_of(entries), items=items)
    assert _differences(content) == {}
    assert _lines(content)[1][1].shows == "0.00"


@given(ENTRIES, ACCOUNTS, st.integers(1, 10**6))
def test_a_line_too_many_shows_in_the_journal(
    entries: list[tuple[str, str, int]], account: str, fen: int
) -> None:
    extra = posting(account, fen, 0, line=3, voucher=f"记-{len(entries) or ''}".rstrip("-"))
    content = report([*journal_of(entries), extra])
    assert _differences(content)["序时账：借方 − 贷方"] == f"{fen // 100}.{fen % 100:02d}"


def test_an_account_moved_against_the_journal_shows_account_by_account() -> None:
    whole = report(journal_of([("1001", "2202", 1000), ("2202", "1001", 400)]))
    cash, payable = whole.trial_balance
    swapped = (
        replace(cash, debit_fen=payable.debit_fen, closing_fen=0),
        replace(payable, debit_fen=cash.debit_fen, closing_fen=0),
    )
    assert _differences(replace(whole, trial_balance=swapped)) == {
        "逐科目 序时账借方 − 科目余额表借方": "12.00"
    }


def test_a_closing_balance_that_does_not_follow_shows() -> None:
    whole = report(journal_of([("220201", "100201", 5000)]))
    first, second = whole.trial_balance
    wrong = replace(whole, trial_balance=(replace(first, closing_fen=first.closing_fen + 1), second))
    assert _differences(wrong) == {
        "科目余额表：期末余额合计": "0.01",
        "科目余额表：逐科目 期初 + 借方 − 贷方 − 期末": "0.01",
    }


def test_a_journal_account_missing_from_the_trial_balance_shows() -> None:
    whole = report(journal_of([("1001", "2202", 1000)]))
    assert (
        _differences(replace(whole, trial_balance=whole.trial_balance[:1]))["序时账贷方 − 科目余额表贷方"]
        == "10.00"
    )


def test_a_gap_in_the_vouchers_shows_as_how_many_are_missing() -> None:
    rows = [replace(row, voucher="记-5") if row.seq == 3 else row for row in journal_of([("1", "2", 1)] * 3)]
    assert _differences(report(rows)) == {"凭证断号：最大号 − 凭证张数": "2.00"}


def test_a_slice_that_loses_an_item_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    content = report(journal_of([("1", "2", 1)]), items=(item(500, item="repair"), item(700, item="goods")))
    monkeypatch.setattr("exports.tabs.slices.items_of", lambda title: frozenset({"goods"}))
    assert _differences(content)["修补与补偿 − 售后明细中的修补与补偿"] == "2.00"


def test_every_sheet_of_a_matter_is_tied_to_the_detail() -> None:
    names = [row[0] for row in _lines(report())[FIRST_ROW - 1 :]]
    assert [name for name in names if "专项" not in name and "中的" in name] == [
        f"{title} − 售后明细中的{title}" for title in SLICES
    ]


def test_the_heads_hash_stands_on_the_checks(tmp_path: Path) -> None:
    assert "ab" * 32 in written(tmp_path, report())[checks.TITLE]["D2"].value


def test_each_verdict_is_its_own_rows_difference() -> None:
    for number, row in enumerate(_lines(report())[FIRST_ROW - 1 :], FIRST_ROW):
        assert row[2] == Formula(expression=f"'校验'!$B${number}", shows=row[1].shows)
