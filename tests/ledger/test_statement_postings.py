"""Statement lines: fees and transfers are booked, receipts and refunds only confirm."""

from datetime import date

import pytest

from cli.readers.meanings import MEANINGS
from ledger.statement_postings import CONFIRMING, FACING, statement_entry

ON = date(2026, 10, 8)


def test_a_commission_is_an_expense_paid_from_alipay() -> None:
    entry = statement_entry("1", "commission", ON, (-475, "33"))
    assert entry is not None
    assert {line.account: line.amount_fen for line in entry.entry.postings} == {
        "1012.01": -475,
        "5601.02": 475,
    }
    assert (entry.key, entry.entry.order_no, entry.entry.effective_on) == ("alipay:1", "33", ON)


def test_a_line_nobody_knows_goes_to_suspense() -> None:
    entry = statement_entry("2", "unknown", ON, (3860, None))
    assert entry is not None
    assert {line.account: line.amount_fen for line in entry.entry.postings} == {
        "1012.01": 3860,
        "1221.09": -3860,
    }


@pytest.mark.parametrize("meaning", sorted(CONFIRMING))
def test_receipts_and_refunds_are_booked_by_their_orders(meaning: str) -> None:
    assert statement_entry("3", meaning, ON, (9500, "33")) is None


def test_a_line_of_nothing_is_no_entry() -> None:
    assert statement_entry("4", "commission", ON, (0, None)) is None


def test_every_meaning_the_reader_knows_is_booked_or_confirms() -> None:
    assert set(MEANINGS) == set(FACING) | CONFIRMING
