"""What verifying a workbook found, as people read it."""

import io

import pytest
from rich.console import Console

from cli.verifying import VerifiedWorkbook
from cli.views.verified_workbook import KINDS, show_verified_workbook
from exports.workbook_differences import Finding
from ledger.reports import ChainHead


def _shown(tongue: str, *findings: Finding, more: bool = False) -> str:
    done = VerifiedWorkbook(
        period="2026-10",
        head=ChainHead(seq=9, hash="ab" * 32),
        sheets=18,
        rows=4000,
        findings=findings,
        more=more,
    )
    out = io.StringIO()
    show_verified_workbook(done, Console(file=out, width=200), tongue)
    return out.getvalue()


def test_a_clean_workbook_is_said_in_one_line() -> None:
    assert (
        _shown("en")
        == f"2026-10: 18 sheets, 4000 rows, made anew at head #9 {'ab' * 32}; every cell agrees.\n"
    )
    assert _shown("zh").endswith("重新算出，逐格相符。\n")


@pytest.mark.parametrize("what", sorted(KINDS))
def test_each_finding_has_its_line(what: str) -> None:
    found = Finding(what=what, sheet="序时账", cell="E7", found="x" * 80, due="退货")
    for tongue, place in (("zh", 0), ("en", 1)):
        said = _shown(tongue, found)
        assert all(part in said for part in ("序时账", "E7", KINDS[what][place], "退货", "x" * 59 + "…"))


def test_what_is_not_listed_is_said() -> None:
    found = Finding(what="value", sheet="序时账", cell="E7")
    assert "not listed" in _shown("en", found, more=True)
    assert "未列出" in _shown("zh", found, more=True)


def test_markup_in_a_cell_is_not_obeyed() -> None:
    assert "[red]x[/red]" in _shown("en", Finding(what="value", sheet="s", cell="A1", found="[red]x[/red]"))
