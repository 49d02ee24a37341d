"""Why not more: the cap that binds, and the smallest change of fact that would change the answer."""

from calculators.what_if import bindings, nearest_changes
from cli.rulebooks import default_rulebook
from tests.calculators.asking import Json, case, order, sent_back
from tests.calculators.layered import PACK, book, late

AT = "2017-03-11T10:00"
REPAIR = {"kind": "repair", "amount": "20.00", "lines": [{"line": 1, "qty": 1}]}
PICKED_UP_AFTER_60_HOURS = {
    "paid_at": "2017-06-10T00:00",
    "picked_up_at": "2017-06-12T12:00",
    "signed_at": None,
}


def _bound_by(asked: Json) -> set[str]:
    return {one.parameter for one in bindings(asked, default_rulebook())}


def _changes(asked: Json) -> dict[str, str]:
    return {one.path: one.would_be for one in nearest_changes(asked, default_rulebook())}


def test_the_cap_of_a_repair_binds_at_the_cap_and_not_below_it() -> None:
    made = order((1, "199.00"))
    assert "repair_cap" in _bound_by(case(made, REPAIR))
    assert "repair_cap" not in _bound_by(case(made, {**REPAIR, "amount": "19.98"}))


def test_the_window_binds_on_its_last_day() -> None:
    made = order((1, "199.00"), free_shipping=True)
    assert "goodwill_window_days" in _bound_by(case(made, sent_back("no_reason"), at="2017-03-19T10:00"))
    assert "goodwill_window_days" not in _bound_by(case(made, sent_back("no_reason"), at="2017-03-10T10:00"))


def test_the_nearest_day_that_changes_an_answer_is_named() -> None:
    made = order((1, "199.00"), free_shipping=True)
    claim = sent_back("no_reason", asked_at="2017-03-18T10:00")
    changes = _changes(case(made, claim, at="2017-03-25T10:00"))
    assert changes["claim.asked_at"].startswith("2017-03-20")


def test_a_fact_that_is_missing_is_named_where_it_would_pay() -> None:
    made = order((1, "199.00"), free_shipping=True)
    assert _changes(case(made, sent_back("quality", received=False)))["claim.received"] == "True"


def test_a_fen_more_than_the_cap_is_named() -> None:
    assert _changes(case(order((1, "199.00")), REPAIR))["claim.amount"] in {"20.01", "19.99"}


def test_the_value_that_is_stepped_is_the_one_in_force() -> None:
    made = order((1, "100.00"), **PICKED_UP_AFTER_60_HOURS)
    late = case(made, {"kind": "late_shipment", "upheld": True}, at="2017-06-20T10:00")
    assert "ship_hours" not in _bound_by(late)
    own = case(order((1, "199.00")), {**REPAIR, "amount": "30.00"}, policy={"repair_cap": "30.00"})
    assert [one.value for one in bindings(own, default_rulebook()) if one.parameter == "repair_cap"] == [
        "30.00"
    ]


def test_under_a_pack_its_own_caps_bind_too() -> None:
    asked = late(lines=[{"line": 1, "qty": 1, "price": "2000.00"}])
    bound = {one.parameter: one.stepped for one in bindings(asked, book(packs=(PACK,)))}
    assert bound["late_cap"] == "49.99"
    astray = {**late(), "claim": {"kind": "stalled_tracking", "finding": "abnormal"}}
    small = {**astray, "order": {**astray["order"], "lines": [{"line": 1, "qty": 1, "price": "20.00"}]}}
    assert "stalled_abnormal_min" in {one.parameter for one in bindings(small, book(packs=(PACK,)))}
    assert "stalled_abnormal_min" not in {one.parameter for one in bindings(small, book())}


def test_a_question_without_a_claim_has_no_facts_to_move() -> None:
    assert _changes({"at": AT, "staff": {"what": "breach", "occurrence": 1}}) == {}
