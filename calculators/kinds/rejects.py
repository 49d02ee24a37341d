"""Refused at the door: it costs the buyer nothing, and is refunded once the parcel shows back (003-4b, 003-5)."""

from calculators.goods_back import (
    Rules,
    end_order,
    give_back,
    give_topups_back,
    never_collected,
    pay_back,
    repay_postage,
    too_many,
)
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Everything paid for the pieces, freight included, and the postage of a buyer who could not refuse."""
    if too_many(sheet, "goods"):
        return
    if not sheet.claim.returned:
        text = say("等衣服显示退回后退款", "refunded once the courier shows the parcel back")
        sheet.wait_for("parcel_returned", "003-4b", text)
    repay_postage(sheet, "003-4b")
    if sheet.is_cod and sheet.is_open:
        never_collected(sheet, "003-4b")
        return
    back = give_back(sheet, Rules(goods="003-4b", freight="003-4b"), with_freight=True)
    pay_back(sheet, back)
    give_topups_back(sheet)
    end_order(sheet)
