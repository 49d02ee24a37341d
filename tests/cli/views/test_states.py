"""A state on a terminal: what it is of, the sums, and the digest that stands for all of it."""

import pytest
from rich.console import Console

from cli.views.states import show_state
from tests.exports.test_states import a_state


@pytest.mark.parametrize(
    ("until", "zh", "en"),
    [
        (None, "全账", "the whole book"),
        ("2026-10-31", "截至 2026-10-31", "by 2026-10-31"),
        (7, "至第 7 号凭证", "up to entry #7"),
    ],
)
def test_the_cut_the_months_and_the_digest_are_said(until: str | int | None, zh: str, en: str) -> None:
    console = Console(width=200, highlight=False)
    with console.capture() as taken:
        show_state(a_state(until=until), "d" * 64, console, "zh")
        show_state(a_state(until=until), "d" * 64, console, "en")
    shown = taken.get()
    assert (zh in shown, en in shown) == (True, True)
    assert shown.count("d" * 64) == 2
    assert ("已结账" in shown, "closed" in shown) == (True, True)
