"""The 修补与补偿: repair credits, goodwill, and what was sent after as part or gift."""

from exports.item_homes import REPAIRS
from exports.sheets import Sheet
from exports.tabs.slices import amount, cap, fact, slice_sheet
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("申请或成本", "asked", "cost", "promised"),
    fact("此前已给", "credited_before"),
    cap("上限", "repair_cap"),
    amount("金额"),
)
_NOTE = "修补费、好意补偿、补发配件与赠品"


def repairs_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 修补与补偿."""
    return slice_sheet(month, (REPAIRS, "repairs"), _COLUMNS, _NOTE)
