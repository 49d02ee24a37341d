"""The words of a statement line as they may be shown."""

import pytest

from cli.readers.meanings import MEANINGS
from cli.views.wording import meaning_words, shown_words
from ledger.statement_postings import CONFIRMING, FACING


@pytest.mark.parametrize(
    ("kind", "remark", "description", "shown"),
    [
        ("其它", "天猫保证金-充值（代扣）-缺货", "", "其它 · 天猫保证金-充值（代扣）-缺货"),
        ("其它", "", "0070002|其他支出-交易赔付", "其它 · 0070002|其他支出-交易赔付"),
        ("转账", "支付宝转账小额打款-关联订单号：33", "", "转账 · 支付宝转账小额打款-关联订单号：…"),
        ("", "", "", ""),
    ],
)
def test_the_platforms_own_words_are_shown(kind: str, remark: str, description: str, shown: str) -> None:
    assert shown_words({"kind": kind, "remark": remark, "description": description}) == shown


def test_the_lines_own_order_is_shown_and_where_the_rest_is_kept() -> None:
    order_no = "3300000000000000001"
    said = {"kind": "转账", "remark": f"退差价{order_no}给张三", "order_no": order_no}
    assert shown_words(said) == f"转账 · 退差价{order_no}…"
    assert shown_words({**said, "said": f"附言 {'ab' * 12}"}).endswith(f"… · 附言 {'ab' * 12}")


@pytest.mark.parametrize("remark", ["张三丰", "退给张三丰", "13800138000 张三丰", "zhangsan@example.com"])
@pytest.mark.parametrize("kind", ["转账", "即时到账转账"])
def test_what_a_person_typed_is_masked(kind: str, remark: str) -> None:
    out = shown_words({"kind": kind, "remark": remark})
    assert not any(canary in out for canary in ("三丰", "13800138000", "zhangsan@"))


def test_a_telephone_and_an_address_are_masked_in_any_remark() -> None:
    out = shown_words({"kind": "其它", "remark": "赔付 13800138000 zhangsan@example.com"})
    assert not any(canary in out for canary in ("13800138000", "zhangsan@"))


def test_every_meaning_that_is_booked_has_its_words() -> None:
    for meaning in MEANINGS - CONFIRMING:
        assert meaning_words(meaning, "zh") == FACING[meaning][1]
        assert "_" not in meaning_words(meaning, "en")
