"""The gates of a month: each opened by what it is about, and cleared by what it says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from calculators.days import parse_day
from ledger import periods
from ledger.book import Book
from ledger.claims import Subject, recording
from ledger.deciding import Wish, decide
from ledger.distributor_months import next_claim_no
from ledger.gates import Look, gates_to_close, month_gates
from ledger.journal import Posting
from ledger.opening import opening_entry
from ledger.orders import finishing_entries
from ledger.quoting import quote
from ledger.reading import Reader
from ledger.recordings import Approval
from ledger.reports_of_gates import (
    FEW,
    Gate,
    GateName,
    MonthGates,
    Passed,
    Weight,
    despite,
    gates_and_reason,
    named,
)
from tests.ledger.buying import RULES, an_order, bought
from tests.ledger.owing import imported as transferred
from tests.ledger.owing import owe, pay, sent
from tests.ledger.samples import NOW, an_entry, dump, handed_to, post, reopen, tampered, to_be_approved
from tests.ledger.statements import file_of, import_statement, said
from tests.ledger.test_distributor_months import asked
from tests.ledger.test_expected_files import imported
from tests.ledger.test_reconciling import CONFIRMED
from tests.ledger.test_reconciling import an_order as a_confirmed_order

OCTOBER, OVER = "2026-10", date(2026, 11, 1)
IN_OCTOBER, IN_SEPTEMBER = date(2026, 10, 15), date(2026, 9, 15)


def seen(reader: Reader, on: date = OVER) -> MonthGates:
    return month_gates(reader, Look(period=OCTOBER, rulebook=RULES, on=on))


def gates(book: Book, on: date = OVER) -> MonthGates:
    with book.reading() as reader:
        return seen(reader, on)


def gate(book: Book, name: GateName, on: date = OVER) -> Gate:
    return only(gates(book, on), name)


def only(found: MonthGates, name: GateName) -> Gate:
    (one,) = [one for one in found.gates if one.name is name]
    return one


def stands(one: Gate) -> list[str]:
    return [text.zh for text in one.stands]


def written(book: Book, deed: Callable[..., Any]) -> Any:
    with book.writing(actor="wang", now=NOW) as desk:
        return deed(desk)


def test_an_empty_month_has_every_gate_clear_and_none_twice(book: Book) -> None:
    found = gates(book)
    names = [one.name for one in found.gates]
    assert (found.open, found.stopping, found.closed) == ((), (), False)
    assert set(names) == set(GateName) - {GateName.ANCHORS}
    assert names == [name for name in GateName if name in names]


def test_an_earlier_month_left_open_stops_the_close_until_it_is_closed(book: Book) -> None:
    post(book, an_entry(on=IN_SEPTEMBER), "a")
    one = gate(book, GateName.EARLIER_OPEN)
    assert (one.is_open, one.first, gates(book).stopping) == (True, "2026-09", (one,))
    written(book, lambda desk: desk.close("2026-09"))
    assert not gate(book, GateName.EARLIER_OPEN).is_open


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ("UPDATE journal_entry SET voucher_no = 7 WHERE seq = 3", ["记-3", "记-4", "记-5"]),
        ("UPDATE journal_entry SET voucher_no = 4 WHERE seq = 1", ["记-1"]),
    ],
)
def test_a_number_that_no_voucher_has_stops_the_close(book: Book, change: str, wrong: list[str]) -> None:
    for key in "abc":
        post(book, an_entry(on=IN_OCTOBER), key)
    assert not gate(book, GateName.VOUCHER_GAPS).is_open
    with tampered(book, change) as reader:
        one = only(seen(reader), GateName.VOUCHER_GAPS)
    assert (stands(one), one.name.weight) == (wrong, Weight.STOPS)


def test_a_number_that_two_vouchers_have_stops_the_close(sqlite_book: Book) -> None:
    for key in "abc":
        post(sqlite_book, an_entry(on=IN_OCTOBER), key)
    with tampered(sqlite_book, "UPDATE journal_entry SET period = '2026-11' WHERE seq = 2") as reader:
        assert stands(only(seen(reader), GateName.VOUCHER_GAPS)) == ["记-2"]


def test_a_month_is_over_on_the_first_day_of_the_next(book: Book) -> None:
    assert gate(book, GateName.NOT_OVER, date(2026, 10, 31)).is_open
    assert not gate(book, GateName.NOT_OVER, OVER).is_open


def test_a_file_that_is_missing_or_failed_is_named_until_it_is_there(book: Book) -> None:
    post(book, opening_entry({"1012.01": 5_00}, parse_day("2026-10-01")), "opening")
    assert stands(gate(book, GateName.FILES)) == ["支付宝账务明细"]
    with book.reading() as reader:
        files = (named("x.csv", "x.csv 读不了", "x.csv is refused"),)
        failed = month_gates(reader, Look(period=OCTOBER, rulebook=RULES, on=OVER, files=files))
    assert stands(only(failed, GateName.FILES)) == ["x.csv 读不了", "支付宝账务明细"]
    imported(book, "alipay_statement", opening_fen=5_00, closing_fen=5_00)
    assert not gate(book, GateName.FILES).is_open


def test_days_without_a_statement_are_named_until_one_covers_them(book: Book) -> None:
    imported(book, "alipay_statement", last_on="2026-10-20", whole_months=False)
    assert stands(gate(book, GateName.STATEMENT)) == ["2026-10-21…2026-10-31"]
    imported(book, "alipay_statement", first_on="2026-10-21", whole_months=False)
    assert not gate(book, GateName.STATEMENT).is_open


def test_statements_that_do_not_join_are_told_with_what_moved_between_them(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("1", "withdrawal", -1_00, "2026-10-03T10:00:00")], 9_00))
    import_statement(book, file_of("b.csv", [said("2", "withdrawal", -1_00, "2026-10-04T10:00:00")], 5_00))
    one = gate(book, GateName.STATEMENT)
    assert (stands(one), abs(one.amount_fen or 0)) == (["账单之间不衔接"], 3_00)


def test_a_line_is_unmatched_until_somebody_explains_it(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("7", "unknown", -3_00, "2026-10-08T10:00:00")]))
    one = gate(book, GateName.UNMATCHED)
    assert (one.count, one.amount_fen, one.first, stands(one)) == (
        1,
        -3_00,
        "2026-10 --line 7",
        ["7 账外流水"],
    )
    suspended = gate(book, GateName.SUSPENSE)
    assert (suspended.count, suspended.amount_fen) == (1, 3_00)
    wish = Wish(action="explain", reason="捐赠", account="5601.05")
    written(book, lambda desk: decide(desk, OCTOBER, "7", wish, RULES))
    assert not gate(book, GateName.UNMATCHED).is_open
    assert not gate(book, GateName.SUSPENSE).is_open


def test_a_parked_line_is_matched_to_nobody_and_stays_in_suspense(book: Book) -> None:
    import_statement(book, file_of("a.csv", [said("7", "unknown", -3_00, "2026-10-08T10:00:00")]))
    wish = Wish(action="park", reason="等平台答复", owner="赵")
    written(book, lambda desk: decide(desk, OCTOBER, "7", wish, RULES))
    assert not gate(book, GateName.UNMATCHED).is_open
    assert gate(book, GateName.SUSPENSE).is_open
    assert gate(book, GateName.PARKED).is_told


def test_what_others_booked_to_suspense_stands_there_too(book: Book) -> None:
    lines = (Posting(account="1221.09", amount_fen=70), Posting(account="1002", amount_fen=-70))
    post(book, an_entry(on=IN_SEPTEMBER, postings=lines), "a")
    one = gate(book, GateName.SUSPENSE)
    assert (one.count, one.amount_fen, one.first) == (1, 70, "")
    back = tuple(Posting(account=line.account, amount_fen=-line.amount_fen) for line in lines)
    post(book, an_entry(on=IN_OCTOBER, postings=back), "b")
    assert not gate(book, GateName.SUSPENSE).is_open


@pytest.mark.parametrize(("month", "is_open"), [("2026-09", True), (OCTOBER, True), ("2026-11", False)])
def test_a_claim_that_waits_holds_up_its_month_and_the_later_ones(
    book: Book, month: str, *, is_open: bool
) -> None:
    case = f'{{"claim":"C1","at":"{month}-12T10:00:00+08:00"}}'
    asked_for = to_be_approved("C1", case_json=case, on=date.fromisoformat(f"{month}-12"))
    written(book, lambda desk: desk.ask(asked_for))
    one = gate(book, GateName.APPROVALS)
    assert (one.is_open, one.amount_fen) == (is_open, 50 if is_open else 0)
    assert not is_open or one.first == f"C1 --digest {'a' * 12}"
    refusal = Approval(matter="claim", subject="C1", action="refuse", digest="a" * 64, reason="不同意")
    with book.writing(actor="li", now=NOW) as desk:
        desk.store_approval(refusal)
    assert not gate(book, GateName.APPROVALS).is_open


def test_a_distributors_month_is_due_until_it_is_recorded(book: Book) -> None:
    bought(book, an_order("D1", "500.00", qty=100))
    one = gate(book, GateName.DISTRIBUTORS)
    assert (one.is_open, stands(one), one.first) == (True, ["d-01"], "d-01")
    assert one.amount_fen
    case = asked(book)["d-01"].case
    answer = quote(case, RULES)
    assert answer.answer()["decision"] == "pay"
    _recorded(book, case)
    assert not gate(book, GateName.DISTRIBUTORS).is_open


def _recorded(book: Book, case: dict[str, Any]) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        subject = Subject(claim_no=next_claim_no(desk.reader, "d-01", OCTOBER))
        desk.record(recording(quote(case, RULES), case, subject))


def test_what_the_close_will_post_is_told_and_holds_nobody_up(book: Book) -> None:
    a_confirmed_order(book)
    one = gate(book, GateName.CONFIRMATIONS)
    assert (one.is_told, one.is_open, one.count, one.amount_fen) == (True, False, 1, 100_00)
    assert stands(one) == [CONFIRMED["order_no"]]
    written(book, lambda desk: desk.post_many(finishing_entries(desk.reader, OCTOBER, RULES)))
    assert not gate(book, GateName.CONFIRMATIONS).is_told


def test_what_is_owed_and_what_was_sent_for_nothing_are_told(book: Book) -> None:
    owe(book, "C1", 12_00)
    transferred(book, sent("S9", 7, "O9"))
    owed, unmatched = gate(book, GateName.PAYABLES), gate(book, GateName.TRANSFERS)
    assert (owed.is_open, owed.amount_fen, stands(owed)) == (False, 12_00, ["C1"])
    assert (unmatched.is_open, unmatched.amount_fen, stands(unmatched)) == (False, -7, ["S9"])
    pay(book, "C1", serial="S1")
    assert not gate(book, GateName.PAYABLES).is_told


def test_coupons_that_nobody_has_used_yet_are_told(book: Book) -> None:
    lines = (Posting(account="5601.05", amount_fen=5_00), Posting(account="2203.02", amount_fen=-5_00))
    post(book, an_entry(on=IN_SEPTEMBER, postings=lines), "a")
    one = gate(book, GateName.COUPONS)
    assert (one.is_told, one.is_open, one.amount_fen) == (True, False, 5_00)
    back = tuple(Posting(account=line.account, amount_fen=-line.amount_fen) for line in lines)
    post(book, an_entry(on=IN_OCTOBER, postings=back), "b")
    assert not gate(book, GateName.COUPONS).is_told


def test_stock_that_moved_is_told_to_the_main_ledger_and_the_opening_is_not(book: Book) -> None:
    post(book, opening_entry({"1406": 800_00}, parse_day("2026-10-01")), "opening")
    assert not gate(book, GateName.STOCK).is_told
    lines = (Posting(account="1406", amount_fen=5_00), Posting(account="1405", amount_fen=-5_00))
    post(book, an_entry(on=IN_OCTOBER, postings=lines), "a")
    one = gate(book, GateName.STOCK)
    assert (one.is_told, one.count, one.amount_fen) == (True, 2, 0)


def test_a_gate_names_the_first_few_and_counts_them_all(book: Book) -> None:
    lines = [said(str(number), "unknown", -1, f"2026-10-08T10:00:0{number}") for number in range(5)]
    import_statement(book, file_of("a.csv", lines))
    one = gate(book, GateName.SUSPENSE)
    assert (one.count, len(one.stands), one.amount_fen) == (5, FEW, 5)


def test_a_close_keeps_the_gates_it_went_past_and_a_reopening_ends_that(book: Book) -> None:
    post(book, an_entry(on=IN_OCTOBER), "a")
    past = Gate(name=GateName.SUSPENSE, count=2), Gate(name=GateName.FILES, count=1)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.close(OCTOBER, despite(past, "等平台答复: 下月"))
        assert periods.passed_gates(desk.reader, OCTOBER) == Passed(
            gates=((GateName.SUSPENSE, 2), (GateName.FILES, 1)),
            reason="等平台答复: 下月",
            actor="wang",
            at=NOW,
        )
        desk.ask_reopening(OCTOBER, "漏记")
        with handed_to(desk, "li"):
            reopen(desk, OCTOBER)
        assert periods.passed_gates(desk.reader, OCTOBER) is None
        desk.close(OCTOBER)
        assert periods.passed_gates(desk.reader, OCTOBER) is None


def test_any_other_reason_of_a_close_names_no_gates() -> None:
    for text in ("", "年末", "despite: x", "despite suspense: x", "despite suspense 1"):
        assert gates_and_reason(text) == ((), text)


def test_a_close_goes_by_the_gates_and_not_by_the_notices(book: Book) -> None:
    a_confirmed_order(book)
    post(book, an_entry(on=IN_SEPTEMBER), "a")
    with book.reading() as reader:
        found = gates_to_close(reader, Look(period=OCTOBER, rulebook=RULES, on=OVER))
    looked_at = gates(book)
    assert found.gates == tuple(one for one in looked_at.gates if one.name.weight is not Weight.TELLS)
    assert found.open == looked_at.open


def test_a_closed_month_says_so(book: Book) -> None:
    written(book, lambda desk: desk.close(OCTOBER))
    assert gates(book).closed


def test_looking_at_the_gates_writes_nothing(book: Book) -> None:
    a_confirmed_order(book)
    before = dump(book)
    gates(book)
    assert dump(book) == before
