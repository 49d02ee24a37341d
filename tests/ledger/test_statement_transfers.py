"""A statement's transfers: booked once, matched where one payable fits, listed where none does."""

from datetime import date, timedelta

import pytest

from ledger import queries
from ledger.book import Book
from ledger.errors import TransferConflict
from ledger.recordings import KeyedEntry
from ledger.replay import replay
from ledger.statement_postings import statement_entry
from tests.ledger.owing import (
    BUYERS,
    DISTRIBUTORS,
    imported,
    matched,
    opened,
    owe,
    pay,
    sent,
    taken_back,
)
from tests.ledger.samples import DAY, NOW, dump


def test_an_import_books_a_transfer_and_says_what_it_pays_where_one_payable_fits(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500, "O2")
    done = imported(book, sent("S1", 1200, "O1", source="a.csv row 7"), sent("S2", 501, "O2"))
    assert (done.posted, [one.name for one in done.assigned]) == (2, ["C1"])
    assert [one.serial for one in done.unmatched] == ["S2"]
    with book.reading() as reader:
        money = queries.entry(reader, done.assigned[0].sent_seq)
        assert (money.kind, money.source, money.key) == ("statement", "a.csv row 7", "alipay:S1")
        assert replay(reader).first_difference is None
    assert opened(book) == {"C2": 500, "#4": -501}


def test_the_same_file_twice_adds_nothing(book: Book) -> None:
    owe(book, "C1", 1200)
    imported(book, sent("S1", 1200, "O1"), sent("S2", 501, "O2"))
    before = dump(book)
    done = imported(book, sent("S1", 1200, "O1"), sent("S2", 501, "O2"))
    assert (done.posted, done.assigned, done.unmatched) == (0, (), ())
    assert dump(book) == before


def test_lines_keep_their_order_among_the_other_lines_of_the_statement(book: Book) -> None:
    fee = statement_entry("S2", "commission", DAY, (-475, "O1"))
    assert fee is not None
    with book.writing(actor="li", now=NOW) as desk:
        desk.post_statement([sent("S1", 500), KeyedEntry(key=fee.key, entry=fee.entry), sent("S3", 700)])
    with book.reading() as reader:
        keys = [queries.entry(reader, seq).key for seq in (1, 2, 3)]
    assert keys == ["alipay:S1", "alipay:S2", "alipay:S3"]


def test_a_distributors_transfer_goes_to_his_account_at_once_where_it_names_him(book: Book) -> None:
    owe(book, "d-01 2026-10", 900, None, account=DISTRIBUTORS)
    imported(book, sent("S1", 900, remark="申请号d-01 2026-10 条款000-13.2A"))
    with book.reading() as reader:
        assert queries.balance(reader, DISTRIBUTORS) == queries.balance(reader, BUYERS) == 0
        assert queries.counts(reader).entries == 3


def test_transfers_imported_before_their_claims_are_matched_later(book: Book) -> None:
    told = (sent("S1", 1200, "O1"), sent("S2", 500, "O2"))
    imported(book, *told)
    owe(book, "C1", 1200, on=DAY + timedelta(days=1))
    done = matched(book, *told)
    assert (done.posted, [one.name for one in done.assigned]) == (0, ["C1"])
    assert [one.serial for one in done.unmatched] == ["S2"]
    assert done.assigned[0].on == DAY + timedelta(days=1)
    assert matched(book, *told).assigned == ()
    assert opened(book) == {"#2": -500}


def test_matching_a_file_that_was_never_imported_books_its_transfers_and_the_import_confirms_them(
    book: Book,
) -> None:
    owe(book, "C1", 1200)
    told = (sent("S1", 1200, "O1"), sent("S2", 500, "O2"))
    done = matched(book, *told)
    assert (done.posted, len(done.assigned)) == (2, 1)
    before = dump(book)
    assert imported(book, *told).posted == 0
    assert dump(book) == before
    assert pay(book, "C1", serial="S1").again


def test_a_part_assigned_transfer_is_left_to_a_person(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 800, "O1", on=DAY + timedelta(days=9))
    imported(book, sent("S1", 2000, "O1"))
    pay(book, "C1", serial="S1")
    assert matched(book, sent("S1", 2000, "O1")).assigned == ()
    assert opened(book) == {"C2": 800, "#3": -800}


def test_every_difference_with_the_book_is_told_at_once_and_nothing_is_written(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500, "O2")
    pay(book, "C1", serial="S1")
    pay(book, "C2", serial="S2")
    before = dump(book)
    with pytest.raises(TransferConflict) as refused:
        imported(book, sent("S3", 9), sent("S1", 1201), sent("S2", 499))
    assert "12.01 on" in str(refused.value)
    assert "4.99 on" in str(refused.value)
    assert dump(book) == before


def test_a_transfer_of_a_closed_month_is_booked_and_matched_on_the_first_open_day(book: Book) -> None:
    owe(book, "C1", 1200)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    done = imported(book, sent("S1", 1200, "O1"), sent("S2", 9))
    assert (done.posted, [one.on for one in done.assigned]) == (2, [date(2026, 11, 1)])
    with book.reading() as reader:
        assert f"（{DAY} 的流水" in queries.entry(reader, done.assigned[0].sent_seq).narration
    before = dump(book)
    assert imported(book, sent("S1", 1200, "O1"), sent("S2", 9)).posted == 0
    assert dump(book) == before


def test_a_transfer_of_a_closed_month_that_was_paid_by_hand_afterwards_is_confirmed(book: Book) -> None:
    owe(book, "C1", 1200)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    pay(book, "C1", serial="S1", on=date(2026, 11, 3))
    assert imported(book, sent("S1", 1200, "O1")).posted == 0
    with pytest.raises(TransferConflict):
        imported(book, sent("S1", 1200, "O1", on=date(2026, 12, 1)))


def test_a_match_that_somebody_took_back_is_not_made_again_by_itself(book: Book) -> None:
    owe(book, "C1", 1200)
    (one,) = imported(book, sent("S1", 1200, "O1")).assigned
    taken_back(book, one.seq)
    assert [left.serial for left in matched(book, sent("S1", 1200, "O1")).unmatched] == ["S1"]
    assert [again.name for again in pay(book, "C1", serial="S1").assigned] == ["C1"]
