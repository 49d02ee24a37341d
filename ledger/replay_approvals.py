"""Replaying approvals: each word on a matter held against the one before, and what was done against its grant.

What was recorded before the book's first approval was approved in the program alone and says by whom in its
source; a reopening of that time says nothing. From the first approval on, both need their grant.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ledger.differences import Place, expect
from ledger.sealed_rows import SettlementRow

Row = Mapping[Any, Any]
_SOURCE = "approved by "
_WORD = '"decision":"{}"'


@dataclass(frozen=True, slots=True, kw_only=True)
class _Word:
    version: int
    action: str
    digest: str
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Approvals:
    """The last word on every matter so far, and the operations that closed the months."""

    last: dict[tuple[str, str], _Word] = field(default_factory=dict)
    closes: dict[str, str] = field(default_factory=dict)
    matches: dict[tuple[int, int], tuple[int, str]] = field(default_factory=dict)

    def say(self, place: Place, row: Row, actor: str) -> None:
        """Take a word in; raise `Differs` for one that could not follow the one before."""
        key = (row["matter"], row["subject"])
        last = self.last.get(key) or _Word(version=0, action="", digest="", actor="")
        expect(place, "approval.version", row["version"], last.version + 1)
        if row["action"] != "ask":
            expect(place, "approval.action before an answer", last.action, "ask")
            expect(place, "approval.digest", row["digest"], last.digest)
            expect(place, "operation.actor", actor, f"another than {actor}" if actor == last.actor else actor)
        word = _Word(version=row["version"], action=row["action"], digest=row["digest"], actor=actor)
        self.last[key] = word

    def match(self, place: Place, row: Row) -> None:
        """Take a word on a line of a file in; raise `Differs` for a gap or an undo of nothing."""
        key = (row["line_op_no"], row["row_no"])
        version, action = self.matches.get(key, (0, "undo"))
        expect(place, "line_match.version", row["version"], version + 1)
        if row["action"] == "undo":
            expect(place, "line_match.action before an undo", action, "" if action == "undo" else action)
        self.matches[key] = (row["version"], row["action"])

    def check_settlement(self, place: Place, settlement: SettlementRow, source: str | None) -> None:
        """Raise `Differs` for a settlement that is neither to be paid nor granted."""
        pays, approves = (_WORD.format(word) in settlement.answer_json for word in ("pay", "approve"))
        if self.last and (approves or not pays):
            self._check_granted(place, ("claim", settlement.claim_no), settlement.answer_digest)
        elif approves:
            expect(place, "journal_entry.source", (source or "")[: len(_SOURCE)], _SOURCE)

    def check_reopening(self, place: Place, period: str) -> None:
        """Raise `Differs` for a reopening that nobody granted."""
        if self.last:
            self._check_granted(place, ("reopen", period), self.closes.get(period, ""))

    def _check_granted(self, place: Place, matter: tuple[str, str], digest: str) -> None:
        last = self.last.get(matter)
        expect(place, "approval.action", last.action if last else None, "grant")
        expect(place, "approval.digest", last.digest if last else None, digest)
