"""Amounts in capitals: the banks' own examples, and a second reading of them as a property."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.capitals import in_capitals

FIGURES = {word: value for value, word in enumerate("零壹贰叁肆伍陆柒捌玖")}
PLACES = {"拾": 10, "佰": 100, "仟": 1000}
BIG = {"万": 10**4, "亿": 10**8, "万亿": 10**12}


@pytest.mark.parametrize(
    ("fen", "said"),
    [
        (0, "零元整"),
        (1, "壹分"),
        (20, "贰角整"),
        (16, "壹角陆分"),
        (100, "壹元整"),
        (325_04, "叁佰贰拾伍元零肆分"),
        (1680_32, "壹仟陆佰捌拾元叁角贰分"),
        (1_409_50, "壹仟肆佰零玖元伍角整"),
        (6007_14, "陆仟零柒元壹角肆分"),
        (16_409_02, "壹万陆仟肆佰零玖元零贰分"),
        (107_000_53, "壹拾万柒仟元伍角叁分"),
        (200_005_00, "贰拾万零伍元整"),
        (100_000_001_00, "壹亿零壹元整"),
        (1_000_000_000_000_00, "壹万亿元整"),
        (-32_72, "负叁拾贰元柒角贰分"),
    ],
)
def test_amounts_are_said_as_the_banks_say_them(fen: int, said: str) -> None:
    assert in_capitals(fen) == said


def test_what_no_bill_could_say_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond"):
        in_capitals(10**18)


def _four(text: str) -> int:
    total, figure = 0, 0
    for letter in text:
        if letter in FIGURES:
            figure = FIGURES[letter]
        else:
            total, figure = total + figure * PLACES[letter], 0
    return total + figure


def _read(text: str) -> int:
    """The fen of an amount in capitals, read group by group."""
    yuan_text, _, rest = text.rpartition("元") if "元" in text else ("", "", text)
    yuan = 0
    for name, value in reversed(BIG.items()):
        head, found, tail = yuan_text.partition(name)
        if found:
            yuan, yuan_text = yuan + _four(head.strip("零")) * value, tail
    jiao, _, last = rest.rstrip("整").rpartition("角") if "角" in rest else ("", "", rest.rstrip("整"))
    fen = FIGURES[last.strip("分零")] if last.strip("分零") else 0
    return (yuan + _four(yuan_text)) * 100 + FIGURES.get(jiao.strip("零"), 0) * 10 + fen


@given(st.integers(0, 10**18 - 1))
def test_capitals_read_back_to_the_fen(fen: int) -> None:
    assert _read(in_capitals(fen)) == fen


@given(st.integers(1, 10**18 - 1))
def test_no_two_zeros_stand_together_and_none_ends_a_group(fen: int) -> None:
    said = in_capitals(fen)
    assert "零零" not in said
    assert not any(f"零{end}" in said for end in "拾佰仟万亿元角")


@given(st.integers(1, 10**18 - 1))
def test_the_word_for_even_ends_what_has_no_fen(fen: int) -> None:
    assert in_capitals(fen).endswith("整") == (fen % 10 == 0)
