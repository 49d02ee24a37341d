"""The demo month's workbook: every sheet filled, every formula what LibreOffice computes, every cell the ledger's."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from exports.sheets import FIRST_ROW
from tests.cli.commands.shop import settle
from tests.exports.libreoffice import miscomputed, saved_by_libreoffice

WORKBOOK = "settle-2026-10.xlsx"
EMPTY_IN_THE_DEMO = {"跨期"}


@pytest.fixture(scope="module")
def workbook(shop: Path) -> Path:
    return shop / WORKBOOK


def _verified(shop: Path, path: Path) -> list[dict[str, str]]:
    done = settle("verify-workbook", str(path), "--db", str(shop / "settle.db"), "--json", folder=path.parent)
    findings: list[dict[str, str]] = json.loads(done.stdout)["findings"]
    assert done.returncode == bool(findings), done.stderr
    return findings


def test_every_sheet_has_rows(workbook: Path) -> None:
    book = load_workbook(workbook)
    lists = [sheet for sheet in book if sheet.tables and sheet.title not in EMPTY_IN_THE_DEMO]
    assert [
        sheet.title for sheet in lists if sheet.cell(FIRST_ROW, 1).value is None and sheet.title != "售后汇总"
    ] == []


def test_everything_ties_out(workbook: Path) -> None:
    book = load_workbook(workbook, data_only=True)
    differences = [row[1].value for row in book["校验"].iter_rows(min_row=FIRST_ROW)]
    assert len(differences) > 20
    assert set(differences) == {0}


def test_every_cell_follows_from_the_ledger(shop: Path, workbook: Path) -> None:
    assert _verified(shop, workbook) == []


def test_libreoffice_computes_what_every_formula_shows(workbook: Path, tmp_path: Path) -> None:
    *wrong, count = miscomputed(workbook, tmp_path)
    assert wrong == []
    assert int(count) > 300


def test_saved_again_by_libreoffice_it_still_follows_from_the_ledger(
    shop: Path, workbook: Path, tmp_path: Path
) -> None:
    assert _verified(shop, saved_by_libreoffice(workbook, tmp_path)) == []
