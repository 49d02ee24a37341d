"""Questions to the book: each is a noun, takes a `Reader`, answers report shapes and writes nothing.

Every figure is read through the seal. `known_at` asks what the book said when entry N was its last.
"""

from datetime import date

import sqlalchemy as sa

from ledger import tables as t
from ledger.canonical import GENESIS
from ledger.corrections import ink_of
from ledger.errors import UnknownEntry
from ledger.reading import (
    ACCOUNT_ZH,
    IS_DEBIT,
    LINES,
    NAMED,
    REVERSED_BY,
    SEALED,
    SETTLED,
    E,
    P,
    Reader,
    S,
    dated,
    known,
    moment,
    voucher,
)
from ledger.recordings import OrderFacts, RecordedSettlement, StatementLine
from ledger.reports import (
    BookCounts,
    ChainHead,
    EntryReport,
    PostingRow,
    RefundedRow,
    StatementRow,
    TrialBalanceRow,
)

POSTED = sa.select(
    E.key, E.request_digest, E.seq, E.voucher_no, t.entry_seal.c.hash, REVERSED_BY
).select_from(SEALED)


def head(reader: Reader) -> ChainHead:
    """The last sealed entry and its hash."""
    c = t.entry_seal.c
    row = reader.first(sa.select(c.seq, c.hash).where(c.book == reader.book).order_by(c.seq.desc()).limit(1))
    return ChainHead(seq=row["seq"], hash=row["hash"]) if row else ChainHead(seq=0, hash=GENESIS)


def trial_balance(
    reader: Reader, period: str, known_at: int | None = None, as_of: date | None = None
) -> tuple[TrialBalanceRow, ...]:
    """Opening, movement and closing of every account that has any, in the order of their codes.

    With `as_of` the movement ends with that day, and the closing is the balance then.
    """
    now, amount = E.period == period, P.amount_fen
    select = (
        sa.select(
            P.account,
            sa.func.sum(sa.case((now, 0), else_=amount)).label("opening_fen"),
            sa.func.sum(sa.case((now & IS_DEBIT, amount), else_=0)).label("debit_fen"),
            sa.func.sum(sa.case((now & ~IS_DEBIT, -amount), else_=0)).label("credit_fen"),
        )
        .select_from(LINES)
        .where(E.book == reader.book, E.period <= period, *known(known_at), *dated(as_of))
        .group_by(P.account)
        .order_by(P.account)
    )
    names = account_names(reader)
    rows = (_trial_balance_row(row, names) for row in reader.rows(select))
    return tuple(row for row in rows if row.opening_fen or row.debit_fen or row.credit_fen)


def balance(reader: Reader, account: str, as_of: date | None = None, known_at: int | None = None) -> int:
    """The signed balance of an account in fen, debit positive, at the end of a day (missing = all)."""
    return reader.number(
        sa.select(sa.func.sum(P.amount_fen))
        .select_from(LINES)
        .where(E.book == reader.book, P.account == account, *dated(as_of), *known(known_at))
    )


def entry(reader: Reader, seq: int) -> EntryReport:
    """One entry in full; `UnknownEntry` where the book has none of that number."""
    found = _entries(reader, E.seq == seq)
    if not found:
        raise UnknownEntry(f"book {reader.book} has no entry {seq}. `settle report` lists them.")
    return found[0]


def entries_of_order(reader: Reader, order_no: str) -> tuple[EntryReport, ...]:
    """Every entry about an order, oldest first."""
    return _entries(reader, E.order_no == order_no)


def settlement(reader: Reader, claim_no: str) -> RecordedSettlement | None:
    """The settlement recorded under a claim number, if there is one."""
    found = _settlements(reader, S.claim_no == claim_no)
    return found[0] if found else None


def history(reader: Reader, subject: str, before_claim: str | None = None) -> tuple[RecordedSettlement, ...]:
    """The settlements recorded for an order, oldest first; only those before a claim where it is recorded."""
    earlier = settlement(reader, before_claim) if before_claim else None
    limits = [S.seq < earlier.seq] if earlier else []
    return _settlements(reader, S.subject == subject, *limits)


def settlements_of_kind(reader: Reader, kind: str) -> tuple[RecordedSettlement, ...]:
    """Every settlement of one kind of question, oldest first."""
    return _settlements(reader, S.kind == kind)


def facts(reader: Reader, order_no: str) -> OrderFacts | None:
    """What is known of an order now; nothing for an order the book never heard of."""
    c = t.order_facts.c
    select = sa.select(c.order_no, c.facts_json, c.source).where(
        c.book == reader.book, c.order_no == order_no
    )
    row = reader.first(select.order_by(c.version.desc()).limit(1))
    return OrderFacts(**row) if row else None


def refunded(
    reader: Reader, subject: str, known_at: int | None = None, as_of: date | None = None
) -> tuple[RefundedRow, ...]:
    """How far each bucket of an order has been given back, in the order of their names."""
    c = t.refund_step.c
    given = sa.func.sum(c.after_fen - c.before_fen).label("refunded_fen")
    select = (
        sa.select(c.bucket, sa.func.max(c.paid_fen).label("paid_fen"), given)
        .select_from(SEALED.join(t.refund_step, (E.book == c.book) & (E.seq == c.seq)))
        .where(c.book == reader.book, c.subject == subject, *known(known_at), *dated(as_of))
        .group_by(c.bucket)
    )
    rows = sorted(reader.rows(select), key=lambda row: str(row["bucket"]))
    return tuple(
        RefundedRow(bucket=row["bucket"], paid_fen=row["paid_fen"], refunded_fen=int(row["refunded_fen"]))
        for row in rows
    )


def statements(reader: Reader) -> tuple[StatementRow, ...]:
    """Every imported file, in the order of import."""
    c, o = t.statement.c, t.operation.c
    joined = t.statement.join(t.operation, (c.book == o.book) & (c.op_no == o.op_no))
    select = sa.select(c.name, c.layout, c.sha256, c.line_count, o.recorded_at, o.actor).select_from(joined)
    rows = reader.rows(select.where(c.book == reader.book).order_by(c.op_no))
    return tuple(StatementRow(**{**row, "recorded_at": moment(row["recorded_at"])}) for row in rows)


def statement_lines(reader: Reader, reference: str) -> tuple[StatementLine, ...]:
    """Every line of every imported file about an order, in the order of import."""
    c = t.statement_line.c
    select = sa.select(c.row_no, c.reference, c.line_json).where(
        c.book == reader.book, c.reference == reference
    )
    return tuple(StatementLine(**row) for row in reader.rows(select.order_by(c.op_no, c.row_no)))


def rulebook_text(reader: Reader, digest: str) -> str | None:
    """The full text of a rulebook that the book has used, by its digest."""
    c = t.rulebook.c
    row = reader.first(sa.select(c.text).where(c.book == reader.book, c.digest == digest))
    return str(row["text"]) if row else None


def counts(reader: Reader) -> BookCounts:
    """How much the book holds."""
    orders = sa.select(sa.func.count(sa.distinct(t.order_facts.c.order_no)))
    return BookCounts(
        entries=_count(reader, t.journal_entry),
        postings=_count(reader, t.posting),
        settlements=_count(reader, t.settlement),
        orders=reader.number(orders.where(t.order_facts.c.book == reader.book)),
        statements=_count(reader, t.statement),
        rulebooks=_count(reader, t.rulebook),
        operations=_count(reader, t.operation),
    )


def _count(reader: Reader, table: sa.Table) -> int:
    return reader.number(sa.select(sa.func.count()).select_from(table).where(table.c.book == reader.book))


def account_names(reader: Reader) -> dict[str, tuple[str, str]]:
    """The two names of every account of the book's chart, by its code."""
    c = t.account.c
    select = sa.select(c.code, c.name_zh, c.name_en).where(c.book == reader.book)
    return {row["code"]: (row["name_zh"], row["name_en"]) for row in reader.rows(select)}


def _trial_balance_row(row: sa.RowMapping, names: dict[str, tuple[str, str]]) -> TrialBalanceRow:
    name_zh, name_en = names[row["account"]]
    opening, debit, credit = int(row["opening_fen"]), int(row["debit_fen"]), int(row["credit_fen"])
    return TrialBalanceRow(
        account=row["account"],
        name_zh=name_zh,
        name_en=name_en,
        opening_fen=opening,
        debit_fen=debit,
        credit_fen=credit,
        closing_fen=opening + debit - credit,
    )


def _entries(reader: Reader, which: sa.ColumnElement[bool]) -> tuple[EntryReport, ...]:
    columns = (*t.journal_entry.c, t.entry_seal.c.hash, REVERSED_BY)
    select = sa.select(*columns).select_from(SEALED)
    rows = reader.rows(select.where(E.book == reader.book, which).order_by(E.seq))
    return tuple(_entry_report(row, _posting_rows(reader, row["seq"])) for row in list(rows))


def _posting_rows(reader: Reader, seq: int) -> tuple[PostingRow, ...]:
    columns = (P.line, P.account, P.amount_fen, P.narration, ACCOUNT_ZH)
    select = sa.select(*columns).select_from(NAMED).where(E.book == reader.book, E.seq == seq)
    return tuple(PostingRow(**row) for row in reader.rows(select.order_by(P.line)))


def _entry_report(row: sa.RowMapping, postings: tuple[PostingRow, ...]) -> EntryReport:
    kept = ("seq", "kind", "narration", "order_no", "claim_no", "reverses", "reversed_by")
    return EntryReport(
        **{name: row[name] for name in kept},
        **{name: row[name] for name in ("source", "actor", "key", "hash")},
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        recorded_at=moment(row["recorded_at"]),
        postings=postings,
        colour=ink_of(row["narration"], row["reverses"]),
    )


def _settlements(reader: Reader, *which: sa.ColumnElement[bool]) -> tuple[RecordedSettlement, ...]:
    columns = [column for column in S if column.name != "book"]
    extra = (E.voucher_no, E.effective_on, E.recorded_at, t.entry_seal.c.hash, REVERSED_BY)
    select = sa.select(*columns, *extra).select_from(SETTLED)
    return tuple(
        _recorded(row) for row in reader.rows(select.where(S.book == reader.book, *which).order_by(S.seq))
    )


def _recorded(row: sa.RowMapping) -> RecordedSettlement:
    kept = {name: value for name, value in row.items() if name != "voucher_no"}
    kept["voucher"] = voucher(row["voucher_no"])
    kept["effective_on"] = date.fromisoformat(row["effective_on"])
    kept["recorded_at"] = moment(row["recorded_at"])
    return RecordedSettlement(**kept)
