"""Other readings of the manuals: those that would change this answer, with the difference, and no others."""

from calculators.readings import alternatives
from cli.rulebooks import default_rulebook
from tests.calculators.asking import CLOSED, Json, case, order, sent_back
from tests.calculators.layered import PACK, book, late


def _others(asked: Json) -> dict[tuple[str, str], int]:
    found = alternatives(asked, default_rulebook())
    return {(one.parameter, one.reading): one.difference_fen for one in found}


def test_a_no_reason_return_shows_what_the_outbound_freight_would_cost() -> None:
    made = order((1, "299.00"), free_shipping=True, postage_cost="10.00")
    assert _others(case(made, sent_back("no_reason", disclosed=True))) == {
        ("fs_noreason_return_outbound", "DEDUCT_IF_DISCLOSED"): -1_000,
        ("fs_noreason_return_outbound", "BUYER_ROUND_TRIP"): -1_000,
    }


def test_a_cod_return_shows_a_shop_that_withholds_nothing() -> None:
    made = order((1, "368.00"), payment="cod", **CLOSED)
    assert _others(case(made, sent_back("no_reason")))["refund_deductions", "ADVISE_ONLY"] == 1_840


def test_the_reading_in_force_is_the_policys_where_there_is_one() -> None:
    made = order((1, "299.00"), free_shipping=True, postage_cost="10.00")
    policy = {"fs_noreason_return_outbound": "BUYER_ROUND_TRIP"}
    found = _others(case(made, sent_back("no_reason"), policy=policy))
    assert found["fs_noreason_return_outbound", "SELLER_BEARS"] == 1_000
    assert ("fs_noreason_return_outbound", "BUYER_ROUND_TRIP") not in found


def test_where_the_manuals_agree_there_is_nothing_to_choose() -> None:
    assert not _others(case(order((1, "299.00"), free_shipping=True), sent_back()))


def test_under_a_pack_its_own_readings_are_tried_too() -> None:
    claim = {"kind": "broken_promise", "promise": "price"}
    asked = {"at": "2026-08-06T10:00", "order": late()["order"], "claim": claim}
    (found,) = alternatives(asked, book(packs=(PACK,)))
    assert (found.parameter, found.in_force, found.reading) == ("promise_grace", "ENFORCED", "EFFECTIVE")
    assert (found.rule, found.difference_fen) == ("20010493", 500)


def test_a_bad_case_has_no_other_readings() -> None:
    assert not _others({"at": "yesterday"})
