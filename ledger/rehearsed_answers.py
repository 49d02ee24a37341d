"""Answers side by side: what a settlement was booked as, and what the same facts would come to under other rules.

Each later claim on an order is asked with the history that the other rules would have made: what the earlier ones
would have been given, and without those that would not have been paid at all.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from calculators.errors import BadCase
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from calculators.settlement import BESIDE_THE_BUYER
from ledger.claims import parsed_case, settled
from ledger.quoting import Quote
from ledger.replay_entries import SealedEntry

Ask = Callable[[Any, Rulebook], Quote]
Given = dict[str, Any] | None
PAID = frozenset({"pay", "approve"})
BAD_CASE = "bad_case"
_STAFF = {"staff_fine": -1, "staff_reward": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer to a settlement's facts: `given` is what it gave back by line, freight and tender, if it was paid."""

    decision: str
    items: tuple[tuple[str, str, int], ...]
    moved: Mapping[str, int]
    given: Given
    why: tuple[str, str, str] = ("", "", "")

    @property
    def got_fen(self) -> int:
        """What the other side gets: buyer, distributor, or an employee; what he pays or is fined counts against it."""
        return sum(_sign(item) * fen for _, item, fen in self.items)

    def differs(self, other: "Answer") -> bool:
        """Whether anybody would notice, now or at the order's next claim: another decision, item, account or tender."""
        return self._compared() != other._compared()

    def _compared(self) -> tuple[object, ...]:
        return (self.decision, sorted(self.items), dict(self.moved), self.given)


def booked_answer(sealed: SealedEntry) -> Answer:
    """The answer as it was booked."""
    answer = json.loads(sealed.settlement.answer_json) if sealed.settlement else {}
    return Answer(
        decision=answer.get("decision", "pay"),
        items=_items(answer),
        moved=_sums((line.account, line.amount_fen) for line in sealed.postings),
        given=_given(answer),
    )


def other_answer(case_json: str, history: Mapping[str, Given], rulebook: Rulebook, ask: Ask) -> Answer:
    """The answer of the same facts under other rules, after the history that these would have made.

    `history` has, by claim number, what would have been given otherwise. A case that the rules cannot answer is a
    `bad_case`; `BadCase` is raised only where the rules are for another shop.
    """
    try:
        asked = ask(with_history(parsed_case(case_json), history), rulebook)
    except BadCase as problem:
        if problem.path == "shop":
            raise
        return Answer(decision=BAD_CASE, items=(), moved={}, given=None, why=("", str(problem), str(problem)))
    answer = asked.answer()
    why = _why(answer, asked)
    if answer["decision"] not in PAID:
        return Answer(decision=answer["decision"], items=(), moved={}, given=None, why=why)
    lines = ((line.account, line.amount_fen) for draft in asked.entries for line in draft.postings)
    return Answer(
        decision=answer["decision"], items=_items(answer), moved=_sums(lines), given=_given(answer), why=why
    )


def with_history(case: dict[str, Any], history: Mapping[str, Given]) -> dict[str, Any]:
    """The case after what its earlier claims would have been given; one that would not have been paid is left out."""
    if not history or not case.get("history"):
        return case
    claims = []
    for claim in case["history"]:
        number = claim.get("claim_no")
        if number not in history:
            claims.append(claim)
        elif history[number] is not None:
            claims.append({**claim, "settled": history[number]})
    kept = {key: value for key, value in case.items() if key != "history"}
    return kept | {"history": claims} if claims else kept


def difference(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    """By account, what the first moves more than the second; accounts without a difference are left out."""
    both = {account: one.get(account, 0) - other.get(account, 0) for account in one.keys() | other.keys()}
    return {account: fen for account, fen in both.items() if fen}


def _sign(item: str) -> int:
    return _STAFF.get(item, 0 if item in BESIDE_THE_BUYER else 1)


def _items(answer: Mapping[str, Any]) -> tuple[tuple[str, str, int], ...]:
    items = answer.get("items", ())
    return tuple((item["rule"], item["item"], parse_yuan(item["amount"])) for item in items)


def _given(answer: Mapping[str, Any]) -> Given:
    return settled(answer["ceilings"]) if answer.get("ceilings") else None


def _sums(lines: Iterable[tuple[str, int]]) -> dict[str, int]:
    sums: dict[str, int] = defaultdict(int)
    for account, fen in lines:
        sums[account] += fen
    return {account: fen for account, fen in sums.items() if fen}


def _why(answer: Mapping[str, Any], asked: Quote) -> tuple[str, str, str]:
    """The clause and the sentence, in both languages, of the first thing that keeps it from being simply paid."""
    if answer["decision"] == "pay":
        return ("", "", "")
    english, chinese = (_first_note(one) for one in (answer, asked.answer("zh")))
    return (english[0], chinese[1], english[1])


def _first_note(answer: Mapping[str, Any]) -> tuple[str, str]:
    notes = answer["awaits"] or answer["approvals"] or answer["not_applied"]
    return (notes[0]["rule"], notes[0].get("text") or notes[0]["why"]) if notes else ("", "")
