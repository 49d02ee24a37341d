"""What a person decides of a line: stored under their name, posted once where an account is named, and undone."""

from datetime import date

import pytest

from ledger import queries
from ledger.book import Book
from ledger.deciding import Decided, Wish, decide
from ledger.errors import BadDecision, BadEntry, UnknownEntry
from ledger.matching import Target
from ledger.reports_of_months import ReconciliationRow, State
from tests.ledger.samples import NOW
from tests.ledger.statements import file_of, import_statement, said
from tests.ledger.test_reconciling import RULES, a_claim, amounts, an_order, only, reconciled

UNKNOWN = said("1", "unknown", -9_00, "2026-10-12T10:00:00")
REFUND = said("2", "refund", -35_00, "2026-10-12T10:00:00", "33")


def explain(account: str | None = None, reason: str = "a donation") -> Wish:
    return Wish(action="explain", reason=reason, account=account)


def decided(book: Book, line: str, wish: Wish, period: str = "2026-10") -> Decided:
    with book.writing(actor="li", now=NOW) as desk:
        return decide(desk, period, line, wish, RULES)


def balances(book: Book, *accounts: str) -> list[int]:
    with book.reading() as reader:
        return [queries.balance(reader, account) for account in accounts]


def row_of(book: Book, serial: str) -> ReconciliationRow:
    return next(row for row in reconciled(book).rows if row.serial == serial)


def test_a_line_in_suspense_is_explained_and_goes_to_its_account_once(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    done = decided(book, "1", explain("5601.05"))
    assert done.posted is not None
    assert balances(book, "1012.01", "1221.09", "5601.05") == [-9_00, 0, 9_00]
    row = only(book, State.EXPLAINED)
    assert (amounts(row), row.seq, row.is_open) == ((-9_00, -9_00, 0), done.posted.seq, False)
    assert "a donation" in row.explanation.en
    assert "li" in row.explanation.zh
    with pytest.raises(BadDecision, match="decided by li"):
        decided(book, "1", explain("5601.05"))
    with book.reading() as reader:
        assert queries.entry(reader, done.posted.seq).key == "clear:1"


def test_an_explanation_without_an_account_posts_nothing_and_leaves_the_difference_to_be_seen(
    book: Book,
) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    assert decided(book, "a.csv:6", explain()).posted is None
    row = only(book, State.EXPLAINED)
    assert (amounts(row), row.is_open) == ((-9_00, 0, -9_00), False)
    assert balances(book, "1221.09") == [9_00]


def test_a_difference_is_booked_against_alipay_so_that_the_ledger_says_what_the_statement_says(
    book: Book,
) -> None:
    a_claim(book, "C1", "1012.01", 30_00)
    import_statement(book, file_of("a.csv", [REFUND]))
    decided(book, "2", explain("5601.04", "the buyer's postage"))
    assert balances(book, "1012.01", "5601.04") == [-35_00, 5_00]
    assert amounts(only(book, State.EXPLAINED)) == (-35_00, -35_00, 0)


def test_a_fee_that_was_too_high_is_moved_from_the_fees_to_a_claim(book: Book) -> None:
    an_order(book)
    lines = [
        said("1", "receipt", 100_00, "2026-10-09T10:00:01", "33"),
        said("2", "commission", -8_00, "2026-10-09T10:00:02", "33"),
    ]
    import_statement(book, file_of("a.csv", lines))
    decided(book, "2", explain("1221.09", "disputed"))
    assert balances(book, "5601.02", "1221.09", "1012.01") == [5_00, 3_00, -8_00]
    assert row_of(book, "2").state is State.EXPLAINED


def test_a_withdrawal_that_somebody_reversed_is_booked_again(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("1", "withdrawal", -90_00, "2026-10-12T10:00:00")]))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(1, date(2026, 10, 12), "by mistake")
    decided(book, "1", explain("1002", "it did happen"))
    assert balances(book, "1012.01", "1002") == [-90_00, 90_00]
    assert amounts(row_of(book, "1")) == (-90_00, -90_00, 0)


def test_what_came_between_makes_an_explanation_a_difference_again(book: Book) -> None:
    an_order(book, confirmed_at=None)
    import_statement(book, file_of("a.csv", [REFUND]))
    decided(book, "2", explain("5601.04"))
    a_claim(book, "C1", "1012.01", 35_00)
    row = only(book, State.DIFFERENCE)
    assert (amounts(row), row.is_open) == ((-35_00, -70_00, 35_00), True)


def test_a_parked_line_has_an_owner_and_can_still_be_explained(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    decided(book, "1", Wish(action="park", reason="asking the platform", owner="zhao"))
    row = only(book, State.PARKED)
    assert (row.owner, row.is_open, amounts(row)) == ("zhao", False, (-9_00, 0, -9_00))
    assert only(book, State.PARKED, "2026-11").owner == "zhao"
    decided(book, "1", explain("5601.05"))
    assert only(book, State.EXPLAINED).owner is None
    assert reconciled(book, "2026-11").rows == ()


def test_a_line_is_matched_by_force_with_an_order_and_the_difference_stays_to_be_seen(book: Book) -> None:
    a_claim(book, "C1", "1012.01", 30_00)
    import_statement(book, file_of("a.csv", [REFUND | {"order_no": None}]))
    done = decided(book, "2", Wish(action="match", reason="same parcel", target=Target(order_no="33")))
    assert done.posted is None
    row = only(book, State.FORCED)
    assert (amounts(row), row.order_no, row.is_open) == ((-35_00, -30_00, -5_00), "33", False)
    assert reconciled(book).of(State.NOT_ARRIVED) == ()


def test_or_with_an_entry_and_the_difference_goes_to_the_account_that_is_named(book: Book) -> None:
    seq = a_claim(book, "C1", "1012.01", 30_00)
    import_statement(book, file_of("a.csv", [REFUND | {"order_no": None}]))
    wish = Wish(action="match", reason="postage on top", target=Target(seq=seq), account="5601.01")
    assert decided(book, "2", wish).posted is not None
    assert balances(book, "1012.01", "5601.01") == [-35_00, 5_00]
    assert only(book, State.FORCED).seq == seq + 1


@pytest.mark.parametrize("account", ["2241.02", "1012.01"])
def test_what_is_matched_leaves_suspense_for_where_it_was_awaited(book: Book, account: str) -> None:
    a_claim(book, "C1", account, 9_00)
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    decided(book, "1", Wish(action="match", reason="his transfer", target=Target(order_no="33")))
    assert balances(book, "1012.01", "1221.09", "2241.02") == [-9_00, 0, 0]
    assert row_of(book, "1").state is State.FORCED
    assert reconciled(book).open_rows == ()


def test_undoing_takes_back_what_was_posted_and_the_line_can_be_decided_anew(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    first = decided(book, "1", explain("5601.05"))
    assert first.posted is not None
    undone = decided(book, "1", Wish(action="undo", reason="wrong account"))
    assert undone.posted is not None
    assert balances(book, "1221.09", "5601.05") == [9_00, 0]
    assert only(book, State.ONLY_STATEMENT).is_open
    again = decided(book, "1", explain("5601.08"))
    assert again.posted is not None
    assert balances(book, "1221.09", "5601.08") == [0, 9_00]
    with book.reading() as reader:
        assert queries.entry(reader, again.posted.seq).key == f"clear:1/{first.posted.seq}"
    assert only(book, State.EXPLAINED).seq == again.posted.seq


def test_an_explanation_in_a_closed_month_is_posted_in_the_first_open_one(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close("2026-10")
    done = decided(book, "1", explain("5601.05"))
    assert done.posted is not None
    with book.reading() as reader:
        assert queries.entry(reader, done.posted.seq).effective_on == date(2026, 11, 1)
    assert only(book, State.EXPLAINED).difference_fen == 0


def test_of_two_files_of_one_name_the_last_is_meant(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    import_statement(book, file_of("a.csv", [REFUND]))
    assert decided(book, "a.csv:6", explain()).line.serial == "2"


MATCHED = said("3", "insurance", -80, "2026-10-12T10:00:00")


@pytest.mark.parametrize(
    ("line", "wish", "said_"),
    [
        ("99", explain(), "no statement in the book has the line 99"),
        ("a.csv:99", explain(), "FILE:ROW"),
        ("3", explain(), "settled already"),
        ("1", Wish(action="undo", reason="x"), "nobody decided"),
        ("1", Wish(action="match", reason="x", target=Target(order_no="44")), "no order 44"),
        ("1", Wish(action="match", reason="x", target=Target(order_no="33")), "would stay in suspense"),
    ],
)
def test_what_cannot_be_decided_is_refused_and_nothing_is_written(
    book: Book, line: str, wish: Wish, said_: str
) -> None:
    an_order(book, confirmed_at=None)
    import_statement(book, file_of("a.csv", [UNKNOWN, MATCHED]))
    before = reconciled(book)
    with pytest.raises(BadDecision, match=said_):
        decided(book, line, wish)
    assert reconciled(book) == before


def test_a_line_of_another_month_is_named_with_its_own(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    with pytest.raises(BadDecision, match="is of 2026-10"):
        decided(book, "1", explain(), "2026-09")


def test_an_entry_that_is_not_there_and_a_reason_that_is_empty_are_refused(book: Book) -> None:
    import_statement(book, file_of("a.csv", [UNKNOWN]))
    with pytest.raises(UnknownEntry):
        decided(book, "1", Wish(action="match", reason="x", target=Target(seq=999)))
    with pytest.raises(BadEntry):
        decided(book, "1", explain(reason=" "))


def test_a_line_without_a_difference_posts_none(book: Book) -> None:
    a_claim(book, "C1", "1012.01", 30_00)
    a_claim(book, "C2", "1012.01", 30_00)
    seq = 1
    import_statement(book, file_of("a.csv", [said("5", "refund", -60_00, "2026-10-12T10:00:00")]))
    wish = Wish(action="match", reason="both", target=Target(order_no="33"), account="5601.04")
    assert decided(book, "5", wish).posted is None
    assert (only(book, State.FORCED).difference_fen, only(book, State.FORCED).seq) == (0, seq)
