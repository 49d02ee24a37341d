"""How each mask shows what is given to it, character by character: found untried by mutation testing."""

import pytest

from calculators.masking import (
    is_account,
    mask,
    mask_account,
    mask_digest,
    mask_email,
    mask_name,
    mask_nick,
    mask_number,
    mask_phone,
    redacted,
)
from calculators.reading import unknown

# Of 16 to 19 digits, each with the last digit that the others ask for.
CARDS = ("6222021234567894", "62170012345678907", "622848040256489009", "6228480402564890711")


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800138000", "138****8000"),
        ("+86 138 0013 8000", "138****8000"),
        ("008613800138000", "138****8000"),
        ("0571-88888888", "057****8888"),
        ("12345678901", "123****8901"),
        ("1234567890", "****90"),
        ("1234", "****34"),
        ("123", "****"),
        ("12", "****"),
        (" 138****8000 ", "138****8000"),
        ("****34", "****34"),
    ],
)
def test_a_telephone_shows_its_ends(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张三", "张*"),
        ("张", "*"),
        ("XX", "X*"),
        ("***", "***"),
        ("", ""),
        (" 张 三 ", "张*"),
        ("\u202e张三", "*"),
        ("\u0301a", "*"),
        ("\ud800a", "*"),
    ],
)
def test_a_name_shows_its_first_character_where_that_can_be_seen(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("nick", "shown"),
    [
        ("tb123456_2011", "t***1"),
        ("abcd", "a***d"),
        ("abc", "a***"),
        ("小明", "小***"),
        ("小", "***"),
        ("******", "******"),
        ("t***1", "t***1"),
        ("\u202e***b", "***b"),
    ],
)
def test_a_nick_shows_its_ends_and_a_short_one_its_first(nick: str, shown: str) -> None:
    assert mask_nick(nick) == shown


@pytest.mark.parametrize(
    ("email", "shown"),
    [
        ("alice@example.com", "a***@…"),
        ("al@example.com", "a***@…"),
        ("a@example.com", "***@…"),
        ("@example.com", "***@…"),
        ("*a@example.com", "***@…"),
        ("a@b@example.com", "a***@…"),
        ("alice", "a***e"),
    ],
)
def test_an_email_shows_one_character_of_more(email: str, shown: str) -> None:
    assert mask_email(email) == shown


@pytest.mark.parametrize(
    ("account", "shown"),
    [
        (" alice@example.com", "a***@…"),
        ("13800138000", "138****8000"),
        ("138 0013 8000", "138****8000"),
        ("138****8000", "138****8000"),
        ("0571-88888888", "057****8888"),
        ("12345678901", "123****8901"),
        ("1234567890", "1***0"),
        ("2088123412340156", "208****0156"),
        ("12345678901a", "1***a"),
        ("张三", "张*"),
        ("z*", "z*"),
        ("zhangsan", "z***n"),
    ],
)
def test_an_account_is_masked_as_what_it_is(account: str, shown: str) -> None:
    assert mask_account(account) == shown


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("alice@example.com", True),
        ("13800138000", True),
        ("8613800138000", True),
        ("2088123412340156", True),
        ("208812341234015", False),
        ("张三", False),
        ("", False),
    ],
)
def test_an_account_is_an_email_a_mobile_or_a_number_of_alipay(text: str, is_one: bool) -> None:
    assert is_account(text) is is_one


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("4261025001421329731", "4261025001421329731"),
        ("RET-7", "RET-7"),
        ("", ""),
        ("tb123456", "t***6"),
        ("13800138000", "138****8000"),
        ("330102199001011234", "330****1234"),
        ("张三", "张*"),
    ],
)
def test_a_code_is_whole_and_a_person_s_number_is_not(number: str, shown: str) -> None:
    assert mask_number(number) == shown


@pytest.mark.parametrize(
    ("digest", "shown"),
    [
        ("7b17f7f3bc15", "7b17f7f3bc15"),
        ("0" * 64, "0" * 64),
        ("7b17f7f3bc1", "7***1"),
        ("张三", "张*"),
        ("330102199001011234", "330****1234"),
    ],
)
def test_a_digest_is_whole_and_what_only_looks_like_one_is_not(digest: str, shown: str) -> None:
    assert mask_digest(digest) == shown


@pytest.mark.parametrize("card", CARDS)
def test_a_card_is_masked_and_a_number_that_no_bank_gives_is_not(card: str) -> None:
    assert mask(card) == f"{card[:3]}****{card[-4:]}"
    for digit in "0123456789":
        other = card[:-1] + digit
        assert mask(other) == (other if other != card else mask(card))


def test_what_a_spreadsheet_adds_to_a_telephone_is_taken_off() -> None:
    assert mask("0571-88888888.0") == "057****8888"
    assert mask("1.3800138E+10") == "138****8000"


def test_a_text_with_everything_in_it_keeps_its_words() -> None:
    said = "退alice@example.com 或13800138000，证330102199001011234，电0571-88888888"
    assert redacted(said) == "退a***@… 或138****8000，证330****1234，电057****8888"


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("recieved_at", "recieved_at"),
        ("a" * 24, "a" * 24),
        ("a" * 25, "a***a"),
        ("Received", "R***d"),
        ("13800138000", "138****8000"),
        ("张三", "张*"),
    ],
)
def test_a_key_that_is_none_is_named_where_it_is_a_word(key: str, shown: str) -> None:
    assert unknown(key) == shown
