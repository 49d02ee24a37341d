"""Random acts on one book: posting, refunds, payments, reversals, closes and approvals, sound ones and wrong ones.

Each step is an act and a number, out of which the act picks what it needs; so a run is a short list of numbers,
drawn in one go and shrunk number by number, and 0 is the plainest of everything. Several acts share a writing
turn, which is then kept or thrown away. What each must answer is the model's to say.
"""

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import note
from hypothesis import strategies as st

from ledger import approving
from ledger.errors import BadEntry
from ledger.journal import JournalEntry, Posting
from ledger.paying import Payment
from ledger.recordings import Approval, Closed, Recording, RefundStep
from tests.ledger.foretold import BlankBook, Foretold
from tests.ledger.model import ALIPAY, PAYABLE, Asked, Kept, Lines
from tests.ledger.samples import ANSWER, a_recording

PAID = {"line 1": 200, "line 2": 300, "cash": 450}
RETURNS, ESCROW, LIABILITY = "5001.02", "1122.01", "2203.01"
ACCOUNTS = (ESCROW, LIABILITY, ALIPAY, "5601.02", "1221.09")
ORDERS = ("O1", "O2", "O3")
AHEAD = (0, 0, 0, 1, 0, 2, 0, -1)
DAYS = (1, 14, 28)
FENS = (1, 2, 99, 100, 12_345, 10**6 + 1, 10**9, 10**12)
REFUNDS = (1, 2, 7, 30, 60, 120, "all", "all", "too much", "stale")
REASONS = ("漏记", "漏记", "错账", "漏记", "漏记", " ")
CHANGES = ("", "", "", "fen", "on", "narration", "order_no", "kind", "command")
BAD: tuple[dict[str, Any], ...] = (
    {"lines": ((ESCROW, 5), (LIABILITY, -4))},
    {"lines": ((ESCROW, 5),)},
    {"lines": ((ESCROW, 0), (LIABILITY, 0))},
    {"lines": ((ESCROW, 10**12 + 1), (LIABILITY, -(10**12) - 1))},
    {"lines": (("1122", 5), (LIABILITY, -5))},
    {"kind": "settlement"},
    {"key": ""},
    {"key": "k" * 256},
)
ACTS = {
    "rest": 0,
    "end_the_turn": 5,
    "post": 7,
    "post_again": 4,
    "post_what_breaks_a_rule": 1,
    "refund": 8,
    "owe": 3,
    "come_back_to": 6,
    "answer": 3,
    "pay": 7,
    "reverse": 7,
    "close": 3,
    "ask_reopening": 3,
    "reopen": 3,
}
STEPS = st.tuples(
    st.sampled_from([act for act, weight in ACTS.items() for _ in range(weight or 1)]),
    st.integers(0, 2**24 - 1),
)
T = TypeVar("T")


class Dice:
    """A number that choices are taken out of."""

    def __init__(self, number: int) -> None:
        self._left = number

    def pick(self, options: Sequence[T]) -> T:
        """One of the options, the first where nothing is left."""
        self._left, at = divmod(self._left, len(options))
        return options[at]


class LedgerMachine:
    """One book, its model, and what was ever asked of them."""

    def __init__(self, blank: BlankBook) -> None:
        self.both = Foretold(blank.emptied())
        self.asked: list[Asked] = []
        self.posted: list[tuple[str, str, JournalEntry]] = []
        self.story: list[tuple[Any, ...]] = []

    def play(self, steps: Sequence[tuple[str, int]]) -> int:
        """Do all the steps, then ask the book everything; answers how many acts there were."""
        try:
            for act, number in steps:
                getattr(self, act)(Dice(number))
            self.both.finish()
        except BaseException:
            for told in self.story:
                note(" ".join(map(str, told)))
            self.both.break_off()
            raise
        return len(self.story)

    def rest(self, dice: Dice) -> None:
        """Nothing, which is what a step shrinks to."""

    def end_the_turn(self, dice: Dice) -> None:
        """Keep the turn or throw it away, and begin another's, whose clock may be wrong."""
        keep, actor = dice.pick((True, True, True, False)), dice.pick(("wang", "li"))
        seconds = dice.pick((0, 60, -60, 86_400, -(10**6), 10**5))
        self.story.append(("end_the_turn", keep, actor, seconds))
        if keep:
            self.both.commit()
        else:
            self.both.throw_away()
        self.both.begin(actor, seconds)

    def post(self, dice: Dice) -> None:
        """Post an entry under a key that nothing stands under."""
        at, command = dice.pick(range(5)), dice.pick("aab")
        lines = (ACCOUNTS[at], fen := dice.pick(FENS)), (ACCOUNTS[(at + dice.pick(range(1, 5))) % 5], -fen)
        entry = _entry(lines, self._day(dice), order_no=dice.pick(ORDERS))
        self.posted.append((command, f"k{len(self.posted)}", entry))
        self._post(*self.posted[-1])

    def post_again(self, dice: Dice) -> None:
        """Post under a key again, the same or anything else."""
        if not self.posted:
            return self.post(dice)
        command, key, entry = dice.pick(self.posted[-8:])
        change = dice.pick(CHANGES)
        fens = {"postings": tuple(replace(one, amount_fen=_other(one.amount_fen)) for one in entry.postings)}
        other: dict[str, Any] = {
            "fen": fens,
            "on": {"effective_on": entry.effective_on + timedelta(days=1)},
            "narration": {"narration": "别的"},
            "order_no": {"order_no": "O9"},
            "kind": {"kind": "order_paid"},
        }
        return self._post(
            "c" if change == "command" else command, key, replace(entry, **other.get(change, {}))
        )

    def post_what_breaks_a_rule(self, dice: Dice) -> None:
        """Post what no book takes."""
        good = {"lines": ((ESCROW, 5), (LIABILITY, -5)), "key": "bad", "kind": "statement"}
        given, on = good | dice.pick(BAD), self._day(dice)
        self._act(
            ("post_what_breaks_a_rule", given),
            lambda: self.both.desk.post(_entry(given["lines"], on, kind=given["kind"]), key=given["key"]),
            lambda: BadEntry,
        )

    def refund(self, dice: Dice) -> None:
        """Record a refund of a line, in cash; each of the two has its ceiling."""
        order_no, line, how = dice.pick(ORDERS), dice.pick(("line 1", "line 2")), dice.pick(REFUNDS)
        given = {one: self.both.model.buckets.get((order_no, one), (0, 0))[1] for one in PAID}
        left = min(PAID[one] - given[one] for one in (line, "cash"))
        fen = {"all": max(left, 1), "too much": left + 1, "stale": 1}.get(str(how), how)
        stale = 1 if how == "stale" else 0
        steps = tuple(
            (one, PAID[one], given[one] + stale, given[one] + stale + fen) for one in ("cash", line)
        )
        self._record_new(
            order_no=order_no,
            on=self._day(dice),
            lines=((RETURNS, fen), (ESCROW, -fen)),
            steps=steps,
            rulebook=dice.pick(("rulebook-1", "rulebook-1", "rulebook-2")),
            to_be_approved=dice.pick((False, False, True)),
        )

    def owe(self, dice: Dice) -> None:
        """Record a claim that is owed by transfer."""
        lines = ("5001.03", fen := dice.pick((1, 2, 3))), (PAYABLE, -fen)
        self._record_new(order_no=dice.pick(ORDERS), on=self._day(dice), lines=lines)

    def come_back_to(self, dice: Dice) -> None:
        """Record, ask or approve a claim that was asked before, with the same case or another."""
        if not self.asked:
            return self.refund(dice)
        case, act = dice.pick((0, 0, 0, 1)), dice.pick(("ask", "approve", "record"))
        known = self._waiting() if act == "approve" else self._unrecorded()
        one = dice.pick(known if known and dice.pick((True, True, False)) else self.asked[-4:])
        asked = replace(one, case=case, rulebook=dice.pick((one.rulebook,) * 7 + ("rulebook-3",)))
        with self._another(dice):
            return self._act(
                (act, asked),
                lambda: getattr(self.both.desk, act)(_recording(asked)),
                lambda: getattr(self.both.model, act)(asked),
            )

    def answer(self, dice: Dice) -> None:
        """Grant or refuse a claim, without recording it."""
        if not self.asked:
            return self.owe(dice)
        asked = dice.pick(self._waiting() or self.asked[-4:])
        action, reason = dice.pick(("grant", "grant", "refuse")), dice.pick(REASONS)
        said = {"subject": asked.claim_no, "action": action, "digest": asked.digest, "reason": reason}
        with self._another(dice):
            return self._act(
                ("answer", said),
                lambda: self.both.desk.store_approval(Approval(matter="claim", **said)),
                lambda: self.both.model.answer(asked.claim_no, action, asked.digest, reason),
            )

    def pay(self, dice: Dice) -> None:
        """Pay a claim, all or a part, by a transfer that may be booked already."""
        owing = [one.claim_no for one in self.asked if one.lines[1][0] == PAYABLE]
        claim_no, serial = dice.pick((owing or ["C0"])[-4:]), dice.pick(("S1", "S2", "S3", "S4"))
        fen, on = dice.pick((None, None, 1, 2, 3)), self._day(dice)
        payment = Payment(claims=(claim_no,), serial=serial, on=on, amount_fen=fen)
        self._act(
            ("pay", payment),
            lambda: self.both.desk.pay(payment),
            lambda: self.both.model.pay(claim_no, serial, on, fen),
        )

    def reverse(self, dice: Dice) -> None:
        """Take one of the last entries back, or one that is not there."""
        log = self.both.model.log
        seq = len(log) - dice.pick((0, 1, 2, 3, 4, 6, 9, -1))
        entry = log[seq - 1] if 1 <= seq <= len(log) else Kept(on=date(2026, 10, 1), lines=())
        on, reason = entry.on + timedelta(days=dice.pick((0, 1, 40, 400, 0, -1))), dice.pick(REASONS)
        self._act(
            ("reverse", seq, on, reason),
            lambda: self.both.desk.reverse(seq, on, reason),
            lambda: self.both.model.reverse(seq, on, reason),
        )

    def close(self, dice: Dice) -> None:
        """Close a month, the next one or another."""
        model, desk = self.both.model, self.both.desk
        month = model.month(dice.pick((0, 0, 0, -1, 1, -2)))
        closed = self._act(("close", month), lambda: desk.close(month), lambda: model.close(month))
        if isinstance(closed, Closed) and not closed.again:
            assert (closed.entries, closed.debit_fen, closed.credit_fen) == model.figures(month)
            self.both.seen.digests[month] = approving.close_digest(desk.reader, month) or ""

    def ask_reopening(self, dice: Dice) -> None:
        """Ask that a month be opened again."""
        month, reason = self.both.model.month(dice.pick((-1, -1, -1, -2, 0))), dice.pick(REASONS)
        digest = self.both.seen.digests.get(month, "")
        asked = self._act(
            ("ask_reopening", month, reason),
            lambda: self.both.desk.ask_reopening(month, reason),
            lambda: self.both.model.ask_reopening(month, reason, digest),
        )
        assert isinstance(asked, type) or asked == digest

    def reopen(self, dice: Dice) -> None:
        """Open a month again, under the digest that was asked or another."""
        month = self.both.model.month(dice.pick((-1, -1, -1, -2, 0)))
        digest = dice.pick((self.both.seen.digests.get(month, ""),) * 3 + ("stale",))
        with self._another(dice):
            self._act(
                ("reopen", month, digest),
                lambda: self.both.desk.reopen(month, digest),
                lambda: self.both.model.reopen(month, digest),
            )

    def _act(self, told: tuple[Any, ...], act: Callable[[], Any], foretold: Callable[[], Any]) -> Any:
        self.story.append(told)
        return self.both.act(act, foretold)

    def _post(self, command: str, key: str, entry: JournalEntry) -> None:
        kept = Kept(
            on=entry.effective_on,
            lines=tuple((line.account, line.amount_fen) for line in entry.postings),
            order_no=entry.order_no,
        )
        self._act(
            ("post", command, key, entry),
            lambda: self.both.desk.post(entry, key=key, command=command),
            lambda: self.both.model.post((command, key), kept, entry),
        )

    def _record_new(self, **said: Any) -> None:
        asked = Asked(claim_no=f"C{len(self.asked)}", **said)
        self.asked.append(asked)
        self._act(
            ("record", asked),
            lambda: self.both.desk.record(_recording(asked)),
            lambda: self.both.model.record(asked),
        )

    def _waiting(self) -> list[Asked]:
        words = self.both.model.words
        return [
            one
            for one in self.asked
            if (word := words.get(("claim", one.claim_no)))
            and (word.action, word.digest) == ("ask", one.digest)
        ]

    def _unrecorded(self) -> list[Asked]:
        return [one for one in self.asked if one.claim_no not in self.both.model.claims][-4:]

    def _another(self, dice: Dice) -> ExitStack:
        """The desk in the other person's hands, more often than not."""
        stack = ExitStack()
        if dice.pick((True, True, True, False)):
            stack.enter_context(self.both.handed_over())
        return stack

    def _day(self, dice: Dice) -> date:
        return date.fromisoformat(f"{self.both.model.month(dice.pick(AHEAD))}-{dice.pick(DAYS):02d}")


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
