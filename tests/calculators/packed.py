"""Cases under the shipped platform pack, and what their answers say beside the amounts."""

from typing import Any

from ledger.quoting import answer_or_error
from tests.calculators.asking import Json
from tests.calculators.layered import PACK, book

UNDER, MANUALS = book(packs=(PACK,)), book()


def bought(*prices: str, **changes: Any) -> Json:
    """An order of one piece a price, paid on 2026-08-01 and shipped, with whatever else is given."""
    lines = [{"line": number, "qty": 1, "price": price} for number, price in enumerate(prices, start=1)]
    made = {
        "order_no": "K",
        "paid_at": "2026-08-01T10:00",
        "ship_clicked_at": "2026-08-02T10:00",
        "picked_up_at": "2026-08-02T12:00",
        "signed_at": "2026-08-05T10:00",
        "free_shipping": True,
        "lines": lines,
        **changes,
    }
    return {key: value for key, value in made.items() if value is not None}


def under(order: Json, claim: Json, at: str = "2026-08-20T10:00", *history: Json, **more: Any) -> Json:
    """The answer under the pack; an `error` in it is a failure."""
    asked = {"at": at, "order": order, "history": list(history), "claim": claim, **more}
    answer = answer_or_error(asked, UNDER)
    assert "error" not in answer, answer["error"]
    return answer


def said(answer: Json, identity: str) -> str:
    """The text of the one advisory of that id."""
    (text,) = [str(one["text"]) for one in answer["advisories"] if one["id"] == identity]
    return text
