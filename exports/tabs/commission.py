"""The 佣金扣款: the platform's commission that a refund withholds from the buyer."""

from exports.item_homes import COMMISSION
from exports.sheets import Sheet
from exports.tabs.slices import amount, fact, rate, slice_sheet
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("计佣基数", "base"),
    fact("此前基数", "base_before"),
    rate("费率", "_commission_rate"),
    amount("扣款", sign=-1),
)
_NOTE = "退款时从应退货款中扣回的平台佣金"


def commission_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 佣金扣款; what is withheld stands positive."""
    return slice_sheet(month, (COMMISSION, "commission"), _COLUMNS, _NOTE, withheld=True)
