"""From a claim to what is recorded of it: its case with the order's history, and the entry that books it.

The history of a case is what the book itself knows to have been given, so that every ceiling starts where the
book stands. Free text is left out: names and notes never enter the chain.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calculators.answer_json import canonical
from calculators.days import business_day, parse_moment
from calculators.errors import BadCase
from calculators.money import format_yuan, parse_yuan
from ledger.journal import JournalEntry, Posting
from ledger.posting_rules import KINDS
from ledger.quoting import Quote, quote, rulebook_from_text
from ledger.recordings import RecordedSettlement, Recording, RefundStep
from ledger.replay import Recomputed


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a recording is about: its number (of a claim, or the key of another question) and its order."""

    claim_no: str
    order_no: str | None = None


def case_of_claim(
    order: Mapping[str, Any], history: Iterable[RecordedSettlement], claim: Mapping[str, Any], at: str
) -> dict[str, Any]:
    """The case of a claim on an order, after everything the book has recorded and not reversed for it."""
    earlier = [history_claim(one) for one in history if one.reversed_by is None]
    case = {"at": at, "order": dict(order), "claim": dict(claim)}
    return case | {"history": earlier} if earlier else case


def history_claim(recorded: RecordedSettlement) -> dict[str, Any]:
    """A recorded claim as the history of a later one, with what was given for it."""
    claim = json.loads(recorded.case_json)["claim"]
    return {**claim, "settled": settled(json.loads(recorded.answer_json)["ceilings"])}


def settled(ceilings: Iterable[Mapping[str, str]]) -> dict[str, Any]:
    """What an answer gave, by line, postage and tender; points and 集分宝 by a fen's worth each."""
    given = {one["what"]: parse_yuan(one["after"]) - parse_yuan(one["before"]) for one in ceilings}
    return {
        "lines": {
            what.removeprefix("line "): format_yuan(fen)
            for what, fen in given.items()
            if what.startswith("line ") and fen
        },
        "postage": format_yuan(given["postage"]),
        "cash": format_yuan(given["cash"]),
        "points": given["points"],
        "jifenbao": given["jifenbao"],
    }


def without_free_text(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case as the chain may keep it: no name of the case and no notes."""
    kept = {key: value for key, value in case.items() if key != "name"}
    if "claim" in kept:
        kept["claim"] = _without_note(kept["claim"])
    if "history" in kept:
        kept["history"] = [_without_note(claim) for claim in kept["history"]]
    return kept


def _without_note(claim: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in claim.items() if key != "note"}


def recording(asked: Quote, case: Mapping[str, Any], subject: Subject) -> Recording:
    """What is to be recorded for a quote that may be paid; `ValueError` for one on hold or refused."""
    if asked.settlement.decision not in {"pay", "approve"}:
        raise ValueError(f"a settlement to {asked.settlement.decision} cannot be recorded")
    answer = asked.answer()
    case_json = canonical(case)
    return Recording(
        claim_no=subject.claim_no,
        subject=subject.order_no or subject.claim_no,
        kind=asked.settlement.kind,
        case_json=case_json,
        answer_json=canonical(answer),
        answer_digest=answer["digest"],
        rulebook_digest=asked.rulebook.digest,
        rulebook_text=asked.rulebook.text,
        entry=_entry(asked, case, subject),
        steps=_steps(asked),
    )


def recompute(case_json: str, rulebook_text: str) -> Recomputed:
    """The same question asked again of its stored facts and rulebook, for replay."""
    asked = quote(parsed_case(case_json), rulebook_from_text(rulebook_text))
    answer = asked.answer()
    return Recomputed(
        answer_digest=answer["digest"],
        answer_json=canonical(answer),
        postings=_postings(asked),
        steps=_steps(asked),
    )


def parsed_case(case_json: str) -> Any:
    """The case of a stored text; `BadCase` for one that is no JSON any more, whoever made it so."""
    try:
        return json.loads(case_json)
    except (ValueError, RecursionError) as problem:
        raise BadCase("case", f"is not JSON: {problem}") from None


def _entry(asked: Quote, case: Mapping[str, Any], subject: Subject) -> JournalEntry:
    postings = _postings(asked)
    return JournalEntry(
        kind="settlement" if postings else "memorandum",
        effective_on=business_day(parse_moment(case["at"])),
        narration=f"{KINDS[asked.settlement.kind]} {subject.claim_no}",
        postings=postings,
        order_no=subject.order_no,
        claim_no=subject.claim_no,
    )


def _postings(asked: Quote) -> tuple[Posting, ...]:
    return tuple(
        Posting(account=posting.account, amount_fen=posting.amount_fen, narration=draft.narration)
        for draft in asked.entries
        for posting in draft.postings
    )


def _steps(asked: Quote) -> tuple[RefundStep, ...]:
    return tuple(
        RefundStep(bucket=one.what, paid_fen=one.paid_fen, before_fen=one.before_fen, after_fen=one.after_fen)
        for one in asked.settlement.ceilings
        if one.after_fen != one.before_fen
    )
