"""Windows: 7 days are the buyer's right, 15 are goodwill, our own fault goes further; one no-reason case a line."""

import pytest

from tests.calculators.asking import CLOSED, Json, ask, case, order, sent_back

MADE = order((1, "100.00"), (1, "50.00"), free_shipping=True)


def _decision(claim: Json, at: str, *history: Json, **changes: object) -> str:
    return str(ask(case({**MADE, **changes}, claim, history, at=at))["decision"])


@pytest.mark.parametrize(
    ("at", "cause", "decision"),
    [
        ("2017-03-11T23:59:59", "no_reason", "pay"),
        ("2017-03-19T23:59:59", "no_reason", "pay"),
        ("2017-03-20T00:00:00", "no_reason", "refuse"),
        ("2017-03-19T23:59:59", "quality", "pay"),
        ("2017-03-20T00:00:00", "quality", "approve"),
        ("2017-06-20T00:00:00", "quality", "approve"),
    ],
)
def test_how_long_a_return_may_be_asked_for(at: str, cause: str, decision: str) -> None:
    assert _decision(sent_back(cause), at) == decision


@pytest.mark.parametrize(("at", "flagged"), [("2017-03-11T23:59:59", False), ("2017-03-12T00:00:00", True)])
def test_from_day_8_it_is_goodwill_and_flagged(at: str, flagged: bool) -> None:
    answer = ask(case(MADE, sent_back("no_reason"), at=at))
    assert any(one["id"] == "C-03" for one in answer["advisories"]) is flagged


@pytest.mark.parametrize("condition", ["worn", "damaged", "tags_missing"])
def test_what_the_buyer_spoiled_stays_his(condition: str) -> None:
    assert _decision(sent_back("no_reason", condition=condition), "2017-03-06T10:00") == "refuse"


def test_worn_and_our_fault_within_7_days_and_before_confirmation_only() -> None:
    worn = sent_back("quality", condition="worn")
    assert _decision(worn, "2017-03-11T23:59:59") == "pay"
    assert _decision(worn, "2017-03-12T00:00:00") == "refuse"
    assert _decision(worn, "2017-03-06T10:00", **CLOSED) == "refuse"


def test_one_no_reason_case_a_line_and_a_defect_is_not_one() -> None:
    at, first = "2017-03-06T10:00", {**sent_back("size", (1, 1)), "kind": "exchange"}
    assert _decision(sent_back("no_reason", (1, 1)), at, first) == "refuse"
    assert _decision(sent_back("no_reason", (2, 1)), at, first) == "pay"
    assert _decision(sent_back("quality", (1, 1)), at, first) == "pay"


def test_the_clock_is_the_asking_and_not_the_paying() -> None:
    assert _decision(sent_back("no_reason", asked_at="2017-03-11T10:00"), "2017-05-01T10:00") == "pay"
