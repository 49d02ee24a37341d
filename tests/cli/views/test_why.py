"""The view of reasons: nothing cut off, amounts exact, signs shown."""

import io

import pytest
from rich.console import Console

from calculators.outcomes import Outcome
from calculators.readings import Alternative
from calculators.what_if import Binding, Change
from cli.views.why import said_outcome, show_alternatives, show_bindings, show_changes

REFUSED = Outcome(decision="refuse", net_fen=0, by_channel=(0,))
PAID = Outcome(decision="pay", net_fen=199_00, by_channel=(199_00,))


def _console() -> tuple[Console, io.StringIO]:
    paper = io.StringIO()
    return Console(file=paper, width=20), paper


def test_an_outcome_is_its_decision_and_the_buyers_net() -> None:
    assert said_outcome(PAID, "zh") == "付款 199.00"
    assert said_outcome(REFUSED, "en") == "refuse 0.00"


def test_a_binding_cap_stands_on_one_line_with_its_clause() -> None:
    console, paper = _console()
    binding = Binding(parameter="repair_cap", rule="003-13b", value="20.00", stepped="19.99", outcome=REFUSED)
    show_bindings([binding], console, "en")
    assert paper.getvalue() == "What binds: repair_cap 20.00 [003-13b]; 19.99 → refuse 0.00\n"


def test_a_change_of_fact_says_from_what_to_what() -> None:
    console, paper = _console()
    show_changes(
        [Change(path="claim.received", was="True", would_be="False", outcome=REFUSED)], console, "zh"
    )
    assert paper.getvalue() == "若 claim.received: True → False: 拒绝 0.00\n"


@pytest.mark.parametrize(("fen", "shown"), [(5_00, "(+5.00)"), (-5_00, "(-5.00)")])
def test_the_difference_of_a_reading_carries_its_sign(fen: int, shown: str) -> None:
    console, paper = _console()
    other = Alternative(
        parameter="p", rule="000-1", in_force="A", reading="B", outcome=PAID, difference_fen=fen
    )
    show_alternatives([other], console, "en")
    assert shown in paper.getvalue()


def test_no_other_reading_is_said_too() -> None:
    console, paper = _console()
    show_alternatives([], console, "zh")
    assert "没有" in paper.getvalue()
