"""Why not more, and what another reading gives: every field of the answers to those questions."""

from datetime import timedelta

from calculators.days import parse_moment
from calculators.outcomes import Outcome, outcome
from calculators.readings import alternatives
from calculators.what_if import DAYS_SOUGHT, bindings, nearest_changes
from cli.rulebooks import default_rulebook
from tests.calculators.asking import Json, case, order, pieces, sent_back
from tests.calculators.layered import PACK, book

BOOK = default_rulebook()
REPAIR = {"kind": "repair", "amount": "20.00", "lines": pieces((1, 1))}


def _changes(asked: Json) -> dict[str, tuple[str, str, str]]:
    found = nearest_changes(asked, BOOK)
    return {one.path: (one.was, one.would_be, one.outcome.decision) for one in found}


def test_a_cap_that_binds_is_named_with_its_clause_value_step_and_what_would_come_of_it() -> None:
    (bound,) = bindings(case(order((1, "199.00")), REPAIR), BOOK)
    assert (bound.parameter, bound.rule) == ("repair_cap", "003-13b")
    assert (bound.value, bound.stepped) == ("20.00", "19.99")
    assert (bound.outcome.decision, bound.outcome.net_fen) == ("refuse", 0)


def test_a_step_is_the_next_value_up_and_down_and_never_below_zero() -> None:
    late = order(
        (1, "100.00"), paid_at="2017-07-01T10:00", picked_up_at="2017-07-03T10:00:01", signed_at=None
    )
    asked = case(late, {"kind": "late_shipment", "upheld": True}, at="2017-07-09T10:00")
    steps = {(one.parameter, one.value, one.stepped) for one in bindings(asked, BOOK)}
    assert steps == {("ship_hours", "48", "49")}
    insisting = case(order((1, "9.00"), free_shipping=True), sent_back("no_reason"), at="2017-03-04T18:00")
    days = {(one.parameter, one.stepped) for one in bindings(insisting, BOOK)}
    assert days == {("max_noreason_cases_per_order", "0")}


def test_a_window_of_one_day_can_shrink_to_none() -> None:
    made = order((1, "100.00"), free_shipping=True)
    own = {"policy": {"goodwill_window_days": 1, "return_window_days": 0}}
    asked = case(made, sent_back("no_reason"), at="2017-03-05T10:00", **own)
    steps = {(one.parameter, one.stepped): one.outcome.decision for one in bindings(asked, BOOK)}
    assert steps["goodwill_window_days", "0"] == "refuse"


def test_a_fact_that_matters_is_named_with_what_it_was_and_would_be() -> None:
    made = order((1, "199.00"), free_shipping=True)
    changes = _changes(case(made, sent_back("quality", received=False)))
    assert changes["claim.received"] == ("False", "True", "pay")
    worn = _changes(case(made, sent_back("size", condition="worn")))
    assert worn["claim.condition"] == ("worn", "intact", "pay")
    assert worn["claim.fault"] == ("None", "seller", "pay")
    cod = _changes(
        case(order((1, "50.00"), payment="cod", confirmed_at="2017-03-05T10:00"), sent_back("size"))
    )
    assert cod["order.payment"] == ("cod", "online", "pay")
    assert cod["claim.cause"][:2] == ("size", "quality")


def test_a_flag_that_is_set_would_be_taken_away() -> None:
    made = order((1, "199.00"), free_shipping=True)
    assert _changes(case(made, sent_back()))["claim.received"] == ("True", "False", "hold")
    assert _changes(case(made, {"kind": "reject", "returned": True}))["claim.returned"] == (
        *("True", "False", "hold"),
    )


def test_the_nearest_day_is_a_day_away_on_either_side() -> None:
    made = order((1, "199.00"), free_shipping=True)
    for asked_at, moved in (
        ("2017-03-19T10:00:00+08:00", "2017-03-20T10:00:00+08:00"),
        ("2017-03-20T10:00:00+08:00", "2017-03-19T10:00:00+08:00"),
    ):
        changes = _changes(case(made, sent_back("no_reason", asked_at=asked_at), at="2017-05-01T10:00"))
        assert changes["claim.asked_at"][:2] == (asked_at, moved)


def test_days_are_sought_as_far_as_forty_away_and_no_further() -> None:
    made = order((1, "199.00"), free_shipping=True)
    last_good = parse_moment("2017-03-19T10:00")
    for days, found in ((DAYS_SOUGHT, True), (DAYS_SOUGHT + 1, False)):
        asked_at = (last_good + timedelta(days=days)).isoformat()
        changes = _changes(case(made, sent_back("no_reason", asked_at=asked_at), at="2017-06-01T10:00"))
        assert ("claim.asked_at" in changes) is found


def test_an_amount_is_moved_by_a_fen() -> None:
    bound = order((1, "199.00"))
    assert _changes(case(bound, REPAIR))["claim.amount"] == ("20.00", "20.01", "refuse")
    over = _changes(case(bound, {**REPAIR, "amount": "20.01"}))
    assert over["claim.amount"] == ("20.01", "20.00", "pay")
    invoice = {"kind": "invoice", "requested": "199.00"}
    assert _changes(case(bound, invoice))["claim.requested"] == ("199.00", "199.01", "approve")


def test_an_amount_of_nothing_cannot_become_less() -> None:
    changes = _changes(case(order((1, "199.00")), {**REPAIR, "amount": "0.00"}))
    assert changes["claim.amount"][:2] == ("0.00", "0.01")


def test_another_reading_is_named_with_its_clause_both_readings_and_the_difference() -> None:
    made = order((1, "299.00"), free_shipping=True, postage_cost="10.00")
    (found,) = alternatives(case(made, sent_back("no_reason")), BOOK)
    assert (found.parameter, found.rule) == ("fs_noreason_return_outbound", "000-7B")
    assert (found.in_force, found.reading) == ("SELLER_BEARS", "BUYER_ROUND_TRIP")
    assert found.difference_fen == -1_000
    assert found.outcome == outcome(
        case(made, sent_back("no_reason"), policy={"fs_noreason_return_outbound": "BUYER_ROUND_TRIP"}), BOOK
    )


def test_a_switch_is_tried_the_other_way() -> None:
    asked = case(order((1, "100.00")), {"kind": "invoice", "requested": "200.00"})
    found = {one.parameter: one for one in alternatives(asked, BOOK)}
    switch = found["allow_over_invoice"]
    assert (switch.in_force, switch.reading, switch.outcome.decision) == ("True", "False", "refuse")
    off = case(
        order((1, "100.00")), {"kind": "invoice", "requested": "200.00"}, policy={"allow_over_invoice": False}
    )
    other = {one.parameter: one for one in alternatives(off, BOOK)}["allow_over_invoice"]
    assert (other.in_force, other.reading, other.outcome.decision) == ("False", "True", "approve")


def test_what_only_the_shop_pays_counts_in_an_outcome_and_nothing_else_beside() -> None:
    fine = outcome({"at": "2017-03-06T10:00", "staff": {"what": "breach", "occurrence": 1}}, BOOK)
    assert fine is not None
    assert (fine.decision, fine.net_fen, fine.by_channel[-1]) == ("pay", 0, 1_000)
    back = outcome(case(order((1, "199.00"), free_shipping=True), sent_back()), BOOK)
    assert back == Outcome(decision="pay", net_fen=19_900, by_channel=(19_900, 0, 0, 0, 0, 0, 0, 0))


def test_under_a_pack_a_step_of_its_own_figures_is_asked_under_the_pack() -> None:
    under = book(packs=(PACK,))
    made = {**order((1, "1000.00"), paid_at="2026-08-01T10:00"), "signed_at": "2026-08-03T10:00"}
    asked = case(made, {"kind": "stalled_tracking", "finding": "timeout"}, at="2026-08-20T10:00")
    found = {one.parameter: (one.value, one.stepped, one.outcome.net_fen) for one in bindings(asked, under)}
    assert found["stalled_timeout_cap"] == ("50.00", "49.99", 4_999)
