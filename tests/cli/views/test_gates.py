"""A month's gates on a screen and for machines: what stands, what clears it, and whether the month may be closed."""

from datetime import UTC, datetime

import pytest

from calculators.wording import say
from cli.views.gates import clears, gates_json, outcome, passed_json, passed_line, reason_of_close
from ledger.reports_of_gates import Gate, GateName, MonthGates, Passed

AT = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)
STANDS = (say("S1 差额", "S1 difference"),)


def _gates(*gates: Gate, closed: bool = False) -> MonthGates:
    return MonthGates(period="2026-10", gates=gates, closed=closed)


@pytest.mark.parametrize("name", GateName)
def test_every_gate_says_what_clears_it_in_both_languages(name: GateName) -> None:
    said = clears(Gate(name=name, count=1, first="X"), "2026-10")
    assert said.zh
    assert said.en
    assert "{" not in said.zh + said.en


@pytest.mark.parametrize("name", [GateName.UNMATCHED, GateName.SUSPENSE])
def test_a_line_is_cleared_by_the_very_command_that_explains_it(name: GateName) -> None:
    said = clears(Gate(name=name, count=1, first="2026-09 --line S1"), "2026-10")
    assert said.en == "settle reconcile 2026-09 --line S1 --explain --account CODE --reason WHY"
    assert "settle" in clears(Gate(name=name, count=1), "2026-10").zh


def test_the_outcome_says_whether_a_reason_is_enough() -> None:
    asks, stops = Gate(name=GateName.UNMATCHED, count=2), Gate(name=GateName.EARLIER_OPEN, count=1)
    notice = Gate(name=GateName.PAYABLES, count=3)
    assert outcome(_gates(notice), "en") == "2026-10: every gate is clear; it can be closed"
    assert "--despite-gates" in outcome(_gates(asks, notice), "zh")
    both = [outcome(_gates(stops, asks), language) for language in ("zh", "en")]
    assert both == [
        "2026-10 还有 2 道关口未清：前期结账 不能越过，须先清掉",
        "2026-10: 2 gates are open; no reason goes past this: earlier months",
    ]
    assert outcome(_gates(asks, closed=True), "zh") == "2026-10 已结账，未清的关口 1 道"


def test_machines_get_every_gate_with_its_weight_its_sum_and_its_command() -> None:
    said = gates_json(
        _gates(
            Gate(name=GateName.UNMATCHED, count=4, amount_fen=-350, stands=STANDS, first="2026-10 --line S1"),
            Gate(name=GateName.FILES),
        ),
        "en",
    )
    assert (said["period"], said["closed"], said["clear"]) == ("2026-10", False, False)
    unmatched, files = said["gates"]
    assert unmatched == {
        "gate": "unmatched",
        "weight": "asks",
        "open": True,
        "count": 4,
        "amount": "-3.50",
        "stands": ["S1 difference"],
        "clears": "settle reconcile 2026-10 --line S1 --explain --account CODE --reason WHY",
    }
    assert (files["open"], files["amount"], files["clears"]) == (False, None, None)


def test_what_a_close_went_past_is_said_with_its_reason_and_its_person() -> None:
    passed = Passed(gates=((GateName.UNMATCHED, 2),), reason="等平台答复", actor="wang", at=AT)
    assert passed_line(passed, "zh") == "越过关口 未核销流水 2；原因：等平台答复；经办：wang"
    assert passed_line(passed, "en") == "went past: unmatched lines 2; why: 等平台答复; by wang"
    assert passed_json(passed) == {
        "gates": {"unmatched": 2},
        "reason": "等平台答复",
        "actor": "wang",
        "at": "2026-11-02T01:00:00+00:00",
    }


def test_the_reason_of_a_close_names_its_gates_in_words_and_any_other_stands_as_it_is() -> None:
    assert reason_of_close("despite suspense 2: 等平台答复", "zh") == "越过关口 待查款项 2：等平台答复"
    assert reason_of_close("despite suspense 2: late", "en") == "went past suspense 2: late"
    assert reason_of_close("late", "en") == "late"
