from datetime import date
from typing import Any

import pytest

from cli.views.payables import ages, payee_shown, show_matched, show_paid, show_payables
from ledger.paying import Paid
from ledger.payment_matching import Transfer
from ledger.recordings import Posted
from ledger.reports_of_payables import UNMATCHED, OpenPayables, PayableRow, PaymentRow
from ledger.statement_transfers import Matched
from tests.cli.views.printed import printed

AS_OF = date(2026, 10, 31)


def row(fen: int, since_on: date = date(2026, 10, 12), **changes: Any) -> PayableRow:
    given: dict[str, Any] = {
        "claim_no": "C1",
        "order_no": "33",
        "seq": 7,
        "voucher": "记-7",
        "since_on": since_on,
        "kind": "repair",
        "items": "repair return_postage",
        "owed_fen": fen,
        "paid_fen": 0,
        "open_fen": fen,
        "account": "2241.02",
    }
    return PayableRow(**{**given, **changes})


def found(*rows: PayableRow, **changes: Any) -> OpenPayables:
    return OpenPayables(**{"book": "main", "rows": rows, "doubtful": frozenset(), "payees": {}, **changes})


PAYMENT = PaymentRow(seq=9, owed_seq=7, sent_seq=8, claim_no="C1", serial="S1", on=AS_OF, fen=500)


def test_every_row_says_what_for_how_long_and_how_much() -> None:
    sent = row(-300, claim_no=None, kind=UNMATCHED, items="", seq=8, paid_fen=300, owed_fen=0, serial="S1")
    opening = row(900, claim_no=None, kind="opening", items="", seq=1, account="2241.03")
    shown = printed(lambda console: show_payables(found(row(1200), sent, opening), AS_OF, console, "en"))
    lines = shown.splitlines()
    assert lines[1].split() == [
        "C1",
        "33",
        "记-7",
        "2026-10-12",
        "19",
        "repair",
        "credit,",
        "return",
        "postage",
        "12.00",
        "0.00",
        "12.00",
    ]
    assert "unmatched transfer S1" in lines[2]
    assert lines[2].split()[-1] == "-3.00"
    assert "opening balance" in lines[3]
    assert [line.split()[-1] for line in lines if line.startswith("2241")] == ["9.00", "9.00"]


def test_an_empty_list_says_so() -> None:
    assert printed(lambda console: show_payables(found(), AS_OF, console, "zh")).strip() == "没有未付款项"


@pytest.mark.parametrize(
    ("since_on", "place"),
    [
        (date(2026, 10, 31), 0),
        (date(2026, 11, 2), 0),
        (date(2026, 10, 24), 0),
        (date(2026, 10, 23), 1),
        (date(2026, 10, 1), 1),
        (date(2026, 9, 30), 2),
        (date(2026, 8, 2), 2),
        (date(2026, 8, 1), 3),
    ],
)
def test_what_is_owed_falls_into_one_span_of_days(since_on: date, place: int) -> None:
    cut = ages([row(500, since_on), row(-300, since_on, kind=UNMATCHED)], AS_OF)
    assert [one["open_fen"] for one in cut] == [500 if n == place else 0 for n in range(4)]


def test_of_a_payee_the_screen_shows_next_to_nothing() -> None:
    known = found(row(500), payees={7: "zhangsan@example.com"})
    assert payee_shown(known, known.rows[0]) == "z***@…"
    assert payee_shown(found(row(500)), row(500)) is None


@pytest.mark.parametrize(
    ("again", "language", "said"),
    [
        (False, "zh", "已核销 C1 5.00 ← S1 #8 记-8, #9"),
        (True, "zh", "早已核销，未重复 C1 5.00"),
        (False, "en", "paid C1 5.00 ← S1 #8 记-8, #9"),
        (True, "en", "paid before, nothing added C1 5.00"),
    ],
)
def test_a_payment_says_what_it_pays_and_what_is_left_of_it(again: bool, language: str, said: str) -> None:
    posted = Posted(seq=8, hash="", voucher="记-8")
    paid = Paid(serial="S1", transfer=posted, sent_fen=800, free_fen=300, assigned=(PAYMENT,), again=again)
    lines = printed(lambda console: show_paid(paid, console, language)).splitlines()
    assert lines[0].startswith(said)
    assert "3.00" in lines[1]


def test_what_was_matched_and_what_was_not_stand_apart() -> None:
    left = Transfer(serial="S2", on=AS_OF, fen=700, order_no="33", remark="退差价给张三")
    matched = Matched(posted=1, assigned=(PAYMENT,), unmatched=(left,))
    shown = printed(lambda console: show_matched(matched, console, "en"))
    assert "1 matched, 1 booked anew, 1 unmatched" in shown
    assert ["S1", "2026-10-31", "C1", "5.00"] in [line.split() for line in shown.splitlines()]
    assert ["S2", "2026-10-31", "33", "7.00"] in [line.split() for line in shown.splitlines()]
    assert "张三" not in shown
