"""A month's long lists: read page by page, as often as wanted, as far as was known."""

from datetime import timedelta

import pytest

from ledger import month_rows, reading
from ledger.book import Book
from ledger.hindsight import Known
from ledger.month_rows import MonthItems, MonthJournal, vouchers_and_lines
from tests.ledger.samples import DAY, NOW, a_memorandum, a_recording, an_entry, post, record

OCTOBER, NOVEMBER = "2026-10", "2026-11"
BOTH = (
    '{"decision":"pay","items":[{"item":"goods","rule":"001-1.1R","amount":"0.50","channel":"order","formula":"0.50"},'
    '{"item":"repair","rule":"003-13b","amount":"-0.10","channel":"alipay","inputs":{"asked":"0.10"},'
    '"parameters":{"repair_cap":{"value":"20.00"}}}],"digest":"answer"}'
)


def test_the_journal_shows_each_side_as_a_positive_amount(book: Book) -> None:
    record(book, a_recording())
    with book.reading() as reader:
        rows = list(MonthJournal(reader=reader, period=OCTOBER))
    assert [(row.line, row.account, row.debit_fen, row.credit_fen) for row in rows] == [
        (1, "1122.01", 0, 50),
        (2, "2203.01", 50, 0),
    ]
    first = rows[0]
    assert (first.voucher, first.order_no, first.claim_no, first.actor) == ("记-1", "O1", "C1", "wang")
    assert (first.narration, first.account_zh) == ("买家付款", "应收账款—平台担保交易")


def test_a_list_is_gone_through_again_and_again(book: Book) -> None:
    record(book, a_recording())
    with book.reading() as reader:
        journal, items = (
            MonthJournal(reader=reader, period=OCTOBER),
            MonthItems(reader=reader, period=OCTOBER),
        )
        assert list(journal) == list(journal) != []
        assert list(items) == list(items) != []


def test_lists_longer_than_a_page_are_read_whole(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 3)
    for number in range(8):
        post(book, an_entry(), str(number))
    with book.reading() as reader:
        rows = MonthJournal(reader=reader, period=OCTOBER)
        assert [(one.seq, other.seq) for one, other in zip(rows, rows, strict=True)] == [
            (seq, seq) for seq in range(1, 9) for _ in range(2)
        ]


def test_entries_after_what_was_known_are_hidden(book: Book) -> None:
    for number in range(3):
        post(book, an_entry(), str(number))
    with book.reading() as reader:
        then = reader.as_of(Known(entries=2, operations=1))
        assert {row.seq for row in MonthJournal(reader=then, period=OCTOBER)} == {1, 2}
        assert vouchers_and_lines(then, OCTOBER) == (2, 4)


def test_items_name_rule_and_voucher_and_a_reversal_takes_them_back(book: Book) -> None:
    seq = record(book, a_recording())
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY + timedelta(days=30), "取消")
        october = list(MonthItems(reader=desk.reader, period=OCTOBER))
        november = list(MonthItems(reader=desk.reader, period=NOVEMBER))
    assert [(row.item, row.rule, row.amount_fen, row.voucher) for row in october] == [
        ("goods", "001-1.1R", 50, "记-1")
    ]
    assert [(row.seq, row.amount_fen, row.taken_back, row.claims) for row in november] == [(2, -50, True, -1)]


def test_what_was_given_and_taken_back_in_one_month_stands_in_the_order_of_entries(book: Book) -> None:
    seq = record(book, a_recording("C1"))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY, "取消")
        desk.record(a_recording("C2"))
        rows = list(MonthItems(reader=desk.reader, period=OCTOBER))
    assert [(row.seq, row.claim_no, row.amount_fen) for row in rows] == [
        (1, "C1", 50),
        (2, "C1", -50),
        (3, "C2", 50),
    ]
    assert sum(row.claims for row in rows) == 1


def test_a_settlement_counts_once_however_many_items_it_has(book: Book) -> None:
    record(book, a_recording(answer_json=BOTH))
    with book.reading() as reader:
        rows = list(MonthItems(reader=reader, period=OCTOBER))
    assert [(row.item, row.claims) for row in rows] == [("goods", 1), ("repair", 0)]
    assert (rows[1].inputs, rows[1].parameters) == ({"asked": "0.10"}, {"repair_cap": "20.00"})


def test_items_of_some_entries_are_those_and_no_others(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(month_rows, "_MANY", 2)
    seq = record(book, a_recording("C1", answer_json=BOTH))
    record(book, a_recording("C2", before=50))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, DAY, "取消")
    with book.reading() as reader:
        items = MonthItems(reader=reader, period=OCTOBER)
        everything = list(items)
        assert list(items.of_entries([1, 2, 3])) == everything
        assert list(items.of_entries([1, 3])) == [row for row in everything if row.seq != 2]
        assert list(items.of_entries([2])) == [row for row in everything if row.seq == 2]
        assert list(items.of_entries([])) == list(items.of_entries([9])) == []


def test_memoranda_have_neither_voucher_nor_lines(book: Book) -> None:
    record(book, a_memorandum())
    with book.reading() as reader:
        assert vouchers_and_lines(reader, OCTOBER) == (0, 0)
        assert [row.voucher for row in MonthItems(reader=reader, period=OCTOBER)] == [""]
