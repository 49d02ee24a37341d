"""The words of a workbook: Chinese for what we know, the code itself for what we do not."""

import pytest

from calculators.units import UNITS
from exports import words
from ledger.journal import KINDS


@pytest.mark.parametrize(
    ("asked", "known", "said"),
    [
        (words.item_zh, "goods", "货款"),
        (words.channel_zh, "order", "订单退款"),
        (words.role_zh, "supervisor", "主管"),
        (words.kind_zh, "return", "退货退款"),
        (words.entry_zh, "order_paid", "订单付款"),
        (words.unit_zh, "yuan", "元"),
        (words.layer_zh, "manuals", "手册"),
    ],
)
def test_a_known_code_is_said_in_chinese_and_an_unknown_one_as_it_is(asked, known: str, said: str) -> None:  # type: ignore[no-untyped-def]
    assert (asked(known), asked("unheard of")) == (said, "unheard of")


def test_every_kind_of_entry_has_a_word() -> None:
    assert [kind for kind in KINDS if words.entry_zh(kind) == kind] == []


def test_every_unit_of_the_rulebook_has_a_word() -> None:
    assert [unit for unit in UNITS if words.unit_zh(unit) == unit] == []
