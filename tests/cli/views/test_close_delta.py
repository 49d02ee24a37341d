"""What people read of a delta: only what moved, with its sign, and how much that is."""

import pytest

from cli.views.close_delta import show_close_delta, signed
from ledger.reports_of_reopening import CloseDelta, CloseDeltaRow, Reopening
from tests.cli.views.printed import printed
from tests.ledger.samples import NOW

WHY = Reopening(period="2026-10", reason="漏记", asked_by="wang", granted_by="li", at=NOW)


def _row(account: str, first: int, last: int) -> CloseDeltaRow:
    return CloseDeltaRow(
        account=account,
        name_zh="科目",
        name_en="account",
        first_debit_fen=first,
        first_credit_fen=0,
        first_closing_fen=first,
        last_debit_fen=last,
        last_credit_fen=0,
        last_closing_fen=last,
    )


def _shown(*rows: CloseDeltaRow, tongue: str = "en") -> list[str]:
    delta = CloseDelta(period="2026-10", first_closed_at=NOW, last_closed_at=NOW, closes=2, rows=rows)
    return printed(lambda console: show_close_delta(delta, [WHY], console, tongue)).splitlines()


@pytest.mark.parametrize(("fen", "shown"), [(1, "+0.01"), (0, "0.00"), (-350, "-3.50"), (120000, "+1200.00")])
def test_a_difference_has_its_sign(fen: int, shown: str) -> None:
    assert signed(fen) == shown


def test_only_accounts_that_moved_are_shown() -> None:
    heading, why, _, moved = _shown(_row("1002", 100, 100), _row("1012.01", 500, 350))
    assert heading == "2026-10, close 2 against the first: accounts that moved: 1"
    assert why == "reopened because: 漏记 (asked by wang, granted by li)"
    assert moved.split() == ["1012.01", "account", "5.00", "3.50", "-1.50", "-1.50", "0.00"]


def test_where_nothing_moved_there_is_no_table() -> None:
    assert _shown(_row("1002", 100, 100), tongue="zh") == [
        "2026-10 第 2 次结账与首次结账的差异：没有科目变动",
        "反结账原因：漏记（wang 申请，li 批准）",
    ]
