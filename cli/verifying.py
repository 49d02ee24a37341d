"""Verifying a workbook: what is printed on its cover says which report of the ledger it should be."""

import json
import re
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from calculators.days import parse_month
from calculators.masking import mask_number, redacted
from cli.errors import ShellError
from cli.progress import watched_lines
from cli.remarks import names_nobody
from exports.tabs import cover
from exports.workbook_differences import Finding, differences
from exports.workbook_file import WorkbookFile, workbook_file
from exports.workbook_tabs import workbook_tabs
from ledger.hindsight import Known
from ledger.month_reports import known_by, period_report
from ledger.reading import Reader
from ledger.reports import ChainHead

FINDINGS_MAX = 1_000
_LABEL, _VALUE = 1, 2
_COVER_ROWS = 40
_STRING = re.compile(r'"[^"]*"')


class NoCover(ShellError):
    """A workbook on which no month of ours is printed."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}：封面上没有会计期间，认不出是哪个月的工作簿。请给出 settle close 或 settle export 写的文件。",
            f"{path}: no month is printed on a cover, so it is not known what it should say. "
            "Name a file that `settle close` or `settle export` wrote.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifiedWorkbook:
    """What came of verifying a workbook: of which month and head it is, and what no longer follows.

    `more` says that there was more to find than is listed.
    """

    period: str
    head: ChainHead
    sheets: int
    rows: int
    findings: tuple[Finding, ...]
    more: bool


def verified_workbook(reader: Reader, path: Path) -> VerifiedWorkbook:
    """The workbook held against the ledger as it stood at the head printed on it; `NoCover`, `BadWorkbook` else."""
    with workbook_file(path) as file:
        printed = _printed(file)
        period = _month(printed.get(cover.PERIOD, ""))
        if period is None:
            raise NoCover(path)
        report = period_report(reader, period, _known(reader, printed))
        tabs = workbook_tabs(report)
        found = differences(file, tabs, watched_lines)
        findings = tuple(_told(one) for one in islice(found, FINDINGS_MAX))
        more = next(found, None) is not None
    rows = sum(tab.last_row for tab in tabs)
    return VerifiedWorkbook(
        period=period, head=report.head, sheets=len(tabs), rows=rows, findings=findings, more=more
    )


def _told(finding: Finding) -> Finding:
    """A finding as it may be told: what somebody wrote into a cell may name people, what is due there does not."""
    if not finding.found.startswith("="):
        return replace(finding, found=_seen(finding.found))
    told = _STRING.sub(lambda found: found[0] if found[0] in finding.due else '"…"', finding.found)
    return replace(finding, found=redacted(told))


def _seen(text: str) -> str:
    return text if names_nobody(text) else mask_number(text)


def _printed(file: WorkbookFile) -> dict[str, str]:
    """What stands on the cover beside each label."""
    sheet = next((one for one in file.sheets if one.title == cover.TITLE), None)
    rows = islice(file.rows(sheet), _COVER_ROWS) if sheet else ()
    said: dict[str, str] = {}
    for cells in (row.cells for row in rows):
        if _LABEL in cells and _VALUE in cells:
            said.setdefault(cells[_LABEL].value, cells[_VALUE].value)
    return said


def _month(text: str) -> str | None:
    try:
        return parse_month(text)
    except ValueError:
        return None


def _known(reader: Reader, printed: dict[str, str]) -> Known | None:
    """How far the workbook looked: by its anchor, else by its head; nothing where neither is the book's."""
    try:
        anchor = json.loads(printed.get(cover.ANCHOR, ""))
        head = ChainHead(seq=int(anchor["entries"]), hash=str(anchor["hash"]))
        found = known_by(reader, head, int(anchor["operations"]), str(anchor["operation_hash"]))
    except (ValueError, KeyError, TypeError, RecursionError):
        found = None
    return found or _known_by_cells(reader, printed)


def _known_by_cells(reader: Reader, printed: dict[str, str]) -> Known | None:
    try:
        seq, operations = int(printed.get(cover.HEAD_NUMBER, "")), int(printed.get(cover.OPERATIONS, ""))
    except ValueError:
        return None
    return known_by(reader, ChainHead(seq=seq, hash=printed.get(cover.HEAD_HASH, "")), operations)
