"""The 运费报销: what the shop bears of freight, and what it charges for it."""

from exports.item_homes import FREIGHT
from exports.sheets import Sheet
from exports.tabs.slices import amount, fact, given, slice_sheet, taken
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("运费", "return_postage", "reship_postage", "postage", "charged", "chosen", "parcel"),
    fact("应付运费", "due", "usual", "share"),
    given("付给买家"),
    taken("向买家收取"),
    amount(),
)
_NOTE = "寄回、补发与发货运费由谁承担：正数为本店付出，负数为向买家收取"


def freight_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 运费报销."""
    return slice_sheet(month, (FREIGHT, "freight"), _COLUMNS, _NOTE)
