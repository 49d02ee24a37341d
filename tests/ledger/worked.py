"""Cases answered by the real calculators and recorded, for questions that read what an answer says."""

from typing import Any

from cli.rulebooks import default_rulebook
from ledger.book import Book
from ledger.claims import Subject, recording
from ledger.quoting import quote
from tests.ledger.samples import NOW, ask, grant, handed_to

ORDER: dict[str, Any] = {
    "order_no": "O1",
    "paid_at": "2026-10-01T10:00",
    "ship_clicked_at": "2026-10-01T18:00",
    "signed_at": "2026-10-04T15:00",
    "lines": [{"line": 1, "qty": 1, "price": "100.00"}],
}
COD_RETURN = {"kind": "return", "cause": "no_reason", "received": True}
GOODWILL = {"kind": "goodwill", "amount": "30.00", "note": "x", "as": "cash"}


def record_case(
    book: Book, claim: dict[str, Any], claim_no: str, approver: str | None = None, **order: Any
) -> int:
    """Record a claim on an order of its own, by the real calculators; answers its entry's number."""
    facts = {**ORDER, "order_no": f"O-{claim_no}", **order}
    case = {"at": "2026-10-06T10:00", "order": facts, "claim": {**claim, "claim_no": claim_no}}
    asked = quote(case, default_rulebook())
    subject = Subject(claim_no=claim_no, order_no=facts["order_no"])
    recorded = recording(asked, case, subject)
    with book.writing(actor="wang", now=NOW) as desk:
        if approver:
            desk.store_approval(ask(claim_no, recorded.answer_digest))
            with handed_to(desk, approver):
                desk.store_approval(grant(claim_no, recorded.answer_digest))
        return desk.record(recorded).seq
