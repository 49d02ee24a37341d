"""Withholding: at most what is given back, each deduction on its own base, and the shop may only advise."""

from typing import Any

from tests.calculators.asking import CLOSED, Json, ask, case, given_fen, item_fen, order, sent_back


def _cod(price: str, invoice: str, **changes: Any) -> Json:
    made = order((1, price), payment="cod", **CLOSED, invoice={"amount": invoice, "issued_on": "2017-02-10"})
    return ask(case(made, sent_back("no_reason", asked_at="2017-03-08T10:00"), **changes))


def test_two_deductions_are_each_on_their_own_base_and_not_compounded() -> None:
    answer = _cod("500.00", "500.00")
    assert (item_fen(answer, "commission"), item_fen(answer, "invoice_penalty")) == (-2_500, -2_000)
    assert given_fen(answer) == 45_500


def test_what_exceeds_the_refund_is_noted_as_not_collected() -> None:
    answer = _cod("10.00", "1000.00")
    assert (item_fen(answer, "commission"), item_fen(answer, "invoice_penalty")) == (-50, -950)
    assert given_fen(answer) == 0
    (note,) = [one for one in answer["not_applied"] if one["item"] == "invoice_penalty"]
    assert note["why"] == "not collected: 30.50"


def test_every_deduction_is_advised_against() -> None:
    assert [one["id"] for one in _cod("500.00", "500.00")["advisories"]].count("C-06") == 2


def test_a_shop_that_only_advises_withholds_nothing() -> None:
    answer = _cod("500.00", "500.00", policy={"refund_deductions": "ADVISE_ONLY"})
    assert given_fen(answer) == item_fen(answer, "goods") == 50_000
    assert [one["id"] for one in answer["advisories"]].count("C-06") == 2
