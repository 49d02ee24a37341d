"""Hand-made answers in the form of `case-format.md`, for the parts of the demo that need one and no calculator."""

from typing import Any


def posting(account: str, amount: str) -> dict[str, str]:
    """A posting: a debit, or a credit where the amount is negative."""
    side = "credit" if amount.startswith("-") else "debit"
    return {"account": account, side: amount.removeprefix("-")}


def answer(*postings: tuple[str, str], decision: str = "pay", **to_buyer: Any) -> dict[str, Any]:
    """An answer of one entry with these postings, giving the buyer what is named."""
    entries = [{"narration": "x", "postings": [posting(*one) for one in postings]}] if postings else []
    given = {
        "order": "0.00",
        "alipay": "0.00",
        "points": 0,
        "jifenbao": 0,
        "coupon": "0.00",
        "statement": "0.00",
    }
    return {"decision": decision, "to_buyer": {**given, **to_buyer}, "from_buyer": "0.00", "entries": entries}


def nothing(_: dict[str, Any]) -> dict[str, Any]:
    """The answer of one who refuses everything."""
    return answer(decision="refuse")
