"""Rehearsal: what the same facts would have come to under other rules, order by order, and nothing posted."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from calculators.answer_json import canonical
from calculators.days import parse_moment
from calculators.errors import BadCase
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.book import Book
from ledger.claims import Subject, case_of_claim, recording, without_free_text
from ledger.errors import UnknownEntry
from ledger.order_life import paid
from ledger.orders import finishing_entries
from ledger.quoting import Quote, quote
from ledger.recordings import OrderFacts
from ledger.rehearsal import rehearse
from ledger.replay_reports import Rehearsed
from ledger.states import Until
from tests.calculators.layered import HEAD, PACK, entry
from tests.calculators.layered import book as rules
from tests.ledger.samples import NOW, dump, tamper

Json = dict[str, Any]
ORDER: Json = {
    "order_no": "O1",
    "paid_at": "2026-10-01T10:00",
    "ship_clicked_at": "2026-10-02T10:00",
    "picked_up_at": "2026-10-02T12:00",
    "signed_at": "2026-10-04T10:00",
    "free_shipping": True,
    "lines": [{"line": 1, "qty": 1, "price": "200.00"}],
}
COD: Json = {
    **{key: value for key, value in ORDER.items() if key != "paid_at"},
    "order_no": "O2",
    "payment": "cod",
    "paid_at": "2026-10-01T10:00",
}
LOWER: Json = {
    "kind": "price_difference",
    "reason": "activity",
    "activity_price": "170.00",
    "activity_day": "2026-10-05",
    "received": True,
}
BACK: Json = {"kind": "return", "cause": "no_reason", "received": True, "condition": "intact"}
GOODWILL: Json = {"kind": "goodwill", "amount": "15.00"}
BASE = rules()


def under(*parameters: tuple[str, str]) -> Rulebook:
    """The manuals under an override with these values."""
    return rules(HEAD + "".join(entry(name, f"value = {value}") for name, value in parameters))


def take_in(book: Book, order: Json) -> None:
    """An order as an import brings it, with its payment."""
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_facts(OrderFacts(order_no=order["order_no"], facts_json=canonical(order)))
        keyed = paid(order, BASE)
        if keyed:
            desk.post_many([keyed])


def claim(book: Book, order: Json, number: str, at: str, body: Json) -> int:
    """Record a claim after the order's history in the book; answers the number of its entry."""
    with book.writing(actor="wang", now=NOW) as desk:
        asked = {**body, "claim_no": number}
        case = without_free_text(case_of_claim(order, desk.history(order["order_no"]), asked, at))
        subject = Subject(claim_no=number, order_no=order["order_no"])
        return desk.record(recording(quote(case, BASE), case, subject)).seq


def finish(book: Book, order: Json, at: str) -> None:
    """The order is confirmed, and its month's 交易成功 is posted."""
    take_in(book, {**order, "confirmed_at": at})
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post_many(finishing_entries(desk.reader, at[:7], BASE))


def reverse(book: Book, seq: int, at: str = "2026-10-20T10:00") -> None:
    """Take an entry back."""
    with book.writing(actor="wang", now=NOW) as desk:
        desk.reverse(seq, parse_moment(at).date(), "买家撤回")


def told(book: Book, rulebook: Rulebook, until: Until | None = None, **more: Any) -> Rehearsed:
    """The rehearsal of a sound book."""
    with book.reading() as reader:
        replayed, rehearsed = rehearse(reader, rulebook, until, **more)
    assert replayed.first_difference is None
    assert rehearsed is not None
    return rehearsed


def accounts(rehearsed: Rehearsed) -> dict[str, int]:
    """The accounts that would stand otherwise, with by how much."""
    return {row.account: row.difference_fen for row in rehearsed.accounts if row.difference_fen}


def clauses(rehearsed: Rehearsed) -> dict[tuple[str, str], int]:
    """The items that would be others, by clause."""
    return {(row.rule, row.item): row.difference_fen for row in rehearsed.clauses if row.difference_fen}


def amounts(rehearsed: Rehearsed) -> dict[str, tuple[int, int]]:
    """The claims that would be others: booked and would be."""
    return {row.claim_no: (row.booked_fen, row.would_be_fen) for row in rehearsed.claims}


def test_under_the_rules_of_its_day_nothing_differs(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    claim(book, ORDER, "C2", "2026-10-08T10:00", BACK)
    same = told(book, BASE)
    assert (same.claims, same.orders, same.difference_fen) == ((), (), 0)
    assert (accounts(same), clauses(same)) == ({}, {})
    assert (same.settlements, same.booked_fen) == (2, 200_00)
    assert [(one.decision, one.booked, one.would_be) for one in same.decisions] == [("pay", 2, 2)]


def test_a_rate_changes_its_clause_its_account_and_who_pays_for_it(book: Book) -> None:
    take_in(book, COD)
    finish(book, COD, "2026-10-04T10:00")
    claim(book, {**COD, "confirmed_at": "2026-10-04T10:00"}, "C1", "2026-10-06T10:00", BACK)
    other = told(book, under(("cod_commission_rate", '"0.04"')))
    assert clauses(other) == {("000-10.1", "commission"): 2_00}
    assert accounts(other) == {"5051.02": 2_00, "2241.02": -2_00}
    assert (other.booked_fen, other.would_be_fen) == (190_00, 192_00)
    (order,) = other.orders
    assert (order.subject, order.booked_fen, order.would_be_fen, order.claims) == ("O2", 190_00, 192_00, 1)


def test_a_later_claim_sees_what_the_other_rules_would_have_given_the_earlier_one(book: Book) -> None:
    """Without price protection the credit of 30.00 would have been refused, and the return have paid all 200.00."""
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    claim(book, ORDER, "C2", "2026-10-08T10:00", BACK)
    other = told(book, under(("protection_days", "1")))
    assert amounts(other) == {"C1": (30_00, 0), "C2": (170_00, 200_00)}
    assert other.difference_fen == 0
    assert [(row.subject, row.difference_fen, row.claims) for row in other.orders] == [("O1", 0, 2)]
    first = next(row for row in other.claims if row.claim_no == "C1")
    assert (first.decided, first.would_decide, first.rule) == ("pay", "refuse", "003-11b")
    assert "价保已过" in first.why_zh
    assert "protection has ended" in first.why_en
    assert [(one.decision, one.booked, one.would_be) for one in other.decisions] == [
        ("pay", 2, 1),
        ("refuse", 0, 1),
    ]


def test_a_credit_by_coupon_leaves_the_confirmation_as_it_was(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    finish(book, ORDER, "2026-10-14T10:00")
    other = told(book, under(("protection_days", "1")))
    assert accounts(other) == {"2203.02": 30_00, "5001.03": -30_00}
    assert other.difference_fen == -30_00


def _confirmed_after_a_credit(book: Book) -> None:
    """140.00 of 200.00 were given back on the order before it was signed, and the rest was confirmed."""
    take_in(book, {key: value for key, value in ORDER.items() if key != "signed_at"})
    given = {**LOWER, "activity_price": "60.00", "activity_day": "2026-10-02"}
    claim(book, ORDER, "C1", "2026-10-04T12:00", {**given, "asked_at": "2026-10-03T10:00"})
    finish(book, ORDER, "2026-10-14T10:00")


def _less(case: Any, rulebook: Rulebook) -> Quote:
    return quote({**case, "claim": {**case["claim"], "activity_price": "180.00"}}, rulebook)


def test_an_order_refunded_less_has_more_to_confirm(book: Book) -> None:
    """Paid on the order, an earlier refund comes out of the escrow; without it the sale is larger by as much."""
    _confirmed_after_a_credit(book)
    booked = {row.account: row.booked_fen for row in told(book, BASE).accounts}
    other = told(book, BASE, ask=_less)
    assert amounts(other) == {"C1": (140_00, 20_00)}
    moved = accounts(other)
    assert moved["5001.01"] == -120_00
    assert sum(moved.values()) == 0
    would_be = {row.account: row.would_be_fen for row in other.accounts}
    assert (would_be["2203.01"], would_be["1122.01"]) == (0, 0)
    assert (booked["2203.01"], booked["1122.01"]) == (0, 0)


def test_a_cod_order_delivers_what_the_other_rules_would_not_have_taken_out(book: Book) -> None:
    order = {**COD, "lines": [{"line": 1, "qty": 2, "price": "100.00"}]}
    unsent = {key: order[key] for key in ("order_no", "payment", "paid_at", "free_shipping", "lines")}
    take_in(book, unsent)
    claim(book, unsent, "C1", "2026-10-01T12:00", {"kind": "cancel", "lines": [{"line": 1, "qty": 1}]})
    finish(book, order, "2026-10-04T10:00")

    def refused(case: Any, rulebook: Rulebook) -> Quote:
        return quote({**case, "claim": {**case["claim"], "lines": [{"line": 1, "qty": 2}]}}, rulebook)

    other = told(book, BASE, ask=refused)
    would_be = {row.account: (row.booked_fen, row.would_be_fen) for row in other.accounts}
    assert would_be["1122.02"] == (100_00, 0)
    assert would_be["5001.01"] == (-100_00, 0)


def test_a_settlement_that_was_taken_back_counts_for_nothing(book: Book) -> None:
    take_in(book, ORDER)
    seq = claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    reverse(book, seq)
    claim(book, ORDER, "C2", "2026-10-21T10:00", {**GOODWILL, "cause": "quality"})
    other = told(book, under(("protection_days", "1")))
    assert (other.claims, other.orders, other.taken_back, other.settlements) == ((), (), 1, 1)
    assert (accounts(other), clauses(other)) == ({}, {})


def test_a_claim_recorded_while_another_stood_sees_it_although_it_was_taken_back_later(book: Book) -> None:
    take_in(book, ORDER)
    seq = claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    claim(book, ORDER, "C2", "2026-10-08T10:00", BACK)
    reverse(book, seq)
    other = told(book, under(("protection_days", "1")))
    assert amounts(other) == {"C2": (170_00, 200_00)}
    assert other.difference_fen == 30_00


def test_a_reversal_of_a_confirmation_takes_back_what_it_would_have_moved(book: Book) -> None:
    _confirmed_after_a_credit(book)
    with book.reading() as reader:
        last = queries.head(reader).seq
    reverse(book, last)
    would_be = {row.account: row.would_be_fen for row in told(book, BASE, ask=_less).accounts}
    assert would_be["5001.01"] == 0
    # A credit of 20.00 goes by Alipay and leaves the escrow as it is.
    assert (would_be["2203.01"], would_be["1122.01"]) == (-180_00, 200_00)


def test_what_would_have_needed_approval_is_named_and_counts_as_given(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", {**GOODWILL, "cause": "quality"})
    other = told(book, under(("goodwill_approval_from", '"10.00"')))
    (row,) = other.claims
    assert (row.decided, row.would_decide, row.difference_fen) == ("pay", "approve", 0)
    assert row.why_zh
    assert row.why_en


def test_a_case_that_the_other_rules_cannot_answer_is_named_and_given_nothing(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)

    def cannot(case: Any, rulebook: Rulebook) -> Quote:
        raise BadCase("policy.late_paid_as", "is not a parameter of the rulebook")

    (row,) = told(book, BASE, ask=cannot).claims
    assert (row.would_decide, row.would_be_fen) == ("bad_case", 0)
    assert "late_paid_as" in row.why_en


def test_rules_for_another_shop_are_refused(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    other = rules((HEAD + entry("protection_days", "value = 1")).replace('"main"', '"other"'))
    with book.reading() as reader, pytest.raises(BadCase, match="main has no override"):
        rehearse(reader, other)


def test_a_memorandum_that_would_move_money_is_a_difference(book: Book) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", {"kind": "exchange", "cause": "style", "received": True})

    def paid_instead(case: Any, rulebook: Rulebook) -> Quote:
        return quote({**case, "claim": {**BACK, "claim_no": "C1"}}, rulebook)

    other = told(book, BASE, ask=paid_instead)
    assert amounts(other) == {"C1": (0, 200_00)}
    assert other.claims[0].voucher == ""


def test_up_to_a_cut_only_what_is_before_it_counts(book: Book) -> None:
    take_in(book, ORDER)
    first = claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    claim(book, ORDER, "C2", "2026-10-08T10:00", BACK)
    other = under(("protection_days", "1"))
    assert amounts(told(book, other, Until(entry=first))) == {"C1": (30_00, 0)}
    by_day = told(book, other, Until(day=datetime(2026, 10, 6).date()))
    assert (amounts(by_day), by_day.settlements, by_day.until) == ({"C1": (30_00, 0)}, 1, "2026-10-06")
    with book.reading() as reader, pytest.raises(UnknownEntry):
        rehearse(reader, other, Until(entry=99))


def test_the_largest_differences_stand_first(book: Book) -> None:
    for number, price in (("A", "100.00"), ("B", "900.00"), ("C", "300.00")):
        order = {**COD, "order_no": number, "lines": [{"line": 1, "qty": 1, "price": price}]}
        take_in(book, order)
        claim(book, {**order, "confirmed_at": "2026-10-04T10:00"}, f"C{number}", "2026-10-06T10:00", BACK)
    other = told(book, under(("cod_commission_rate", '"0.04"')))
    assert [row.subject for row in other.orders] == ["B", "C", "A"]
    assert [row.difference_fen for row in other.claims] == [9_00, 3_00, 1_00]


def test_a_pack_may_be_rehearsed_and_questions_without_an_order_are_asked_again(book: Book) -> None:
    case = {"at": "2026-10-31T10:00", "staff": {"what": "reward", "errors": 2}}
    asked = quote({**case, "policy": {"reward_error": "5.00"}}, BASE)
    with book.writing(actor="wang", now=NOW) as desk:
        kept = {**case, "policy": {"reward_error": "5.00"}}
        desk.record(recording(asked, kept, Subject(claim_no="S1")))
    assert told(book, rules(packs=(PACK,))).claims == ()

    def more(case: Any, rulebook: Rulebook) -> Quote:
        return quote({**case, "policy": {"reward_error": "7.00"}}, rulebook)

    other = told(book, BASE, ask=more)
    assert amounts(other) == {"S1": (10_00, 14_00)}
    assert accounts(other) == {"2211": -4_00, "5602.01": 4_00}


@pytest.mark.parametrize("deed", [told, lambda book, rulebook: told(book, rulebook, Until(entry=2))])
def test_a_rehearsal_writes_nothing(book: Book, deed: Callable[[Book, Rulebook], object]) -> None:
    take_in(book, ORDER)
    claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    before = dump(book)
    deed(book, under(("protection_days", "1")))
    assert dump(book) == before


def test_a_book_that_differs_is_not_rehearsed(book: Book) -> None:
    take_in(book, ORDER)
    seq = claim(book, ORDER, "C1", "2026-10-06T10:00", LOWER)
    with book.reading() as reader:
        stored = queries.settlement(reader, "C1")
    assert stored is not None
    assert json.loads(stored.case_json)["claim"]["claim_no"] == "C1"
    tamper(book, f"UPDATE settlement SET subject = 'O2' WHERE seq = {seq}")
    with book.reading() as reader:
        replayed, rehearsed = rehearse(reader, BASE)
    assert (rehearsed, replayed.first_difference and replayed.first_difference.seq) == (None, seq)
