"""A return of which only a part arrives, or that a stranger signed for at the shop (003-22, 003-21d).

What arrived is settled as any return. The rest waits for the buyer to send it, unless the shop cannot prove
that it never came: then all is refunded and the loss is the shop's, or the courier's.
"""

from collections.abc import Mapping
from dataclasses import replace

from calculators.courier_claims import claim_from_courier
from calculators.errors import BadCase
from calculators.facts import ClaimLine
from calculators.goods_back import too_many
from calculators.money import format_yuan
from calculators.returning import return_pieces
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

Pieces = Mapping[int, int]


def settle(sheet: Worksheet) -> None:
    """Refund what arrived; all of it where evidence fails or a stranger signed; hold where nothing came."""
    if too_many(sheet, "goods"):
        return
    claimed = dict(sheet.units())
    if sheet.claim.signed_by == "stranger":
        _signed_by_stranger(sheet, claimed)
        return
    arrived = _arrived(sheet, claimed)
    lost = {number: qty - arrived.get(number, 0) for number, qty in claimed.items()}
    if not any(lost.values()):
        _return(sheet, claimed)
    elif sheet.claim.evidence == "fails":
        _return(sheet, claimed)
        _bear_the_loss(sheet)
    elif arrived:
        _return(sheet, arrived)
        _wait_for_the_rest(sheet, lost)
    else:
        _return(sheet, claimed, received=False)


def _arrived(sheet: Worksheet, claimed: Pieces) -> Pieces:
    for place, part in enumerate(sheet.claim.arrived):
        if part.qty > claimed.get(part.line, 0):
            raise BadCase(f"claim.arrived[{place}].qty", "more arrived than is claimed to have been sent")
    return {part.line: part.qty for part in sheet.claim.arrived}


def _return(sheet: Worksheet, pieces: Pieces, *, received: bool = True) -> None:
    lines = tuple(ClaimLine(line=number, qty=qty) for number, qty in pieces.items())
    sheet.claim = replace(sheet.claim, lines=lines, received=received)
    return_pieces(sheet)


def _signed_by_stranger(sheet: Worksheet, claimed: Pieces) -> None:
    """003-21d: the slip was right, so the refund is due and the courier answers for the goods."""
    if not sheet.claim.address_right:
        why = say(
            "退货面单地址有误,风险由买家承担", "the slip did not bear the shop's address: the buyer's risk"
        )
        sheet.refuse("goods", "003-21d", why)
        return
    _return(sheet, claimed)
    claim_from_courier(sheet, "003-21d")


def _bear_the_loss(sheet: Worksheet) -> None:
    """003-22: the buyer is refunded for what never arrived; its cost is gone, with the supervisor's consent."""
    text = say(
        "举证不足,少收部分由店铺承担,须主管同意", "no evidence: the loss needs the supervisor's consent"
    )
    sheet.ask("supervisor", "003-22", text)
    cost = sheet.claim.cost_fen
    if cost is None:
        why = say("未填少收商品成本", "no cost was stated of what never arrived")
        sheet.skip("inventory_loss", "003-22", why)
        return
    inputs = {"cost": format_yuan(cost)}
    sheet.add("inventory_loss", "003-22", "stock", cost, Working(formula=format_yuan(cost), inputs=inputs))
    sheet.move("inventory_lost", cost)


def _wait_for_the_rest(sheet: Worksheet, lost: Pieces) -> None:
    """The rest is no new case when it comes: a line still on its way has not had its no-reason case."""
    for number, qty in lost.items():
        if not qty:
            continue
        why = say(
            f"第 {number} 行尚有 {qty} 件未到,请买家立刻补寄",
            f"{qty} of line {number} did not arrive: the buyer must send them at once",
        )
        sheet.skip("goods", "003-22", why)
        cases = sheet.start.lines[number].noreason_cases
        line = replace(sheet.position.lines[number], noreason_cases=cases)
        sheet.position = sheet.position.with_line(number, line)
