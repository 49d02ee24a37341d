"""Approving: what one person asks and only another may grant, word by word, and what still waits.

A claim whose answer needs approval, and the reopening of a month, are asked under the digest of exactly what
is to be done. A grant names the same digest and another actor, and holds while it is the last word. The guards
hold all of it; here it is refused in words before.
"""

import json
from collections.abc import Iterator

import sqlalchemy as sa

from calculators.answer_json import canonical
from ledger import storing
from ledger import tables as t
from ledger.chain import Chain, Row
from ledger.errors import NotApproved
from ledger.journal import check_key, check_text
from ledger.reading import Reader, moment
from ledger.recordings import Approval, Recording
from ledger.reports import ApprovalRow
from ledger.reports_of_reopening import Reopening
from ledger.sealing import APPROVAL, content_digest

_A, _O = t.approval.c, t.operation.c
_WORDS = t.approval.join(t.operation, (_A.book == _O.book) & (_A.op_no == _O.op_no))
_LATER = t.approval.alias("later")


def store_approval(chain: Chain, approval: Approval) -> int:
    """Keep one word on a matter as its next version, which is answered; `NotApproved` where it may not be said."""
    _check(approval)
    last = last_word(chain.reader, approval.matter, approval.subject)
    if approval.action != "ask":
        _check_answer(chain.actor, approval, last)
    if approval.matter == "claim":
        _check_unrecorded(chain.reader, approval.subject)
    row: Row = {
        "book": chain.reader.book,
        "matter": approval.matter,
        "subject": approval.subject,
        "version": last.version + 1 if last else 1,
        "action": approval.action,
        "digest": approval.digest,
        "content_json": approval.content_json,
        "reason": approval.reason,
        "op_no": chain.op_no + 1,
    }
    chain.insert(t.approval, [row])
    chain.seal_operation("approval", approval.subject, content_digest(APPROVAL, [row]))
    return int(row["version"])


def ask_claim(chain: Chain, recording: Recording) -> int:
    """Ask that a settlement be approved, with its case and answer and under its digest; answers the version.

    Its rulebook is kept with it, so that whoever answers sees what was asked. `PeriodClosed` where it could not
    be booked any more, `NotApproved` for a claim that is recorded.
    """
    chain.open_month(recording.entry.effective_on)
    _check_unrecorded(chain.reader, recording.claim_no)
    storing.store_rulebook(chain, recording.rulebook_digest, recording.rulebook_text)
    asked = {
        "answer": json.loads(recording.answer_json),
        "case": json.loads(recording.case_json),
        "order_no": recording.entry.order_no,
        "rulebook_digest": recording.rulebook_digest,
    }
    word = Approval(
        matter="claim",
        subject=recording.claim_no,
        action="ask",
        digest=recording.answer_digest,
        content_json=canonical(asked),
    )
    return store_approval(chain, word)


def words(reader: Reader, matter: str, subject: str) -> tuple[ApprovalRow, ...]:
    """Everything that was asked and answered on a matter, oldest first."""
    return tuple(_words(reader, _A.matter == matter, _A.subject == subject))


def last_word(reader: Reader, matter: str, subject: str) -> ApprovalRow | None:
    """The last word on a matter, if anybody said one."""
    return next(iter(words(reader, matter, subject)[-1:]), None)


def reopenings(reader: Reader, period: str) -> tuple[Reopening, ...]:
    """Who asked that a month be reopened, why, and who granted it, each time that it was; oldest first."""
    found: list[Reopening] = []
    asked: ApprovalRow | None = None
    for word in words(reader, "reopen", period):
        if word.action == "grant" and asked:
            said = {"reason": asked.reason, "asked_by": asked.actor, "granted_by": word.actor}
            found.append(Reopening(period=period, at=word.recorded_at, **said))
        asked = word if word.action == "ask" else None
    return tuple(found)


def is_granted(reader: Reader, matter: str, subject: str, digest: str) -> bool:
    """Whether the last word on a matter is a grant of exactly that digest."""
    last = last_word(reader, matter, subject)
    return last is not None and (last.action, last.digest) == ("grant", digest)


def waiting(reader: Reader) -> tuple[ApprovalRow, ...]:
    """Every ask that nobody has answered and whose claim was not recorded otherwise, oldest first."""
    settled = sa.exists().where(
        _A.matter == "claim", t.settlement.c.book == _A.book, t.settlement.c.claim_no == _A.subject
    )
    later = sa.exists().where(
        *(_LATER.c[name] == _A[name] for name in ("book", "matter", "subject")),
        _LATER.c.version > _A.version,
    )
    return tuple(_words(reader, _A.action == "ask", ~settled, ~later))


def close_digest(reader: Reader, period: str) -> str | None:
    """What a reopening is asked under: the hash of the operation that closed the month last, if one did."""
    e = t.period_event.c
    joined = t.period_event.join(t.operation, (e.book == _O.book) & (e.op_no == _O.op_no))
    select = sa.select(e.action, _O.hash).select_from(joined)
    select = select.where(e.book == reader.book, e.period == period).order_by(e.version.desc()).limit(1)
    row = reader.first(select)
    return str(row["hash"]) if row and row["action"] == "close" else None


def same_person(one: str, other: str) -> bool:
    """Whether two names of actors are one, however they are written."""
    return one.strip().casefold() == other.strip().casefold()


def _check(approval: Approval) -> None:
    check_key("subject", approval.subject)
    for name in ("matter", "action", "digest", "content_json", "reason"):
        check_text(name, getattr(approval, name))
    if approval.action == "refuse" and not approval.reason.strip():
        raise NotApproved(f"{approval.subject} cannot be refused without a reason.")


def _check_answer(actor: str, approval: Approval, last: ApprovalRow | None) -> None:
    if last is None or last.action != "ask":
        raise NotApproved(f"nobody asks about {approval.subject} now. `settle approve` lists what waits.")
    if last.digest != approval.digest:
        raise NotApproved(
            f"{approval.subject} is asked as {last.digest}, not as {approval.digest}. "
            "Look at it again, and approve what is asked now."
        )
    if same_person(last.actor, actor):
        raise NotApproved(
            f"{last.actor} asked about {approval.subject} and cannot answer it. Have a second person answer."
        )


def _check_unrecorded(reader: Reader, claim_no: str) -> None:
    c = t.settlement.c
    select = sa.select(c.seq).where(c.book == reader.book, c.claim_no == claim_no)
    if reader.first(select) is not None:
        raise NotApproved(f"claim {claim_no} is recorded already, so there is nothing to approve.")


def _words(reader: Reader, *which: sa.ColumnElement[bool]) -> Iterator[ApprovalRow]:
    kept = ("matter", "subject", "version", "action", "digest", "content_json", "reason")
    select = sa.select(*(_A[name] for name in kept), _O.actor, _O.recorded_at).select_from(_WORDS)
    for row in reader.rows(select.where(_A.book == reader.book, *which).order_by(_A.op_no)):
        yield ApprovalRow(**{**row, "recorded_at": moment(row["recorded_at"])})
