"""What a person should look at before a month is signed: approvals, reversals, and what the answers warned of.

A recorded answer keeps its warnings in English, for its digest is taken over them. In 中文 they are asked for
again, of the recorded facts under the recorded rulebook; where today's calculators would answer otherwise, the
words that were recorded stand.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from heapq import merge
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from calculators.errors import BadCase, BadRulebook
from calculators.money import parse_yuan
from ledger import queries
from ledger.quoting import quote, rulebook_from_text
from ledger.reading import SEALED, SETTLED, E, P, Reader, S, known, moment, voucher
from ledger.reports_of_closes import NoticeRow

_APPROVED_BY = "approved by "
_COLUMNS = (E.seq, E.voucher_no, E.effective_on, E.recorded_at, E.order_no, E.claim_no, E.actor)
_NOTED = (
    '"approvals":[{',
    '"advisories":[{',
)  # answers are stored in one spelling, so this finds all of them


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthNotices:
    """The notices of a period in the order of their entries, read a page at a time and as often as wanted."""

    reader: Reader
    period: str
    known_at: int | None = None

    def __iter__(self) -> Iterator[NoticeRow]:
        return merge(self._reversals(), self._of_answers(), key=attrgetter("seq"))

    def _reversals(self) -> Iterator[NoticeRow]:
        debits = sa.func.sum(sa.case((P.amount_fen > 0, P.amount_fen), else_=0))
        amount = sa.select(debits).where(P.book == E.book, P.seq == E.seq).scalar_subquery().label("fen")
        select = sa.select(*_COLUMNS, E.reverses, E.narration, amount).select_from(SEALED)
        for row in self.reader.pages(self._mine(select.where(E.reverses.is_not(None)))):
            more = {"code": str(row["reverses"]), "rule": "", "text": row["narration"]}
            yield NoticeRow(kind="reversal", **_entry(row), **more, amount_fen=int(row["fen"] or 0))

    def _of_answers(self) -> Iterator[NoticeRow]:
        columns = (*_COLUMNS, E.source, S.case_json, S.answer_json, S.rulebook_digest)
        noted = sa.or_(*(S.answer_json.contains(mark, autoescape=True) for mark in _NOTED))
        select = sa.select(*columns).select_from(SETTLED).where(noted)
        for row in self.reader.pages(self._mine(select)):
            yield from _notices(self.reader, row)

    def _mine(self, select: sa.Select[Any]) -> sa.Select[Any]:
        where = (E.book == self.reader.book, E.period == self.period, *known(self.known_at))
        return select.where(*where).order_by(E.seq)


def _notices(reader: Reader, row: sa.RowMapping) -> Iterator[NoticeRow]:
    answer = _in_chinese(reader, row)
    amount_fen = sum(parse_yuan(item["amount"]) for item in answer.get("items", ()))
    approver = (row["source"] or "").removeprefix(_APPROVED_BY)
    for one in answer.get("approvals", ()):
        noted = _noted(one["who"], one)
        yield NoticeRow(kind="approval", **_entry(row), **noted, amount_fen=amount_fen, approver=approver)
    for one in answer.get("advisories", ()):
        yield NoticeRow(kind="advisory", **_entry(row), **_noted(one["id"], one), amount_fen=amount_fen)


def _in_chinese(reader: Reader, row: sa.RowMapping) -> dict[str, Any]:
    """The recorded answer with its reasons in 中文, where asking again gives the recorded answer."""
    recorded: dict[str, Any] = json.loads(row["answer_json"])
    try:
        rulebook = rulebook_from_text(queries.rulebook_text(reader, row["rulebook_digest"]) or "")
        asked = quote(json.loads(row["case_json"]), rulebook).answer("zh")
    except (BadCase, BadRulebook):
        return recorded
    return asked if asked["digest"] == recorded.get("digest") else recorded


def _noted(code: str, one: dict[str, Any]) -> dict[str, Any]:
    return {"code": code, "rule": one["rule"], "text": one["text"]}


def _entry(row: sa.RowMapping) -> dict[str, Any]:
    kept = {name: row[name] for name in ("seq", "order_no", "claim_no", "actor")}
    return kept | {
        "voucher": voucher(row["voucher_no"]),
        "effective_on": date.fromisoformat(row["effective_on"]),
        "recorded_at": moment(row["recorded_at"]),
    }
