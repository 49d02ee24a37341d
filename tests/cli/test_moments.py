from datetime import UTC, date, datetime

import pytest

from calculators.days import SHANGHAI, parse_moment
from cli.moments import asked_at, before, day_on, month_of, since
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
        (asked_at, "soon", "--at：'s***n' 不是时刻，须写成 YYYY-MM-DDTHH:MM。"),
        (day_on, "1066-10-14", "--on：年份 1066 超出店铺账套的范围。"),
        (month_of, "2026-13", "period：'2026-13' 不是月份，须写成 YYYY-MM。"),
    ],
)
def test_what_is_none_is_refused_in_both_languages(read: object, text: str, zh: str) -> None:
    with pytest.raises(BadOption) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.said("zh") == zh
    assert refused.value.said("en") != zh


def test_a_day_counts_from_its_midnight_in_shanghai_to_the_next_and_a_second_to_its_end() -> None:
    assert since("2026-10-31") == datetime(2026, 10, 31, tzinfo=SHANGHAI)
    assert before("2026-10-31") == datetime(2026, 11, 1, tzinfo=SHANGHAI)
    assert since("2026-10-31T09:30") == datetime(2026, 10, 31, 9, 30, tzinfo=SHANGHAI)
    assert before("2026-10-31T09:30:00Z") == datetime(2026, 10, 31, 9, 30, 1, tzinfo=UTC)
    assert (since(None), before(None)) == (None, None)
