"""Payables: what the shop owes to buyers and distributors, and which Alipay transfers have paid how much of it.

Whatever an entry credits to such an account is owed until transfers are assigned to it, and whatever a transfer
debits is a claim on its receiver until it is assigned. So the open sums of all rows are the account's balance,
as of any day and as known at any entry.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from ledger import tables as t
from ledger.guards_of_payments import OWED, OWED_ON, SENT, SENT_FROM
from ledger.keys import known as known_keys
from ledger.payment_matching import CLAIM_WORD, Transfer
from ledger.reading import LINES, REVERSED_BY, SEALED, E, P, Reader, S, known, voucher
from ledger.reports_of_payables import UNMATCHED, OpenPayables, PayableRow, PaymentRow, TransferRow

ALIPAY_KEY, AGAIN = "alipay:", "/"
TRANSFER = "buyer_transfer"
_CHANNELS = {"2241.02": "alipay", "2241.03": "statement"}
_MANY = 500
_STEP = t.refund_step.c
_PAID = SEALED.join(t.refund_step, (E.book == _STEP.book) & (E.seq == _STEP.seq))
_ASSIGNS = (
    sa.select(_STEP.seq)
    .where(_STEP.book == E.book, _STEP.seq == E.seq, _STEP.bucket.in_(OWED_ON))
    .correlate(t.journal_entry)
    .exists()
)
_Seen = Sequence[sa.ColumnElement[bool]]


def payables(
    reader: Reader, as_of: date | None = None, known_at: int | None = None
) -> tuple[PayableRow, ...]:
    """Everything open, oldest first; the `open_fen` of an account's rows add up to what it owes."""
    seen = [*([E.effective_on <= as_of.isoformat()] if as_of else []), *known(known_at)]
    rows = _rows(_lines(reader, seen), _assigned(reader, seen))
    return _with_items(reader, [row for row in rows if row.open_fen])


def open_payables(reader: Reader, as_of: date | None = None) -> OpenPayables:
    """The same rows with the payees that are known, and those that may have been paid without anybody saying so."""
    rows = payables(reader, as_of)
    sent = [row for row in rows if row.kind == UNMATCHED]
    told = {row.order_no for row in sent if row.order_no} | {
        -row.open_fen for row in sent if not row.order_no
    }
    payees = {row.seq: payee(reader, row) for row in rows if row.open_fen > 0}
    return OpenPayables(
        book=reader.book,
        rows=rows,
        doubtful=frozenset(
            row.seq for row in rows if row.open_fen > 0 and told & {row.order_no, row.open_fen}
        ),
        payees={seq: account for seq, account in payees.items() if account is not None},
    )


def payable(reader: Reader, name: str) -> tuple[PayableRow, ...]:
    """What a claim number, or `#` and the number of an entry, owes, paid or not; nothing for what owes nothing."""
    number = name.removeprefix("#")
    is_entry = name.startswith("#") and number.isdecimal()
    owing = sa.select(E.seq).where(
        E.book == reader.book, E.seq == int(number) if is_entry else E.claim_no == name
    )
    lines = list(_lines(reader, [E.seq.in_(owing) | E.reverses.in_(owing)]))
    subjects = {f"{OWED}{line['seq']}" for line in lines}
    rows = _rows(lines, _assigned(reader, [_STEP.subject.in_(subjects)]))
    return _with_items(reader, [row for row in rows if row.kind != UNMATCHED])


def payments_to(reader: Reader, seq: int) -> tuple[PaymentRow, ...]:
    """The assignments that stand to what entry `seq` owes, oldest first."""
    return _payments(reader, f"{OWED}{seq}")


def payments_from(reader: Reader, seq: int) -> tuple[PaymentRow, ...]:
    """The assignments that stand of what entry `seq` sent, oldest first."""
    return _payments(reader, f"{SENT}{seq}")


def transfers(reader: Reader, serials: Iterable[str]) -> dict[str, TransferRow]:
    """The last entry booked under each Alipay serial, those that nothing is booked under left out."""
    booked = known_keys(reader, "post", [f"{ALIPAY_KEY}{serial}" for serial in sorted(set(serials))])
    seqs = [posted.seq for _, posted in booked.values()]
    rows = [row for part in _parts(seqs) for row in _booked(reader, E.seq.in_(part))]
    found = {row["key"].removeprefix(ALIPAY_KEY): _transfer(reader, row) for row in rows}
    for serial, row in found.items():
        if row.reversed_by is not None:
            later = list(_booked(reader, E.key.startswith(f"{row.key}{AGAIN}", autoescape=True)))
            found[serial] = _transfer(reader, later[-1]) if later else row
    return found


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
        return f"{ALIPAY_KEY}{serial}"
    _, _, times = last.key.partition(AGAIN)
    return f"{ALIPAY_KEY}{serial}{AGAIN}{int(times or 1) + 1}"


def payee(reader: Reader, row: PayableRow) -> str | None:
    """The Alipay account of whoever is owed, where the book knows it; it knows none yet."""
    return None


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


def _rows(lines: Iterable[sa.RowMapping], assigned: Counter[tuple[str, str]]) -> list[PayableRow]:
    """A row for every entry and account that owes or was sent money, oldest first, the settled ones too."""
    moved: dict[tuple[int, str], int] = defaultdict(int)
    entries: dict[tuple[int, str], sa.RowMapping] = {}
    for line in lines:
        place = (line["reverses"] or line["seq"], line["account"])
        moved[place] += int(line["fen"])
        if line["reverses"] is None and line["fen"]:
            entries[place] = line
    rows = [_row(line, moved[place], assigned) for place, line in entries.items()]
    return sorted(rows, key=lambda row: (row.since_on, row.seq, row.account))


def _lines(reader: Reader, seen: _Seen) -> Iterator[sa.RowMapping]:
    columns = (
        E.seq,
        E.kind,
        E.voucher_no,
        E.effective_on,
        E.order_no,
        E.claim_no,
        E.reverses,
        E.key,
        P.account,
    )
    select = sa.select(*columns, sa.func.sum(P.amount_fen).label("fen")).select_from(LINES)
    select = select.where(E.book == reader.book, P.account.in_(OWED_ON), ~_ASSIGNS, *seen)
    return reader.rows(select.group_by(*columns).order_by(E.seq))


def _assigned(reader: Reader, seen: _Seen) -> Counter[tuple[str, str]]:
    """How much of what each entry owes or sent is assigned, by subject and account."""
    fen = sa.func.sum(_STEP.after_fen - _STEP.before_fen).label("fen")
    select = sa.select(_STEP.subject, _STEP.bucket, fen).select_from(_PAID)
    select = select.where(E.book == reader.book, _STEP.bucket.in_(OWED_ON), *seen)
    rows = reader.rows(select.group_by(_STEP.subject, _STEP.bucket))
    return Counter({(row["subject"], row["bucket"]): int(row["fen"]) for row in rows})


def _row(row: sa.RowMapping, moved_fen: int, assigned: Counter[tuple[str, str]]) -> PayableRow:
    """One entry's part on one account, `moved_fen` being what of it no reversal took back."""
    sent, account = row["fen"] > 0, row["account"]
    paid = assigned[f"{SENT if sent else OWED}{row['seq']}", account]
    return PayableRow(
        claim_no=None if sent else row["claim_no"],
        order_no=row["order_no"],
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        since_on=date.fromisoformat(row["effective_on"]),
        kind=UNMATCHED if sent else row["kind"],
        items="",
        owed_fen=0 if sent else -moved_fen,
        paid_fen=moved_fen - paid if sent else paid,
        open_fen=paid - moved_fen if sent else -moved_fen - paid,
        account=account,
        serial=_serial(row["key"]) if sent else "",
    )


def _serial(key: str) -> str:
    return key.removeprefix(ALIPAY_KEY).partition(AGAIN)[0] if key.startswith(ALIPAY_KEY) else ""


def _with_items(reader: Reader, rows: list[PayableRow]) -> tuple[PayableRow, ...]:
    settled = _settled(reader, [row.seq for row in rows if row.claim_no])
    return tuple(_itemised(row, settled[row.seq]) if row.seq in settled else row for row in rows)


def _settled(reader: Reader, seqs: Sequence[int]) -> dict[int, sa.RowMapping]:
    found: dict[int, sa.RowMapping] = {}
    for part in _parts(seqs):
        select = sa.select(S.seq, S.kind, S.answer_json).where(S.book == reader.book, S.seq.in_(part))
        found |= {row["seq"]: row for row in reader.rows(select)}
    return found


def _parts(seqs: Sequence[int]) -> list[Sequence[int]]:
    return [seqs[start : start + _MANY] for start in range(0, len(seqs), _MANY)]


def _itemised(row: PayableRow, settled: sa.RowMapping) -> PayableRow:
    """The row with the kind of its claim, and the items and clauses that go by its channel."""
    items = json.loads(settled["answer_json"]).get("items", ())
    ours = [item for item in items if item.get("channel") == _CHANNELS[row.account]]
    return replace(row, kind=settled["kind"], items=_listed(ours, "item"), rules=_listed(ours, "rule"))


def _listed(items: Iterable[dict[str, Any]], name: str) -> str:
    return " ".join(dict.fromkeys(str(item[name]) for item in items))


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
        serial=_serial(keys[sent_seq]),
        on=date.fromisoformat(owed["effective_on"]),
        fen=owed["fen"],
    )


def _keys(reader: Reader, seqs: Sequence[int]) -> dict[int, str]:
    select = sa.select(E.seq, E.key).where(E.book == reader.book, E.seq.in_(seqs))
    return {row["seq"]: row["key"] for row in reader.rows(select)}


def _booked(reader: Reader, which: sa.ColumnElement[bool]) -> Iterator[sa.RowMapping]:
    columns = (E.seq, E.key, E.kind, E.narration, E.voucher_no, E.effective_on, REVERSED_BY)
    select = sa.select(*columns).select_from(SEALED).where(E.book == reader.book, E.command == "post", which)
    return reader.rows(select.order_by(E.seq))


def _transfer(reader: Reader, row: sa.RowMapping) -> TransferRow:
    """What an entry sent: what it debits to one account of what is owed, if it credits Alipay by as much."""
    select = sa.select(P.account, P.amount_fen).where(P.book == reader.book, P.seq == row["seq"])
    lines = {line["account"]: line["amount_fen"] for line in reader.rows(select)}
    from_alipay_fen = -lines.get(SENT_FROM, 0)
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
