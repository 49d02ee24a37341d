"""Reading: one steady view of a book, and the joins that every question shares.

Entries are always read together with their seal; an unsealed one does not exist for a report.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa

from ledger import tables as t
from ledger.corrections import CANCELS
from ledger.hindsight import Known, as_then

_MANY = 500
_Row = TypeVar("_Row", bound=NamedTuple)
E, P, S = t.journal_entry.c, t.posting.c, t.settlement.c
SEALED = t.journal_entry.join(t.entry_seal, (E.book == t.entry_seal.c.book) & (E.seq == t.entry_seal.c.seq))
LINES = SEALED.join(t.posting, (E.book == P.book) & (E.seq == P.seq))
NAMED = LINES.join(t.account, (P.book == t.account.c.book) & (P.account == t.account.c.code))
ACCOUNT_ZH = t.account.c.name_zh.label("account_zh")
REVERSAL = t.journal_entry.alias("reversal")
REVERSED_BY = (
    sa.select(REVERSAL.c.seq)
    .where(REVERSAL.c.book == E.book, REVERSAL.c.reverses == E.seq)
    .scalar_subquery()
    .label("reversed_by")
)
# What a line is for: its own words, else its entry's; of a correction always its entry's, which names the original.
NARRATION = sa.case(((P.narration == "") | E.reverses.is_not(None), E.narration), else_=P.narration).label(
    "narration"
)
# Whether a line counts as a debit: by its sign, but of an entry in red by its original's.
IS_DEBIT = (
    sa.case(
        (E.reverses.is_not(None) & (sa.func.substr(E.narration, 1, 2) == CANCELS), -P.amount_fen),
        else_=P.amount_fen,
    )
    > 0
)
SETTLED = SEALED.join(t.settlement, (E.book == S.book) & (E.seq == S.seq))


PAGE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One steady view of one book; with `up_to`, of the book as it stood then."""

    connection: sa.Connection
    book: str
    up_to: Known | None = None

    def as_of(self, up_to: Known) -> "Reader":
        """The same view of the book as it stood at an earlier entry and operation."""
        return replace(self, up_to=up_to)

    def rows(self, select: sa.Select[Any]) -> Iterator[sa.RowMapping]:
        """The rows of a question, each as a mapping."""
        return iter(self._asked(select).mappings())

    def pages(self, select: sa.Select[Any]) -> Iterator[sa.RowMapping]:
        """The rows of a question that may have very many, never more than a page of them in memory."""
        return iter(self._asked(select, yield_per=PAGE).mappings())

    def listed(self, select: sa.Select[Any]) -> Sequence[sa.RowMapping]:
        """All rows of a question that has few; faster than one by one."""
        return self._asked(select).mappings().all()

    def swept(self, select: sa.Select[Any], row: type[_Row]) -> list[_Row]:
        """All rows of whole columns, each made of the driver's own: for walks of a whole book, at a third of the cost.

        The question must name its columns as the row's type does, in the same order.
        """
        result = self._asked(select)
        if tuple(result.keys()) != row._fields:
            result.close()
            raise ValueError(f"{', '.join(result.keys())} are not the columns of a {row.__name__}")
        # Our columns are texts and whole numbers, which both drivers give as they are; nothing is left to convert.
        rows = list(map(row._make, result.cursor.fetchall()))
        result.close()
        return rows

    def first(self, select: sa.Select[Any]) -> sa.RowMapping | None:
        """The first row of a question, if any."""
        return self._asked(select).mappings().first()

    def number(self, select: sa.Select[Any]) -> int:
        """The one whole number a question answers; 0 for nothing."""
        return int(self._asked(select).scalar() or 0)

    def text(self, select: sa.Select[Any]) -> str:
        """The one text a question answers; an empty one for nothing."""
        return str(self._asked(select).scalar() or "")

    def _asked(self, select: sa.Select[Any], **options: Any) -> sa.CursorResult[Any]:
        asked = select if self.up_to is None else as_then(select, self.up_to)
        return self.connection.execute(asked, execution_options=options)


def voucher(voucher_no: int | None) -> str:
    """How a voucher is called; empty for a memorandum, which has none."""
    return f"记-{voucher_no}" if voucher_no else ""


def moment(text: str) -> datetime:
    """A stored moment, as an aware datetime in UTC."""
    return datetime.fromisoformat(text)


def known(known_at: int | None) -> list[sa.ColumnElement[bool]]:
    """The condition that hides entries after number `known_at`; none for the book as it stands."""
    return [] if known_at is None else [E.seq <= known_at]


def parts(seqs: Sequence[int]) -> list[Sequence[int]]:
    """Entry numbers in parts that one question can name."""
    return [seqs[start : start + _MANY] for start in range(0, len(seqs), _MANY)]


def dated(as_of: date | None) -> list[sa.ColumnElement[bool]]:
    """The condition that hides entries that take effect after a day; none for the book as it stands."""
    return [] if as_of is None else [E.effective_on <= as_of.isoformat()]
