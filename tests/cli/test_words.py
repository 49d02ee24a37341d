import pytest

from cli.words import WORDS, word


def test_every_word_has_both_languages() -> None:
    assert all(zh and en for zh, en in WORDS.values())


def test_a_key_without_a_word_stands_for_itself() -> None:
    assert word("line 1", "zh") == "line 1"


@pytest.mark.parametrize("key", ["pay", "hold", "approve", "refuse", "order", "alipay", "statement"])
def test_decisions_and_channels_are_told_apart(key: str) -> None:
    assert word(key, "zh") != word(key, "en")
