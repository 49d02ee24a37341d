import json
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cli.demo.folder import ITEMS, ORDERS, REFUNDS, STATEMENT
from cli.importing import ROWS, read_files
from cli.readers.files import read_file
from cli.readers.keeping import fields_of, kept, known_words
from cli.readers.layouts import layouts
from cli.readers.meanings import meaning_rules, order_number
from cli.readers.rows import CourierRow
from tests.cli.readers.corpus import LINES, order_file, order_line, statement

ORDER_NO = "3300000000000000001"
NAMES = ("张三丰", "欧阳娜娜", "alice@example.com", "13800138000", "西湖区文三路 1 号", "6222021234567890123")
REMARKS = (
    "",
    "天猫保证金-充值（代扣）-延迟发货",
    "售后退款-20261008090001-T200P{}",
    "支付宝转账小额打款-关联订单号：{}",
    "消费者体验提升计划服务费_订单号{}",
    "代扣款（扣款用途：淘宝联盟佣金代扣 tradeid:{} memberid:12 fee:0.49，付款方：某）",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("remark", REMARKS)
@given(place=st.integers(0, 40))
def test_no_word_of_a_person_is_kept_wherever_it_stands_in_a_remark(
    remark: str, name: str, place: int
) -> None:
    said = remark.format(ORDER_NO)
    found = known_words(f"{said[:place]}{name}{said[place:]}", ORDER_NO)
    assert not any(part in found for part in (name, name[1:], name[:-1]))


@given(text=st.text())
def test_what_is_kept_of_a_text_is_kept_whole_the_second_time(text: str) -> None:
    assert known_words(known_words(text)) == known_words(text)


@pytest.mark.parametrize(
    ("remark", "said"),
    [
        ("天猫佣金（类目）{3300000000000000001}扣款", "天猫佣金（类目）{3300000000000000001}扣款"),
        ("天猫佣金（类目）{4400000000000000001}扣款", "天猫佣金（类目）{…}扣款"),
        ("天猫保证金-充值（代扣）-缺货", "天猫保证金-充值（代扣）-缺货"),
        ("退差价给张三", "退差价…"),
        ("某种新的服务费扣款", "…服务费扣款"),
    ],
)
def test_the_platforms_own_words_are_kept(remark: str, said: str) -> None:
    assert known_words(remark, ORDER_NO) == said


def test_every_remark_of_the_demo_month_that_is_understood_loses_no_more_than_a_number(shop: Path) -> None:
    (file,) = read_files([shop / STATEMENT])
    lines = [line for line in file.lines if line.remark and line.meaning != "unknown"]
    changed = {(line.remark, kept(file.layout, line)["remark"]) for line in lines}
    assert len(lines) > 400
    assert {re.sub("[0-9…]", "", remark) for remark, _ in changed} == {
        re.sub("[0-9…]", "", said) for _, said in changed
    }
    assert {remark for remark, said in changed if remark != said and "信用卡" not in remark} == set()


def test_every_word_of_the_meanings_own_examples_is_known() -> None:
    examples = [example for rule in meaning_rules() for example in rule.examples]
    texts = [text for one in examples for text in (one.kind, one.remark, one.description)]
    said = {(text, known_words(text, order_number("", "", text) or "")) for text in texts}
    assert len(said) > 60
    assert {text for text, kept in said if re.sub(r"[\w…]", "", text) != re.sub(r"[\w…]", "", kept)} == set()
    lost = {
        text
        for text, kept in said
        if len(re.findall(r"[^\W\da-zA-Z_]", text)) != len(re.findall(r"[^\W\da-zA-Z_]", kept))
    }
    assert lost == set()


@pytest.mark.parametrize("name", [ORDERS, REFUNDS])
def test_of_the_demo_months_reports_words_are_kept_whole(shop: Path, name: str) -> None:
    (file,) = read_files([shop / name])
    words = {"status", "closed_reason", "reason", "goods_status", "phase", "extent"} & fields_of(file.layout)
    for row in getattr(file, ROWS[file.layout]):
        said = kept(file.layout, row)
        assert {word: said[word] for word in words} == {word: getattr(row, word) for word in words}


def test_nothing_that_people_write_freely_is_kept_of_an_order() -> None:
    read = read_file(
        "o.csv",
        order_file(order_line(订单备注="张三丰要礼盒", 订单关闭原因="张三丰不要了", 运送方式="给张三丰")),
    )
    (row,) = read.orders
    said = kept(read.layout, row)
    assert not {"note", "shop_note", "payment_detail", "delivery"} & said.keys()
    assert said["closed_reason"] == "…"
    assert "三丰" not in json.dumps(said, ensure_ascii=False, default=str)


def test_of_goods_telephones_are_masked_and_no_word_is_lost() -> None:
    (row,) = read_file("o.csv", order_file(order_line(宝贝标题="连衣裙 咨询13800138000"))).orders
    assert kept("order_report", row)["title"] == "连衣裙 咨询138****8000"


def test_figures_days_and_numbers_are_kept_whole() -> None:
    (line, _) = read_file("s.csv", statement(lines=LINES)).lines
    said = kept("alipay_statement", line)
    whole = {
        name: getattr(line, name) for name in ("row", "serial", "at", "in_fen", "out_fen", "balance_fen")
    }
    assert whole.items() <= said.items()
    assert (said["order_no"], said["meaning"]) == (ORDER_NO, "receipt")


@pytest.mark.parametrize("name", [ORDERS, ITEMS, REFUNDS, STATEMENT])
def test_of_every_field_it_is_said_what_is_kept(shop: Path, name: str) -> None:
    (file,) = read_files([shop / name])
    (fields,) = {frozenset(asdict(row)) for row in getattr(file, ROWS[file.layout])}
    assert fields == fields_of(file.layout)


def test_every_layout_says_what_is_kept_of_it() -> None:
    assert all(fields_of(layout.name) for layout in layouts())


def test_a_carriers_name_is_a_persons_in_any_other_column() -> None:
    assert known_words("退给李天天") == "…"
    row = CourierRow(row=2, waybill="YT1", fee_fen=500, courier="天天快递 李四", province="浙江省 张三")
    said = kept("courier_bill", row)
    assert (said["courier"], said["province"]) == ("天天快递 …", "浙江省 …")
