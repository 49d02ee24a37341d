"""Pieces missing from a parcel: who signed decides, and what the warehouse finds (003-21)."""

from calculators.courier_claims import claim_from_courier, send_again
from calculators.goods_back import (
    Rules,
    await_success,
    end_order,
    give_back,
    give_topups_back,
    pay_back,
    too_many,
)
from calculators.wording import say
from calculators.worksheet import Worksheet

RULE = {"buyer": "003-21b", "stranger": "003-21c", "placed_as_told": "003-21c"}


def settle(sheet: Worksheet) -> None:
    """Sent after or refunded where the shop or the courier is to blame; refused where the buyer bears the risk."""
    if too_many(sheet, "goods") or _buyers_risk(sheet):
        return
    claim = sheet.claim
    rule = "003-21a" if claim.warehouse_short else RULE.get(claim.signed_by or "", "003-21a")
    if not claim.warehouse_short:
        claim_from_courier(sheet, rule)
        if claim.signed_by is None:
            text = say(
                "先查仓库是否少发、由谁签收", "first find out whether the warehouse was short and who signed"
            )
            sheet.wait_for("warehouse_or_signature", "003-21a", text)
    if (claim.choice or ("reship" if claim.warehouse_short else "refund")) == "reship":
        send_again(sheet, rule)
        return
    pay_back(sheet, give_back(sheet, Rules(goods=rule, freight=rule), with_freight=True))
    give_topups_back(sheet)
    await_success(sheet)
    end_order(sheet)


def _buyers_risk(sheet: Worksheet) -> bool:
    claim = sheet.claim
    if claim.warehouse_short:
        return False
    if claim.signed_by == "placed_as_told":
        why = say(
            "买家让快递放在指定地方,风险自担", "the courier left it where the buyer said: the buyer's risk"
        )
        sheet.refuse("goods", "003-21c", why)
    elif claim.signed_by == "buyer" and not claim.stamped_proof:
        why = say(
            "本人签收且无快递红章证明,不成立", "signed by the buyer, and no stamped proof of the courier"
        )
        sheet.refuse("goods", "003-21b", why)
    return sheet.refused
