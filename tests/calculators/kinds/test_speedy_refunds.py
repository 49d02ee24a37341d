"""极速退款: escrow goes to the platform, or the sale stands; the days left say what to do meanwhile."""

import pytest

from tests.calculators.asking import AS_OFTEN_AS_WANTED, ask, case, net_of, order

ORDER = order((1, "299.00"), free_shipping=True)


def steps(days_left: int) -> list[str]:
    answer = ask(case(ORDER, {"kind": "speedy_refund", "days_left": days_left}))
    return [one["text"] for one in answer["advisories"] if one["id"] == "DAYS_LEFT"]


@pytest.mark.parametrize(
    ("days_left", "step"),
    [
        (8, "message"),
        (7, "message"),
        (6, "telephone the"),
        (5, "telephone the"),
        (4, "telephone the"),
        (3, "once more"),
    ],
)
def test_each_step_of_the_clock_says_what_to_do(days_left: int, step: str) -> None:
    (text,) = steps(days_left)
    assert step in text


def test_nothing_is_asked_for_with_nine_days_left() -> None:
    assert steps(9) == []


def test_the_leader_is_asked_on_the_last_day_and_not_before() -> None:
    last = ask(case(ORDER, {"kind": "speedy_refund", "days_left": 1}))
    assert [one["who"] for one in last["approvals"]] == ["team_leader"]
    assert ask(case(ORDER, {"kind": "speedy_refund", "days_left": 2}))["approvals"] == []


def test_a_refused_application_leaves_neither_escrow_nor_liability() -> None:
    net = net_of(ask(case(ORDER, {"kind": "speedy_refund", "days_left": 1}))["entries"])
    assert net == {"2203.01": 29900, "5001.01": -29900, "1012.01": 29900, "1122.01": -29900}


def test_pieces_refunded_to_the_platform_are_not_refunded_again() -> None:
    speedy = {"kind": "speedy_refund", "received": True}
    after = case(
        ORDER, {"kind": "return", "cause": "quality", "received": True}, [speedy], policy=AS_OFTEN_AS_WANTED
    )
    assert ask(after)["decision"] == "refuse"


def test_a_part_of_the_order_is_left_to_its_confirmation() -> None:
    two = order((2, "100.00"))
    claim = {"kind": "speedy_refund", "lines": [{"line": 1, "qty": 1}], "days_left": 1}
    answer = ask(case(two, claim))
    assert answer["entries"] == []
    assert [one["item"] for one in answer["not_applied"]] == ["sale_kept"]
