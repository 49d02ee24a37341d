"""A parcel lost on the way: sent again or refunded, and claimed from the courier at cost (003-7b, 001-3.2, 001-3.3)."""

from calculators.courier_claims import claim_from_courier, send_again
from calculators.days import days_between
from calculators.goods_back import (
    Rules,
    end_order,
    give_back,
    give_topups_back,
    never_collected,
    pay_back,
    too_many,
)
from calculators.wording import say
from calculators.worksheet import Worksheet


def settle(sheet: Worksheet) -> None:
    """Reship at the shop's cost (the default), or everything paid for the pieces with their freight."""
    if too_many(sheet, "goods"):
        return
    _hold_until_enquiry(sheet)
    claim_from_courier(sheet, "001-3.3")
    if sheet.claim.choice != "refund":
        send_again(sheet, "003-7b")
    elif sheet.is_cod and sheet.is_open:
        never_collected(sheet, "003-7b")
    else:
        pay_back(sheet, give_back(sheet, Rules(goods="003-7b", freight="003-7b"), with_freight=True))
        give_topups_back(sheet)
        end_order(sheet)


def _hold_until_enquiry(sheet: Worksheet) -> None:
    """A parcel is asked after from the third day without a trace (003-7a); what the courier has paid for is lost."""
    shipped = sheet.order.picked_up_at or sheet.order.ship_clicked_at
    if shipped is None or sheet.claim.claim_received_fen is not None:
        return
    day, first = days_between(shipped, sheet.claim.asked_at), sheet.terms.number("no_tracking_days")
    if day < first:
        text = say(
            f"发货第 {day} 天,满 {first} 天无物流信息再查件报丢",
            f"day {day} from shipping: the courier is asked from day {first} without a trace",
        )
        sheet.wait_for("courier_enquiry", "003-7a", text)
