"""A ledger in plain dictionaries: what the book must answer to every act, said before the book is asked.

It knows no hash, no table and no guard. An act answers the number of its entry and whether it stood there before,
or the error by which the book must refuse; only what is accepted changes anything.
"""

from collections import Counter
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from ledger.errors import (
    BadEntry,
    KeyConflict,
    LedgerError,
    NotApproved,
    NotOwed,
    NotReversible,
    OverRefund,
    PaidAlready,
    PeriodClosed,
    PeriodOrder,
    StaleQuote,
    UnknownEntry,
)

FIRST_MONTH = (2026, 10)
PAYABLE, ALIPAY = "2241.02", "1012.01"
Lines = tuple[tuple[str, int], ...]
Steps = tuple[tuple[str, int, int, int], ...]
Answer = type[LedgerError] | tuple[int, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One entry of the log, and how far its claim moved the buckets of its order."""

    on: date
    lines: Lines
    order_no: str | None = None
    claim_no: str | None = None
    reverses: int | None = None
    steps: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A claim as it is recorded or asked: `case` and `rulebook` say which question it is."""

    claim_no: str
    order_no: str
    on: date
    lines: Lines
    steps: Steps = ()
    case: int = 0
    rulebook: str = "rulebook-1"
    to_be_approved: bool = False

    @property
    def digest(self) -> str:
        """What its approval is asked under."""
        return f"{self.case}{self.rulebook[-1]}{'a' * 62}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """The last word on a matter: who asked, granted or refused what."""

    action: str
    digest: str
    actor: str
    reason: str = ""


@dataclass(slots=True, kw_only=True)
class Model:
    """The book, as dictionaries of values that never change; so a copy of it is cheap."""

    actor: str = ""
    void: bool = False
    log: list[Kept] = field(default_factory=list)
    keys: dict[tuple[str, str], tuple[Any, int]] = field(default_factory=dict)
    claims: dict[str, tuple[Any, int]] = field(default_factory=dict)
    buckets: dict[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    reversed: dict[int, int] = field(default_factory=dict)
    events: dict[str, tuple[int, str]] = field(default_factory=dict)
    words: dict[tuple[str, str], Word] = field(default_factory=dict)
    transfers: dict[str, int] = field(default_factory=dict)
    assigned: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    balances: Counter[str] = field(default_factory=Counter)

    def kept(self) -> "Model":
        """The same book, which what happens to this one leaves alone."""
        return Model(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})

    @property
    def closed(self) -> str:
        """The last month that stands closed."""
        return max((month for month, (_, action) in self.events.items() if action == "close"), default="")

    def month(self, ahead: int) -> str:
        """The month so many after the first open one, or before it."""
        year, month = (
            map(int, self.closed.split("-")) if self.closed else (FIRST_MONTH[0], FIRST_MONTH[1] - 1)
        )
        return "{:04d}-{:02d}".format(*_shifted(year, month, ahead + 1))

    def landing(self, on: date) -> date:
        """The day itself, or the first open one where its month is closed."""
        return on if _month(on) > self.closed else date.fromisoformat(f"{self.month(0)}-01")

    def post(self, key: tuple[str, str], entry: Kept, content: Any) -> Answer:
        """Post an entry once under its command and key."""
        if key in self.keys:
            stored, seq = self.keys[key]
            return (seq, True) if stored == content else KeyConflict
        if _month(entry.on) <= self.closed:
            return PeriodClosed
        self.keys[key] = content, len(self.log) + 1
        return self._append(entry)

    def record(self, asked: Asked) -> Answer:
        """Record a claim once: granted where it must be, from the book's own figures, never above what was paid."""
        content = asked.case, asked.rulebook
        if asked.claim_no in self.claims:
            stored, seq = self.claims[asked.claim_no]
            return (seq, True) if stored == content else KeyConflict
        refusal = self._refusal_of(asked)
        if refusal:
            return refusal
        moved = tuple((asked.order_no, bucket, after - before) for bucket, _, before, after in asked.steps)
        for bucket, paid, _, after in asked.steps:
            self.buckets[asked.order_no, bucket] = paid, after
        self.claims[asked.claim_no] = content, len(self.log) + 1
        entry = Kept(
            on=asked.on, lines=asked.lines, order_no=asked.order_no, claim_no=asked.claim_no, steps=moved
        )
        return self._append(entry)

    def reverse(self, seq: int, on: date, reason: str) -> Answer:
        """Take an entry back, once, and with it what it gave or paid."""
        if not 1 <= seq <= len(self.log):
            return UnknownEntry
        entry = self.log[seq - 1]
        if seq in self.reversed or entry.reverses:
            return NotReversible
        if on < entry.on or not reason.strip():
            return BadEntry
        if self._paid(owed=seq) or self._paid(sent=seq):
            return NotReversible
        self.reversed[seq] = len(self.log) + 1
        for subject, bucket, fen in entry.steps:
            paid, given = self.buckets[subject, bucket]
            self.buckets[subject, bucket] = paid, given - fen
        back = tuple((account, -fen) for account, fen in entry.lines)
        steps = tuple((subject, bucket, -fen) for subject, bucket, fen in entry.steps)
        return self._append(
            Kept(
                on=self.landing(on),
                lines=back,
                order_no=entry.order_no,
                claim_no=entry.claim_no,
                reverses=seq,
                steps=steps,
            )
        )

    def close(self, month: str) -> Answer:
        """Close a month once; the number that is answered is its version."""
        version, action = self.events.get(month, (0, ""))
        if action == "close":
            return version, True
        if self.closed > month or any(self.closed < _month(one.on) < month for one in self.log):
            return PeriodOrder
        self.events[month] = version + 1, "close"
        return version + 1, False

    def ask_reopening(self, month: str, reason: str, digest: str) -> Answer:
        """Ask that the last closed month be opened; `digest` is what the book calls its close."""
        if self._not_last_closed(month) or not reason.strip():
            return PeriodOrder
        word = self.words.get(("reopen", month))
        again = word is not None and (word.action, word.digest, word.reason) == ("ask", digest, reason)
        if not again:
            self.words["reopen", month] = Word(action="ask", digest=digest, actor=self.actor, reason=reason)
        return 0, again

    def reopen(self, month: str, digest: str) -> Answer:
        """Grant what another asked, and open the month again."""
        if self._not_last_closed(month):
            return PeriodOrder
        if self._unanswerable("reopen", month, digest):
            return NotApproved
        self.words["reopen", month] = Word(action="grant", digest=digest, actor=self.actor)
        version = self.events[month][0] + 1
        self.events[month] = version, "reopen"
        return version, False

    def ask(self, asked: Asked) -> Answer:
        """Ask that a claim be approved."""
        if _month(asked.on) <= self.closed:
            return PeriodClosed
        if asked.claim_no in self.claims:
            return NotApproved
        self.words["claim", asked.claim_no] = Word(action="ask", digest=asked.digest, actor=self.actor)
        return 0, False

    def answer(self, claim_no: str, action: str, digest: str, reason: str) -> Answer:
        """Grant or refuse what another asked."""
        if action == "refuse" and not reason.strip():
            return NotApproved
        if self._unanswerable("claim", claim_no, digest) or claim_no in self.claims:
            return NotApproved
        self.words["claim", claim_no] = Word(action=action, digest=digest, actor=self.actor)
        return 0, False

    def approve(self, asked: Asked) -> Answer:
        """Grant and record: both, or the turn is lost."""
        granted = self.answer(asked.claim_no, "grant", asked.digest, "")
        if isinstance(granted, type):
            return granted
        recorded = self.record(asked)
        self.void = isinstance(recorded, type)
        return recorded

    def pay(self, claim_no: str, serial: str, on: date, fen: int | None) -> Answer:
        """Pay a claim by a transfer, booked already or not; the number that is answered is the transfer's."""
        last = self.transfers.get(serial)
        if last is None or last in self.reversed:
            share = self._share(claim_no, fen, None)
            if isinstance(share, type):
                return share
            if _month(on) <= self.closed:
                return PeriodClosed
            lines = (ALIPAY, -share), (PAYABLE, share)
            order_no = self.log[self.claims[claim_no][1] - 1].order_no
            self.transfers[serial], _ = self._append(Kept(on=on, lines=lines, order_no=order_no))
            return self._assign(claim_no, self.transfers[serial], share)
        standing = self._paid(owed=self.owing(claim_no), sent=last)
        if standing and fen in (None, standing):
            return last, True
        free = self.log[last - 1].lines[1][1] - self._paid(sent=last)
        if not free:
            return PaidAlready
        share = self._share(claim_no, fen, free)
        return share if isinstance(share, type) else self._assign(claim_no, last, share)

    def owing(self, claim_no: str) -> int:
        """The entry that owes a claim, or 0."""
        return self.claims.get(claim_no, (None, 0))[1]

    def unsettled_fen(self, seq: int) -> int:
        """What an entry still owes, or below zero what of a transfer pays nothing yet."""
        entry = self.log[seq - 1]
        if seq in self.reversed or entry.reverses:
            return 0
        owed = -sum(fen for account, fen in entry.lines if account == PAYABLE)
        return owed - self._paid(owed=seq) + self._paid(sent=seq)

    def figures(self, month: str) -> tuple[int, int, int]:
        """Entries, debits and credits of a month; what was cancelled in its own year shrinks its own side."""
        inside = [one for one in self.log if _month(one.on) == month]
        sides = [side for one in inside for side in self._sides(one)]
        return len(inside), sum(debit for debit, _ in sides), sum(credit for _, credit in sides)

    def _sides(self, entry: Kept) -> Iterable[tuple[int, int]]:
        red = entry.reverses and self.log[entry.reverses - 1].on.year == entry.on.year
        for _, fen in entry.lines:
            side, size = (fen > 0) != bool(red), -abs(fen) if red else abs(fen)
            yield (size, 0) if side else (0, size)

    def _append(self, entry: Kept) -> tuple[int, bool]:
        self.log.append(entry)
        for account, fen in entry.lines:
            self.balances[account] += fen
        return len(self.log), False

    def _refusal_of(self, asked: Asked) -> type[LedgerError] | None:
        word = self.words.get(("claim", asked.claim_no))
        granted = word is not None and (word.action, word.digest) == ("grant", asked.digest)
        if asked.to_be_approved and not granted:
            return NotApproved
        for bucket, paid, before, after in asked.steps:
            if self.buckets.get((asked.order_no, bucket), (paid, 0)) != (paid, before):
                return StaleQuote
            if after > paid:
                return OverRefund
        return PeriodClosed if _month(asked.on) <= self.closed else None

    def _not_last_closed(self, month: str) -> bool:
        return self.events.get(month, (0, ""))[1] != "close" or self.closed != month

    def _unanswerable(self, matter: str, subject: str, digest: str) -> bool:
        word = self.words.get((matter, subject))
        return word is None or (word.action, word.digest) != ("ask", digest) or word.actor == self.actor

    def _share(self, claim_no: str, fen: int | None, free: int | None) -> int | type[LedgerError]:
        seq = self.owing(claim_no)
        if not seq:
            return UnknownEntry
        if seq in self.reversed or not any(one == PAYABLE for one, _ in self.log[seq - 1].lines):
            return NotOwed
        left = self.unsettled_fen(seq)
        if not left:
            return PaidAlready
        if fen is None:
            return left if free is None else min(left, free)
        return NotOwed if fen > left or (free is not None and fen > free) else fen

    def _assign(self, claim_no: str, sent: int, fen: int) -> tuple[int, bool]:
        owed = self.owing(claim_no)
        entry = self.log[owed - 1]
        on = self.landing(max(self.log[sent - 1].on, entry.on))
        seq, _ = self._append(Kept(on=on, lines=(), order_no=entry.order_no, claim_no=claim_no))
        self.assigned[seq] = owed, sent, fen
        return sent, False

    def _paid(self, owed: int | None = None, sent: int | None = None) -> int:
        standing = [one for seq, one in self.assigned.items() if seq not in self.reversed]
        return sum(fen for o, s, fen in standing if owed in (None, o) and sent in (None, s))


def _month(on: date) -> str:
    return on.isoformat()[:7]


def _shifted(year: int, month: int, months: int) -> tuple[int, int]:
    ahead = year * 12 + month - 1 + months
    return ahead // 12, ahead % 12 + 1
