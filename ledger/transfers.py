"""Transfers: what was sent from Alipay to those whom the shop owes, and which of it is assigned to what.

A transfer is known by its serial, whoever booked it. What it pays is said by assignments, each with a step in the
chain of what was sent and in that of what is owed.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.account_moves import CLEARING, clearing_key
from ledger.errors import NotReversible
from ledger.guards_of_payments import OWED, OWED_ON, SENT, SENT_FROM
from ledger.keys import known
from ledger.payment_matching import CLAIM_WORD, Transfer
from ledger.reading import REVERSED_BY, SEALED, E, P, Reader, parts, voucher
from ledger.reports_of_payables import PaymentRow, TransferRow
from ledger.statement_postings import line_key, serial_of

AGAIN = "/"
ASSIGN, TRANSFER = "assign", "buyer_transfer"
_STEP = t.refund_step.c
_PAID = SEALED.join(t.refund_step, (E.book == _STEP.book) & (E.seq == _STEP.seq))


def payments_to(reader: Reader, seq: int) -> tuple[PaymentRow, ...]:
    """The assignments that stand to what entry `seq` owes, oldest first."""
    return _payments(reader, f"{OWED}{seq}")


def payments_from(reader: Reader, seq: int) -> tuple[PaymentRow, ...]:
    """The assignments that stand of what entry `seq` sent, oldest first."""
    return _payments(reader, f"{SENT}{seq}")


def refuse_paid(reader: Reader, seq: int) -> None:
    """`NotReversible` for what is paid, and for a transfer that pays something, before its assignment."""
    for one in (*payments_to(reader, seq), *payments_from(reader, seq)):
        raise NotReversible(
            f"entry {seq} stands in the payment of {one.name} by Alipay {one.serial}. "
            f"Reverse its assignment first, entry {one.seq}."
        )


def was_assigned(reader: Reader, sent_by: int, owed_by: int) -> bool:
    """Whether what one entry sent was ever assigned to what another owes, taken back or not."""
    key = E.key.startswith(assignment_key(sent_by, owed_by), autoescape=True)
    select = sa.select(E.seq).where(E.book == reader.book, E.command == ASSIGN, key).limit(1)
    return reader.first(select) is not None


def assignment_key(sent_by: int, owed_by: int) -> str:
    """What the keys of all assignments of one entry's transfer to another's payable begin with."""
    return f"{sent_by}:{owed_by}:"


def booked_transfers(reader: Reader, serials: Iterable[str]) -> dict[str, TransferRow]:
    """The last entry booked under each Alipay serial, those that nothing is booked under left out."""
    booked = known(reader, "post", [line_key(serial) for serial in sorted(set(serials))])
    seqs = [posted.seq for _, posted in booked.values()]
    rows = [row for part in parts(seqs) for row in _booked(reader, E.seq.in_(part))]
    found = {serial_of(row["key"]): _transfer(reader, row) for row in rows}
    return {serial: _last(reader, serial, row) for serial, row in found.items()}


def told_transfers(reader: Reader, period: str) -> tuple[Transfer, ...]:
    """The transfers of a month that the imported statements tell of, as the book keeps their lines."""
    line, file = t.statement_line.c, t.statement.c
    joined = t.statement_line.join(t.statement, (line.book == file.book) & (line.op_no == file.op_no))
    select = sa.select(line.line_json, line.row_no, file.name, file.sha256).select_from(joined)
    select = select.where(line.book == reader.book, line.line_json.contains('"buyer_transfer"'))
    found: dict[str, Transfer] = {}
    for row in reader.rows(select.order_by(line.op_no, line.row_no)):
        said = json.loads(row["line_json"])
        net_fen = said.get("in_fen", 0) + said.get("out_fen", 0)
        if said.get("meaning") == TRANSFER and said["at"].startswith(period) and net_fen < 0:
            found.setdefault(said["serial"], _told(said, -net_fen, row))
    return tuple(found.values())


def next_key(serial: str, last: TransferRow | None) -> str:
    """The key to book a serial under: its own, or the one after an entry that was reversed."""
    if last is None:
        return line_key(serial)
    _, _, times = last.key.partition(AGAIN)
    return f"{line_key(serial)}{AGAIN}{int(times or 1) + 1}"


def _told(said: Mapping[str, Any], fen: int, row: sa.RowMapping) -> Transfer:
    claim_no = said.get("claim_no")
    return Transfer(
        serial=said["serial"],
        on=date.fromisoformat(said["at"][:10]),
        fen=fen,
        order_no=said.get("order_no"),
        remark=f"{CLAIM_WORD}{claim_no}" if claim_no else said.get("remark") or "",
        source=f"{row['name']} row {row['row_no']} sha256 {row['sha256']}",
    )


def _payments(reader: Reader, subject: str) -> tuple[PaymentRow, ...]:
    ours = sa.select(_STEP.seq).where(_STEP.book == reader.book, _STEP.subject == subject)
    columns = (E.seq, E.claim_no, E.effective_on, _STEP.subject, REVERSED_BY)
    select = sa.select(*columns, (_STEP.after_fen - _STEP.before_fen).label("fen")).select_from(_PAID)
    select = select.where(E.book == reader.book, E.seq.in_(ours), E.reverses.is_(None))
    sides: dict[int, dict[str, sa.RowMapping]] = defaultdict(dict)
    for row in reader.rows(select.order_by(E.seq)):
        if row["reversed_by"] is None:
            sides[row["seq"]][row["subject"].partition(":")[0]] = row
    keys = _keys(reader, [_number(side["sent"]) for side in sides.values()])
    return tuple(_payment(side["owed"], _number(side["sent"]), keys) for side in sides.values())


def _number(step: sa.RowMapping) -> int:
    return int(step["subject"].partition(":")[2])


def _payment(owed: sa.RowMapping, sent_seq: int, keys: dict[int, str]) -> PaymentRow:
    return PaymentRow(
        seq=owed["seq"],
        owed_seq=_number(owed),
        sent_seq=sent_seq,
        claim_no=owed["claim_no"],
        serial=serial_of(keys[sent_seq]),
        on=date.fromisoformat(owed["effective_on"]),
        fen=owed["fen"],
    )


def _keys(reader: Reader, seqs: Sequence[int]) -> dict[int, str]:
    select = sa.select(E.seq, E.key).where(E.book == reader.book, E.seq.in_(seqs))
    return {row["seq"]: row["key"] for row in reader.rows(select)}


def _last(reader: Reader, serial: str, row: TransferRow) -> TransferRow:
    """What stands of a serial that was booked again, or explained, after its first entry; else the last of them."""
    if row.account and row.reversed_by is None:
        return row
    again = E.key.startswith(f"{line_key(serial)}{AGAIN}", autoescape=True) & (E.command == "post")
    cleared = clearing_key(serial, None)
    explained = (E.key == cleared) | E.key.startswith(f"{cleared}{AGAIN}", autoescape=True)
    found = [
        _transfer(reader, one) for one in list(_booked(reader, again | (explained & (E.command == CLEARING))))
    ]
    standing = [one for one in found if one.account and one.reversed_by is None]
    own = [one for one in found if one.key.startswith(line_key(serial))]
    return (standing or own or [row])[-1]


def _booked(reader: Reader, which: sa.ColumnElement[bool]) -> Iterator[sa.RowMapping]:
    columns = (E.seq, E.key, E.kind, E.narration, E.voucher_no, E.effective_on, REVERSED_BY)
    select = sa.select(*columns).select_from(SEALED).where(E.book == reader.book, which)
    return reader.rows(select.order_by(E.seq))


def _transfer(reader: Reader, row: sa.RowMapping) -> TransferRow:
    """What an entry sent: what it debits to one account of what is owed, if it credits Alipay by as much."""
    select = sa.select(P.account, P.amount_fen).where(P.book == reader.book, P.seq == row["seq"])
    lines = {line["account"]: line["amount_fen"] for line in reader.rows(select)}
    from_alipay_fen = -sum(lines.get(one, 0) for one in SENT_FROM)
    sent_to = [one for one in OWED_ON if lines.get(one) == from_alipay_fen > 0]
    account = sent_to[0] if sent_to else ""
    sent_fen = from_alipay_fen if sent_to else 0
    return TransferRow(
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        key=row["key"],
        kind=row["kind"],
        narration=row["narration"],
        on=date.fromisoformat(row["effective_on"]),
        reversed_by=row["reversed_by"],
        account=account,
        sent_fen=sent_fen,
        free_fen=sent_fen - sum(payment.fen for payment in payments_from(reader, row["seq"])),
    )
