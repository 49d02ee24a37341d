"""The 平台赔付: compensation that platform rules impose, and what couriers owe for lost goods."""

from exports.item_homes import PLATFORM
from exports.sheets import Sheet
from exports.tabs.slices import amount, cap, fact, rate, slice_sheet
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("实付或成本", "paid", "cost"),
    fact("此前已赔", "given_before"),
    rate("比率", "_rate"),
    cap("上限", "_cap"),
    amount("赔付金额"),
)
_NOTE = "延迟发货、缺货、虚假发货等平台规则下的赔付；快递理赔是向快递收的款，不经过买家"


def platform_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 平台赔付."""
    return slice_sheet(month, (PLATFORM, "platform"), _COLUMNS, _NOTE)
