"""Payables: what the shop owes to buyers and distributors, and which Alipay transfers have paid how much of it.

Whatever an entry credits to such an account is owed until transfers are assigned to it, and whatever a transfer
debits is a claim on its receiver until it is assigned. So the open sums of all rows are the account's balance,
as of any day and as known at any entry.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from calculators.masking import is_account
from ledger import persons
from ledger import tables as t
from ledger.chart import TO_BUYERS, TO_DISTRIBUTORS
from ledger.guards_of_payments import OWED, OWED_ON, SENT
from ledger.reading import LINES, SEALED, E, P, Reader, S, known, parts, voucher
from ledger.reports_of_payables import UNMATCHED, OpenPayables, PayableRow
from ledger.statement_postings import serial_of

_CHANNELS = {TO_BUYERS: "alipay", TO_DISTRIBUTORS: "statement"}
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
    return OpenPayables(
        book=reader.book,
        rows=rows,
        doubtful=frozenset(
            row.seq for row in rows if row.open_fen > 0 and told & {row.order_no, row.open_fen}
        ),
        payees=_payees(reader, [row for row in rows if row.open_fen > 0]),
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


def _payees(reader: Reader, rows: Iterable[PayableRow]) -> dict[int, str]:
    """By entry, whom to pay, where the book knows an account; one that the platform has masked cannot be paid."""
    orders = {row.seq: row.order_no for row in rows if row.order_no}
    known_by = {
        order_no: account.strip()
        for order_no, account in persons.payees(reader, set(orders.values())).items()
    }
    return {
        seq: known_by[order_no] for seq, order_no in orders.items() if is_account(known_by.get(order_no, ""))
    }


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
        serial=serial_of(row["key"]) if sent and row["kind"] != "opening" else "",
    )


def _with_items(reader: Reader, rows: list[PayableRow]) -> tuple[PayableRow, ...]:
    settled = _settled(reader, [row.seq for row in rows if row.claim_no])
    return tuple(_itemised(row, settled[row.seq]) if row.seq in settled else row for row in rows)


def _settled(reader: Reader, seqs: Sequence[int]) -> dict[int, sa.RowMapping]:
    found: dict[int, sa.RowMapping] = {}
    for part in parts(seqs):
        select = sa.select(S.seq, S.kind, S.answer_json).where(S.book == reader.book, S.seq.in_(part))
        found |= {row["seq"]: row for row in reader.rows(select)}
    return found


def _itemised(row: PayableRow, settled: sa.RowMapping) -> PayableRow:
    """The row with the kind of its claim, and the items and clauses that go by its channel."""
    items = json.loads(settled["answer_json"]).get("items", ())
    ours = [item for item in items if item.get("channel") == _CHANNELS[row.account]]
    return replace(row, kind=settled["kind"], items=_listed(ours, "item"), rules=_listed(ours, "rule"))


def _listed(items: Iterable[dict[str, Any]], name: str) -> str:
    return " ".join(dict.fromkeys(str(item[name]) for item in items))
