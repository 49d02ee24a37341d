"""Writers: sixteen programs at one book at once, on both engines; none is refused in vain, none gets too much.

What they waited is printed and not judged, for a machine may be slow; what they wrote is judged.
"""

import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from multiprocessing.synchronize import Barrier

import pytest

from ledger import queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.engine import open_book
from ledger.errors import KeyConflict, LedgerError, NotApproved, NotReversible, OverRefund, PeriodClosed
from ledger.replay import replay
from tests.faults.tally import SIZE
from tests.ledger.crowds import together
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, post, to_be_approved, url_of

WRITERS, SEED = 16, 20261012
IS_LONG = SIZE == "long"
CALLS, ORDERS, KEYS = (3125, 2000, 3125) if IS_LONG else (60, 40, 100)
REFUND_FEN, PAID_FEN = 60, 200
RACED_KEYS, ENTRIES, POSTS = 13, 20, 20
Deed = Callable[[Desk], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of one writer: what it was about, the number it got or the refusal, and how long it took."""

    about: str
    seq: int
    refusal: str
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Sixteen writers at one book: the plan says what each calls, in which order."""

    book: Book
    plan: Callable[[int], list[tuple[str, Deed]]]

    def calls(self) -> list[Call]:
        """What came of every call; a writer that fell over fails the test with its traceback."""
        self.book.store.engine.dispose()
        return [call for each in together(WRITERS, self._write) for call in each]

    def _write(self, number: int, barrier: Barrier) -> list[Call]:
        with open_book(url_of(self.book)) as opened:
            barrier.wait()
            return [_call(opened, about, deed) for about, deed in self.plan(number)]


def _call(book: Book, about: str, deed: Deed) -> Call:
    began, seq, refusal = time.perf_counter(), 0, ""
    try:
        with book.writing(actor="wang", now=NOW) as desk:
            seq = deed(desk)
    except LedgerError as refused:
        refusal = type(refused).__name__
    return Call(about=about, seq=seq, refusal=refusal, seconds=time.perf_counter() - began)


def _refund(claim_no: str, order_no: str) -> Deed:
    def deed(desk: Desk) -> int:
        before = sum(row.refunded_fen for row in queries.refunded(desk.reader, order_no))
        return desk.record(a_recording(claim_no, REFUND_FEN, before=before, subject=order_no)).seq

    return deed


def test_no_order_is_refunded_too_much_and_none_that_fits_is_refused(
    book: Book, request: pytest.FixtureRequest
) -> None:
    def plan(number: int) -> list[tuple[str, Deed]]:
        dice = random.Random(SEED + number)
        orders = [f"O{dice.randrange(ORDERS)}" for _ in range(CALLS)]
        return [(order, _refund(f"C{number}-{n}", order)) for n, order in enumerate(orders)]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    assert {call.refusal for call in calls} <= {"", OverRefund.__name__}
    granted = Counter(call.about for call in calls if call.seq)
    asked = Counter(call.about for call in calls)
    wrong = sum(granted[order] != min(asked[order], PAID_FEN // REFUND_FEN) for order in asked)
    with book.reading() as reader:
        for order in asked:
            (row,) = queries.refunded(reader, order)
            wrong += row.refunded_fen != granted[order] * REFUND_FEN
    _close(request, calls, wrong + _unclean(book), began)


def test_a_key_of_many_is_posted_once_and_all_get_the_same_answer(
    book: Book, request: pytest.FixtureRequest
) -> None:
    def plan(number: int) -> list[tuple[str, Deed]]:
        keys = [f"k{n}" for n in range(KEYS)]
        random.Random(SEED + number).shuffle(keys)
        return [(key, lambda desk, key=key: desk.post(an_entry(), key=key).seq) for key in keys]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    answers = {(call.about, call.seq) for call in calls}
    wrong = abs(len(answers) - KEYS) + sum(bool(call.refusal) for call in calls)
    with book.reading() as reader:
        wrong += queries.counts(reader).entries != KEYS
    _close(request, calls, wrong + _unclean(book), began)


def test_a_key_that_many_use_for_other_content_stands_for_one_and_the_others_are_told(
    book: Book, request: pytest.FixtureRequest
) -> None:
    def plan(number: int) -> list[tuple[str, Deed]]:
        keys = [f"k{n}" for n in range(RACED_KEYS)]
        random.Random(SEED + number).shuffle(keys)
        return [(key, lambda desk, key=key: desk.post(an_entry(100 + number), key=key).seq) for key in keys]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    assert {call.refusal for call in calls} == {"", KeyConflict.__name__}
    done = Counter(call.about for call in calls if call.seq)
    wrong = sum(done[f"k{n}"] != 1 for n in range(RACED_KEYS))
    with book.reading() as reader:
        wrong += queries.counts(reader).entries != RACED_KEYS
    _close(request, calls, wrong + _unclean(book), began)


def test_an_entry_is_reversed_once_however_many_try(book: Book, request: pytest.FixtureRequest) -> None:
    for number in range(ENTRIES):
        post(book, an_entry(), str(number))

    def plan(number: int) -> list[tuple[str, Deed]]:
        entries = list(range(1, ENTRIES + 1))
        random.Random(SEED + number).shuffle(entries)
        return [(str(seq), lambda desk, seq=seq: desk.reverse(seq, DAY, "错账").seq) for seq in entries]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    assert {call.refusal for call in calls} <= {"", NotReversible.__name__}
    done = Counter(call.about for call in calls if call.seq)
    wrong = sum(done[str(seq)] != 1 for seq in range(1, ENTRIES + 1))
    _close(request, calls, wrong + _unclean(book), began)


def test_a_claim_is_approved_once_however_many_try(book: Book, request: pytest.FixtureRequest) -> None:
    claims = [to_be_approved(f"C{number}", subject=f"O{number}") for number in range(ENTRIES)]
    with book.writing(actor="zhao", now=NOW) as desk:
        for claim in claims:
            desk.ask(claim)

    def plan(number: int) -> list[tuple[str, Deed]]:
        mine = list(claims)
        random.Random(SEED + number).shuffle(mine)
        return [(claim.claim_no, lambda desk, claim=claim: desk.approve(claim).seq) for claim in mine]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    assert {call.refusal for call in calls} <= {"", NotApproved.__name__}
    done = Counter(call.about for call in calls if call.seq)
    wrong = sum(done[claim.claim_no] != 1 for claim in claims)
    with book.reading() as reader:
        wrong += queries.counts(reader).settlements != ENTRIES
    _close(request, calls, wrong + _unclean(book), began)


def test_what_a_close_saw_is_what_the_month_holds(book: Book, request: pytest.FixtureRequest) -> None:
    def plan(number: int) -> list[tuple[str, Deed]]:
        posts = [
            ("post", lambda desk, n=n: desk.post(an_entry(on=date(2026, 10, 9)), key=f"{number}-{n}").seq)
            for n in range(POSTS)
        ]
        closes = [("close", lambda desk: desk.close("2026-10").entries)]
        return [*posts[: POSTS // 2], *closes, *posts[POSTS // 2 :]]

    began = time.monotonic()
    calls = Crowd(book=book, plan=plan).calls()
    assert {call.refusal for call in calls} <= {"", PeriodClosed.__name__}
    posted = sum(call.about == "post" and not call.refusal for call in calls)
    seen = {call.seq for call in calls if call.about == "close"}
    _close(request, calls, (seen != {posted}) + _unclean(book), began)


def _unclean(book: Book) -> bool:
    with book.reading() as reader:
        return replay(reader).first_difference is not None


def _close(request: pytest.FixtureRequest, calls: list[Call], wrong: int, began: float) -> None:
    waits = sorted(call.seconds for call in calls)
    name = request.node.name.removeprefix("test_")
    line = (
        f"faults {len(calls)} lost 0 wrong {wrong} seconds {time.monotonic() - began:.1f} seed {SEED} "
        f"({WRITERS} writers, p99 {waits[len(waits) * 99 // 100] * 1000:.0f} ms, "
        f"longest {waits[-1] * 1000:.0f} ms: {name})"
    )
    request.node.user_properties.append(("faults", line))
    assert wrong == 0, line
