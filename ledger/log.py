"""The operation log: everything that was done to a book, by whom, when and about what, newest first.

Nothing is written for it: entries and operations are sealed with their actor and moment already, and the log
reads the two as the one row of deeds that they are. An operation stands after the entry that was the last when
it was done.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from typing import Any, cast

import sqlalchemy as sa

from ledger import tables as t
from ledger.reading import SEALED, E, Reader, moment, voucher
from ledger.reports_of_deeds import Deed
from ledger.sealing import erasure_reason, moment_text

_BATCH = 500
_VOUCHER = re.compile(r"记-([0-9]{1,9})")
_ENTRY = re.compile(r"#([0-9]{1,9})")
_OPERATION = t.operation.c
# A file that was taken in is an import; `statement` is the kind of the entries that its lines became.
_COMMAND = sa.case((_OPERATION.command == "statement", "import"), else_=_OPERATION.command)
# What was done in an approval or a match stands in its action.
_DID = sa.func.coalesce(t.approval.c.action, t.line_match.c.action, _COMMAND)
# What an operation is about stands with what it sealed: at most one of these rows has its number.
_CONTENT = (t.statement, t.period_event, t.order_facts, t.approval, t.line_match)
_DONE = reduce(
    lambda joined, table: joined.outerjoin(
        table, (table.c.book == _OPERATION.book) & (table.c.op_no == _OPERATION.op_no)
    ),
    _CONTENT,
    cast(sa.FromClause, t.operation),
)
_NOTHING: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.Text)
_NO_NUMBER: sa.ColumnElement[Any] = sa.cast(sa.null(), sa.BigInteger)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Which deeds are asked for: of whom, from `since` on and before `before`, of which kinds, with which words.

    Whatever is empty asks for all. `about` is looked for in every number, name and text of a deed, upper and lower
    case of Latin letters alike; `#12` is the entry of that number and `记-12` the voucher.
    """

    actor: str = ""
    since: datetime | None = None
    before: datetime | None = None
    about: str = ""
    kinds: tuple[str, ...] = ()
    limit: int | None = None


def log(reader: Reader, sought: Sought) -> Iterator[Deed]:
    """The deeds that were asked for, newest first, read as they are taken; no more than `limit` of them."""
    both = sa.union_all(_entries(reader, sought), _operations(reader, sought)).subquery()
    select = sa.select(both).order_by(both.c.place.desc(), both.c.rank.desc()).limit(sought.limit)
    rows = reader.rows(select.execution_options(yield_per=_BATCH))
    return (_deed(reader.book, row) for row in rows)


def kinds_of_deeds(reader: Reader) -> tuple[str, ...]:
    """Every kind of deed and of entry that the book has, by name."""
    asked = (
        sa.select(E.command).where(E.book == reader.book),
        sa.select(E.kind).where(E.book == reader.book),
        sa.select(_COMMAND.label("kind")).select_from(_DONE).where(_OPERATION.book == reader.book),
        sa.select(_DID.label("kind")).select_from(_DONE).where(_OPERATION.book == reader.book),
    )
    found = (row for select in asked for row in reader.rows(select.distinct()))
    return tuple(sorted({name for row in found for name in row.values()}))


def _entries(reader: Reader, sought: Sought) -> sa.Select[Any]:
    searched = (E.order_no, E.claim_no, E.narration, E.key, E.source, E.command)
    about = [*_said(searched, sought.about), *_numbered(sought.about)]
    which = _limits(E.recorded_at, E.actor, sought) + _kinds((E.command, E.kind), sought)
    if sought.about:
        which.append(sa.or_(*about))
    columns = (
        E.seq.label("place"),
        sa.literal(0, sa.BigInteger).label("rank"),
        E.recorded_at,
        E.actor,
        E.command.label("deed"),
        E.kind,
        E.voucher_no,
        E.order_no,
        E.claim_no,
        E.key.label("subject"),
        E.source,
        E.narration.label("words"),
        E.request_digest.label("digest"),
    )
    return sa.select(*columns).select_from(SEALED).where(E.book == reader.book, *which)


def _operations(reader: Reader, sought: Sought) -> sa.Select[Any]:
    o, source = _OPERATION, t.order_facts.c.source
    said = (t.statement.c.name, t.period_event.c.reason, t.approval.c.reason, t.line_match.c.reason)
    words = sa.func.coalesce(*said, "")
    which = _limits(o.recorded_at, o.actor, sought) + _kinds((_DID, _COMMAND), sought)
    if sought.about:
        which.append(sa.or_(*_said((_DID, o.subject, words, source), sought.about)))
    columns = (
        o.head_seq.label("place"),
        o.op_no.label("rank"),
        o.recorded_at,
        o.actor,
        _DID.label("deed"),
        _COMMAND.label("kind"),
        _NO_NUMBER.label("voucher_no"),
        sa.func.coalesce(t.order_facts.c.order_no, t.line_match.c.order_no).label("order_no"),
        _NOTHING.label("claim_no"),
        o.subject,
        source,
        words.label("words"),
        o.digest,
    )
    return sa.select(*columns).select_from(_DONE).where(o.book == reader.book, *which)


def _limits(
    recorded_at: sa.ColumnElement[str], actor: sa.ColumnElement[str], sought: Sought
) -> list[sa.ColumnElement[bool]]:
    which = [actor == sought.actor] if sought.actor else []
    which += [recorded_at >= moment_text(sought.since)] if sought.since else []
    return which + ([recorded_at < moment_text(sought.before)] if sought.before else [])


def _kinds(columns: tuple[sa.ColumnElement[str], ...], sought: Sought) -> list[sa.ColumnElement[bool]]:
    return [sa.or_(*(column.in_(sought.kinds) for column in columns))] if sought.kinds else []


def _said(columns: tuple[sa.ColumnElement[Any], ...], about: str) -> list[sa.ColumnElement[bool]]:
    return [column.icontains(about, autoescape=True) for column in columns]


def _numbered(about: str) -> list[sa.ColumnElement[bool]]:
    entry, voucher_no = _ENTRY.fullmatch(about), _VOUCHER.fullmatch(about)
    which = [E.seq == int(entry.group(1))] if entry else []
    return which + ([E.voucher_no == int(voucher_no.group(1))] if voucher_no else [])


def _deed(book: str, row: sa.RowMapping) -> Deed:
    is_entry, words = not row["rank"], row["words"]
    if row["deed"] == "erase":
        words = erasure_reason({**row, "book": book}) or ""
    return Deed(
        recorded_at=moment(row["recorded_at"]),
        actor=row["actor"],
        deed=row["deed"],
        kind=row["kind"],
        seq=row["place"] if is_entry else None,
        op_no=None if is_entry else row["rank"],
        voucher=voucher(row["voucher_no"]),
        subject=row["subject"],
        order_no=row["order_no"],
        claim_no=row["claim_no"],
        words=words,
        source=row["source"],
    )
