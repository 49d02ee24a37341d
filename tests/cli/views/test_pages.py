"""Pages on a terminal: red amounts in red and below zero, blue ones on the other side, in both languages."""

from dataclasses import replace

import pytest
from rich.console import Console

from cli.views.pages import show_page, span_said
from exports.pages import Page
from ledger.page_reports import Span
from tests.exports.test_pages import ACCOUNT, LINE, ORDER


def _shown(page: Page, language: str, *, colours: bool = False) -> str:
    console = Console(
        width=200, highlight=False, force_terminal=colours, color_system="standard" if colours else None
    )
    with console.capture() as taken:
        show_page(page, console, language)
    return taken.get()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", ("1122 应收账款", "期初余额", "本期合计", "本年累计", "贷")),
        ("en", ("1122.*", "Opening", "This month", "This year", "Cr")),
    ],
)
def test_an_account_is_shown_with_its_sums(language: str, said: tuple[str, ...]) -> None:
    shown = _shown(ACCOUNT, language)
    assert [word for word in said if word not in shown] == []
    assert "-1.00" in shown


def test_what_is_in_red_is_red_on_a_terminal_and_what_is_in_blue_is_not() -> None:
    assert "\x1b[31m-1.00" in _shown(ACCOUNT, "en", colours=True)
    blue = replace(LINE, colour="blue", debit_fen=0, credit_fen=100)
    assert "\x1b[31m" not in _shown(replace(ACCOUNT, lines=(blue,), debit_fen=0), "en", colours=True)


def test_an_order_shows_what_its_accounts_hold_and_what_is_left() -> None:
    shown = _shown(ORDER, "zh")
    assert ("订单号 O1" in shown, "-0.40" in shown, "0.70" in shown) == (True, True, True)


def test_the_span_is_said_in_words() -> None:
    span = Span(book="main", period="2026-10", as_of=LINE.effective_on, known_at=7)
    assert span_said(span, "zh") == "2026-10 截至 2026-10-12 按第 7 号凭证时所知"
    assert span_said(span, "en") == "2026-10 as of 2026-10-12 as known at entry #7"
