import pytest

from cli.views.people import one_line, show_person
from tests.cli.views.printed import printed

BUYER = {"person_key": "ab" * 32, "nick": "t***1", "payee": "a***@…", "noted_at": "2026-10-31T17:00:00+00:00"}


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("zh", "买家 t***1  收款账号 a***@…  键 abababababab  2026-11-01\n"),
        ("en", "Buyer t***1  Payee a***@…  Key abababababab  2026-11-01\n"),
    ],
)
def test_a_buyer_is_one_line_with_the_day_in_shanghai(language: str, line: str) -> None:
    assert printed(lambda console: show_person(BUYER, console, language)) == line


def test_nobody_is_no_line_and_words_stay_on_theirs() -> None:
    assert printed(lambda console: show_person(None, console, "zh")) == ""
    said = {"person_key": "ab" * 12, "words": "a\r\nforged\x1b[2J", "noted_at": BUYER["noted_at"]}
    assert len(printed(lambda console: show_person(said, console, "en")).splitlines()) == 1
    assert one_line("a\x1b\u202e\nb") == "a���b"
