"""Asking without booking: a case and a rulebook in, the answer with its journal entries out.

Nothing here touches a database. What is recorded later is this same quote, bound to it by its digest.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from calculators.answer_json import answer_json
from calculators.answers import settle
from calculators.case_reader import read_case
from calculators.days import business_day
from calculators.errors import BadCase
from calculators.facts import Case
from calculators.money import format_yuan
from calculators.rulebook import Rulebook
from calculators.rulebook_reader import read_rulebook
from calculators.settlement import Settlement
from ledger.errors import BadEntry
from ledger.posting_rules import Draft, drafts


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """One question asked: its facts, its settlement, the postings that would book it, and the rulebook."""

    case: Case
    settlement: Settlement
    entries: tuple[Draft, ...]
    rulebook: Rulebook

    def answer(self, language: str = "en") -> dict[str, Any]:
        """The answer as `case-format.md` writes it, reasons in `zh` or `en`; the digest is the same in both."""
        as_of = business_day(self.case.at).isoformat()
        rulebook = {"digest": self.rulebook.digest, "as_of": as_of}
        return answer_json(self.settlement, [_entry(draft) for draft in self.entries], rulebook, language)


def quote(case: Any, rulebook: Rulebook) -> Quote:
    """Settle a case given as JSON; `BadCase` names the path of what is wrong with it."""
    facts = read_case(case)
    settlement = settle(facts, rulebook)
    try:
        entries = drafts(settlement)
    except BadEntry as problem:
        raise BadCase("", f"the amounts together are beyond what a book can hold: {problem}") from None
    return Quote(case=facts, settlement=settlement, entries=entries, rulebook=rulebook)


def answer_or_error(case: Any, rulebook: Rulebook, language: str = "en") -> dict[str, Any]:
    """The answer to a case, or `{"error": {"path", "message"}}` for a bad one."""
    try:
        return quote(case, rulebook).answer(language)
    except BadCase as problem:
        return {"error": {"path": problem.path, "message": problem.message}}


@lru_cache(maxsize=64)
def rulebook_from_text(text: str) -> Rulebook:
    """The rulebook of a stored text; the same text is read once."""
    return read_rulebook(text)


def _entry(draft: Draft) -> dict[str, Any]:
    postings = []
    for posting in draft.postings:
        side = "debit" if posting.amount_fen > 0 else "credit"
        postings.append({"account": posting.account, side: format_yuan(abs(posting.amount_fen))})
    return {"narration": draft.narration, "postings": postings}
