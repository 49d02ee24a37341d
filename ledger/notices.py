"""What a person should look at before a month is signed: approvals, reversals, and what the answers warned of.

A recorded answer keeps its warnings in English, for its digest is taken over them. In 中文 they are asked for
again, of the recorded facts under the recorded rulebook; a note that today's calculators would not make stands in
the words that were recorded. Who granted a claim stands in the approvals; before there were any, in the source.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from heapq import merge
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from calculators.days import SHANGHAI, business_day, first_of
from calculators.errors import BadCase
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from ledger import tables as t
from ledger.periods import next_period, passed_gates
from ledger.quoting import quote
from ledger.reading import SEALED, SETTLED, E, P, Reader, S, moment, voucher
from ledger.reports_of_closes import NoticeRow
from ledger.rules_in_force import stored_rulebook
from ledger.sealing import moment_text

_APPROVED_BY = "approved by "
_COLUMNS = (E.seq, E.voucher_no, E.effective_on, E.recorded_at, E.order_no, E.claim_no, E.actor)
_NOTED = (
    '"approvals":[{',
    '"advisories":[{',
)  # answers are stored in one spelling, so this finds all of them
_A, _O = t.approval.c, t.operation.c
Said = Mapping[str, str]
_WORDS = t.approval.join(t.operation, (_A.book == _O.book) & (_A.op_no == _O.op_no))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthNotices:
    """The notices of a period, first the gates its close went past, then words on what was not recorded, then entries.

    Read a page at a time and as often as wanted.
    """

    reader: Reader
    period: str

    def __iter__(self) -> Iterator[NoticeRow]:
        return self._all(_InChinese(self.reader))

    def briefly(self) -> Iterator[NoticeRow]:
        """The same rows in the words they were recorded in, which is quicker."""
        return self._all(lambda _: {})

    def _all(self, said: Callable[[sa.RowMapping], Said]) -> Iterator[NoticeRow]:
        yield from self._passed()
        yield from self._words()
        yield from merge(self._reversals(), self._of_answers(said), key=attrgetter("seq"))

    def _passed(self) -> Iterator[NoticeRow]:
        """The gates that the standing close of the month went past, each with how much stood in it and why."""
        passed = passed_gates(self.reader, self.period)
        if passed is None:
            return
        for name, count in passed.gates:
            yield NoticeRow(
                kind="passed",
                effective_on=business_day(passed.at),
                recorded_at=passed.at,
                code=name,
                text=f"{count} 项；{passed.reason}",
                actor=passed.actor,
            )

    def _words(self) -> Iterator[NoticeRow]:
        """What was said on the month's reopening, and in the month on claims that are not recorded."""
        recorded = sa.exists().where(S.book == _A.book, S.claim_no == _A.subject)
        begins, ends = _bounds(self.period)
        in_month = (_O.recorded_at >= begins) & (_O.recorded_at < ends)
        open_claim = (_A.matter == "claim") & ~recorded & in_month
        reopening = (_A.matter == "reopen") & (_A.subject == self.period)
        columns = (_A.matter, _A.subject, _A.action, _A.reason, _O.actor, _O.recorded_at)
        select = sa.select(*columns).select_from(_WORDS)
        where = (_A.book == self.reader.book, open_claim | reopening)
        for row in self.reader.rows(select.where(*where).order_by(_A.op_no)):
            yield _word(row)

    def _reversals(self) -> Iterator[NoticeRow]:
        debits = sa.func.sum(sa.case((P.amount_fen > 0, P.amount_fen), else_=0))
        amount = sa.select(debits).where(P.book == E.book, P.seq == E.seq).scalar_subquery().label("fen")
        select = sa.select(*_COLUMNS, E.reverses, E.narration, amount).select_from(SEALED)
        for row in self.reader.pages(self._mine(select.where(E.reverses.is_not(None)))):
            more = {"code": str(row["reverses"]), "rule": "", "text": row["narration"]}
            yield NoticeRow(kind="reversal", **_entry(row), **more, amount_fen=int(row["fen"] or 0))

    def _of_answers(self, said: Callable[[sa.RowMapping], Said]) -> Iterator[NoticeRow]:
        granted = self._grant(_O.actor).label("granted_by"), self._grant(_O.recorded_at).label("granted_at")
        columns = (*_COLUMNS, E.source, S.case_json, S.answer_json, S.rulebook_digest, *granted)
        noted = sa.or_(*(S.answer_json.contains(mark, autoescape=True) for mark in _NOTED))
        select = sa.select(*columns).select_from(SETTLED).where(noted)
        for row in self.reader.pages(self._mine(select)):
            yield from _notices(row, said(row))

    def _grant(self, what: sa.ColumnElement[str]) -> sa.ScalarSelect[str]:
        """Of the last grant of the entry's claim: who gave it, or when."""
        where = (_A.book == E.book, _A.matter == "claim", _A.subject == E.claim_no, _A.action == "grant")
        select = sa.select(what).select_from(_WORDS).where(*where)
        return select.order_by(_A.version.desc()).limit(1).correlate(t.journal_entry).scalar_subquery()

    def _mine(self, select: sa.Select[Any]) -> sa.Select[Any]:
        where = (E.book == self.reader.book, E.period == self.period)
        return select.where(*where).order_by(E.seq)


def _bounds(period: str) -> tuple[str, str]:
    """From the first moment of a month in Shanghai to that of the next, as moments are stored."""
    first, after = (first_of(one) for one in (period, next_period(period)))
    begins, ends = (moment_text(datetime.combine(day, time(), SHANGHAI)) for day in (first, after))
    return begins, ends


def _word(row: sa.RowMapping) -> NoticeRow:
    at = moment(row["recorded_at"])
    return NoticeRow(
        kind=row["action"],
        effective_on=business_day(at),
        recorded_at=at,
        claim_no=row["subject"] if row["matter"] == "claim" else None,
        code=row["matter"],
        text=row["reason"],
        actor=row["actor"],
    )


def _notices(row: sa.RowMapping, said: Said) -> Iterator[NoticeRow]:
    answer = json.loads(row["answer_json"])
    amount_fen = sum(parse_yuan(item["amount"]) for item in answer.get("items", ()))
    source = row["source"] or ""
    before = source.removeprefix(_APPROVED_BY) if source.startswith(_APPROVED_BY) else ""
    granted_at = moment(row["granted_at"]) if row["granted_at"] else None
    for one in answer.get("approvals", ()):
        yield NoticeRow(
            kind="approval",
            **_entry(row),
            **_noted(one["who"], one, said),
            amount_fen=amount_fen,
            approver=row["granted_by"] or before,
            approved_at=granted_at,
        )
    for one in answer.get("advisories", ()):
        yield NoticeRow(kind="advisory", **_entry(row), **_noted(one["id"], one, said), amount_fen=amount_fen)


class _InChinese:
    """What the notes of an answer say in 中文, by their English: asked again of the facts it was given."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._rulebooks: dict[str, Rulebook | None] = {}

    def __call__(self, row: sa.RowMapping) -> Said:
        """The Chinese by the English; nothing where today's program cannot ask again."""
        digest = row["rulebook_digest"]
        if digest not in self._rulebooks:
            self._rulebooks[digest] = stored_rulebook(self._reader, digest)
        rulebook = self._rulebooks[digest]
        if rulebook is None:
            return {}
        try:
            asked = quote(json.loads(row["case_json"]), rulebook)
        except BadCase:
            return {}
        texts = [one.text for one in asked.settlement.approvals]
        texts += [one.text for one in asked.settlement.advisories]
        return {text.en: text.zh for text in texts}


def _noted(code: str, one: dict[str, Any], said: Said) -> dict[str, Any]:
    return {"code": code, "rule": one["rule"], "text": said.get(one["text"], one["text"])}


def _entry(row: sa.RowMapping) -> dict[str, Any]:
    kept = {name: row[name] for name in ("seq", "order_no", "claim_no", "actor")}
    return kept | {
        "voucher": voucher(row["voucher_no"]),
        "effective_on": date.fromisoformat(row["effective_on"]),
        "recorded_at": moment(row["recorded_at"]),
    }
