from datetime import date

import pytest

from calculators.days import parse_moment
from cli.moments import asked_at, day_on, month_of
from cli.speech import BadOption
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell


def test_what_is_not_said_is_now(shell: Shell) -> None:
    assert asked_at(None) == STANDS_AT
    assert day_on(None) == date(2026, 11, 2)


def test_what_is_said_is_read() -> None:
    assert asked_at("2026-10-12T10:00") == parse_moment("2026-10-12T10:00")
    assert day_on("2026-10-12") == date(2026, 10, 12)
    assert month_of("2026-10") == "2026-10"


@pytest.mark.parametrize(
    ("read", "text", "zh"),
    [
        (asked_at, "soon", "--at：'soon' 不是时刻，须写成 YYYY-MM-DDTHH:MM。"),
        (day_on, "1066-10-14", "--on：年份 1066 超出店铺账套的范围。"),
        (month_of, "2026-13", "period：'2026-13' 不是月份，须写成 YYYY-MM。"),
    ],
)
def test_what_is_none_is_refused_in_both_languages(read: object, text: str, zh: str) -> None:
    with pytest.raises(BadOption) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.said("zh") == zh
    assert refused.value.said("en") != zh
