"""Outcomes: what can be compared of an answer, and a case with one fact changed."""

from calculators.outcomes import changed, outcome
from cli.rulebooks import default_rulebook
from tests.calculators.asking import case, order, sent_back

ASKED = case(order((1, "299.00"), free_shipping=True), sent_back(return_postage="12.00"))


def test_an_outcome_is_the_decision_the_net_and_the_channels() -> None:
    found = outcome(ASKED, default_rulebook())
    assert found is not None
    assert (found.decision, found.net_fen) == ("pay", 31_100)
    assert found.by_channel[:2] == (29_900, 1_200)


def test_what_the_buyer_pays_counts_against_him() -> None:
    asked = {
        "at": "2017-03-01T10:00",
        "checkout": {"subtotal": "9.00", "threshold": "9.00", "reduction": "1.00"},
    }
    found = outcome(asked, default_rulebook())
    assert found is not None
    assert found.net_fen == -800


def test_another_channel_is_another_outcome() -> None:
    timed_out = changed(ASKED, ("claim", "route"), "timed_out")
    one, other = (
        outcome({**asked, "claim": {**asked["claim"], "fault": "seller"}}, default_rulebook())
        for asked in (ASKED, timed_out)
    )
    assert one is not None
    assert other is not None
    assert one.net_fen == other.net_fen
    assert one.differs(other)


def test_a_bad_case_has_no_outcome() -> None:
    assert outcome({"at": "yesterday"}, default_rulebook()) is None


def test_a_changed_case_leaves_the_one_it_came_from_alone() -> None:
    other = changed(ASKED, ("claim", "received"), False)
    assert (ASKED["claim"]["received"], other["claim"]["received"]) == (True, False)
    assert changed(ASKED, ("policy", "repair_cap"), "30.00")["policy"] == {"repair_cap": "30.00"}
