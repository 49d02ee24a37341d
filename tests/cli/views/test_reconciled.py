"""A reconciliation as it is printed and as machines get it."""

from datetime import date
from typing import Any

import pytest

from calculators.wording import say
from cli.readers.meanings import MEANINGS as READ
from cli.views.reconciled import as_json, meaning_word, outcome, show_reconciliation, state_word
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State
from tests.cli.views.printed import printed


def a_row(state: State, statement_fen: int, ledger_fen: int, **changes: Any) -> ReconciliationRow:
    given: dict[str, Any] = {
        "order_no": "33",
        "serial": "S1",
        "file": "a.csv",
        "row_no": 6,
        "on": date(2026, 10, 8),
        "meaning": "receipt",
        "seq": 4,
        "explanation": say("因为", "because"),
    }
    return ReconciliationRow(
        state=state, statement_fen=statement_fen, ledger_fen=ledger_fen, **{**given, **changes}
    )


def a_month(*rows: ReconciliationRow, **changes: Any) -> Reconciliation:
    given: dict[str, Any] = {
        "opening_fen": 50_00,
        "closing_fen": 60_00,
        "ledger_opening_fen": 50_00,
        "ledger_closing_fen": 55_00,
        "gap_fen": 0,
        "unposted_fen": 0,
    }
    return Reconciliation(period="2026-10", rows=rows, **{**given, **changes})


def test_a_row_says_state_both_amounts_the_difference_and_why() -> None:
    row = a_row(State.DIFFERENCE, 95_00, 100_00)
    for language, words in (
        ("zh", ["差额", "货款", "-5.00", "因为"]),
        ("en", ["difference", "-5.00", "because"]),
    ):
        text = printed(lambda to, tongue=language: show_reconciliation(a_month(row), [row], to, tongue))
        assert all(word in text for word in [*words, "33", "95.00", "100.00", "2026-10-08"])


def test_what_is_open_is_counted_with_its_sum() -> None:
    month = a_month(a_row(State.DIFFERENCE, 95_00, 100_00), a_row(State.DOUBLED, -12_00, 0))
    assert outcome(month, "zh") == "2026-10 还有 2 笔要处理，差额合计 -17.00"
    assert "2 left to look at, together off by -17.00" in outcome(month, "en")
    assert "对账平" in outcome(a_month(a_row(State.PARKED, 5, 0)), "zh")
    assert "reconciled" in outcome(a_month(), "en")


def test_what_is_overdue_and_who_owns_a_parked_line_is_said() -> None:
    late = a_row(State.NOT_ARRIVED, 0, -30_00, overdue=True, serial=None, order_no=None)
    assert [state_word(late, language) for language in ("zh", "en")] == [
        "未到账期（逾期）",
        "not arrived (overdue)",
    ]
    parked = a_row(State.PARKED, -9_00, 0, owner="zhao")
    text = printed(lambda to: show_reconciliation(a_month(late, parked), [late, parked], to, "en"))
    assert "#4" in text
    assert "zhao: because" in text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "statement 50.00 to 60.00; ledger 50.00 to 55.00"),
        ({"unposted_fen": 5_00}, "the close will still post 5.00"),
        ({}, "the closing balances are 5.00 apart"),
        ({"gap_fen": -7_00}, "-7.00 moved without any"),
        ({"opening_fen": None, "closing_fen": None}, "no Alipay statement has been imported yet"),
    ],
)
def test_the_balances_are_shown_with_what_is_missing(changes: dict[str, Any], said: str) -> None:
    month = a_month(**changes)
    assert said in printed(lambda to: show_reconciliation(month, [], to, "en"))
    assert printed(lambda to: show_reconciliation(month, [], to, "zh"))


def test_machines_get_yuan_and_every_field() -> None:
    row = a_row(State.NOT_ARRIVED, 0, 100_00, settled_on=date(2026, 11, 1))
    told = as_json(a_month(row), [row], "zh")
    assert told["sums"] == {
        "not_arrived": {"rows": 1, "statement": "0.00", "ledger": "100.00", "difference": "-100.00"}
    }
    assert told["rows"] == [
        {
            "state": "not_arrived",
            "open": False,
            "overdue": False,
            "order_no": "33",
            "serial": "S1",
            "file": "a.csv",
            "row": 6,
            "on": "2026-10-08",
            "meaning": "receipt",
            "statement": "0.00",
            "ledger": "100.00",
            "difference": "-100.00",
            "entry": 4,
            "explanation": "因为",
            "owner": None,
            "settled_on": "2026-11-01",
        }
    ]
    assert told["statement"] == {"opening": "50.00", "closing": "60.00"}


def test_every_meaning_has_its_words() -> None:
    assert all(meaning_word(one, "zh") != one for one in READ)
    assert meaning_word("something new", "zh") == "something new"
