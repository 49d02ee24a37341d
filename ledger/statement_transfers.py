"""A statement's transfers: booked where nobody has booked them yet, and matched to what they pay.

A transfer that was booked by hand is found under its serial and only confirmed. One that fits no single payable
stands as a claim on its receiver until a person says what it pays.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from calculators.money import format_yuan
from ledger import payables, transfers
from ledger.assigning import assign, booking, sent_by
from ledger.chain import Chain
from ledger.chart import TO_BUYERS
from ledger.errors import TransferConflict
from ledger.payment_matching import Transfer, fits
from ledger.periods import last_closed
from ledger.reading import Reader
from ledger.recordings import KeyedEntry
from ledger.reports_of_payables import PayableRow, PaymentRow, TransferRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done of a statement's transfers: entries to post, and the payable that each of some fits."""

    entries: dict[str, KeyedEntry]
    fits: dict[str, PayableRow]
    transfers: tuple[Transfer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What came of a statement's transfers: entries posted, those assigned now, and those that pay no claim."""

    posted: int
    assigned: tuple[PaymentRow, ...]
    unmatched: tuple[Transfer, ...]


def plan(reader: Reader, told: Iterable[Transfer], *, kind: str, booked_too: bool = False) -> Plan:
    """What of a statement's transfers is not booked yet, as entries of `kind`, and which of them fit one payable.

    `booked_too` looks for the payables of those that are booked and pay nothing yet as well. `TransferConflict`
    where the book has a serial with another sum, month or meaning.
    """
    said = {transfer.serial: transfer for transfer in told}
    booked = transfers.booked_transfers(reader, said)
    _refuse_differing(said, booked, last_closed(reader))
    fresh = {serial for serial in said if _is_fresh(booked.get(serial))}
    free = {serial: row for serial, row in booked.items() if serial not in fresh and _is_free(row)}
    wanted = [said[serial] for serial in said if serial in fresh or (booked_too and serial in free)]
    found = fits(wanted, payables.payables(reader)) if wanted else {}
    found = {serial: row for serial, row in found.items() if not _parted(reader, free.get(serial), row)}
    entries = {
        serial: booking(said[serial], _account(found.get(serial)), kind, booked.get(serial))
        for serial in said
        if serial in fresh
    }
    return Plan(entries=entries, fits=found, transfers=tuple(wanted))


def in_order(lines: Iterable[KeyedEntry | Transfer], planned: Plan) -> list[KeyedEntry]:
    """The entries of a statement in the order of its lines, those of booked transfers left out."""
    entries = (planned.entries.get(one.serial) if isinstance(one, Transfer) else one for one in lines)
    return [entry for entry in entries if entry is not None]


def assign_planned(chain: Chain, planned: Plan, posted: int) -> Matched:
    """Assign the transfers of a plan whose entries are posted."""
    assigned = []
    for serial, row in planned.fits.items():
        booked = transfers.booked_transfers(chain.reader, [serial])[serial]
        assigned.append(assign(chain, sent_by(serial, booked), row, row.open_fen))
    left = tuple(one for one in planned.transfers if one.serial not in planned.fits)
    return Matched(posted=posted, assigned=tuple(assigned), unmatched=left)


def _account(fit: PayableRow | None) -> str:
    return fit.account if fit else TO_BUYERS


def _parted(reader: Reader, booked: TransferRow | None, row: PayableRow) -> bool:
    """Whether somebody has taken this very match back before: then it is not made again by itself."""
    return booked is not None and transfers.was_assigned(reader, booked.seq, row.seq)


def _is_fresh(last: TransferRow | None) -> bool:
    """Whether a statement's line is still to be booked: never was, or only by hand and taken back since."""
    return last is None or (last.reversed_by is not None and last.kind == "payment")


def _is_free(booked: TransferRow) -> bool:
    return booked.reversed_by is None and booked.free_fen == booked.sent_fen > 0


def _refuse_differing(said: dict[str, Transfer], booked: dict[str, TransferRow], closed: str) -> None:
    """A statement must say the sum that the book has, and of a transfer booked by hand the month as well.

    A line that the book has in another meaning stays what it is; whoever explains it says what it pays.
    """
    differing = [
        f"{format_yuan(said[serial].fen)} on {said[serial].on} by Alipay {serial}, booked as "
        f"{format_yuan(row.sent_fen)} on {row.on} by entry {row.seq}"
        for serial, row in booked.items()
        if row.reversed_by is None
        and row.account
        and (row.sent_fen != said[serial].fen or not _is_of_its_month(said[serial], row, closed))
    ]
    if differing:
        raise TransferConflict(
            f"the statement and the book differ: {'; '.join(differing)}. "
            "Reverse what was booked wrong, its assignment first, and try again; nothing was written."
        )


def _is_of_its_month(said: Transfer, row: TransferRow, closed: str) -> bool:
    """Whether a transfer stands in the month that the statement says, or after it where that was closed."""
    own, booked = f"{said.on:%Y-%m}", f"{row.on:%Y-%m}"
    return row.kind != "payment" or own == booked or own <= closed < booked
