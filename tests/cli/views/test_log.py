from datetime import UTC, datetime

import pytest

from cli.views.log import show_log
from ledger.reports_of_deeds import Deed
from tests.cli.views.printed import printed


def _deed(**changes: object) -> Deed:
    given = {
        "recorded_at": datetime(2026, 10, 31, 17, 0, tzinfo=UTC),
        "actor": "wang",
        "deed": "post",
        "kind": "order_paid",
        "seq": 7,
        "op_no": None,
        "voucher": "记-7",
        "subject": "paid:O1",
        "order_no": "O1",
        "claim_no": None,
        "words": "买家付款",
        "source": None,
    }
    return Deed(**{**given, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "did"), [("zh", "过账"), ("en", "posted")])
def test_a_deed_is_one_line_in_shanghai_time(language: str, did: str) -> None:
    shown = printed(lambda console: show_log(iter([_deed()]), 0, console, language)).splitlines()
    assert shown[1].split() == ["2026-11-01", "01:00:00", "wang", did, "#7", "记-7", "O1", "买家付款"]


def test_an_operation_has_a_number_of_its_own_and_a_digest_is_cut_short() -> None:
    deed = _deed(
        deed="import", seq=None, op_no=3, voucher="", subject="ab" * 32, order_no=None, words="a.csv"
    )
    shown = printed(lambda console: show_log(iter([deed]), 0, console, "en")).splitlines()
    assert shown[1].split()[3:] == ["imported", "(3)", "abababababab…", "a.csv"]


def test_what_was_written_cannot_leave_its_line() -> None:
    deed = _deed(words="a\r\nforged\x1b[31m\u202e")
    shown = printed(lambda console: show_log(iter([deed]), 0, console, "en"))
    assert len(shown.splitlines()) == 2
    assert not {"\x1b", "\r", "\u202e"} & set(shown)


def test_whether_there_are_more_is_said() -> None:
    shown = printed(lambda console: show_log(iter([_deed(), _deed()]), 1, console, "zh"))
    assert "只列出最近 1 条" in shown
    assert "没有符合条件" in printed(lambda console: show_log(iter([]), 1, console, "zh"))
