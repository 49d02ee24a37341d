"""A month's reconciliation over a small book: every state, what it says, and what the next month makes of it."""

import json
from datetime import date
from typing import Any

import pytest

from cli.rulebooks import default_rulebook
from ledger.book import Book
from ledger.journal import JournalEntry, Posting
from ledger.opening import opening_entry
from ledger.order_life import paid
from ledger.orders import finishing_entries
from ledger.reconciling import reconciliation
from ledger.recordings import OrderFacts
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State
from tests.ledger.samples import NOW, a_recording
from tests.ledger.statements import file_of, import_statement, said

RULES = default_rulebook()
CONFIRMED: dict[str, Any] = {
    "order_no": "33",
    "paid_at": "2026-10-01T10:00",
    "confirmed_at": "2026-10-09T10:00",
    "lines": [{"line": 1, "qty": 1, "price": "100.00"}],
}
RECEIPT = said("1", "receipt", 100_00, "2026-10-09T10:00:01", "33")
COMMISSION = said("2", "commission", -5_00, "2026-10-09T10:00:02", "33")


def an_order(book: Book, **changes: Any) -> None:
    """An order that was paid, and confirmed on the 9th."""
    facts = CONFIRMED | changes
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_facts(OrderFacts(order_no=facts["order_no"], facts_json=json.dumps(facts)))
        entry = paid(facts, RULES)
        desk.post_many([entry] if entry else [])


def a_claim(book: Book, claim_no: str, credit: str, fen: int, day: int = 12) -> int:
    """A recorded claim on order 33 that credits an account; answers its entry."""
    entry = JournalEntry(
        kind="settlement",
        effective_on=date(2026, 10, day),
        narration="退货退款",
        postings=(Posting(account="5001.02", amount_fen=fen), Posting(account=credit, amount_fen=-fen)),
        order_no="33",
        claim_no=claim_no,
    )
    with book.writing(actor="wang", now=NOW) as desk:
        return desk.record(a_recording(claim_no, entry=entry, steps=())).seq


def reconciled(book: Book, period: str = "2026-10") -> Reconciliation:
    with book.reading() as reader:
        return reconciliation(reader, period, RULES)


def only(book: Book, state: State, period: str = "2026-10") -> ReconciliationRow:
    """The one row of a state."""
    (row,) = reconciled(book, period).of(state)
    return row


def amounts(row: ReconciliationRow) -> tuple[int, int, int]:
    return row.statement_fen, row.ledger_fen, row.difference_fen


def test_a_receipt_and_its_fee_leave_nothing_open_before_the_close_and_after_it(book: Book) -> None:
    an_order(book)
    import_statement(book, file_of("a.csv", [RECEIPT, COMMISSION]))
    before = reconciled(book)
    assert [(row.state, row.serial) for row in before.rows] == [(State.MATCHED, "1"), (State.BOOKED, "2")]
    assert (before.open_rows, before.unposted_fen, before.ledger_closing_fen) == ((), 100_00, -5_00)
    assert before.off_fen == 0
    assert "结账时过账" in before.rows[0].explanation.zh
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(finishing_entries(desk.reader, "2026-10", RULES))
    after = reconciled(book)
    assert (after.open_rows, after.unposted_fen) == ((), 0)
    assert after.ledger_closing_fen == after.closing_fen == 95_00
    assert [row.seq for row in after.rows] == [3, 2]


def test_what_was_confirmed_on_the_last_day_is_not_due_yet_and_settled_by_the_next_month(book: Book) -> None:
    an_order(book, confirmed_at="2026-10-31T23:00")
    import_statement(book, file_of("a.csv", [said("0", "insurance", -80, "2026-10-31T23:30:00")]))
    row = only(book, State.NOT_ARRIVED)
    assert (amounts(row), row.is_open, row.serial) == ((0, 100_00, -100_00), False, None)
    next_month = said("1", "receipt", 100_00, "2026-11-01T00:10:00", "33")
    import_statement(book, file_of("b.csv", [next_month]))
    row = only(book, State.NOT_ARRIVED)
    assert row.settled_on == date(2026, 11, 1)
    assert "2026-11-01" in row.explanation.en
    assert amounts(only(book, State.MATCHED, "2026-11")) == (100_00, 100_00, 0)


def test_a_refund_that_never_came_is_overdue_and_stays_so_until_it_is_reversed(book: Book) -> None:
    seq = a_claim(book, "C1", "1012.01", 30_00)
    import_statement(book, file_of("a.csv", [said("0", "insurance", -80, "2026-10-31T10:00:00")]))
    row = only(book, State.NOT_ARRIVED)
    assert (amounts(row), row.overdue, row.is_open, row.seq) == ((0, -30_00, 30_00), True, True, seq)
    assert f"settle reverse {seq}" in row.explanation.en
    assert only(book, State.NOT_ARRIVED, "2026-11").is_open
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, date(2026, 10, 31), "never happened")
    assert reconciled(book).of(State.NOT_ARRIVED) == ()


def test_without_a_statement_nothing_is_overdue(book: Book) -> None:
    a_claim(book, "C1", "1012.01", 30_00)
    told = reconciled(book)
    assert (told.opening_fen, told.closing_fen, told.open_rows) == (None, None, ())


def test_what_is_owed_to_a_buyer_waits_for_whoever_pays_it(book: Book) -> None:
    a_claim(book, "C1", "2241.02", 12_00)
    import_statement(book, file_of("a.csv", [said("0", "insurance", -80, "2026-10-31T10:00:00")]))
    row = only(book, State.NOT_ARRIVED)
    assert (row.is_open, row.meaning) == (False, "buyer_transfer")
    assert "尚未付" in row.explanation.zh


def test_a_refund_of_another_amount_is_a_difference(book: Book) -> None:
    a_claim(book, "C1", "1012.01", 30_00)
    import_statement(book, file_of("a.csv", [said("1", "refund", -35_00, "2026-10-12T10:00:00", "33")]))
    row = only(book, State.DIFFERENCE)
    assert (amounts(row), row.is_open, row.serial) == ((-35_00, -30_00, -5_00), True, "1")
    assert "-35.00" in row.explanation.zh
    assert "-30.00" in row.explanation.en


def test_a_difference_that_a_later_month_makes_even_is_settled(book: Book) -> None:
    a_claim(book, "C1", "1012.01", 35_00)
    import_statement(book, file_of("a.csv", [said("1", "refund", -30_00, "2026-10-12T10:00:00", "33")]))
    assert only(book, State.DIFFERENCE).is_open
    import_statement(book, file_of("b.csv", [said("2", "refund", -5_00, "2026-11-02T10:00:00", "33")]))
    assert not only(book, State.DIFFERENCE).is_open
    assert amounts(only(book, State.MATCHED, "2026-11")) == (-35_00, -35_00, 0)


def test_a_second_transfer_of_the_same_amount_is_doubled(book: Book) -> None:
    a_claim(book, "C1", "2241.02", 12_00)
    transfers = [said(n, "buyer_transfer", -12_00, f"2026-10-1{n}T10:00:00", "33") for n in ("3", "4")]
    import_statement(book, file_of("a.csv", transfers))
    assert amounts(only(book, State.MATCHED)) == (-12_00, -12_00, 0)
    row = only(book, State.DOUBLED)
    assert (amounts(row), row.serial, row.is_open) == ((-12_00, 0, -12_00), "4", True)


@pytest.mark.parametrize("meaning", ["receipt", "refund", "buyer_transfer", "cod_remittance", "compensation"])
def test_a_line_that_nothing_in_the_ledger_stands_against_is_only_on_the_statement(
    book: Book, meaning: str
) -> None:
    an_order(book, confirmed_at=None)
    import_statement(book, file_of("a.csv", [said("1", meaning, -9_00, "2026-10-12T10:00:00", "33")]))
    row = only(book, State.ONLY_STATEMENT)
    assert (amounts(row), row.is_open) == ((-9_00, 0, -9_00), True)
    assert "33" not in row.explanation.en
    assert "--" in row.explanation.en or "report" in row.explanation.en


def test_a_line_of_an_order_that_the_book_does_not_know_says_so(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("1", "receipt", 9_00, "2026-10-12T10:00:00", "99")]))
    assert "no order 99" in only(book, State.ONLY_STATEMENT).explanation.en


def test_what_nobody_understands_stands_in_suspense_with_its_words(book: Book) -> None:
    line = said("1", "unknown", -9_00, "2026-10-12T10:00:00") | {"remark": "平台活动杂项"}
    import_statement(book, file_of("a.csv", [line]))
    row = only(book, State.ONLY_STATEMENT)
    assert (amounts(row), row.is_open) == ((-9_00, 0, -9_00), True)
    assert "平台活动杂项" in row.explanation.zh
    assert "1221.09" in row.explanation.zh


def test_a_line_in_suspense_names_what_is_awaited_of_the_same_amount(book: Book) -> None:
    a_claim(book, "C1", "2241.02", 12_00)
    import_statement(book, file_of("a.csv", [said("1", "unknown", -12_00, "2026-10-13T10:00:00")]))
    assert "--match 33" in only(book, State.ONLY_STATEMENT).explanation.en


def test_a_booked_line_whose_entry_was_reversed_is_missing_from_the_ledger(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("1", "withdrawal", -90_00, "2026-10-12T10:00:00")]))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(1, date(2026, 10, 12), "by mistake")
    row = only(book, State.ONLY_STATEMENT)
    assert (amounts(row), row.seq) == ((-90_00, 0, -90_00), 1)
    assert "reversed by #2" in row.explanation.en


def test_a_fee_that_a_settlement_booked_too_is_booked_twice(book: Book) -> None:
    entry = JournalEntry(
        kind="settlement",
        effective_on=date(2026, 10, 12),
        narration="信用卡手续费",
        postings=(Posting(account="5601.03", amount_fen=80), Posting(account="1012.01", amount_fen=-80)),
        order_no="33",
        claim_no="C1",
    )
    with book.writing(actor="wang", now=NOW) as desk:
        desk.record(a_recording("C1", entry=entry, steps=()))
    import_statement(book, file_of("a.csv", [said("1", "card_fee", -80, "2026-10-12T10:00:00", "33")]))
    row = only(book, State.DIFFERENCE)
    assert amounts(row) == (-80, -1_60, 80)
    assert "reverse" in row.explanation.en


def test_a_fee_at_another_rate_than_the_rulebooks_is_a_difference(book: Book) -> None:
    an_order(book)
    wrong = COMMISSION | {"out_fen": -8_00}
    import_statement(book, file_of("a.csv", [RECEIPT, wrong]))
    row = only(book, State.DIFFERENCE)
    assert (amounts(row), row.is_open) == ((-8_00, -5_00, -3_00), True)
    assert "0.05" in row.explanation.en
    assert "5.00" in row.explanation.en


def test_a_compensation_is_matched_with_the_night_that_refills_the_margin(book: Book) -> None:
    a_claim(book, "C1", "1012.02", 6_00)
    assert reconciled(book).rows == ()
    import_statement(book, file_of("a.csv", [said("1", "compensation", -6_00, "2026-10-13T02:00:00")]))
    row = only(book, State.MATCHED)
    assert (amounts(row), row.order_no) == ((-6_00, -6_00, 0), "33")
    assert "金额和日期" in row.explanation.zh


def test_a_late_line_is_told_in_its_own_month_and_where_it_was_booked(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("1", "insurance", -1_00, "2026-09-12T10:00:00")]))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-09")
    import_statement(book, file_of("b.csv", [said("2", "service_fee", -2_00, "2026-09-28T10:00:00")]))
    own, landed = only(book, State.LATE, "2026-09"), only(book, State.LATE)
    assert (amounts(own), amounts(landed)) == ((-2_00, 0, -2_00), (0, -2_00, 2_00))
    assert (own.serial, landed.serial, own.is_open, landed.is_open) == ("2", "2", False, False)
    assert "2026-10-01" in own.explanation.en


def test_a_late_receipt_that_agrees_with_its_month_is_late_and_no_difference(book: Book) -> None:
    an_order(book, paid_at="2026-09-01T10:00", confirmed_at="2026-09-09T10:00")
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(finishing_entries(desk.reader, "2026-09", RULES))
        desk.close("2026-09")
    receipt = said("1", "receipt", 100_00, "2026-09-09T10:00:01", "33")
    import_statement(book, file_of("b.csv", [receipt]))
    assert amounts(only(book, State.LATE, "2026-09")) == (100_00, 100_00, 0)
    assert reconciled(book).rows == ()


def test_the_ledgers_balance_opens_with_the_books_own_opening(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(opening_entry({"1012.01": 50_00}, date(2026, 10, 1)), key="opening", command="init")
    import_statement(
        book, file_of("a.csv", [said("1", "insurance", -1_00, "2026-10-12T10:00:00")], opening_fen=50_00)
    )
    told = reconciled(book)
    assert (told.opening_fen, told.ledger_opening_fen) == (50_00, 50_00)
    assert (told.closing_fen, told.ledger_closing_fen, told.gap_fen, told.off_fen) == (49_00, 49_00, 0, 0)


def test_sums_are_those_of_the_rows_and_the_largest_difference_stands_first(book: Book) -> None:
    an_order(book)
    lines = [
        RECEIPT,
        said("5", "refund", -9_00, "2026-10-12T10:00:00", "33"),
        said("6", "refund", -20_00, "2026-10-13T10:00:00", "33"),
    ]
    import_statement(book, file_of("a.csv", lines))
    told = reconciled(book)
    assert [row.difference_fen for row in told.rows] == [-20_00, -9_00, 0]
    sums = {one.state: (one.rows, one.difference_fen) for one in told.sums}
    assert sums == {State.MATCHED: (1, 0), State.ONLY_STATEMENT: (2, -29_00)}


def test_the_rates_of_the_book_itself_count_where_no_rulebook_is_given(book: Book) -> None:
    an_order(book)
    import_statement(book, file_of("a.csv", [RECEIPT, COMMISSION | {"out_fen": -8_00}]))
    with book.reading() as reader:
        assert reconciliation(reader, "2026-10").of(State.DIFFERENCE) == ()
    with book.writing(actor="wang", now=NOW) as desk:
        recording = a_recording(subject="O9", rulebook_digest=RULES.digest, rulebook_text=RULES.text)
        desk.record(recording)
    with book.reading() as reader:
        assert len(reconciliation(reader, "2026-10").of(State.DIFFERENCE)) == 1
