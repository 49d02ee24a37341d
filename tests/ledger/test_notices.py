"""What to look at before signing: approvals, reversals and warnings, in 中文, entry by entry."""

from dataclasses import replace
from datetime import UTC, datetime

from calculators.answer_json import canonical
from ledger import notices as module
from ledger.book import Book
from ledger.hindsight import Known
from ledger.month_reports import standing
from ledger.notices import MonthNotices
from ledger.reports_of_closes import NoticeRow
from ledger.reports_of_gates import Gate, GateName, despite
from tests.ledger.samples import DAY, NOW, a_recording, an_entry, ask, grant, handed_to, post, record, reopen
from tests.ledger.worked import COD_RETURN, GOODWILL, record_case

OCTOBER = "2026-10"


def _notices(book: Book, known: Known | None = None) -> list[NoticeRow]:
    with book.reading() as reader:
        rows = MonthNotices(reader=reader.as_of(known) if known else reader, period=OCTOBER)
        assert list(rows) == list(rows)
        return list(rows)


def test_a_month_without_anything_odd_has_no_notices(book: Book) -> None:
    post(book, an_entry(), "a")
    record_case(book, {**COD_RETURN, "cause": "quality"}, "C1")
    assert _notices(book) == []


def test_an_approval_names_the_clause_the_sum_and_the_approver(book: Book) -> None:
    record_case(book, GOODWILL, "C1", approver="李主管")
    (row,) = _notices(book)
    assert (row.kind, row.code, row.rule, row.approver, row.actor) == (
        "approval",
        "supervisor",
        "000-8.1",
        "李主管",
        "wang",
    )
    assert (row.amount_fen, row.claim_no, row.voucher) == (3000, "C1", "记-1")
    assert row.text == "补偿 30.00 元须主管同意"
    assert row.approved_at == NOW


def test_what_was_asked_and_refused_and_never_recorded_is_told_in_its_month(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_approval(ask("C1"))
        with handed_to(desk, "li"):
            desk.store_approval(replace(grant("C1"), action="refuse", reason="照片不符"))
    with book.writing(actor="wang", now=datetime(2026, 10, 31, 16, tzinfo=UTC)) as desk:
        desk.store_approval(ask("C2"))
    told = [(row.kind, row.claim_no, row.actor, row.text) for row in _notices(book)]
    assert told == [("ask", "C1", "wang", ""), ("refuse", "C1", "li", "照片不符")]


def test_a_reopening_is_told_in_its_own_month_whenever_it_was_asked(book: Book) -> None:
    with book.writing(actor="wang", now=datetime(2026, 12, 1, tzinfo=UTC)) as desk:
        desk.close(OCTOBER)
        desk.ask_reopening(OCTOBER, "漏记一笔")
    with book.reading() as reader:
        assert _notices(book, standing(reader, OCTOBER)) == []
    with book.writing(actor="li", now=datetime(2026, 12, 2, tzinfo=UTC)) as desk:
        reopen(desk, OCTOBER)
    told = [(row.kind, row.code, row.actor, row.text) for row in _notices(book)]
    assert told[0] == ("ask", "reopen", "wang", "漏记一笔")
    assert told[1][:3] == ("grant", "reopen", "li")


def test_a_warning_of_a_recorded_answer_is_said_in_chinese(book: Book) -> None:
    record_case(book, COD_RETURN, "C1", payment="cod", confirmed_at="2026-10-05T09:00")
    (row,) = _notices(book)
    assert (row.kind, row.code, row.rule) == ("advisory", "C-06", "000-10.1")
    assert row.amount_fen == 9500  # 100.00 less the 5.00 that it warns of
    assert "七天无理由" in row.text


def test_where_asking_again_answers_otherwise_the_recorded_words_stand(book: Book) -> None:
    answer = (
        '{"advisories":[{"id":"C-06","rule":"000-10.1","text":"as recorded"}],"decision":"pay","items":[]}'
    )
    record(book, a_recording(answer_json=answer))
    (row,) = _notices(book)
    assert row.text == "as recorded"


def test_a_reversal_shows_its_reason_and_what_it_takes_back(book: Book) -> None:
    seq = post(book, an_entry(70), "a")
    with book.writing(actor="li", now=NOW) as desk:
        desk.reverse(seq, DAY, "录错金额")
    (row,) = _notices(book)
    assert (row.kind, row.code, row.amount_fen, row.actor) == ("reversal", "1", 70, "li")
    assert "录错金额" in row.text


def test_notices_stand_in_the_order_of_entries_as_far_as_known(book: Book) -> None:
    record_case(book, GOODWILL, "C1", approver="li")
    seq = post(book, an_entry(70), "a")
    with book.writing(actor="li", now=NOW) as desk:
        desk.reverse(seq, DAY, "录错")
    with book.reading() as reader:
        then = standing(reader, OCTOBER)
    record_case(book, GOODWILL, "C2", approver="li")
    assert [(row.seq, row.kind) for row in _notices(book)] == [
        (1, "approval"),
        (3, "reversal"),
        (4, "approval"),
    ]
    assert [row.seq for row in _notices(book, then)] == [1, 3]


def test_the_module_reads_answers_in_the_one_spelling_they_are_stored_in() -> None:
    kept = canonical({"approvals": [{"who": "x"}], "advisories": [{"id": "y"}]})
    assert all(mark in kept for mark in module._NOTED)


def test_a_gate_that_the_close_went_past_is_told_with_why_and_who(book: Book) -> None:
    gates = (Gate(name=GateName.SUSPENSE, count=2), Gate(name=GateName.UNMATCHED, count=9))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close(OCTOBER, despite(gates, "等平台答复"))
    rows = _notices(book)
    assert [(row.kind, row.code, row.text, row.actor, row.recorded_at) for row in rows] == [
        ("passed", "suspense", "2 项；等平台答复", "wang", NOW),
        ("passed", "unmatched", "9 项；等平台答复", "wang", NOW),
    ]
