"""The desk: posting, recording and reversing, each once."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import queries
from ledger.book import Book
from ledger.errors import BadEntry, KeyConflict, NotReversible, OverRefund, StaleQuote, UnknownEntry
from ledger.journal import JournalEntry, Posting
from ledger.recordings import KeyedEntry, RefundStep
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import (
    DAY,
    NOW,
    NewBook,
    a_memorandum,
    a_recording,
    an_entry,
    dump,
    post,
    record,
)

FEW = settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
ENTRIES = st.builds(
    lambda one, other, fen: an_entry(
        postings=(Posting(account=one, amount_fen=fen), Posting(account=other, amount_fen=-fen))
    ),
    st.sampled_from(["1002", "1122.01"]),
    st.sampled_from(["2203.01", "5001.01", "1002"]),
    st.integers(1, 10**12),
)


def _balances(book: Book) -> dict[str, int]:
    with book.reading() as reader:
        return {row.account: row.closing_fen for row in queries.trial_balance(reader, "9999-12")}


def test_entries_are_numbered_from_1_without_gap_and_vouchers_by_month(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        posted = [
            desk.post(an_entry(), key="a"),
            desk.post(an_entry(on=date(2026, 9, 30)), key="b"),
            desk.record(a_memorandum()),
            desk.post(an_entry(), key="c"),
        ]
    assert [one.seq for one in posted] == [1, 2, 3, 4]
    assert [one.voucher for one in posted] == ["记-1", "记-1", "", "记-2"]


@FEW
@given(entry=ENTRIES, times=st.integers(1, 4))
def test_a_key_posted_again_answers_the_stored_entry_and_writes_nothing(
    new_book: NewBook, entry: JournalEntry, times: int
) -> None:
    with new_book() as book:
        first = post(book, entry, "k")
        before = dump(book)
        assert [post(book, entry, "k") for _ in range(times)] == [first] * times
        assert dump(book) == before


CHANGES: list[Callable[[], JournalEntry]] = [
    lambda: an_entry(101),
    lambda: an_entry(narration="别的"),
    lambda: an_entry(on=DAY + timedelta(days=1)),
    lambda: an_entry(order_no="O9"),
    lambda: an_entry(kind="statement"),
]


@pytest.mark.parametrize("other", CHANGES)
def test_a_key_posted_with_other_content_is_refused_with_both_digests(
    book: Book, other: Callable[[], JournalEntry]
) -> None:
    post(book, an_entry(), "k")
    before = dump(book)
    with pytest.raises(KeyConflict) as refused:
        post(book, other(), "k")
    assert refused.value.stored != refused.value.given
    assert refused.value.stored in str(refused.value)
    assert refused.value.given in str(refused.value)
    assert dump(book) == before


def test_keys_are_scoped_by_command(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="k")
        assert not desk.post(an_entry(5), key="k", command="import").again
        assert not desk.record(a_recording("k")).again


@pytest.mark.parametrize("key", ["", "k" * 256, "a\0b"])
def test_a_key_that_cannot_be_kept_is_refused(book: Book, key: str) -> None:
    with pytest.raises(BadEntry):
        post(book, an_entry(), key)


@pytest.mark.parametrize("kind", ["settlement", "memorandum", "reversal"])
def test_settlements_and_reversals_are_not_posted_by_themselves(book: Book, kind: str) -> None:
    changes: dict[str, Any] = {"postings": ()} if kind == "memorandum" else {}
    reverses = 1 if kind == "reversal" else None
    with pytest.raises(BadEntry, match="not posted by itself"):
        post(book, an_entry(kind=kind, reverses=reverses, **changes), "k")


def test_many_entries_are_posted_once_each_also_where_a_key_repeats_among_them(book: Book) -> None:
    many = [KeyedEntry(entry=an_entry(n % 700 + 1), key=f"k{n % 700}") for n in range(1400)]
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post_many(many)
    assert [one.seq for one in posted] == [*range(1, 701), *range(1, 701)]
    assert [one.again for one in posted] == [False] * 700 + [True] * 700


@FEW
@given(one=ENTRIES, other=ENTRIES)
def test_the_order_of_posting_does_not_change_a_balance(
    new_book: NewBook, one: JournalEntry, other: JournalEntry
) -> None:
    with new_book() as there, new_book() as back:
        post(there, one, "a")
        post(there, other, "b")
        post(back, other, "b")
        post(back, one, "a")
        assert _balances(there) == _balances(back)


@FEW
@given(entries=st.lists(ENTRIES, min_size=1, max_size=4), data=st.data())
def test_an_entry_and_its_reversal_move_nothing_and_are_done_once(
    new_book: NewBook, entries: list[JournalEntry], data: st.DataObject
) -> None:
    with new_book() as book:
        for number, entry in enumerate(entries):
            post(book, entry, str(number))
        seq = data.draw(st.integers(1, len(entries)))
        without = [entry for number, entry in enumerate(entries, start=1) if number != seq]
        with book.writing(actor="wang", now=NOW) as desk:
            posted = desk.reverse(seq, DAY, "错账")
            report = queries.entry(desk.reader, posted.seq)
            assert report.reverses == seq
            assert queries.entry(desk.reader, seq).reversed_by == posted.seq
        with new_book() as other:
            for number, entry in enumerate(without):
                post(other, entry, str(number))
            assert {a: b for a, b in _balances(book).items() if b} == {
                a: b for a, b in _balances(other).items() if b
            }
        with pytest.raises(NotReversible), book.writing(actor="wang", now=NOW) as desk:
            desk.reverse(seq, DAY, "再冲")
        with pytest.raises(NotReversible), book.writing(actor="wang", now=NOW) as desk:
            desk.reverse(posted.seq, DAY, "冲冲销")


def test_a_reversal_of_nothing_before_its_entry_or_without_reason_is_refused(book: Book) -> None:
    post(book, an_entry(), "k")
    with book.writing(actor="wang", now=NOW) as desk:
        with pytest.raises(UnknownEntry):
            desk.reverse(2, DAY, "错")
        with pytest.raises(BadEntry, match="before"):
            desk.reverse(1, DAY - timedelta(days=1), "错")
        with pytest.raises(BadEntry, match="reason"):
            desk.reverse(1, DAY, " ")


def test_a_claim_recorded_again_answers_the_stored_entry(book: Book) -> None:
    first = record(book, a_recording())
    before = dump(book)
    with book.writing(actor="li", now=NOW + timedelta(days=1)) as desk:
        again = desk.record(a_recording())
    assert (again.seq, again.again, again.voucher) == (first, True, "记-1")
    assert dump(book) == before


@pytest.mark.parametrize("changes", [{"case_json": "{}"}, {"rulebook_digest": "rulebook-2"}])
def test_a_claim_number_of_another_question_is_refused_with_both_digests(
    book: Book, changes: dict[str, Any]
) -> None:
    record(book, a_recording())
    before = dump(book)
    with pytest.raises(KeyConflict) as refused:
        record(book, a_recording(**changes))
    assert refused.value.stored != refused.value.given
    assert dump(book) == before


def test_a_digest_that_stands_for_another_rulebook_is_refused(book: Book) -> None:
    record(book, a_recording())
    with pytest.raises(KeyConflict):
        record(book, a_recording("C2", before=50, rulebook_text="[other rules]"))


def test_a_rulebook_is_kept_once(book: Book) -> None:
    record(book, a_recording())
    record(book, a_recording("C2", before=50))
    with book.reading() as reader:
        assert queries.counts(reader).rulebooks == 1
        assert queries.rulebook_text(reader, "rulebook-1") == "[rules]"


def test_a_memorandum_is_in_the_chain_without_postings(book: Book) -> None:
    seq = record(book, a_memorandum())
    with book.reading() as reader:
        assert queries.entry(reader, seq).postings == ()
        assert queries.head(reader).seq == seq
        assert [one.claim_no for one in queries.history(reader, "O1")] == ["M1"]


@pytest.mark.parametrize(
    ("step", "refused"),
    [
        (RefundStep(bucket="line 1", paid_fen=200, before_fen=0, after_fen=10), StaleQuote),
        (RefundStep(bucket="line 1", paid_fen=300, before_fen=50, after_fen=60), StaleQuote),
        (RefundStep(bucket="line 1", paid_fen=200, before_fen=50, after_fen=201), OverRefund),
        (RefundStep(bucket="line 1", paid_fen=200, before_fen=50, after_fen=49), BadEntry),
        (RefundStep(bucket="line 2", paid_fen=200, before_fen=1, after_fen=49), StaleQuote),
        (RefundStep(bucket="line 2", paid_fen=10, before_fen=0, after_fen=11), OverRefund),
    ],
)
def test_a_step_that_does_not_fit_is_refused_and_changes_nothing(
    book: Book, step: RefundStep, refused: type[Exception]
) -> None:
    record(book, a_recording())
    before = dump(book)
    with pytest.raises(refused):
        record(book, a_recording("C2", steps=(step,)))
    assert dump(book) == before


@FEW
@given(amounts=st.lists(st.integers(1, 90), min_size=1, max_size=6))
def test_refunds_never_exceed_what_was_paid_and_none_that_fits_is_refused(
    new_book: NewBook, amounts: list[int]
) -> None:
    given_back = 0
    with new_book() as book:
        for number, fen in enumerate(amounts):
            recording = a_recording(f"C{number}", fen, before=given_back)
            if given_back + fen <= 200:
                record(book, recording)
                given_back += fen
            else:
                with pytest.raises(OverRefund):
                    record(book, recording)
        with book.reading() as reader:
            (row,) = queries.refunded(reader, "O1")
            assert (row.refunded_fen, row.paid_fen) == (given_back, 200)


def test_a_reversed_settlement_gives_its_refund_back_to_the_order(book: Book) -> None:
    seq = record(book, a_recording("C1", 150))
    record(book, a_recording("C2", 50, before=150))
    with book.writing(actor="wang", now=NOW) as desk:
        reversed_by = desk.reverse(seq, DAY, "退款取消").seq
        assert [one.reversed_by for one in desk.history("O1")] == [reversed_by, None]
        desk.record(a_recording("C3", 150, before=50))
        (row,) = queries.refunded(desk.reader, "O1")
    assert row.refunded_fen == 200


def test_a_retried_claim_sees_only_what_was_before_it(book: Book) -> None:
    record(book, a_recording("C1"))
    record(book, a_recording("C2", before=50))
    with book.writing(actor="wang", now=NOW) as desk:
        assert [one.claim_no for one in desk.history("O1", before_claim="C2")] == ["C1"]
        assert [one.claim_no for one in desk.history("O1", before_claim="C3")] == ["C1", "C2"]
