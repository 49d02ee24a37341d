"""The chart of accounts."""

import pytest

from ledger.chart import ACCOUNTS, CHART, account


def test_no_code_stands_twice_and_no_leaf_stands_under_another() -> None:
    codes = [leaf.code for leaf in CHART]
    assert len(set(codes)) == len(codes)
    assert not [(one, other) for one in codes for other in codes if other.startswith(one + ".")]


@pytest.mark.parametrize(
    ("code", "normal"),
    [
        ("1012.01", "debit"),
        ("2203.01", "credit"),
        ("3001", "credit"),
        ("5001.01", "credit"),
        ("5001.02", "debit"),
        ("5001.03", "debit"),
        ("5051.02", "credit"),
        ("5301.01", "credit"),
        ("5601.04", "debit"),
        ("5602.01", "debit"),
        ("5711.02", "debit"),
    ],
)
def test_every_account_stands_on_its_side(code: str, normal: str) -> None:
    assert account(code).normal == normal


def test_what_is_not_a_leaf_is_not_in_the_chart() -> None:
    assert "1012" not in ACCOUNTS
    with pytest.raises(KeyError):
        account("1012")
