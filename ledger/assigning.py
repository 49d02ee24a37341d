"""Assigning: the two entries of a payment, each in its one place.

The transfer moves the money and is keyed by Alipay's serial, whoever books it first. The assignment says which
payable it pays, by a step in the chain of either, and moves nothing: it can be taken back without pretending
that the money never left.
"""

from dataclasses import dataclass
from datetime import date

from ledger import transfers
from ledger.chain import Chain, Draft
from ledger.chart import ALIPAY
from ledger.guards_of_payments import OWED, SENT
from ledger.journal import JournalEntry, Posting
from ledger.payment_matching import Transfer
from ledger.periods import landing_day
from ledger.recordings import KeyedEntry
from ledger.refund_steps import raised
from ledger.reports_of_payables import PayableRow, PaymentRow, TransferRow
from ledger.sealing import entry_request
from ledger.statement_postings import FACING


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A booked transfer to draw from."""

    serial: str
    seq: int
    account: str
    fen: int
    on: date


def booking(transfer: Transfer, account: str, kind: str, last: TransferRow | None) -> KeyedEntry:
    """The entry that moves a transfer's money, under a key that its serial has not had."""
    entry = JournalEntry(
        kind=kind,
        effective_on=transfer.on,
        narration=FACING["buyer_transfer"][1],
        postings=(
            Posting(account=ALIPAY, amount_fen=-transfer.fen),
            Posting(account=account, amount_fen=transfer.fen),
        ),
        order_no=transfer.order_no,
    )
    return KeyedEntry(key=transfers.next_key(transfer.serial, last), entry=entry, source=transfer.source)


def draft_of(keyed: KeyedEntry) -> Draft:
    """The same entry ready to be appended as `post_many` would."""
    return Draft(
        entry=keyed.entry,
        command="post",
        key=keyed.key,
        request_digest=entry_request(keyed.entry),
        source=keyed.source,
    )


def sent_by(serial: str, booked: TransferRow) -> Sent:
    """A booked transfer as something to draw from."""
    return Sent(serial=serial, seq=booked.seq, account=booked.account, fen=booked.sent_fen, on=booked.on)


def assign(chain: Chain, sent: Sent, row: PayableRow, fen: int) -> PaymentRow:
    """Say that so much of a transfer pays so much of a payable; on another account the money is moved there."""
    lines = (
        (Posting(account=row.account, amount_fen=fen), Posting(account=sent.account, amount_fen=-fen))
        if row.account != sent.account
        else ()
    )
    entry = JournalEntry(
        kind="payment" if lines else "memorandum",
        effective_on=landing_day(max(sent.on, row.since_on), chain.closed),
        narration=f"付款核销 {row.name} 支付宝 {sent.serial}",
        postings=lines,
        order_no=row.order_no,
        claim_no=row.claim_no,
    )
    steps = (
        raised(chain.reader, f"{OWED}{row.seq}", row.account, (row.owed_fen, fen)),
        raised(chain.reader, f"{SENT}{sent.seq}", sent.account, (sent.fen, fen)),
    )
    key = f"{transfers.assignment_key(sent.seq, row.seq)}{steps[1]['step']}"
    draft = Draft(
        entry=entry, command=transfers.ASSIGN, key=key, request_digest=entry_request(entry), steps=steps
    )
    posted = chain.append(draft)
    chain.flush()
    return PaymentRow(
        seq=posted.seq,
        owed_seq=row.seq,
        sent_seq=sent.seq,
        claim_no=row.claim_no,
        serial=sent.serial,
        on=entry.effective_on,
        fen=fen,
    )
