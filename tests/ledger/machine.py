"""Random acts on one book: posting, refunds, payments, reversals, closes and approvals, sound ones and wrong ones.

Several acts share a writing turn, which is then kept or thrown away. What each must answer is the model's to say.
"""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from ledger import approving
from ledger.errors import BadEntry
from ledger.journal import JournalEntry, Posting
from ledger.paying import Payment
from ledger.recordings import Approval, Closed, Posted, Recording, RefundStep
from tests.ledger.foretold import Foretold, in_memory
from tests.ledger.model import ALIPAY, PAYABLE, Asked, Kept, Lines
from tests.ledger.samples import ANSWER, a_recording

PAID = {"line 1": 200, "line 2": 300, "cash": 450}
RETURNS, ESCROW, LIABILITY = "5001.02", "1122.01", "2203.01"
ACCOUNTS = (ESCROW, LIABILITY, ALIPAY, "5601.02", "1221.09")
AHEAD = st.sampled_from((0, 0, 0, 0, 1, 1, 2, -1))
WHEN = st.tuples(AHEAD, st.integers(1, 28))
FENS = st.one_of(st.integers(1, 200), st.integers(1, 10**12))
NUMBERS = st.integers(0, 999)
ORDERS = st.sampled_from(("O1", "O2", "O3"))
REASONS = st.sampled_from(("漏记", "漏记", "错账", " "))
BOOKS = st.sampled_from(("rulebook-1", "rulebook-1", "rulebook-2"))
ACTORS = st.sampled_from(("wang", "li"))
CHANGES = st.sampled_from(("", "", "fen", "on", "narration", "order_no", "kind", "command"))
BAD: dict[str, dict[str, Any]] = {
    "unbalanced": {"lines": ((ESCROW, 5), (LIABILITY, -4))},
    "one line": {"lines": ((ESCROW, 5),)},
    "a zero line": {"lines": ((ESCROW, 0), (LIABILITY, 0))},
    "too large": {"lines": ((ESCROW, 10**12 + 1), (LIABILITY, -(10**12) - 1))},
    "not a leaf": {"lines": (("1122", 5), (LIABILITY, -5))},
    "not posted by itself": {"kind": "settlement"},
    "no key": {"key": ""},
    "a long key": {"key": "k" * 256},
}


class LedgerMachine(RuleBasedStateMachine):
    """One book, its model, and what was ever asked of them."""

    template: ClassVar[Path]
    acts: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.both = Foretold(in_memory(self.template))
        self.asked: list[Asked] = []
        self.posted: list[tuple[str, str, JournalEntry]] = []

    @rule(when=WHEN, fen=FENS, where=NUMBERS, order_no=ORDERS, command=st.sampled_from("aab"))
    def post(self, when: tuple[int, int], fen: int, where: int, order_no: str, command: str) -> None:
        debit, credit = ACCOUNTS[where % 5], ACCOUNTS[(where + 1 + where // 5 % 4) % 5]
        entry = _entry(((debit, fen), (credit, -fen)), self._day(*when), order_no=order_no)
        self.posted.append((command, f"k{len(self.posted)}", entry))
        self._post(*self.posted[-1])

    @precondition(lambda self: self.posted)
    @rule(which=NUMBERS, change=CHANGES)
    def post_again(self, which: int, change: str) -> None:
        command, key, entry = self.posted[which % len(self.posted)]
        other: dict[str, Any] = {
            "fen": {
                "postings": tuple(replace(one, amount_fen=_other(one.amount_fen)) for one in entry.postings)
            },
            "on": {"effective_on": entry.effective_on + timedelta(days=1)},
            "narration": {"narration": "别的"},
            "order_no": {"order_no": "O9"},
            "kind": {"kind": "order_paid"},
        }
        self._post("c" if change == "command" else command, key, replace(entry, **other.get(change, {})))

    @rule(fault=st.sampled_from(sorted(BAD)))
    def post_what_breaks_a_rule(self, fault: str) -> None:
        given = {"lines": ((ESCROW, 5), (LIABILITY, -5)), "key": "bad", "kind": "statement", **BAD[fault]}
        on = self._day(0, 1)
        self._act(
            lambda: self.both.desk.post(_entry(given["lines"], on, kind=given["kind"]), key=given["key"]),
            lambda: BadEntry,
        )

    @rule(
        when=WHEN,
        where=st.tuples(ORDERS, st.sampled_from(("line 1", "line 2"))),
        fen=st.one_of(st.integers(1, 120), st.sampled_from(("all", "too much", "stale"))),
        rulebook=BOOKS,
        approved=st.sampled_from((False, False, True)),
    )
    def refund(
        self, when: tuple[int, int], where: tuple[str, str], fen: int | str, rulebook: str, approved: bool
    ) -> None:
        order_no, line = where
        given = {one: self.both.model.buckets.get((order_no, one), (0, 0))[1] for one in PAID}
        left = min(PAID[one] - given[one] for one in (line, "cash"))
        stale = 1 if fen == "stale" else 0
        fen = {"all": max(left, 1), "too much": left + 1, "stale": 1}.get(fen, fen)
        steps = tuple(
            (one, PAID[one], given[one] + stale, given[one] + stale + fen) for one in ("cash", line)
        )
        self._record_new(
            order_no=order_no,
            on=self._day(*when),
            lines=((RETURNS, fen), (ESCROW, -fen)),
            steps=steps,
            rulebook=rulebook,
            to_be_approved=approved,
        )

    @rule(when=WHEN, order_no=ORDERS, fen=st.integers(1, 3))
    def owe(self, when: tuple[int, int], order_no: str, fen: int) -> None:
        lines = ("5001.03", fen), (PAYABLE, -fen)
        self._record_new(order_no=order_no, on=self._day(*when), lines=lines)

    @precondition(lambda self: self.asked)
    @rule(
        which=NUMBERS, case=st.sampled_from((0, 0, 0, 1)), act=st.sampled_from(("record", "ask", "approve"))
    )
    def come_back_to(self, which: int, case: int, act: str) -> None:
        asked = replace(self._one_of_the_last(which), case=case)
        foretold = getattr(self.both.model, act)
        self._act(lambda: getattr(self.both.desk, act)(_recording(asked)), lambda: foretold(asked))

    @precondition(lambda self: self.asked)
    @rule(which=NUMBERS, action=st.sampled_from(("grant", "refuse")), reason=REASONS)
    def answer(self, which: int, action: str, reason: str) -> None:
        asked = self._one_of_the_last(which)
        said = {"subject": asked.claim_no, "action": action, "digest": asked.digest, "reason": reason}
        self._act(
            lambda: self.both.desk.store_approval(Approval(matter="claim", **said)),
            lambda: self.both.model.answer(asked.claim_no, action, asked.digest, reason),
        )

    @rule(
        which=NUMBERS,
        serial=st.sampled_from(("S1", "S2", "S3")),
        when=WHEN,
        fen=st.integers(0, 3),
    )
    def pay(self, which: int, serial: str, when: tuple[int, int], fen: int) -> None:
        owing = [one.claim_no for one in self.asked if one.lines[1][0] == PAYABLE] or ["C0"]
        claim_no, on = owing[-1 - which % min(len(owing), 4)], self._day(*when)
        payment = Payment(claims=(claim_no,), serial=serial, on=on, amount_fen=fen or None)
        self._act(
            lambda: self.both.desk.pay(payment),
            lambda: self.both.model.pay(claim_no, serial, on, fen or None),
        )

    @rule(back=st.integers(0, 8), later=st.integers(-1, 70), reason=REASONS)
    def reverse(self, back: int, later: int, reason: str) -> None:
        log = self.both.model.log
        seq = len(log) + 1 - back
        entry = log[seq - 1] if 1 <= seq <= len(log) else Kept(on=date(2026, 10, 1), lines=())
        on = entry.on + timedelta(days=later)
        self._act(
            lambda: self.both.desk.reverse(seq, on, reason),
            lambda: self.both.model.reverse(seq, on, reason),
        )

    @rule(ahead=st.sampled_from((0, 0, 0, 1, -1, -2)))
    def close(self, ahead: int) -> None:
        month, model = self.both.model.month(ahead), self.both.model
        closed = self._act(lambda: self.both.desk.close(month), lambda: model.close(month))
        if isinstance(closed, Closed) and not closed.again:
            assert (closed.entries, closed.debit_fen, closed.credit_fen) == model.figures(month)
            self.both.seen.digests[month] = approving.close_digest(self.both.desk.reader, month) or ""

    @rule(ahead=st.sampled_from((-1, -1, -1, -2, 0)), reason=REASONS)
    def ask_reopening(self, ahead: int, reason: str) -> None:
        month = self.both.model.month(ahead)
        digest = self.both.seen.digests.get(month, "")
        asked = self._act(
            lambda: self.both.desk.ask_reopening(month, reason),
            lambda: self.both.model.ask_reopening(month, reason, digest),
        )
        assert isinstance(asked, type) or asked == digest

    @rule(ahead=st.sampled_from((-1, -1, -1, -2, 0)), stale=st.sampled_from((False, False, False, True)))
    def reopen(self, ahead: int, stale: bool) -> None:
        month = self.both.model.month(ahead)
        digest = "stale" if stale else self.both.seen.digests.get(month, "")
        self._act(lambda: self.both.desk.reopen(month, digest), lambda: self.both.model.reopen(month, digest))

    @rule(actor=ACTORS, seconds=st.integers(-(10**6), 10**6), keep=st.sampled_from((True, True, True, False)))
    def end_the_turn(self, actor: str, seconds: int, keep: bool) -> None:
        LedgerMachine.acts += 1
        if keep:
            self.both.commit()
        else:
            self.both.throw_away()
        self.both.begin(actor, seconds)

    def teardown(self) -> None:
        self.both.leave()

    def _act(self, act: Any, foretold: Any) -> Any:
        LedgerMachine.acts += 1
        return self.both.act(act, foretold)

    def _post(self, command: str, key: str, entry: JournalEntry) -> None:
        kept = Kept(
            on=entry.effective_on,
            lines=tuple((line.account, line.amount_fen) for line in entry.postings),
            order_no=entry.order_no,
        )
        self._act(
            lambda: self.both.desk.post(entry, key=key, command=command),
            lambda: self.both.model.post((command, key), kept, entry),
        )

    def _record_new(self, **said: Any) -> None:
        asked = Asked(claim_no=f"C{len(self.asked)}", **said)
        self.asked.append(asked)
        posted = self._act(
            lambda: self.both.desk.record(_recording(asked)), lambda: self.both.model.record(asked)
        )
        assert isinstance(posted, (Posted, type))

    def _one_of_the_last(self, which: int) -> Asked:
        return self.asked[-1 - which % min(len(self.asked), 4)]

    def _day(self, ahead: int, day: int) -> date:
        return date.fromisoformat(f"{self.both.model.month(ahead)}-{day:02d}")


def _entry(lines: Lines, on: date, **said: Any) -> JournalEntry:
    given = {"kind": "statement", "narration": "流水", **said}
    postings = tuple(Posting(account=account, amount_fen=fen) for account, fen in lines)
    return JournalEntry(effective_on=on, postings=postings, **given)


def _recording(asked: Asked) -> Recording:
    entry = _entry(asked.lines, asked.on, kind="settlement", order_no=asked.order_no, claim_no=asked.claim_no)
    return a_recording(
        asked.claim_no,
        subject=asked.order_no,
        case_json=f'{{"claim":"{asked.claim_no}","case":{asked.case}}}',
        answer_json=ANSWER.replace('"pay"', '"approve"') if asked.to_be_approved else ANSWER,
        answer_digest=asked.digest,
        rulebook_digest=asked.rulebook,
        entry=entry,
        steps=tuple(
            RefundStep(bucket=bucket, paid_fen=paid, before_fen=before, after_fen=after)
            for bucket, paid, before, after in asked.steps
        ),
    )


def _other(fen: int) -> int:
    return fen - 1 if fen > 1 else fen + 1 if fen < -1 else 2 * fen
