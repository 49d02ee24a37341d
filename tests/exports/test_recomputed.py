"""LibreOffice computes every formula of every sheet to the figure that it shows before anybody recalculates."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from exports.workbook import write_workbook
from exports.workbook_tabs import workbook_tabs
from ledger.reports import PeriodReport
from tests.exports.libreoffice import miscomputed
from tests.exports.samples import item, posting, report
from tests.exports.tabs.test_checks import journal_of

ODD_KEYS = [
    "003-12",
    "1E5",
    "*",
    "a?b",
    "~x",
    ">5",
    "=1",
    "<>",
    "",
    "TRUE",
    "2026-10-01",
    "007",
    '"q"',
    "x y",
]


def _broken() -> PeriodReport:
    """A report whose trial balance and journal disagree in several ways."""
    rows = [*journal_of([("1001", "2202", 1234), ("6001", "1001", 5)]), posting("1001", 7, 0)]
    whole = report(rows, items=(item(-7), item(10, item="repair")))
    first, *others = whole.trial_balance
    odd = replace(first, opening_fen=100, debit_fen=first.debit_fen + 3)
    return replace(whole, trial_balance=(odd, *others))


def _many() -> PeriodReport:
    """Items of every sort, some taken back, over several days."""
    kinds = ["goods", "return_postage", "commission", "repair", "courier_claim", "over_invoice_fee", "topup"]
    items = [
        item(
            (-1) ** number * number * 1111,
            item=kinds[number % len(kinds)],
            channel=["order", "alipay", "coupon"][number % 3],
            kind=["return", "exchange"][number % 2],
            rule=ODD_KEYS[number % len(ODD_KEYS)],
            effective_on=date(2017, 3, 1 + number % 31),
            claims=number % 2,
        )
        for number in range(40)
    ]
    return report(journal_of([("1001", "2202", 1), ("6001", "1001", 10**12)] * 6), items=items)


@pytest.mark.parametrize(
    ("content", "rows_max"),
    [
        pytest.param(report([], items=()), 1_048_576, id="an empty period"),
        pytest.param(_broken(), 1_048_576, id="one that does not tie out"),
        pytest.param(_many(), 1_048_576, id="many items under odd keys"),
        pytest.param(_many(), 10, id="lists over several sheets"),
    ],
)
def test_libreoffice_computes_what_every_formula_shows(
    tmp_path: Path, content: PeriodReport, rows_max: int
) -> None:
    write_workbook(content, tmp_path / "a.xlsx", rows_max=rows_max)
    *wrong, count = miscomputed(tmp_path / "a.xlsx", tmp_path)
    assert wrong == []
    assert int(count) > len(workbook_tabs(content, rows_max))
