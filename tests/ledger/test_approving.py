"""Approving: another person, exactly what was asked, and only while it is the last word."""

import contextlib
import json
from dataclasses import replace

import pytest

from ledger import approving, queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.errors import BadEntry, NotApproved, PeriodClosed, StaleQuote
from ledger.recordings import Approval
from ledger.replay import replay
from tests.ledger.samples import (
    NOW,
    a_recording,
    an_entry,
    ask,
    dump,
    grant,
    handed_to,
    post,
    record,
    reopen,
    to_be_approved,
)


def _says(book: Book, actor: str, *words: Approval) -> list[int]:
    with book.writing(actor=actor, now=NOW) as desk:
        return [desk.store_approval(word) for word in words]


def test_a_claim_is_asked_granted_and_recorded(book: Book) -> None:
    assert _says(book, "wang", ask("C1")) == [1]
    with book.writing(actor="li", now=NOW) as desk:
        assert [(row.subject, row.actor) for row in approving.waiting(desk.reader)] == [("C1", "wang")]
        assert desk.store_approval(grant("C1")) == 2
        assert approving.is_granted(desk.reader, "claim", "C1", "a" * 64)
        assert not approving.is_granted(desk.reader, "claim", "C1", "b" * 64)
        desk.record(to_be_approved("C1"))
    with book.reading() as reader:
        words = approving.words(reader, "claim", "C1")
        assert [(row.action, row.actor, row.recorded_at) for row in words] == [
            ("ask", "wang", NOW),
            ("grant", "li", NOW),
        ]
        assert approving.waiting(reader) == ()
        assert replay(reader).first_difference is None


@pytest.mark.parametrize("name", ["wang", "WANG", " wang "])
@pytest.mark.parametrize("answer", [grant("C1"), replace(grant("C1"), action="refuse", reason="多了")])
def test_whoever_asked_cannot_answer_however_the_name_is_written(
    book: Book, name: str, answer: Approval
) -> None:
    _says(book, "wang", ask("C1"))
    before = dump(book)
    with pytest.raises(NotApproved, match="wang asked about C1 and cannot answer it"):
        _says(book, name, answer)
    assert dump(book) == before


def test_only_what_is_asked_now_is_granted(book: Book) -> None:
    with pytest.raises(NotApproved, match="nobody asks about C1"):
        _says(book, "li", grant("C1"))
    _says(book, "wang", ask("C1"), ask("C1", "b" * 64))
    with pytest.raises(NotApproved, match=f"asked as {'b' * 64}, not as {'a' * 64}"):
        _says(book, "li", grant("C1"))
    assert _says(book, "li", grant("C1", "b" * 64)) == [3]
    with pytest.raises(NotApproved, match="nobody asks"):
        _says(book, "zhao", grant("C1", "b" * 64))


def test_a_refusal_needs_a_reason_and_the_next_ask_begins_anew(book: Book) -> None:
    _says(book, "wang", ask("C1"))
    with pytest.raises(NotApproved, match="without a reason"):
        _says(book, "li", replace(grant("C1"), action="refuse", reason=" "))
    assert _says(book, "li", replace(grant("C1"), action="refuse", reason="照片不符")) == [2]
    with book.writing(actor="wang", now=NOW) as desk:
        assert approving.waiting(desk.reader) == ()
        assert desk.store_approval(ask("C1")) == 3
    assert _says(book, "li", grant("C1")) == [4]


@pytest.mark.parametrize("said", [(), (ask("C1"),), (ask("C1"), ask("C2"))])
def test_a_settlement_to_be_approved_is_not_recorded_without_its_grant(
    book: Book, said: tuple[Approval, ...]
) -> None:
    _says(book, "wang", *said)
    before = dump(book)
    with pytest.raises(NotApproved, match="has to be asked by one person"):
        record(book, to_be_approved("C1"))
    assert dump(book) == before


def test_a_recorded_claim_is_neither_asked_nor_answered_and_waits_no_more(book: Book) -> None:
    _says(book, "wang", ask("C1"))
    record(book, a_recording("C1"))
    with book.reading() as reader:
        assert approving.waiting(reader) == ()
    for actor, word in (("wang", ask("C1")), ("li", grant("C1"))):
        with pytest.raises(NotApproved, match="recorded already"):
            _says(book, actor, word)


def test_an_ask_about_a_recorded_claim_leaves_no_rulebook_where_the_turn_goes_on(book: Book) -> None:
    record(book, a_recording("C1", 50))
    with book.writing(actor="wang", now=NOW) as desk:
        with pytest.raises(NotApproved, match="recorded already"):
            desk.ask(to_be_approved("C1", rulebook_digest="rulebook-9", rulebook_text="[others]"))
        desk.post(an_entry(), key="goes on")
    with book.reading() as reader:
        assert queries.counts(reader).rulebooks == 1


def test_what_cannot_be_stored_is_refused_before_it_is(book: Book) -> None:
    for word in (ask(""), replace(ask("C1"), content_json="\0"), replace(ask("C1"), reason="\0")):
        with pytest.raises(BadEntry):
            _says(book, "wang", word)


def test_the_digest_of_a_close_is_of_that_close_alone(book: Book) -> None:
    post(book, an_entry(), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        assert approving.close_digest(desk.reader, "2026-10") is None
        desk.close("2026-10")
        first = desk.ask_reopening("2026-10", "漏记")
        assert first == approving.close_digest(desk.reader, "2026-10")
    with pytest.raises(NotApproved, match="cannot answer"), book.writing(actor="wang", now=NOW) as desk:
        desk.reopen("2026-10", first)
    with book.writing(actor="li", now=NOW) as desk:
        assert desk.reopen("2026-10", first).action == "reopen"
        assert approving.close_digest(desk.reader, "2026-10") is None
        desk.close("2026-10")
        second = desk.ask_reopening("2026-10", "又漏")
    assert second != first
    with pytest.raises(NotApproved, match="stands now"), book.writing(actor="wang", now=NOW) as desk:
        desk.reopen("2026-10", first)
    with book.writing(actor="wang", now=NOW) as desk:
        assert desk.reopen("2026-10", second).version == 4
        assert replay(desk.reader).first_difference is None


def test_a_reopening_that_nobody_asked_is_refused(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
        digest = approving.close_digest(desk.reader, "2026-10") or ""
    before = dump(book)
    with (
        pytest.raises(NotApproved, match="nobody asks about 2026-10"),
        book.writing(actor="li", now=NOW) as desk,
    ):
        desk.reopen("2026-10", digest)
    assert dump(book) == before


def test_an_ask_holds_the_case_the_answer_and_its_rulebook(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        assert desk.ask(to_be_approved("C1")) == 1
        (said,) = approving.waiting(desk.reader)
        assert queries.rulebook_text(desk.reader, "rulebook-1") == "[rules]"
    asked = json.loads(said.content_json)
    assert asked["case"] == {"claim": "C1"}
    assert asked["answer"]["decision"] == "approve"
    assert (asked["order_no"], asked["rulebook_digest"]) == ("O1", "rulebook-1")
    with book.writing(actor="li", now=NOW) as desk:
        assert desk.approve(to_be_approved("C1")).seq == 1
        assert replay(desk.reader).first_difference is None


def test_a_claim_of_a_closed_month_is_not_even_asked(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    with pytest.raises(PeriodClosed), book.writing(actor="wang", now=NOW) as desk:
        desk.ask(to_be_approved("C1"))


def test_a_grant_whose_settlement_cannot_be_recorded_is_not_kept(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.ask(to_be_approved("C1"))
    record(book, a_recording("C0"))
    before = dump(book)
    with (
        pytest.raises(RuntimeError, match="nothing of it may be committed"),
        book.writing(actor="li", now=NOW) as desk,
        contextlib.suppress(StaleQuote),
    ):
        desk.approve(to_be_approved("C1"))
    assert dump(book) == before


def test_asking_twice_to_reopen_for_one_reason_is_asking_once(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
        desk.ask_reopening("2026-10", "漏记")
        before = approving.words(desk.reader, "reopen", "2026-10")
        desk.ask_reopening("2026-10", "漏记")
        assert approving.words(desk.reader, "reopen", "2026-10") == before
        desk.ask_reopening("2026-10", "错记")
        assert len(approving.words(desk.reader, "reopen", "2026-10")) == 2


def test_a_reopening_is_told_with_its_reason_and_both_people_once_it_is_granted(book: Book) -> None:
    post(book, an_entry(), "a")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
        desk.ask_reopening("2026-10", "漏记")
        with handed_to(desk, "li"):
            refusal = Approval(
                matter="reopen", subject="2026-10", action="refuse", reason="不必", digest=_digest(desk)
            )
            desk.store_approval(refusal)
        assert approving.reopenings(desk.reader, "2026-10") == ()
        desk.ask_reopening("2026-10", "再次漏记")
        with handed_to(desk, "li"):
            reopen(desk, "2026-10")
        (one,) = approving.reopenings(desk.reader, "2026-10")
    assert (one.reason, one.asked_by, one.granted_by, one.at) == ("再次漏记", "wang", "li", NOW)


def _digest(desk: Desk) -> str:
    return approving.close_digest(desk.reader, "2026-10") or ""
