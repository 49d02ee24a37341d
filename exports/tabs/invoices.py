"""The 发票扣费: what an invoice that came back late, or was made out for too much, costs the buyer."""

from exports.item_homes import INVOICES
from exports.sheets import Sheet
from exports.tabs.slices import amount, day, fact, rate, slice_sheet
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("发票金额", "invoice", "requested"),
    fact("实付或退货", "returned", "paid"),
    day("开票日期", "issued_on"),
    rate("费率", "invoice_penalty_rate", "over_invoice_rate"),
    amount("扣费", sign=-1),
)
_NOTE = "发票逾期未退回的税费，与多开发票的税点"


def invoices_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 发票扣费; what is withheld stands positive."""
    return slice_sheet(month, (INVOICES, "invoices"), _COLUMNS, _NOTE, withheld=True)
