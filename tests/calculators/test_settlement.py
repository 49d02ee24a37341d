"""Settlements: the tree that a person and a machine can each read."""

from calculators.answers import settle
from calculators.case_reader import read_case
from calculators.settlement import BESIDE_THE_BUYER, Settlement
from cli.rulebooks import default_rulebook
from tests.calculators.asking import Json, case, order, sent_back


def _settled(claim: Json) -> Settlement:
    made = order((2, "100.00"), (1, "50.00"), free_shipping=True)
    return settle(read_case(case(made, claim)), default_rulebook())


def test_items_of_one_name_are_summed() -> None:
    settlement = _settled(sent_back(return_postage="12.00"))
    assert settlement.item_sum("goods") == 25_000
    assert settlement.item_sum("return_postage") == 1_200
    assert settlement.item_sum("commission") == 0


def test_a_settlement_says_its_kind_its_state_and_its_decision() -> None:
    settlement = _settled(sent_back(received=False))
    assert (settlement.kind, settlement.state, settlement.decision) == ("return", "open", "hold")


def test_what_stands_beside_the_buyer_is_not_in_what_he_gets() -> None:
    settlement = _settled({"kind": "lost", "cause": "lost", "choice": "reship", "cost": "70.00"})
    assert settlement.item_sum("courier_claim") == 7_000
    assert "courier_claim" in BESIDE_THE_BUYER
    assert settlement.to_buyer.order_fen == settlement.to_buyer.alipay_fen == 0
