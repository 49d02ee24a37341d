"""What waits for a second person, and what that person says: looked up, asked again as the book stands, answered.

A claim is granted and recorded in one turn, a reopening granted and done in one. Both are named by the digest
that the approver saw; an answer that the book has left behind is not granted but asked anew.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculators.days import parse_moment
from calculators.masking import mask_digest, mask_number
from cli import exits
from cli.booked_cases import booked_case
from cli.errors import ShellError
from cli.recording import Outcome
from cli.whole_cases import KEPT
from ledger import approving, queries
from ledger.claims import Subject, recording, without_free_text
from ledger.desk import Desk
from ledger.errors import NotApproved, StaleQuote
from ledger.quoting import Quote, quote, rulebook_from_text
from ledger.reading import Reader
from ledger.recordings import Approval
from ledger.reports import ApprovalRow

DIGEST_MIN = 12


class NothingWaits(ShellError):
    """A claim or month about which nobody asks."""

    exit_code = exits.REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """One ask that waits: who asked what and when, and of a claim the case and the answer asked for."""

    word: ApprovalRow
    asked: Mapping[str, Any]

    @property
    def is_claim(self) -> bool:
        """Whether money waits, and not a month."""
        return self.word.matter == "claim"

    @property
    def subject(self) -> Subject:
        """The claim with its order."""
        return Subject(claim_no=self.word.subject, order_no=self.asked["order_no"])

    @property
    def month(self) -> str:
        """The month that the claim would be booked in; of a reopening, the month itself."""
        return str(self.asked["case"]["at"][:7]) if self.is_claim else self.word.subject


def pending(reader: Reader) -> tuple[Pending, ...]:
    """Everything that waits for a second person, oldest first."""
    return tuple(
        Pending(word=word, asked=json.loads(word.content_json)) for word in approving.waiting(reader)
    )


def last_asked(reader: Reader, claim_no: str) -> Pending | None:
    """The last ask about a claim, whatever came of it."""
    asks = [word for word in approving.words(reader, "claim", claim_no) if word.action == "ask"]
    return Pending(word=asks[-1], asked=json.loads(asks[-1].content_json)) if asks else None


def pending_on(reader: Reader, subject: str, digest: str | None) -> Pending:
    """What waits under a claim number or month, and under a digest or its first twelve digits where one is given.

    `NothingWaits` where nobody asks about it, `NotApproved` where they ask under another digest.
    """
    found = [one for one in pending(reader) if one.word.subject == subject]
    if not found:
        subject = mask_number(subject)
        raise NothingWaits(
            f"{subject} 没有待审批的请求。settle approve 列出所有待批事项。",
            f"nothing waits under {subject}. settle approve lists what does.",
        )
    named = [one for one in found if digest is None or _is_meant(one.word.digest, digest)]
    if not named:
        raise NotApproved(
            f"{subject} is asked as {found[0].word.digest}, not as {mask_digest(str(digest))}. "
            "Look at it again, and approve what is asked now."
        )
    return named[0]


def _is_meant(digest: str, given: str) -> bool:
    return len(given) >= DIGEST_MIN and digest.startswith(given.lower())


def asked_again(reader: Reader, one: Pending) -> tuple[Quote, dict[str, Any]]:
    """The case that waits, asked under its own rulebook with what the book knows now, and that case."""
    case = dict(one.asked["case"])
    if "claim" in case:
        at, claim = parse_moment(case["at"]), case["claim"]
        now = without_free_text(booked_case(reader, one.subject.order_no or "", claim, at))
        case = now | {name: case[name] for name in KEPT if name in case}
    text = queries.rulebook_text(reader, one.asked["rulebook_digest"]) or ""
    return quote(case, rulebook_from_text(text)), case


def answer_of(reader: Reader, one: Pending, language: str) -> Mapping[str, Any] | None:
    """The answer that waits, in a language; in English where it is answered otherwise today, None of a month."""
    if not one.is_claim:
        return None
    stored: Mapping[str, Any] = one.asked["answer"]
    text = queries.rulebook_text(reader, one.asked["rulebook_digest"]) or ""
    again = quote(dict(one.asked["case"]), rulebook_from_text(text)).answer(language)
    return again if again["digest"] == one.word.digest else stored


def grant_claim(desk: Desk, one: Pending) -> Outcome:
    """Grant a claim that another person asked for, and record it; `StaleQuote` where the book has moved on."""
    asked, case = asked_again(desk.reader, one)
    now = asked.answer()["digest"]
    if now != one.word.digest:
        raise StaleQuote(
            f"what was asked for {one.word.subject} is {one.word.digest}; as the book stands now the answer is "
            f"{now}. Have it asked anew with `settle record`."
        )
    posted = desk.approve(recording(asked, case, one.subject))
    return Outcome(claim_no=one.word.subject, asked=asked, posted=posted)


def refuse(desk: Desk, one: Pending, reason: str) -> None:
    """Refuse what another person asked, for a reason."""
    kept = {name: getattr(one.word, name) for name in ("matter", "subject", "digest")}
    desk.store_approval(Approval(action="refuse", reason=reason, **kept))
