"""Every law has a test of its own, which is there, and the laws of calculation are properties."""

import re

from tests.laws import GROUPS, OF_CALCULATION, exhaustive, is_property, is_there, laws, longest

LAWS = 76


def test_every_law_is_held_by_a_test() -> None:
    assert [law.number for law in laws()] == list(range(1, LAWS + 1))
    assert all(law.held_by for law in laws())


def test_every_law_stands_in_its_group() -> None:
    assert [law.number for law in laws() if law.number not in GROUPS[law.group]] == []


def test_every_test_that_holds_a_law_is_there() -> None:
    named = {test for law in laws() for test in (*law.held_by, *law.beside)} | exhaustive()
    assert sorted(test for test in named if not is_there(test)) == []


def test_the_laws_of_calculation_are_tried_at_random_or_on_every_case() -> None:
    tests = {test for law in laws() if law.group in OF_CALCULATION for test in law.held_by}
    assert sorted(test for test in tests if not is_property(test) and test not in exhaustive()) == []


def test_what_is_called_exhaustive_holds_a_law_and_draws_nothing() -> None:
    tests = {test for law in laws() for test in law.held_by}
    assert exhaustive() <= tests
    assert not any(map(is_property, exhaustive()))


def test_a_test_that_names_a_law_holds_it() -> None:
    for law in laws():
        for test in (*law.held_by, *law.beside):
            named = re.search(r"::test_law_(\d+)_", test)
            others = {other.number for other in laws() if test in (*other.held_by, *other.beside)}
            assert named is None or int(named[1]) in others, test


def test_no_law_says_what_another_says_and_none_is_listed_twice() -> None:
    assert len({law.says for law in laws()}) == LAWS
    assert all(len({*law.held_by, *law.beside}) == len(law.held_by) + len(law.beside) for law in laws())


def test_the_nights_list_has_every_law_of_calculation_but_the_one_that_needs_a_book() -> None:
    listed = set(longest())
    missing = [law.number for law in laws() if law.group in OF_CALCULATION and not listed & {*law.held_by}]
    assert missing == [26]
