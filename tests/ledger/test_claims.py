"""From a quote to its recording: history from the book, no free text, one voucher, steps from the ceilings."""

import json
from typing import Any

import pytest

from cli.rulebooks import default_rulebook
from ledger.claims import Subject, case_of_claim, recompute, recording, settled, without_free_text
from ledger.quoting import quote
from ledger.recordings import RecordedSettlement

ORDER: dict[str, Any] = {
    "order_no": "33",
    "paid_at": "2026-10-01T10:00",
    "ship_clicked_at": "2026-10-01T18:00",
    "signed_at": "2026-10-04T15:00",
    "postage": "15.00",
    "lines": [{"line": 1, "qty": 1, "price": "100.00"}, {"line": 2, "qty": 1, "price": "50.00"}],
    "points": 1500,
}
CLAIM = {"kind": "return", "cause": "quality", "received": True, "lines": [{"line": 2, "qty": 1}]}
CASE = {"at": "2026-10-06T10:00", "order": ORDER, "claim": CLAIM}
SUBJECT = Subject(claim_no="17", order_no="33")


def test_a_refund_becomes_one_entry_with_a_step_for_all_that_it_gives_back() -> None:
    recorded = recording(quote(CASE, default_rulebook()), CASE, SUBJECT)
    steps = {step.bucket: (step.paid_fen, step.before_fen, step.after_fen) for step in recorded.steps}
    assert steps == {
        "line 2": (50_00, 0, 50_00),
        "postage": (15_00, 0, 5_00),
        "cash": (150_00, 0, 50_00),
        "points": (15_00, 0, 5_00),
    }
    assert recorded.entry.kind == "settlement"
    assert recorded.entry.effective_on.isoformat() == "2026-10-06"


def test_a_case_without_money_is_a_memorandum() -> None:
    claim = {"kind": "exchange", "cause": "style", "received": True}
    case = CASE | {"claim": claim}
    recorded = recording(quote(case, default_rulebook()), case, SUBJECT)
    assert (recorded.entry.kind, recorded.entry.postings, recorded.steps) == ("memorandum", (), ())


@pytest.mark.parametrize(
    "claim", [CLAIM | {"received": False}, CLAIM | {"cause": "size", "condition": "worn"}]
)
def test_what_is_held_or_refused_cannot_be_recorded(claim: dict[str, Any]) -> None:
    case = CASE | {"claim": claim}
    with pytest.raises(ValueError, match="cannot be recorded"):
        recording(quote(case, default_rulebook()), case, SUBJECT)


def test_asking_again_of_the_stored_case_gives_the_same_recording() -> None:
    recorded = recording(quote(CASE, default_rulebook()), CASE, SUBJECT)
    again = recompute(recorded.case_json, recorded.rulebook_text)
    assert again.answer_digest == recorded.answer_digest
    assert again.postings == recorded.entry.postings
    assert again.steps == recorded.steps


def test_what_was_given_is_read_from_the_ceilings_of_the_answer() -> None:
    answer = quote(CASE, default_rulebook()).answer()
    assert settled(answer["ceilings"]) == {
        "lines": {"2": "50.00"},
        "postage": "5.00",
        "cash": "50.00",
        "points": 500,
        "jifenbao": 0,
    }


def test_the_history_of_a_case_is_what_the_book_recorded_and_did_not_reverse() -> None:
    recorded = recording(quote(CASE, default_rulebook()), CASE, SUBJECT)
    rest = {"kind": "return", "cause": "quality", "received": True}
    stored = _stored(recorded.case_json, recorded.answer_json, None)
    case = case_of_claim(ORDER, [stored], rest, "2026-10-07T10:00")
    given = quote(case, default_rulebook()).answer()["to_buyer"]
    assert (given["order"], given["points"]) == ("100.00", 1000)
    reversed_since = _stored(recorded.case_json, recorded.answer_json, 9)
    assert "history" not in case_of_claim(ORDER, [reversed_since], rest, "2026-10-07T10:00")


def test_names_and_notes_do_not_enter_the_chain() -> None:
    noted = {"name": "张三", "claim": {"kind": "goodwill", "note": "张三的备注"}, "history": [{"note": "x"}]}
    kept = json.dumps(without_free_text(noted), ensure_ascii=False)
    assert "张三" not in kept
    assert "note" not in kept


def _stored(case_json: str, answer_json: str, reversed_by: int | None) -> RecordedSettlement:
    from datetime import UTC, date, datetime

    return RecordedSettlement(
        seq=1,
        voucher="记-1",
        effective_on=date(2026, 10, 6),
        recorded_at=datetime(2026, 10, 6, tzinfo=UTC),
        claim_no="17",
        subject="33",
        kind="return",
        case_json=case_json,
        answer_json=answer_json,
        answer_digest="0" * 64,
        rulebook_digest="0" * 64,
        request_digest="0" * 64,
        hash="0" * 64,
        reversed_by=reversed_by,
    )
