from typing import Any

import pytest

from calculators.days import parse_moment
from cli.approving import grant_claim, pending_on
from cli.readers.rows import ClaimRow
from cli.recording import InHand, NotRecordable, Outcome, record_row, why_not
from cli.rulebooks import default_rulebook
from cli.session import place
from ledger import approving
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.errors import StaleQuote
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell, noted

Notes = list[dict[str, Any]]


def _row(note: dict[str, Any], **change: Any) -> ClaimRow:
    body = {**note["claim"], **change}
    return ClaimRow(
        row=1, key=body["claim_no"], order_no=note["order_no"], at=note["at"], question="claim", body=body
    )


def _outcomes(shell: Shell, in_hand: InHand, *rows: ClaimRow) -> list[Outcome]:
    with (
        open_book(sqlite_url(shell.folder / "settle.db")) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        return [record_row(desk, row, default_rulebook(), in_hand) for row in rows]


def _approved(shell: Shell, claim_no: str) -> Outcome:
    with (
        open_book(sqlite_url(shell.folder / "settle.db")) as book,
        book.writing(actor="li", now=STANDS_AT) as desk,
    ):
        return grant_claim(desk, pending_on(desk.reader, claim_no, None))


def test_what_may_be_paid_is_posted_on_its_day(booked: Shell, notes: Notes) -> None:
    note = noted(notes, kind="return", cause="quality", received=True)
    (outcome,) = _outcomes(booked, InHand(), _row(note))
    assert outcome.posted is not None
    (entry,) = booked("show", str(outcome.posted.seq), "--json").json["entries"]
    assert entry["effective_on"] == parse_moment(note["at"]).date().isoformat()


def test_the_answer_is_told_in_both_languages_under_one_digest(booked: Shell, notes: Notes) -> None:
    note = noted(notes, kind="return", cause="quality", received=True)
    (outcome,) = _outcomes(booked, InHand(), _row(note, received=False))
    assert outcome.posted is None
    assert outcome.decision == "hold"
    assert outcome.answer("zh")["awaits"] != outcome.answer()["awaits"]
    assert outcome.answer("zh")["digest"] == outcome.answer()["digest"]


@pytest.mark.parametrize(
    ("change", "zh", "en"),
    [
        ({"received": False}, "暂缓，未入账。[000-8.0] 退件未到", "hold, not recorded. [000-8.0] the goods"),
        ({"condition": "worn", "cause": "size"}, "拒绝，未入账。[", "refuse, not recorded. ["),
    ],
)
def test_why_it_was_not_recorded_names_the_clause(
    booked: Shell, notes: Notes, change: dict[str, Any], zh: str, en: str
) -> None:
    note = noted(notes, kind="return", cause="quality", received=True)
    refusal = why_not(_outcomes(booked, InHand(), _row(note, **change))[0])
    assert isinstance(refusal, NotRecordable)
    assert zh in refusal.said("zh")
    assert en in refusal.said("en")


def test_an_approval_is_kept_with_who_asked_and_who_granted(booked: Shell, notes: Notes) -> None:
    row = _row(noted(notes, kind="goodwill", amount="30.00"))
    first, again = _outcomes(booked, InHand(), row, row)
    assert (first.posted, first.waits, again.waits) == (None, True, True)
    assert again.said == first.said
    outcome = _approved(booked, first.claim_no)
    assert outcome.posted is not None
    with place(str(booked.folder / "settle.db"), "main").open() as book, book.reading() as reader:
        words = approving.words(reader, "claim", outcome.claim_no)
    assert [(word.action, word.actor) for word in words] == [("ask", "wang"), ("grant", "li")]


def test_a_digest_that_is_not_the_answers_voids_the_turn(booked: Shell, notes: Notes) -> None:
    row = _row(noted(notes, kind="return", cause="quality", received=True))
    with pytest.raises(StaleQuote):
        _outcomes(booked, InHand(digest="0" * 64), row)
    booked("show", row.key, code=3)


def test_another_question_is_recorded_under_its_key(booked: Shell) -> None:
    body = {"what": "breach", "occurrence": 1}
    row = ClaimRow(row=1, key="staff 7", order_no=None, at="2026-10-20T10:00", question="staff", body=body)
    first, again = _outcomes(booked, InHand(), row, row)
    assert first.posted is not None
    assert again.posted is not None
    assert (again.posted.seq, again.posted.again) == (first.posted.seq, True)
