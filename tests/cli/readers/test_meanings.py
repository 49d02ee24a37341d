"""What the lines of an Alipay statement mean, and whose they are, by the platforms' own words."""

import pytest

from cli.readers import read_file
from cli.readers.meanings import MEANINGS, Wording, meaning_of, order_number
from tests.cli.readers.corpus import END, PREAMBLE, TOTALS, statement

NO = "3300000000000000001"
LINES = [
    ("in", "交易付款", "", "", "receipt"),
    ("in", "交易", "花呗交易号[2026]", "", "receipt"),
    ("in", "", "", "0010001|交易收款-交易收款", "receipt"),
    ("in", "转账", f"买家补款-关联订单号：{NO}", "", "receipt"),
    ("out", "交易退款", f"售后退款-2026-T200P{NO}", "", "refund"),
    ("out", "转账", f"支付宝转账小额打款-关联订单号：{NO}", "", "buyer_transfer"),
    ("out", "转账", "退差价", "", "buyer_transfer"),
    ("out", "其它", f"天猫佣金（类目）{{{NO}}}扣款", "", "commission"),
    ("out", "其它", f"天猫佣金（类目系统）{{{NO}}}扣款", "", "commission"),
    ("out", "其它", f"聚划算佣金（{NO}）扣款", "", "commission"),
    ("out", "其它", f"基础软件服务费({NO})扣款", "", "service_fee"),
    ("out", "其它", f"淘宝客佣金代扣款[{NO}]", "", "service_fee"),
    ("in", "其它", f"淘宝客佣金退款[{NO}]", "", "service_fee"),
    ("out", "代扣款", "代扣款（扣款用途：直通车自动充值-20261001）", "", "promotion_topup"),
    ("out", "其它", f"代扣返点积分{NO}", "", "points_settlement"),
    ("in", "其它", "代扣交易退回积分", "", "points_settlement"),
    ("out", "服务费", f"信用卡支付服务费[8];淘宝交易号[T200P{NO}]", "", "card_fee"),
    ("in", "转账", f"货到付款货款结算-订单号：{NO}", "", "cod_remittance"),
    ("out", "提现", "", "", "withdrawal"),
    ("out", "", "余利宝-基金申购", "", "withdrawal"),
    ("out", "其它", "天猫保证金-充值（代扣）", "", "deposit"),
    ("out", "其它", "天猫保证金-充值（代扣）-延迟发货", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-缺货", "", "compensation"),
    ("out", "其它", "天猫保证金-支付-积分发票违约金", "", "unknown"),
    ("out", "", f"保险承保-卖家版运费险保费收取:淘宝订单号{NO}", "", "insurance"),
    ("out", "其它", "公益宝贝捐赠=PROJECT=STORE", "", "unknown"),
    ("in", "转账", "退差价", "", "unknown"),
]


@pytest.mark.parametrize(("flow", "kind", "remark", "description", "meaning"), LINES)
def test_a_line_means_what_its_words_say(
    flow: str, kind: str, remark: str, description: str, meaning: str
) -> None:
    said = Wording(kind=kind, remark=remark, description=description, is_income=flow == "in")
    assert meaning_of(said) == meaning


def test_every_meaning_is_reached_by_some_line() -> None:
    assert {line[-1] for line in LINES} == MEANINGS


@pytest.mark.parametrize(
    ("base", "merchant", "remark"),
    [
        (NO, "", ""),
        ("FP301_8500000000000001", f"T200P{NO}", ""),
        ("", f"T50060NP{NO}", f"基础软件服务费({NO})扣款"),
        ("", f"HJCOM==3200060031=={NO}=={NO}", ""),
        ("", f"HJCAE==x=={NO}", ""),
        ("", f"CAE_POINT_{NO}_1", ""),
        ("", f"CAE_CHARITY_{NO}", ""),
        ("", f"GXFZ_1_{NO}", ""),
        ("", "FP301_8500000000000001", f"支付宝转账小额打款-关联订单号：{NO}"),
        ("", "", f"天猫佣金（类目）{{{NO}}}扣款"),
        ("", "", f"保险承保-卖家版运费险保费收取:淘宝订单号{NO}"),
        ("", "", f"代扣款（扣款用途：淘宝联盟佣金代扣 tradeid:{NO} memberid:1 fee:0.49，付款方：x）"),
        ("", "", f"消费者体验提升计划服务费_订单号{NO}"),
        ("", "", f"售后退款-2026-T200P{NO}"),
    ],
)
def test_an_order_number_is_found_by_the_platforms_grammars(base: str, merchant: str, remark: str) -> None:
    assert order_number(base, merchant, remark) == NO


@pytest.mark.parametrize("merchant", ["FP301_8500000000000001", "", NO + "00", "提现2026"])
def test_a_payment_serial_is_never_an_order(merchant: str) -> None:
    assert order_number(merchant, merchant, "提现") is None


def test_a_statement_tells_its_account_period_and_balances() -> None:
    read = read_file("a.csv", statement())
    facts = read.statement
    assert facts is not None
    assert (facts.account, str(facts.first_on), str(facts.last_on)) == ("208…56", "2026-10-01", "2026-10-31")
    assert (facts.opening_fen, facts.closing_fen) == (100000, 109025)
    assert (facts.in_fen, facts.in_count, facts.out_fen, facts.out_count) == (9500, 1, -475, 1)
    assert [(line.meaning, line.order_no) for line in read.lines] == [("receipt", NO), ("commission", NO)]


def test_newest_first_is_turned_round() -> None:
    newest_first = read_file("a.csv", statement(lines="".join(reversed(statement_lines()))))
    assert newest_first.lines[0].at < newest_first.lines[1].at
    assert newest_first.statement == read_file("a.csv", statement()).statement


def statement_lines() -> list[str]:
    whole = statement().decode("gb18030").removeprefix(PREAMBLE).removesuffix(END + TOTALS)
    return whole.splitlines(keepends=True)[1:]
