"""Claims into the book: each asked again with the book's own history, and recorded where it may be paid."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from calculators.days import parse_moment
from calculators.masking import mask_digest
from calculators.rulebook import Rulebook
from cli import exits
from cli.booked_cases import booked_case
from cli.chance import salt
from cli.errors import ShellError
from cli.readers.rows import ClaimRow
from cli.words import word
from ledger import approving, queries
from ledger.canonical import short
from ledger.claims import Subject, recording, without_free_text
from ledger.desk import Desk
from ledger.errors import StaleQuote
from ledger.quoting import Quote, quote, rulebook_from_text
from ledger.recordings import Posted, Recording
from ledger.reports import ApprovalRow


class NotRecordable(ShellError):
    """A claim that is on hold or refused, by its rules or by a second person; nothing was written."""

    exit_code = exits.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class InHand:
    """What whoever records has in hand: the digest of the quote they saw, and whether they ask after a refusal."""

    digest: str | None = None
    ask_again: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one claim: what was asked, and where it stands in the book if it was recorded.

    `said` is the last word on a claim that needs a second person and was not recorded: an ask, or a refusal.
    """

    claim_no: str
    asked: Quote
    posted: Posted | None
    said: ApprovalRow | None = None

    @property
    def waits(self) -> bool:
        """Whether it waits for a second person."""
        return self.said is not None and self.said.action == "ask"

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
    desk: Desk, case: Mapping[str, Any], subject: Subject, rulebook: Rulebook, in_hand: InHand
) -> Outcome:
    """Ask a case again and record it; without an entry where it is on hold, refused or waits for approval.

    What needs a second person is asked, once for the same answer, and recorded by whoever approves it. What stands
    under the number already is asked under the rulebook it was recorded under: it is answered, not written.
    `StaleQuote` where the digest in hand is not the one of the answer as the book stands now.
    """
    stored = queries.settlement(desk.reader, subject.claim_no)
    if stored is not None:
        rulebook = rulebook_from_text(
            queries.rulebook_text(desk.reader, stored.rulebook_digest) or rulebook.text
        )
    asked = quote(dict(case), rulebook)
    digest = asked.answer()["digest"]
    _check_digest(digest, in_hand.digest)
    if asked.settlement.decision not in {"pay", "approve"}:
        return Outcome(claim_no=subject.claim_no, asked=asked, posted=None)
    drafted = recording(asked, case, subject)
    if stored is None and _needs_a_grant(desk, drafted, asked.settlement.decision):
        said = _asked(desk, drafted, ask_again=in_hand.ask_again)
        return Outcome(claim_no=subject.claim_no, asked=asked, posted=None, said=said)
    return Outcome(claim_no=subject.claim_no, asked=asked, posted=desk.record(drafted))


def _needs_a_grant(desk: Desk, drafted: Recording, decision: str) -> bool:
    return decision == "approve" and not approving.is_granted(
        desk.reader, "claim", drafted.claim_no, drafted.answer_digest
    )


def _asked(desk: Desk, drafted: Recording, *, ask_again: bool) -> ApprovalRow | None:
    """The last word on a claim, after it was asked where this answer was not yet, or is to be once more."""
    last = approving.last_word(desk.reader, "claim", drafted.claim_no)
    known = last is not None and last.digest == drafted.answer_digest
    if last is None or not known or (last.action == "refuse" and ask_again):
        desk.ask(drafted)
    return approving.last_word(desk.reader, "claim", drafted.claim_no)


def _check_digest(now: str, in_hand: str | None) -> None:
    if in_hand and in_hand != now:
        raise StaleQuote(
            f"the quote {short(mask_digest(in_hand))}… is out of date: as the book stands the answer is "
            f"{short(now)}…. Quote again and record the new one."
        )


def record_row(desk: Desk, row: ClaimRow, rulebook: Rulebook, in_hand: InHand) -> Outcome:
    """Record one line of the agents' notes: a claim on an imported order, or one of the other questions."""
    if row.question == "claim":
        case = case_of(desk, str(row.order_no), row.body, parse_moment(row.at))
        subject = Subject(claim_no=row.key, order_no=row.order_no)
        outcome = record_case(desk, case, subject, rulebook, in_hand)
        note_payee(desk, outcome, str(row.order_no), row.payee)
        return outcome
    case = {"at": row.at, row.question: row.body}
    return record_case(desk, case, Subject(claim_no=row.key), rulebook, in_hand)


def note_payee(desk: Desk, outcome: Outcome, order_no: str, payee: str | None) -> None:
    """Note the account that the buyer named, beside the ledger; only with a claim that is new to it."""
    is_new = outcome.posted is not None and not outcome.posted.again
    if payee and (is_new or outcome.waits):
        desk.note_payee(order_no, payee, salt())


def why_not(outcome: Outcome) -> NotRecordable:
    """The refusal of a single claim that was not recorded, in one line."""
    return NotRecordable(*(_why_not(outcome, language) for language in ("zh", "en")))


def _why_not(outcome: Outcome, language: str) -> str:
    decision, reasons = word(outcome.decision, language), reasons_of(outcome.answer(language))
    if outcome.said is None:
        zh, en = f"：{decision}，未入账。{reasons}。", f": {decision}, not recorded. {reasons}."
        return outcome.claim_no + (zh if language == "zh" else en)
    who, why = outcome.said.actor, outcome.said.reason
    if language == "zh":
        return f"{outcome.claim_no}：{who} 已拒绝：{why}，未入账。如须再次请求，请加 --ask-again。"
    return (
        f"{outcome.claim_no}: {who} refused it: {why}. Nothing was recorded; ask once more with --ask-again."
    )


def reasons_of(answer: Mapping[str, Any]) -> str:
    """Why it is not simply paid, each reason behind its clause."""
    notes = answer["awaits"] or answer["approvals"] or answer["not_applied"]
    return "; ".join(f"[{note['rule']}] {note.get('text') or note.get('why')}" for note in notes)
