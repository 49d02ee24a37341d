"""The list of the workbook's sheets, in their order: what is written, and what a workbook is verified against."""

from collections.abc import Callable
from typing import Any

from exports.sheets import ROWS_MAX, Sheet, Tab, tabs_of
from exports.tabs.alipay import alipay_sheet
from exports.tabs.checks import checks_sheet
from exports.tabs.commission import commission_sheet
from exports.tabs.cover import cover_tab
from exports.tabs.detail import detail_sheet
from exports.tabs.differences import differences_sheet
from exports.tabs.distributors import distributors_sheet
from exports.tabs.freight import freight_sheet
from exports.tabs.invoices import invoices_sheet
from exports.tabs.journal import journal_sheet
from exports.tabs.late import late_sheet
from exports.tabs.notices import notices_sheet
from exports.tabs.payables import payables_sheet
from exports.tabs.platform import platform_sheet
from exports.tabs.repairs import repairs_sheet
from exports.tabs.rules import rules_sheet
from exports.tabs.summary import summary_tab
from exports.tabs.trial_balance import trial_balance_sheet
from exports.tallies import Month, month_of
from ledger.reports import PeriodReport

_BEFORE: tuple[Callable[[Month], Sheet[Any]], ...] = (trial_balance_sheet, journal_sheet)
_AFTER: tuple[Callable[[Month], Sheet[Any]], ...] = (
    detail_sheet,
    freight_sheet,
    differences_sheet,
    commission_sheet,
    invoices_sheet,
    repairs_sheet,
    platform_sheet,
    distributors_sheet,
    payables_sheet,
    alipay_sheet,
    late_sheet,
    notices_sheet,
    rules_sheet,
)


def workbook_tabs(report: PeriodReport, rows_max: int = ROWS_MAX) -> list[Tab]:
    """Every sheet of a report's workbook from 封面 to 校验; a list goes on in a further sheet after `rows_max` rows."""
    month = month_of(report, rows_max)
    before, after = [make(month) for make in _BEFORE], [make(month) for make in _AFTER]
    checks = checks_sheet(month, {sheet.title: sheet for sheet in (*before, *after)})
    lists = [tab for sheet in (*after, checks) for tab in tabs_of(sheet)]
    tabs = [*(tab for sheet in before for tab in tabs_of(sheet)), summary_tab(month), *lists]
    return [cover_tab(month, tabs, checks), *tabs]
