"""A draw depends on its name alone."""

from hypothesis import given
from hypothesis import strategies as st

from cli.demo.drawing import draw, pick


@given(st.integers(1, 10**6), st.text(), st.integers())
def test_a_draw_is_below_its_bound_and_the_same_again(below: int, word: str, number: int) -> None:
    drawn = draw(below, word, number)
    assert 0 <= drawn < below
    assert draw(below, word, number) == drawn


def test_draws_of_different_names_reach_every_choice() -> None:
    assert {pick("abcdef", "choice", place) for place in range(100)} == set("abcdef")
