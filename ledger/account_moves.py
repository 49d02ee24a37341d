"""What the ledger says of the Alipay account: what was booked of which line, and what else it moved or expects.

A statement's fees and transfers are booked from its own lines. Everything else that touches the account, or
that will (what is owed to buyers, what couriers collected, what the margin paid), is a move: some line of the
statement must stand against it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

import sqlalchemy as sa

from calculators.days import period_of
from ledger.chart import ALIPAY, COD, MARGIN, TO_BUYERS, TO_DISTRIBUTORS
from ledger.posting_rules import NARRATIONS
from ledger.reading import LINES, REVERSED_BY, SEALED, E, P, Reader
from ledger.statement_postings import serial_of

# What these accounts hold is still to move on Alipay, with the sign it has here.
EXPECTING = {
    TO_BUYERS: "buyer_transfer",
    TO_DISTRIBUTORS: "buyer_transfer",
    COD: "cod_remittance",
    MARGIN: "compensation",
}
_OWN_MEANING = {NARRATIONS["card_fee"]: "card_fee", NARRATIONS["claim_cash"]: "courier_claim"}
CLEARING = "reconcile"  # the command under which people's explanations are posted
_OWN_KEY, _CLEAR_KEY = "alipay:", "clear:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One movement that the ledger booked or expects: fen into Alipay; `seq` is None before it is posted."""

    seq: int | None
    on: date
    order_no: str | None
    meaning: str
    fen: int
    account: str

    @property
    def is_on_account(self) -> bool:
        """Whether the ledger's Alipay account has moved by it, or will by the close; else it is only expected."""
        return self.account == ALIPAY

    @property
    def period(self) -> str:
        """The month in which the ledger has it."""
        return period_of(self.on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """The entry that books a line, and how far it moves Alipay; nothing any more once it is reversed."""

    seq: int
    on: date
    fen: int
    reversed_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """The account as the ledger has it: moves oldest first, and by serial what is booked and cleared."""

    moves: list[Move] = field(default_factory=list)
    booked: dict[str, Booking] = field(default_factory=dict)
    cleared: dict[str, Booking] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Origin:
    """Where an entry comes from and what its lines say, kept for the reversal that may follow line by line."""

    seq: int
    kind: str
    key: str
    narrations: dict[int, str] = field(default_factory=dict)


def account_moves(reader: Reader, serials: Collection[str] = ()) -> Moved:
    """Everything the book says of Alipay, in the order of its entries; `serials` are the lines that are known.

    A payment that somebody booked under a serial which no statement has yet is a movement still to be seen.
    """
    moved = Moved(cleared=_cleared(reader))
    origins: dict[int, _Origin] = {}
    for row in _postings(reader):
        seq = row["reverses"] or row["seq"]
        origin = origins.setdefault(seq, _Origin(seq=seq, kind=row["kind"], key=row["key"]))
        origin.narrations.setdefault(row["line"], row["narration"])
        is_line = origin.kind == "statement" or serial_of(origin.key) in serials
        if is_line and origin.key.startswith((_OWN_KEY, _CLEAR_KEY)):
            _book(moved, row, origin)
        elif origin.kind != "opening":
            _move(moved, row, origin)
    moved.moves.sort(key=lambda move: (move.on, move.seq or 0))
    return moved


def opening_fen(reader: Reader, period: str) -> int:
    """What the ledger's Alipay account holds when a month begins, the book's own opening in it included."""
    is_before = (E.period < period) | ((E.period == period) & (E.kind == "opening"))
    select = sa.select(sa.func.sum(P.amount_fen)).select_from(LINES)
    return reader.number(select.where(E.book == reader.book, P.account == ALIPAY, is_before))


def clearing_key(serial: str, before: Booking | None) -> str:
    """The key under which an explanation of a line is posted once; a new one after each that was reversed."""
    return f"{_CLEAR_KEY}{serial}" if before is None else f"{_CLEAR_KEY}{serial}/{before.seq}"


def _move(moved: Moved, row: sa.RowMapping, origin: _Origin) -> None:
    meaning = _meaning(row, origin)
    if meaning is not None:
        moved.moves.append(
            Move(
                seq=row["seq"],
                on=date.fromisoformat(row["effective_on"]),
                order_no=row["order_no"],
                meaning=meaning,
                fen=row["amount_fen"],
                account=row["account"],
            )
        )


def _book(moved: Moved, row: sa.RowMapping, origin: _Origin) -> None:
    """A line's own entry is posted once and for all; of its explanations the last one counts."""
    if row["account"] != ALIPAY:
        return
    serial, fen = serial_of(origin.key), row["amount_fen"]
    if not origin.key.startswith(_OWN_KEY):
        known = moved.cleared.get(serial)
        if known is not None and known.seq == origin.seq:
            moved.cleared[serial] = replace(known, fen=known.fen + fen)
    elif not row["reverses"]:
        on = date.fromisoformat(row["effective_on"])
        moved.booked[serial] = Booking(seq=origin.seq, on=on, fen=fen)
    elif moved.booked[serial].seq == origin.seq:
        moved.booked[serial] = replace(moved.booked[serial], fen=0, reversed_by=row["seq"])


def _meaning(row: sa.RowMapping, origin: _Origin) -> str | None:
    """What a posting moves or lets expect, in the words of the statement; None for what is no matter of it."""
    account, fen = row["account"], row["amount_fen"]
    if account != ALIPAY:
        is_other = account == MARGIN and origin.kind != "settlement"
        return None if is_other else EXPECTING[account]
    if origin.kind == "payment":
        return "buyer_transfer"
    narration = origin.narrations[row["line"]]
    if narration in _OWN_MEANING:
        return _OWN_MEANING[narration]
    is_received = fen > 0 if row["reverses"] is None else fen < 0
    return "receipt" if is_received else "refund"


def _postings(reader: Reader) -> Iterator[sa.RowMapping]:
    narration = sa.case((P.narration == "", E.narration), else_=P.narration).label("narration")
    columns = (E.seq, E.kind, E.key, E.effective_on, E.order_no, E.reverses)
    select = sa.select(*columns, P.line, P.account, P.amount_fen, narration).select_from(LINES)
    wanted = (ALIPAY, *EXPECTING)
    return reader.rows(select.where(E.book == reader.book, P.account.in_(wanted)).order_by(E.seq, P.line))


def _cleared(reader: Reader) -> dict[str, Booking]:
    """The last explanation posted of each line; how far it moves Alipay is told by its postings."""
    select = sa.select(E.seq, E.key, E.effective_on, REVERSED_BY).select_from(SEALED)
    rows = reader.rows(select.where(E.book == reader.book, E.command == CLEARING).order_by(E.seq))
    return {
        serial_of(row["key"]): Booking(
            seq=row["seq"],
            on=date.fromisoformat(row["effective_on"]),
            fen=0,
            reversed_by=row["reversed_by"],
        )
        for row in rows
    }
