"""Claims into the book: each asked again with the book's own history, and recorded where it may be paid."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from calculators.days import parse_moment
from calculators.rulebook import Rulebook
from cli import exits
from cli.booked_cases import booked_case
from cli.errors import ShellError
from cli.readers.rows import ClaimRow
from cli.words import word
from ledger import queries
from ledger.claims import Subject, recording, without_free_text
from ledger.desk import Desk
from ledger.errors import StaleQuote
from ledger.quoting import Quote, quote, rulebook_from_text
from ledger.recordings import Approval as Asked
from ledger.recordings import Posted


class NotRecordable(ShellError):
    """A claim that is on hold, refused, or not yet approved; nothing was written."""

    exit_code = exits.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """What whoever records has in hand: the digest of the quote they saw, and who approved it."""

    digest: str | None = None
    approved_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one claim: what was asked, and where it stands in the book if it was recorded."""

    claim_no: str
    asked: Quote
    posted: Posted | None

    @property
    def decision(self) -> str:
        """`pay`, `approve`, `hold` or `refuse`."""
        return self.asked.settlement.decision

    def answer(self, language: str = "en") -> dict[str, Any]:
        """The answer of `case-format.md`; what is stored is the English one, and its digest the same in both."""
        return self.asked.answer(language)


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

    What stands under the number already is asked under the rulebook it was recorded under, and needs no second
    approval: it is answered, not written. `StaleQuote` where the digest in hand is not the one of the answer as
    the book stands now.
    """
    stored = queries.settlement(desk.reader, subject.claim_no)
    if stored is not None:
        rulebook = rulebook_from_text(
            queries.rulebook_text(desk.reader, stored.rulebook_digest) or rulebook.text
        )
    asked = quote(dict(case), rulebook)
    _check_digest(asked.answer()["digest"], approval.digest)
    decision = asked.settlement.decision
    approved = stored is not None or approval.approved_by is not None
    if decision not in {"pay", "approve"} or (decision == "approve" and not approved):
        return Outcome(claim_no=subject.claim_no, asked=asked, posted=None)
    if decision == "approve" and stored is None:
        _approve(desk, subject.claim_no, asked.answer()["digest"], str(approval.approved_by))
    posted = desk.record(recording(asked, case, subject))
    return Outcome(claim_no=subject.claim_no, asked=asked, posted=posted)


def _approve(desk: Desk, claim_no: str, digest: str, approved_by: str) -> None:
    asked = Asked(matter="claim", subject=claim_no, action="ask", digest=digest)
    desk.store_approval(asked)
    with desk.handed_to(approved_by):
        desk.store_approval(replace(asked, action="grant"))


def _check_digest(now: str, in_hand: str | None) -> None:
    if in_hand and in_hand != now:
        raise StaleQuote(
            f"the quote {in_hand[:12]}… is out of date: as the book stands the answer is "
            f"{now[:12]}…. Quote again and record the new one."
        )


def record_row(desk: Desk, row: ClaimRow, rulebook: Rulebook, approval: Approval) -> Outcome:
    """Record one line of the agents' notes: a claim on an imported order, or one of the other questions."""
    if row.question == "claim":
        case = case_of(desk, str(row.order_no), row.body, parse_moment(row.at))
        return record_case(desk, case, Subject(claim_no=row.key, order_no=row.order_no), rulebook, approval)
    case = {"at": row.at, row.question: row.body}
    return record_case(desk, case, Subject(claim_no=row.key), rulebook, approval)


def why_not(outcome: Outcome) -> NotRecordable:
    """The refusal of a single claim that was not recorded, in one line."""
    return NotRecordable(*(_why_not(outcome, language) for language in ("zh", "en")))


def _why_not(outcome: Outcome, language: str) -> str:
    answer, decision = outcome.answer(language), word(outcome.decision, language)
    notes = answer["awaits"] or answer["approvals"] or answer["not_applied"]
    reasons = "; ".join(f"[{note['rule']}] {note.get('text') or note.get('why')}" for note in notes)
    if language == "zh":
        hint = "请由另一人审批后加 --approved-by 再入账。" if outcome.decision == "approve" else ""
        return f"{outcome.claim_no}：{decision}，未入账。{reasons}。{hint}"
    hint = " Have a second person approve it and add --approved-by." if outcome.decision == "approve" else ""
    return f"{outcome.claim_no}: {decision}, not recorded. {reasons}.{hint}"
