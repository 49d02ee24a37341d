"""Paying by hand: a transfer that somebody has made, booked once and assigned to the claims that it pays.

Where the statement has booked the transfer already it is found under its serial, and only assigned. Neither
order of the two books it twice, and no claim is paid beyond what it is owed.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from calculators.masking import mask_number, quoted
from calculators.money import format_yuan
from ledger import payables, queries, transfers
from ledger.assigning import Sent, assign, booking, draft_of, sent_by
from ledger.chain import Chain
from ledger.errors import BadEntry, NotOwed, PaidAlready, TransferConflict, UnknownEntry
from ledger.payment_matching import Transfer
from ledger.reading import Reader
from ledger.recordings import Posted
from ledger.reports_of_payables import PayableRow, PaymentRow, TransferRow

_SERIAL = re.compile(r"[0-9A-Za-z_-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Payment:
    """One transfer that pays claims: their numbers, its serial and day, and the sum where it is not all they owe."""

    claims: tuple[str, ...]
    serial: str
    on: date
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paid:
    """A transfer and what of it pays claims: `assigned` now, or before where `again`; `free_fen` pays none yet."""

    serial: str
    transfer: Posted
    sent_fen: int
    free_fen: int
    assigned: tuple[PaymentRow, ...]
    again: bool = False


def pay(chain: Chain, payment: Payment) -> Paid:
    """Book a transfer and assign it to its claims, or assign one that is booked already.

    The same payment again is answered with what stands. `UnknownEntry`, `NotOwed` or `PaidAlready` for claims that
    are not owed that much, `TransferConflict` for a serial that is booked as something else.
    """
    _check_payment(payment)
    last = transfers.booked_transfers(chain.reader, [payment.serial]).get(payment.serial)
    if last is not None and last.reversed_by is None:
        return _draw(chain, payment, last)
    shares = _shares(chain.reader, payment)
    row, total_fen = shares[0][0], sum(fen for _, fen in shares)
    keyed = booking(_as_transfer(payment, row, total_fen), row.account, "payment", last)
    posted = chain.append(draft_of(keyed))
    chain.flush()
    sent = Sent(serial=payment.serial, seq=posted.seq, account=row.account, fen=total_fen, on=payment.on)
    assigned = tuple(assign(chain, sent, row, fen) for row, fen in shares)
    return Paid(serial=payment.serial, transfer=posted, sent_fen=total_fen, free_fen=0, assigned=assigned)


def _check_payment(payment: Payment) -> None:
    if not _SERIAL.fullmatch(payment.serial):
        raise BadEntry(f"{quoted(payment.serial)} is not an Alipay serial: 1 to 64 letters and digits")
    if len(set(payment.claims)) != len(payment.claims) or not payment.claims:
        raise BadEntry("a payment names its claims, each once")
    if payment.amount_fen is not None and (len(payment.claims) > 1 or payment.amount_fen <= 0):
        raise BadEntry("an amount is above zero and goes with one claim")


def _draw(chain: Chain, payment: Payment, booked: TransferRow) -> Paid:
    """Assign a transfer that is booked already."""
    if not booked.account:
        raise TransferConflict(
            f"Alipay {payment.serial} is booked as {booked.narration} by entry {booked.seq}. Check the serial."
        )
    standing = transfers.payments_from(chain.reader, booked.seq)
    again = _as_it_stands(standing, payment)
    if not again and not booked.free_fen:
        raise PaidAlready(
            f"Alipay {payment.serial} is booked by entry {booked.seq} and pays {_paying(standing)}. "
            "A transfer is not booked twice."
        )
    shares = () if again else _shares(chain.reader, payment, booked.free_fen)
    assigned = tuple(assign(chain, sent_by(payment.serial, booked), row, fen) for row, fen in shares)
    posted = queries.entry(chain.reader, booked.seq)
    return Paid(
        serial=payment.serial,
        transfer=Posted(seq=posted.seq, hash=posted.hash, voucher=posted.voucher, again=True),
        sent_fen=booked.sent_fen,
        free_fen=booked.free_fen - sum(fen for _, fen in shares),
        assigned=again or assigned,
        again=bool(again),
    )


def _as_it_stands(standing: Sequence[PaymentRow], payment: Payment) -> tuple[PaymentRow, ...]:
    """The assignments that say already what the payment asks for; none where one of its claims is new to it."""
    ours = tuple(one for one in standing if one.name in payment.claims)
    complete = {one.name for one in ours} == set(payment.claims)
    same = payment.amount_fen in (None, sum(one.fen for one in ours))
    return ours if complete and same else ()


def _shares(
    reader: Reader, payment: Payment, free_fen: int | None = None
) -> tuple[tuple[PayableRow, int], ...]:
    """How much of each claim is paid: all that is open, what was named, or as far as a booked transfer goes."""
    rows = [_owing(reader, name) for name in payment.claims]
    if free_fen is None and len({row.account for row in rows}) > 1:
        names = ", ".join(payment.claims)
        raise BadEntry(f"{names} are owed on different accounts; pay each by a transfer of its own")
    if len(rows) == 1:
        return ((rows[0], _share(rows[0], payment, free_fen)),)
    total_fen = sum(row.open_fen for row in rows)
    if free_fen is not None and total_fen > free_fen:
        raise _too_little(payment, free_fen, total_fen)
    return tuple((row, row.open_fen) for row in rows)


def _share(row: PayableRow, payment: Payment, free_fen: int | None) -> int:
    asked_fen = row.open_fen if payment.amount_fen is None else payment.amount_fen
    if asked_fen > row.open_fen:
        raise NotOwed(
            f"claim {row.name} is owed {format_yuan(row.open_fen)} more; {format_yuan(asked_fen)} would be "
            f"{format_yuan(asked_fen - row.open_fen)} too much. Pay what is open."
        )
    if free_fen is None or asked_fen <= free_fen:
        return asked_fen
    if payment.amount_fen is not None:
        raise _too_little(payment, free_fen, asked_fen)
    return free_fen


def _too_little(payment: Payment, free_fen: int, asked_fen: int) -> NotOwed:
    return NotOwed(
        f"of Alipay {payment.serial} {format_yuan(free_fen)} pay no claim yet, {format_yuan(asked_fen)} are asked "
        "for. Assign claims one by one, or name a smaller amount."
    )


def _owing(reader: Reader, name: str) -> PayableRow:
    """What a claim is owed, refused where nothing of it is open."""
    rows = payables.payable(reader, name)
    if not rows and queries.settlement(reader, name) is None:
        raise UnknownEntry(
            f"book {reader.book} has no claim {mask_number(name)}. Record it first, or check its number."
        )
    if not any(row.owed_fen for row in rows):
        raise NotOwed(
            f"claim {name} is owed nothing by Alipay transfer, or it was reversed. `settle show {name}` tells."
        )
    for row in rows:
        if row.open_fen > 0:
            return row
    earlier = [one for row in rows for one in transfers.payments_to(reader, row.seq)]
    said = "; ".join(_earlier(one) for one in earlier)
    raise PaidAlready(f"claim {name} is paid in full: {said}. A claim is not paid twice.")


def _earlier(one: PaymentRow) -> str:
    return f"{format_yuan(one.fen)} by Alipay {one.serial} on {one.on} (entry {one.seq})"


def _paying(standing: Iterable[PaymentRow]) -> str:
    return "; ".join(f"{one.name} with {format_yuan(one.fen)} (entry {one.seq})" for one in standing)


def _as_transfer(payment: Payment, row: PayableRow, fen: int) -> Transfer:
    order_no = row.order_no if len(payment.claims) == 1 else None
    return Transfer(serial=payment.serial, on=payment.on, fen=fen, order_no=order_no)
