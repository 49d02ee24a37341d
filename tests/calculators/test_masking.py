"""Masks as laws: masking twice is masking once, and no more is shown than may be."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from calculators.masking import (
    mask,
    mask_account,
    mask_email,
    mask_name,
    mask_nick,
    mask_phone,
    quoted,
    redacted,
)

# Every code point there is, lone surrogates too, and texts that look like what is masked.
ANYTHING = st.text(alphabet=st.characters()) | st.text(alphabet="*@…ab张1389 .+-E0eX\u202e\u0301\U0001f600")
MASKS: tuple[Callable[[str], str], ...] = (
    mask,
    mask_account,
    mask_email,
    mask_name,
    mask_nick,
    mask_phone,
    redacted,
)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
WORDS = st.text(alphabet="张三李四欧阳西湖区路abcxyz_", min_size=2)


@pytest.mark.parametrize("masked", MASKS, ids=lambda one: str(one.__name__))
@given(value=ANYTHING)
@example(value="138****8000")
@example(value="13800130571-88888888")
@example(value="张")
@example(value="****")
@example(value="\u202e***b")
def test_masking_twice_shows_what_masking_once_shows(masked: Callable[[str], str], value: str) -> None:
    assert masked(masked(value)) == masked(value)


@given(value=ANYTHING)
def test_a_name_shows_one_character_and_a_nick_two(value: str) -> None:
    assert len(mask_name(value).replace("*", "")) <= 1
    assert len(mask_nick(value).replace("*", "")) <= 2


@given(local=WORDS, domain=WORDS)
def test_an_email_shows_one_character_and_neither_its_length_nor_its_domain(local: str, domain: str) -> None:
    assert mask_email(f"{local}@{domain}") == f"{local[0]}***@…"


@given(value=st.text(alphabet="0123456789 +-()"))
def test_a_telephone_shows_seven_digits_of_eleven_and_two_of_fewer(value: str) -> None:
    shown = sum(character.isdigit() for character in mask_phone(value))
    given_digits = sum(character.isdigit() for character in value)
    assert shown <= (7 if given_digits >= 11 else 2)
    assert shown < max(given_digits, 1)


@given(number=MOBILES)
@pytest.mark.parametrize("written", ["{}", "+86{}", "86 {}", "'{}", "{}.0", "{} ", "({})"], ids=str)
def test_a_mobile_is_never_shown_however_it_is_written(written: str, number: str) -> None:
    value = written.format(number)
    for shown in (mask(value), mask_account(value), mask_phone(value), redacted(value)):
        assert number not in shown
        assert number[3:7] + number[7:] not in shown


@given(before=WORDS, number=MOBILES, after=WORDS)
def test_a_running_text_keeps_its_words_and_loses_its_telephone(before: str, number: str, after: str) -> None:
    said = redacted(f"{before} {number} {after}")
    assert said == f"{before} {mask_phone(number)} {after}"


@given(words=st.text(alphabet="张三李四运费退款，。 ", max_size=40))
def test_a_text_without_any_is_left_alone(words: str) -> None:
    assert redacted(words) == words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("", ""),
        ("12.345", "12.345"),
        ("1,234.50", "1,234.50"),
        ("3.30928E+18", "3.30928E+18"),
        ("3309280000000000075", "3309280000000000075"),
        ("2026-02-30 25:00:00", "2026-02-30 25:00:00"),
        ("13800138000", "138****8000"),
        ("1.3800138E+10", "138****8000"),
        ("1.38001380000E+10", "138****8000"),
        ("13800138000.0", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("１３８００１３８０００", "138****8000"),
        ("0571-88888888", "057****8888"),
        ("330102199001011234", "330****1234"),
        ("33010219900101123X", "3***X"),
        ("张三丰", "张*"),
        ("浙江省杭州市西湖区文三路 1 号", "浙*"),
        ("zhangsan@example.com", "z***@…"),
        ("tb123456_2011", "t***1"),
        ("NaN", "N***"),
    ],
)
def test_of_an_unknown_value_figures_stay_and_people_go(value: str, shown: str) -> None:
    assert mask(value) == shown


@pytest.mark.parametrize(
    ("value", "named"),
    [("12.345", "'12.345'"), ("张三", "'张*'"), (12.5, "12.5"), (True, "True"), (["张三"], "a list")],
)
def test_a_message_names_a_wrong_value_without_naming_anybody(value: object, named: str) -> None:
    assert quoted(value) == named


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("运费退13800138000，谢谢", "运费退138****8000，谢谢"),
        ("联系alice@example.com", "联系a***@…"),
        ("身份证330102199001011234", "身份证330****1234"),
        ("电话0571-88888888", "电话057****8888"),
        ("订单4261025001421329731 退款", "订单4261025001421329731 退款"),
    ],
)
def test_a_running_text_is_redacted_where_a_person_can_be_reached(text: str, said: str) -> None:
    assert redacted(text) == said
