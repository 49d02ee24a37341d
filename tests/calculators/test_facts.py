"""Facts: who is to blame for what, and which line is which."""

import pytest

from calculators.case_format import CAUSES
from calculators.case_reader import read_case
from calculators.facts import BUYER_CAUSES, COURIER_CAUSES, SELLER_CAUSES, Claim
from tests.calculators.asking import case, order, sent_back


def _claim(cause: str, fault: str | None = None) -> Claim:
    facts = read_case(case(order((1, "9.00"), (2, "8.00")), sent_back(cause, fault=fault)))
    assert facts.claim is not None
    return facts.claim


@pytest.mark.parametrize(
    ("cause", "fault"),
    [
        ("quality", "seller"),
        ("late", "seller"),
        ("micro_flaw", "seller"),
        ("size", "buyer"),
        ("lost", "courier"),
    ],
)
def test_the_fault_follows_from_the_cause(cause: str, fault: str) -> None:
    assert _claim(cause).at_fault == fault


def test_a_fault_that_is_stated_wins_over_the_cause() -> None:
    assert _claim("size", "seller").at_fault == "seller"
    assert _claim("quality", "buyer").at_fault == "buyer"


def test_every_cause_is_somebodys() -> None:
    assert {*CAUSES} == SELLER_CAUSES | COURIER_CAUSES | BUYER_CAUSES
    assert len(CAUSES) == len(SELLER_CAUSES) + len(COURIER_CAUSES) + len(BUYER_CAUSES)


def test_a_line_is_found_by_its_number() -> None:
    facts = read_case(case(order((1, "9.00"), (2, "8.00")), sent_back()))
    assert facts.order is not None
    assert facts.order.line(2).price_fen == 800
    with pytest.raises(KeyError):
        facts.order.line(3)
