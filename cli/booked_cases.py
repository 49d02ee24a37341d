"""Cases on orders that the book knows: the order as it was known at the moment, and its recorded history."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from calculators.days import SHANGHAI, parse_moment
from calculators.masking import mask_number
from cli.errors import ShellError
from cli.readers import as_known_at
from ledger import queries
from ledger.claims import case_of_claim
from ledger.orders import is_finished
from ledger.reading import Reader

MAIN = "main"


class NoSuchOrder(ShellError):
    """An order number that no imported file has."""

    def __init__(self, order_no: str) -> None:
        order_no = mask_number(order_no)
        super().__init__(
            f"账中没有订单 {order_no}。请先用 settle import 导入含该订单的订单报表和宝贝报表。",
            f"no order {order_no} in the book. Import the order report and the item report that hold it first.",
        )


def booked_case(reader: Reader, order_no: str, claim: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The case of a claim on an imported order; `NoSuchOrder` where no file brought it.

    A moment before a confirmation that the book has already posted is moved to it: what is booked as
    successful stays so, and the claim keeps its own `asked_at`.
    """
    stored = queries.facts(reader, order_no)
    if stored is None:
        raise NoSuchOrder(order_no)
    order = json.loads(stored.facts_json)
    claim = dict(claim)
    confirmed = order.get("confirmed_at")
    if confirmed and at < parse_moment(confirmed) and is_finished(reader, order_no):
        claim.setdefault("asked_at", moment_text(at))
        at = parse_moment(confirmed)
    history = queries.history(reader, order_no, before_claim=claim.get("claim_no"))
    case = case_of_claim(as_known_at(order, at), history, claim, moment_text(at))
    return case if reader.book == MAIN else case | {"shop": reader.book}


def moment_text(moment: datetime) -> str:
    """A moment as a case file writes it, in Shanghai, to the second."""
    return moment.astimezone(SHANGHAI).replace(microsecond=0).isoformat()
