"""The 代购月结: what distributors are given back for a month, and batches at their own price."""

from exports.item_homes import DISTRIBUTORS
from exports.sheets import Sheet
from exports.tabs.slices import amount, fact, slice_sheet
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("净采购额", "net", "goods"),
    fact("此前已结", "settled"),
    amount("本次优惠"),
)
_NOTE = "代购按月分档优惠与批量优惠；负数为多结后追回"


def distributors_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 代购月结."""
    return slice_sheet(month, (DISTRIBUTORS, "distributors"), _COLUMNS, _NOTE)
