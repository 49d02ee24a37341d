"""The 差价退款: price differences given, missed coupons, and what an exchange cost more or less."""

from exports.item_homes import DIFFERENCES
from exports.sheets import Sheet
from exports.tabs.slices import amount, fact, given, slice_sheet, taken
from exports.tallies import Month
from ledger.reports import SettledItemRow

_COLUMNS = (
    fact("原付金额", "paid", "goods", "old_price", "old"),
    fact("对照价格", "activity_price", "page_price", "new", "coupon"),
    given("退给买家"),
    taken("向买家补收"),
    amount(),
)
_NOTE = "活动差价、漏用优惠券、预售改价、折价留货与换货差价"


def differences_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 差价退款."""
    return slice_sheet(month, (DIFFERENCES, "differences"), _COLUMNS, _NOTE)
