from datetime import date

import pytest

from cli.cuts import until_of
from cli.speech import BadOption
from ledger.states import Until


@pytest.mark.parametrize(
    ("said", "until"),
    [
        (None, Until()),
        ("1200", Until(entry=1200)),
        ("#7", Until(entry=7)),
        ("2026-10-31", Until(day=date(2026, 10, 31))),
    ],
)
def test_a_cut_is_a_day_or_an_entrys_number(said: str | None, until: Until) -> None:
    assert until_of(said) == until


@pytest.mark.parametrize("said", ["", "#", "soon", "2026-10", "2026-02-30", "-1", "１２", "1" * 20])
def test_what_is_neither_is_refused_in_both_languages(said: str) -> None:
    with pytest.raises(BadOption) as refused:
        until_of(said)
    assert "须是日期" in refused.value.said("zh")
    assert "entry's number" in refused.value.said("en")
