"""Claims into the book: each asked again with the book's own history, and recorded where it may be paid."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calculators.days import parse_moment
from calculators.rulebook import Rulebook
from cli.booked_cases import booked_case
from cli.errors import ShellError
from cli.readers.rows import ClaimRow
from ledger import queries
from ledger.claims import Subject, recording, without_free_text
from ledger.desk import Desk
from ledger.errors import StaleQuote
from ledger.quoting import quote
from ledger.recordings import Posted


class NotRecordable(ShellError):
    """A claim that is on hold, refused, or not yet approved; nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What whoever records has in hand: the digest of the quote they saw, and who approved it."""

    digest: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one claim: its answer, and where it stands in the book if it was recorded."""

    claim_no: str
    answer: dict[str, Any]
    posted: Posted | None


def case_of(desk: Desk, order_no: str, claim: Mapping[str, Any], at: datetime) -> dict[str, Any]:
    """The case to record for a claim; a claim that is recorded already keeps the moment it was recorded at."""
    stored = queries.settlement(desk.reader, str(claim["claim_no"]))
    case = booked_case(desk.reader, order_no, claim, at)
    if stored is not None:
        known = json.loads(stored.case_json)
        if known.get("claim") == without_free_text({"claim": claim})["claim"]:
            return dict(known)
    return without_free_text(case)


def record_case(
    desk: Desk, case: Mapping[str, Any], subject: Subject, rulebook: Rulebook, approval: Approval
) -> Outcome:
    """Ask a case again and record it; without an entry where it is on hold, refused or not approved.

    `StaleQuote` where the digest in hand is not the one of the answer as the book stands now.
    """
    asked = quote(dict(case), rulebook)
    answer = asked.answer()
    if approval.digest and approval.digest != answer["digest"]:
        raise StaleQuote(
            f"the quote {approval.digest[:12]}… is out of date: as the book stands the answer is "
            f"{answer['digest'][:12]}…. Quote again and record the new one."
        )
    decision = asked.settlement.decision
    if decision not in {"pay", "approve"} or (decision == "approve" and not approval.approved_by):
        return Outcome(claim_no=subject.claim_no, answer=answer, posted=None)
    source = f"approved by {approval.approved_by}" if decision == "approve" else None
    posted = desk.record(recording(asked, case, subject), source=source)
    return Outcome(claim_no=subject.claim_no, answer=answer, posted=posted)


def record_row(desk: Desk, row: ClaimRow, rulebook: Rulebook, approval: Approval) -> Outcome:
    """Record one line of the agents' notes: a claim on an imported order, or one of the other questions."""
    if row.question == "claim":
        case = case_of(desk, str(row.order_no), row.body, parse_moment(row.at))
        return record_case(desk, case, Subject(claim_no=row.key, order_no=row.order_no), rulebook, approval)
    case = {"at": row.at, row.question: row.body}
    return record_case(desk, case, Subject(claim_no=row.key), rulebook, approval)


def why_not(outcome: Outcome) -> NotRecordable:
    """The refusal of a single claim that was not recorded, in one line."""
    answer = outcome.answer
    notes = [*answer["awaits"], *answer["approvals"], *answer["not_applied"]]
    reason = "; ".join(f"[{note['rule']}] {note.get('text') or note.get('why')}" for note in notes)
    hint = " --approved-by" if answer["decision"] == "approve" else ""
    return NotRecordable(f"{outcome.claim_no}: {answer['decision']}{hint}, 未入账 / not recorded. {reason}")
