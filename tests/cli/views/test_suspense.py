"""What stands in suspense, as it is shown: ages, sides, and what other entries have moved."""

import json
from datetime import date

from cli.views.suspense import show_suspense, suspense_json
from ledger.reports import SuspenseRow
from tests.cli.views.printed import printed

ROW = SuspenseRow(
    seq=7,
    voucher="记-7",
    effective_on=date(2026, 10, 17),
    narration="待查款项",
    order_no=None,
    amount_fen=3860,
    file="十月.csv",
    row_no=366,
    line_json=json.dumps({"kind": "其它", "remark": "一种新的费用", "meaning": "unknown"}),
)
ON = date(2026, 11, 2)


def shown(rows: tuple[SuspenseRow, ...], balance_fen: int, tongue: str = "en") -> str:
    """What is printed of the account."""
    return printed(lambda console: show_suspense(rows, balance_fen, ON, (console, tongue)))


def test_a_line_has_its_age_its_place_and_its_words() -> None:
    out = shown((ROW,), 3860)
    for part in ("#7", "2026-10-17", "16", "366", "十月.csv", "38.60", "unknown", "其它 · …费用"):
        assert part in out
    assert "settle reconcile" in out


def test_what_other_entries_moved_is_told() -> None:
    assert "The rest, -38.60, was moved by other entries." in shown((ROW,), 0)
    assert "其余 -38.60" in shown((ROW,), 0, "zh")
    assert "The rest" not in shown((ROW,), 3860)


def test_an_empty_account_is_one_line() -> None:
    assert shown((), 0) == "0 lines, 0.00; 1221.09 stands at 0.00.\n"


def test_an_entry_without_a_file_has_no_words_and_an_unknown_meaning() -> None:
    bare = SuspenseRow(
        **{**{name: getattr(ROW, name) for name in ROW.__slots__}, "line_json": "{}", "file": ""}
    )
    (line,) = suspense_json((bare,), 3860, ON)["lines"]
    assert (line["meaning"], line["words"]) == ("unknown", "")
