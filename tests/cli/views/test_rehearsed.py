"""A rehearsal on a terminal: long lists are cut and say so, and each changed decision has its reason."""

from dataclasses import replace

import pytest
from rich.console import Console

from cli.views.rehearsed import SHOWN_MAX, show_rehearsed
from ledger.replay_reports import Rehearsed, RehearsedOrder
from tests.exports.test_rehearsals import a_rehearsal


def _shown(told: Rehearsed, language: str) -> str:
    console = Console(width=200, highlight=False)
    with console.capture() as taken:
        show_rehearsed(told, console, language)
    return taken.get()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("什么都没有入账", "付款 → 拒绝", "价保已过", "扣佣金")),
        ("en", ("Nothing was posted", "pay → refuse", "protection has ended", "commission")),
    ],
)
def test_totals_clauses_and_changed_decisions_are_shown(language: str, said: tuple[str, ...]) -> None:
    shown = _shown(a_rehearsal(), language)
    assert [word for word in said if word not in shown] == []
    assert "1.89" in shown


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_long_list_says_how_much_more_there_is(language: str) -> None:
    orders = tuple(
        RehearsedOrder(subject=f"O{number:03}", booked_fen=0, would_be_fen=100 - number, claims=1)
        for number in range(SHOWN_MAX + 3)
    )
    shown = _shown(replace(a_rehearsal(), orders=orders), language)
    assert f"O{SHOWN_MAX - 1:03}" in shown
    assert f"O{SHOWN_MAX:03}" not in shown
    assert ("另有 3 行" if language == "zh" else "3 more") in shown


def test_where_nothing_differs_there_is_only_the_line_that_says_so() -> None:
    same = replace(
        a_rehearsal(), clauses=(), orders=(), accounts=(), claims=(), would_be_fen=17955, decisions=()
    )
    assert _shown(same, "en").strip().splitlines() == [
        "rehearsed: 2 settlements, 0 of them would be others; booked 179.55, would be 179.55, difference 0.00. "
        "Nothing was posted."
    ]
