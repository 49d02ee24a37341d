"""What a calculator refuses: three faults of the user, each saying where."""

import pytest

from calculators.errors import BadCase, BadMoney, BadRulebook, CalculatorError


def test_a_bad_case_says_where_and_what() -> None:
    fault = BadCase("order.lines[0].price", "is below zero")
    assert (fault.path, fault.message) == ("order.lines[0].price", "is below zero")
    assert str(fault) == "order.lines[0].price: is below zero"


def test_a_bad_rulebook_tells_every_fault() -> None:
    assert BadRulebook(["a: one", "b: two"]).faults == ["a: one", "b: two"]


@pytest.mark.parametrize("fault", [BadCase("at", "is missing"), BadMoney("1.234"), BadRulebook(["none"])])
def test_all_of_them_are_the_users_to_mend(fault: Exception) -> None:
    assert isinstance(fault, CalculatorError)
    assert not isinstance(fault, ValueError)
