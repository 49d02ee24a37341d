"""Claims that are owed by Alipay transfer, and transfers that may pay them."""

import json
from datetime import date
from typing import Any

from ledger.book import Book
from ledger.journal import JournalEntry, Posting
from ledger.payables import payables
from ledger.paying import Paid, Payment
from ledger.payment_matching import Transfer
from ledger.recordings import Recording
from ledger.reports_of_payables import PayableRow
from ledger.statement_transfers import Matched
from tests.ledger.samples import DAY, NOW, a_recording

BUYERS, DISTRIBUTORS = "2241.02", "2241.03"
_CHANNELS = {BUYERS: "alipay", DISTRIBUTORS: "statement"}


def owed(claim_no: str, fen: int, order_no: str | None = "O1", **changes: Any) -> Recording:
    """A price difference owed to a buyer, or on another account to a distributor."""
    account, on = changes.pop("account", BUYERS), changes.pop("on", DAY)
    lines = (Posting(account="5001.03", amount_fen=fen), Posting(account=account, amount_fen=-fen))
    entry = JournalEntry(
        kind="settlement",
        effective_on=on,
        narration="退差价",
        postings=lines,
        order_no=order_no,
        claim_no=claim_no,
    )
    item = {"item": "price_difference", "rule": "000-15C", "amount": "0.01", "channel": _CHANNELS[account]}
    answer = {"decision": "pay", "items": [item, {**item, "item": "goods", "channel": "order"}]}
    return a_recording(
        claim_no,
        subject=order_no or claim_no,
        kind="price_difference",
        entry=entry,
        steps=(),
        answer_json=json.dumps(answer, separators=(",", ":")),
        **changes,
    )


def owe(book: Book, claim_no: str, fen: int, order_no: str | None = "O1", **changes: Any) -> int:
    """Record such a claim in a turn of its own; answers its entry."""
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.record(owed(claim_no, fen, order_no, **changes)).seq


def pay(book: Book, *claims: str, serial: str = "S1", fen: int | None = None, on: date = DAY) -> Paid:
    """Pay claims by hand in a turn of its own."""
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.pay(Payment(claims=claims, serial=serial, on=on, amount_fen=fen))


def sent(serial: str, fen: int, order_no: str | None = None, **changes: Any) -> Transfer:
    """A transfer as a statement tells it."""
    return Transfer(**{"serial": serial, "on": DAY, "fen": fen, "order_no": order_no, **changes})


def imported(book: Book, *transfers: Transfer) -> Matched:
    """Post a statement of these transfers in a turn of its own."""
    with book.writing(actor="li", now=NOW) as desk:
        return desk.post_statement(transfers)


def matched(book: Book, *transfers: Transfer) -> Matched:
    """Match these transfers in a turn of its own."""
    with book.writing(actor="li", now=NOW) as desk:
        return desk.match_transfers(transfers)


def taken_back(book: Book, seq: int, on: date = DAY) -> int:
    """Reverse an entry in a turn of its own; answers the reversal."""
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.reverse(seq, on, "错账").seq


def rows(book: Book, as_of: date | None = None, known_at: int | None = None) -> tuple[PayableRow, ...]:
    """What is open."""
    with book.reading() as reader:
        return payables(reader, as_of, known_at)


def opened(book: Book, as_of: date | None = None) -> dict[str, int]:
    """What is open by claim or entry, in fen."""
    return {row.name: row.open_fen for row in rows(book, as_of)}
