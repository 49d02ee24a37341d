"""A parcel lost on the way: sent again or refunded, and claimed from the courier at cost (003-7b, 001-3.2, 001-3.3)."""

from calculators.courier_claims import claim_from_courier, send_again
from calculators.goods_back import (
    Rules,
    end_order,
    give_back,
    give_topups_back,
    never_collected,
    pay_back,
    too_many,
)
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Reship at the shop's cost (the default), or everything paid for the pieces with their freight."""
    if too_many(sheet, "goods"):
        return
    claim_from_courier(sheet, "001-3.3")
    if sheet.claim.choice != "refund":
        send_again(sheet, "003-7b")
    elif sheet.is_cod and sheet.is_open:
        never_collected(sheet, "003-7b")
    else:
        pay_back(sheet, give_back(sheet, Rules(goods="003-7b", freight="003-7b"), with_freight=True))
        give_topups_back(sheet)
        end_order(sheet)
