"""Paying by hand: once, in either order with the statement, and never more than is owed."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger import queries
from ledger.book import Book
from ledger.errors import (
    BadEntry,
    LedgerError,
    NotOwed,
    NotReversible,
    PaidAlready,
    PeriodClosed,
    TransferConflict,
    UnknownEntry,
)
from ledger.journal import JournalEntry, Posting
from ledger.payment_matching import Transfer
from ledger.replay import replay
from ledger.reports_of_payables import UNMATCHED
from ledger.transfers import payments_from, payments_to
from tests.conftest import OF_A_BOOK
from tests.ledger.owing import (
    BUYERS,
    DISTRIBUTORS,
    imported,
    matched,
    opened,
    owe,
    pay,
    rows,
    sent,
    taken_back,
)
from tests.ledger.samples import DAY, NOW, NewBook, a_memorandum, a_recording, dump, post, record

FEW = settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _balances(book: Book) -> dict[str, int]:
    with book.reading() as reader:
        return {account: queries.balance(reader, account) for account in (BUYERS, DISTRIBUTORS, "1012.01")}


def _is_clean(book: Book) -> None:
    with book.reading() as reader:
        assert replay(reader).first_difference is None


def test_a_payment_moves_the_money_and_says_what_it_pays(book: Book) -> None:
    owe(book, "C1", 1200)
    paid = pay(book, "C1", on=DAY + timedelta(days=3))
    with book.reading() as reader:
        money = queries.entry(reader, paid.transfer.seq)
        (assignment,) = [queries.entry(reader, one.seq) for one in paid.assigned]
    assert {line.account: line.amount_fen for line in money.postings} == {BUYERS: 1200, "1012.01": -1200}
    assert (money.kind, money.key, money.order_no) == ("payment", "alipay:S1", "O1")
    assert (assignment.kind, assignment.postings, assignment.claim_no) == ("memorandum", (), "C1")
    assert {money.effective_on, assignment.effective_on} == {DAY + timedelta(days=3)}
    assert opened(book) == {}
    assert _balances(book) == {BUYERS: 0, DISTRIBUTORS: 0, "1012.01": -1200}
    _is_clean(book)


def test_the_same_payment_again_is_answered_and_writes_nothing(book: Book) -> None:
    owe(book, "C1", 1200)
    first, before = pay(book, "C1"), dump(book)
    again = pay(book, "C1", on=DAY + timedelta(days=1))
    assert (again.again, again.assigned, again.transfer.seq) == (True, first.assigned, first.transfer.seq)
    assert pay(book, "C1", fen=1200).again
    assert dump(book) == before


def test_a_claim_is_not_paid_twice_and_the_earlier_payment_is_named(book: Book) -> None:
    owe(book, "C1", 1200)
    paid = pay(book, "C1", serial="S1")
    with pytest.raises(PaidAlready) as refused:
        pay(book, "C1", serial="S2")
    assert f"12.00 by Alipay S1 on {DAY} (entry {paid.assigned[0].seq})" in str(refused.value)


@pytest.mark.parametrize("words", [{"fen": None}, {"fen": 500}])
def test_a_transfer_does_not_pay_another_claim_once_it_is_spent(
    book: Book, words: dict[str, int | None]
) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500, "O2")
    pay(book, "C1", serial="S1")
    with pytest.raises(PaidAlready, match=r"pays C1 with 12\.00"):
        pay(book, "C2", serial="S1", fen=words["fen"])
    assert opened(book) == {"C2": 500}


def test_a_claim_is_paid_in_parts_that_never_exceed_it(book: Book) -> None:
    owe(book, "C1", 1200)
    pay(book, "C1", serial="S1", fen=500)
    assert opened(book) == {"C1": 700}
    with pytest.raises(NotOwed, match=r"is owed 7.00 more; 7.01 would be 0.01 too much"):
        pay(book, "C1", serial="S2", fen=701)
    pay(book, "C1", serial="S2")
    assert opened(book) == {}
    with book.reading() as reader:
        assert [one.fen for one in payments_to(reader, 1)] == [500, 700]


def test_one_transfer_pays_several_claims_of_a_buyer(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 500)
    paid = pay(book, "C1", "C2")
    assert (paid.sent_fen, [one.fen for one in paid.assigned]) == (1700, [1200, 500])
    assert opened(book) == {}
    assert pay(book, "C2").again
    with pytest.raises(PaidAlready):
        pay(book, "C2", fen=400)


def test_what_is_owed_on_two_accounts_takes_two_transfers(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "d-01 2026-10", 500, None, account=DISTRIBUTORS)
    with pytest.raises(BadEntry, match="different accounts"):
        pay(book, "C1", "d-01 2026-10")
    pay(book, "d-01 2026-10")
    assert _balances(book) == {BUYERS: -1200, DISTRIBUTORS: 0, "1012.01": -500}


def test_an_opening_balance_is_paid_by_its_entry(book: Book) -> None:
    lines = (Posting(account="3001", amount_fen=900), Posting(account=BUYERS, amount_fen=-900))
    opening = JournalEntry(kind="opening", effective_on=DAY, narration="期初余额", postings=lines)
    assert opened(book) == {}
    seq = post(book, opening, "opening")
    assert opened(book) == {f"#{seq}": 900}
    assert pay(book, f"#{seq}", fen=400).assigned[0].name == f"#{seq}"
    assert opened(book) == {f"#{seq}": 500}
    _is_clean(book)


def test_what_is_not_owed_is_not_paid(book: Book) -> None:
    record(book, a_recording("C1", 50))
    record(book, a_memorandum("M1"))
    gone = owe(book, "C2", 700)
    taken_back(book, gone)
    before = dump(book)
    for name in ("C1", "M1", "C2", "#1", "#99"):
        with pytest.raises((NotOwed, UnknownEntry)):
            pay(book, name)
    with pytest.raises(UnknownEntry, match="has no claim C9"):
        pay(book, "C9")
    assert dump(book) == before


@pytest.mark.parametrize(
    ("claims", "serial", "fen"),
    [
        (("C1",), "", None),
        (("C1",), "S/2", None),
        (("C1",), "S" * 65, None),
        ((), "S1", None),
        (("C1", "C1"), "S1", None),
        (("C1", "C2"), "S1", 5),
        (("C1",), "S1", 0),
    ],
)
def test_a_payment_that_cannot_be_is_refused(
    book: Book, claims: tuple[str, ...], serial: str, fen: int | None
) -> None:
    owe(book, "C1", 1200)
    with pytest.raises(BadEntry):
        pay(book, *claims, serial=serial, fen=fen)


def test_a_closed_month_takes_no_payment_and_what_it_sent_is_assigned_in_the_next(book: Book) -> None:
    imported(book, sent("S1", 1200))
    owe(book, "C1", 1200)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    with pytest.raises(PeriodClosed):
        pay(book, "C1", serial="S2")
    assert pay(book, "C1", serial="S1").assigned[0].on == date(2026, 11, 1)
    assert opened(book) == {}
    assert opened(book, DAY) == {"#1": -1200, "C1": 1200}


# Either order of paying and importing.


def test_paid_first_the_statement_confirms_and_books_nothing(book: Book) -> None:
    owe(book, "C1", 1200)
    pay(book, "C1", serial="S1")
    before = dump(book)
    done = imported(book, sent("S1", 1200, "O1", on=DAY + timedelta(days=1)))
    assert (done.posted, done.assigned, done.unmatched) == (0, (), ())
    assert dump(book) == before


def test_imported_first_the_payment_only_assigns(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 1200)
    done = imported(book, sent("S1", 1200, "O1"))
    assert (done.posted, len(done.assigned), len(done.unmatched)) == (1, 0, 1)
    with book.reading() as reader:
        entries = queries.counts(reader).entries
    paid = pay(book, "C2", serial="S1", on=DAY + timedelta(days=9))
    assert (paid.transfer.again, paid.again, paid.assigned[0].on) == (True, False, DAY)
    assert opened(book) == {"C1": 1200}
    with book.reading() as reader:
        assert queries.counts(reader).entries == entries + 1
    assert pay(book, "C2", serial="S1").again


def test_a_transfer_above_what_is_owed_leaves_the_rest_to_be_claimed_back(book: Book) -> None:
    owe(book, "C1", 1200)
    imported(book, sent("S1", 1500, "O1"))
    paid = pay(book, "C1", serial="S1")
    assert (paid.assigned[0].fen, paid.free_fen) == (1200, 300)
    (left,) = rows(book)
    assert (left.kind, left.open_fen, left.serial) == (UNMATCHED, -300, "S1")


def test_a_transfer_below_what_is_owed_pays_a_part(book: Book) -> None:
    owe(book, "C1", 1200)
    imported(book, sent("S1", 1000, "O1"))
    pay(book, "C1", serial="S1")
    assert opened(book) == {"C1": 200}
    with pytest.raises(PaidAlready):
        pay(book, "C1", serial="S1", fen=200)


def test_of_a_booked_transfer_no_more_is_assigned_than_it_sent(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 900)
    imported(book, sent("S1", 1000, "O9"))
    for claims, fen in ((("C1",), 1100), (("C1", "C2"), None)):
        with pytest.raises(NotOwed, match=r"of Alipay S1 10\.00 pay no claim yet"):
            pay(book, *claims, serial="S1", fen=fen)


def test_a_distributors_transfer_that_was_booked_as_a_buyers_is_moved_to_his_account(book: Book) -> None:
    imported(book, sent("S1", 500))
    owe(book, "d-01 2026-10", 500, None, account=DISTRIBUTORS)
    assert _balances(book) == {BUYERS: 500, DISTRIBUTORS: -500, "1012.01": -500}
    paid = pay(book, "d-01 2026-10", serial="S1")
    assert _balances(book) == {BUYERS: 0, DISTRIBUTORS: 0, "1012.01": -500}
    assert opened(book) == {}
    _is_clean(book)
    taken_back(book, paid.assigned[0].seq)
    assert opened(book) == {f"#{paid.transfer.seq}": -500, "d-01 2026-10": 500}
    _is_clean(book)


def test_a_serial_that_is_booked_as_something_else_pays_nobody(book: Book) -> None:
    owe(book, "C1", 475)
    lines = (Posting(account="1012.01", amount_fen=-475), Posting(account="5601.02", amount_fen=475))
    post(
        book,
        JournalEntry(kind="statement", effective_on=DAY, narration="平台佣金", postings=lines),
        "alipay:S1",
    )
    with pytest.raises(TransferConflict, match="booked as 平台佣金"):
        pay(book, "C1", serial="S1")


def test_a_line_that_lay_in_suspense_pays_once_somebody_has_explained_it(book: Book) -> None:
    """As the reconciliation posts an explanation: out of suspense, to what is owed to buyers."""
    owe(book, "C1", 500)
    lines = (Posting(account="1012.01", amount_fen=-500), Posting(account="1221.09", amount_fen=500))
    unknown = JournalEntry(kind="statement", effective_on=DAY, narration="待查款项", postings=lines)
    post(book, unknown, "alipay:S1")
    with pytest.raises(TransferConflict, match="待查款项"):
        pay(book, "C1", serial="S1")
    assert imported(book, sent("S1", 500, "O1")).posted == 0
    moved = (Posting(account=BUYERS, amount_fen=500), Posting(account="1221.09", amount_fen=-500))
    explained = JournalEntry(kind="statement", effective_on=DAY, narration="退差价", postings=moved)
    with book.writing(actor="li", now=NOW) as desk:
        seq = desk.post(explained, key="clear:S1", command="reconcile").seq
    assert opened(book) == {"C1": 500, f"#{seq}": -500}
    assert pay(book, "C1", serial="S1").transfer.seq == seq
    assert opened(book) == {}
    _is_clean(book)


# Taking back.


def test_what_is_paid_is_not_reversed_before_its_assignment(book: Book) -> None:
    claim = owe(book, "C1", 1200)
    paid = pay(book, "C1")
    for seq in (claim, paid.transfer.seq):
        with pytest.raises(
            NotReversible, match=f"Reverse its assignment first, entry {paid.assigned[0].seq}"
        ):
            taken_back(book, seq)
    taken_back(book, paid.assigned[0].seq)
    taken_back(book, claim)
    assert opened(book) == {f"#{paid.transfer.seq}": -1200}
    taken_back(book, paid.transfer.seq)
    assert opened(book) == {}
    _is_clean(book)


def test_an_assignment_taken_back_can_be_made_again_to_another_claim(book: Book) -> None:
    owe(book, "C1", 1200)
    owe(book, "C2", 1200)
    wrong = pay(book, "C1", serial="S1")
    taken_back(book, wrong.assigned[0].seq)
    right = pay(book, "C2", serial="S1")
    assert (right.transfer.seq, right.transfer.again) == (wrong.transfer.seq, True)
    assert opened(book) == {"C1": 1200}
    pay(book, "C1", serial="S2")
    with book.reading() as reader:
        assert [one.claim_no for one in payments_from(reader, wrong.transfer.seq)] == ["C2"]
    _is_clean(book)


def test_a_payment_by_hand_with_a_wrong_sum_is_taken_back_and_the_statement_books_it_right(
    book: Book,
) -> None:
    owe(book, "C1", 1200)
    wrong = pay(book, "C1", serial="S1", fen=1000)
    with pytest.raises(TransferConflict, match=rf"12.00 on {DAY} by Alipay S1, booked as 10.00"):
        imported(book, sent("S1", 1200, "O1"))
    taken_back(book, wrong.assigned[0].seq)
    taken_back(book, wrong.transfer.seq)
    done = imported(book, sent("S1", 1200, "O1"))
    assert (done.posted, len(done.assigned)) == (1, 1)
    assert opened(book) == {}
    assert imported(book, sent("S1", 1200, "O1")).posted == 0
    assert pay(book, "C1", serial="S1").again
    _is_clean(book)


def test_a_reversed_statement_line_is_not_booked_again_by_the_next_import(book: Book) -> None:
    imported(book, sent("S1", 1200))
    taken_back(book, 1)
    before = dump(book)
    assert imported(book, sent("S1", 1200)).posted == 0
    assert dump(book) == before
    owe(book, "C1", 1200)
    assert not pay(book, "C1", serial="S1").transfer.again


def test_the_day_of_a_month_may_differ_but_not_the_month(book: Book) -> None:
    owe(book, "C1", 1200)
    pay(book, "C1", serial="S1")
    imported(book, sent("S1", 1200, on=DAY + timedelta(days=2)))
    with pytest.raises(TransferConflict):
        imported(book, sent("S1", 1200, on=date(2026, 11, 1)))


ACTS = st.one_of(
    st.tuples(st.just("record"), st.sampled_from("123"), st.integers(1, 3)),
    st.tuples(st.just("pay"), st.sampled_from("123"), st.sampled_from("ABCD")),
    st.tuples(st.just("part"), st.sampled_from("123"), st.sampled_from("ABCD")),
    st.tuples(st.just("import"), st.sampled_from("ABCD"), st.integers(1, 3)),
    st.tuples(st.just("match"), st.sampled_from("ABCD"), st.integers(1, 3)),
    st.tuples(st.just("reverse"), st.integers(1, 14), st.just(0)),
)


def _act(book: Book, deed: str, what: str | int, how: str | int) -> object:
    account = DISTRIBUTORS if what == "3" else BUYERS
    acts: dict[str, Callable[[], object]] = {
        "record": lambda: owe(book, f"C{what}", 100 * int(how), f"O{what}", account=account),
        "pay": lambda: pay(book, f"C{what}", serial=f"S{how}"),
        "part": lambda: pay(book, f"C{what}", serial=f"S{how}", fen=100),
        "import": lambda: imported(book, _told(what, how)),
        "match": lambda: matched(book, _told(what, how)),
        "reverse": lambda: taken_back(book, int(what)),
    }
    return acts[deed]()


def _told(serial: str | int, size: str | int) -> Transfer:
    return sent(f"S{serial}", 100 * int(size), {"A": "O1", "B": "O3"}.get(str(serial)))


@FEW
@given(acts=st.lists(ACTS, min_size=3, max_size=14))
def test_whatever_is_done_the_open_sums_are_the_balance_and_no_claim_is_overpaid(
    new_book: NewBook, acts: list[tuple[str, str | int, str | int]]
) -> None:
    with new_book() as book:
        for act in acts:
            with suppress(LedgerError):
                _act(book, *act)
            found = rows(book)
            for account in (BUYERS, DISTRIBUTORS):
                owes = sum(row.open_fen for row in found if row.account == account)
                assert owes == -_balances(book)[account]
            assert all((row.open_fen < 0) == (row.kind == UNMATCHED) for row in found)
            assert all(0 <= row.paid_fen <= row.owed_fen for row in found if row.kind != UNMATCHED)
        _is_clean(book)


@FEW
@given(acts=st.lists(ACTS, min_size=3, max_size=10))
def test_a_refused_act_leaves_the_book_as_it_was(
    new_book: NewBook, acts: list[tuple[str, str | int, str | int]]
) -> None:
    with new_book() as book:
        for act in acts:
            before = dump(book)
            try:
                _act(book, *act)
            except LedgerError:
                assert dump(book) == before
