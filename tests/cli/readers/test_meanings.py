"""What the lines of an Alipay statement mean, and whose they are, by the platforms' own words."""

from datetime import date

import pytest

from cli.readers import read_file
from cli.readers.meanings import (
    MEANINGS,
    Example,
    Rule,
    Wording,
    meaning_of,
    meaning_rules,
    order_number,
    read_rules,
)
from tests.cli.readers.corpus import END, PREAMBLE, TOTALS, statement

NO = "3300000000000000001"
ON = date(2026, 10, 8)
EXAMPLES = [(place, example) for place, rule in enumerate(meaning_rules()) for example in rule.examples]
# Every wording that the notes on the platforms' remarks list, with what it must mean.
LISTED = [
    # 2018-2019, from an importer of a Tmall shop
    ("in", "交易", "花呗交易号[2026]", "", "receipt"),
    ("in", "交易", "", "", "receipt"),
    ("out", "交易退款", f"售后退款-8-T200P{NO}", "", "refund"),
    ("out", "交易退款", f"花呗-售后退款-8-T200P{NO}", "", "refund"),
    ("out", "代扣款", f"代扣返点积分{NO}", "", "points_settlement"),
    ("out", "代扣款", f"天猫佣金（类目）{{{NO}}}扣款", "", "commission"),
    ("out", "代扣款", f"淘宝客佣金代扣款[{NO}]", "", "promotion"),
    ("in", "代扣款", f"淘宝客佣金退款[{NO}]", "", "promotion"),
    ("in", "代扣款", "代扣交易退回积分", "", "points_settlement"),
    ("out", "代扣款", f"分销分账，{NO}", "", "distribution"),
    ("in", "代扣款", f"分销退款，{NO}", "", "distribution"),
    ("in", "代扣款", "淘宝客推广佣金月度返还", "", "promotion"),
    ("out", "代扣款", "代扣款（扣款用途：直通车自动充值-20261001）", "", "promotion_topup"),
    ("out", "", f"保险承保-卖家版运费险保费收取:淘宝订单号{NO}", "", "insurance"),
    ("out", "", f"保险承保-聚划算运费险保费收取:淘宝订单号{NO}", "", "insurance"),
    ("out", "", f"保险承保-价格保障保险-保费收取({NO})", "", "insurance"),
    ("in", "", f"保险退保-退保保费支付[{NO}]", "", "insurance"),
    ("out", "", "聚划算保险保证金-支付-聚划算保险保证金", "", "insurance"),
    ("out", "", "天猫保证金-支付-天猫保证金-支付-积分发票违约金", "", "fine"),
    ("in", "", "余利宝-基金赎回", "", "withdrawal"),
    ("in", "", "企业红包-淘宝现金红包提现", "", "promotion_topup"),
    ("out", "服务费", "花呗支付服务费[8]", "", "card_fee"),
    ("out", "服务费", f"信用卡支付服务费[8];淘宝交易号[T200P{NO}]", "", "card_fee"),
    ("out", "提现", "余利宝自动转入", "", "withdrawal"),
    # ShopeX/OMS categories of 2019
    ("out", "服务费", "银行手续费", "", "card_fee"),
    ("out", "提现", "", "", "withdrawal"),
    ("out", "其它", "花呗分期手续费", "", "card_fee"),
    ("out", "其它", f"聚划算佣金（{NO}）扣款", "", "commission"),
    ("out", "其它", "买就返积分", "", "points_settlement"),
    ("out", "其它", "淘抢购技术服务费", "", "service_fee"),
    ("out", "其它", "红包费用", "", "marketing"),
    ("out", "其它", "聚划算活动保证金-淘抢购保底佣金", "", "commission"),
    ("out", "其它", "聚划算活动保证金-聚划算参团服务费", "", "service_fee"),
    ("out", "其它", "淘宝客月度返还", "", "promotion"),
    ("in", "充值", "", "", "withdrawal"),
    ("out", "其它", "天猫保证金迁移", "", "deposit"),
    ("out", "其它", "无货赔付", "", "compensation"),
    # 2025-2026, coded descriptions
    ("in", "", "", "0010001|交易收款-交易收款", "receipt"),
    ("out", "其它", "", "0060011|营销支出-淘宝客佣金", "promotion"),
    ("out", "其它", "", "0060092T|营销支出-消费券代付资金扣回", "marketing"),
    ("out", "其它", "", "0530288T|技术&服务费-大服饰跨境服务增值费", "service_fee"),
    ("out", "其它", "", "0530294T|技术&服务费-限时红包代商家垫付扣回", "marketing"),
    ("out", "其它", "", "0530294T|技术&服财务费-限时红包代商家垫付扣回", "marketing"),
    ("out", "其它", "", "0070002|其他支出-交易赔付（保证金扣款）", "compensation"),
    # 2025-2026, remarks
    ("out", "其它", f"基础软件服务费({NO})扣款", "", "service_fee"),
    ("out", "其它", f"天猫佣金（类目系统）{{{NO}}}扣款", "", "commission"),
    ("in", "其它", f"代扣交易退回积分{NO}", "", "points_settlement"),
    (
        "out",
        "代扣款",
        f"代扣款（扣款用途：淘宝联盟佣金代扣 tradeid:{NO} memberid:1 fee:0.49，付款方：x）",
        "",
        "promotion",
    ),
    ("in", "其它", "淘宝联盟推广佣金返还 memberid:1 fee:0.49 batchno:2", "", "promotion"),
    ("out", "其它", f"品牌新享-首单拉新计划(KY_ITEM)({NO})扣款", "", "promotion"),
    ("out", "其它", f"品牌新享-会员复购计划(KY_ITEM)({NO})扣款", "", "promotion"),
    ("out", "其它", f"淘宝新客礼金技术服务费(KY_ITEM)({NO})扣款", "", "service_fee"),
    ("out", "其它", f"天猫APP专享折扣服务费(KY_ITEM)({NO})扣款", "", "service_fee"),
    ("out", "其它", f"消费者体验提升计划服务费_订单号{NO}", "", "service_fee"),
    ("out", "其它", f"先用后付技术服务费({NO})", "", "card_fee"),
    ("out", "其它", f"技术服务费(花呗分期免息营销)[{NO}]", "", "service_fee"),
    ("out", "其它", "公益宝贝捐赠=PROJECT=STORE", "", "donation"),
    ("out", "其它", f"淘宝天猫跨境服务增值费({NO})端内扣款", "", "service_fee"),
    ("in", "其它", "商家集运物流责任货值赔付，赔付单号：8，运单号：YT01", "", "courier_claim"),
    ("out", "其它", "商家集运物流责任货值赔付，赔付单号：8，运单号：YT01", "", "compensation"),
    ("out", "转账", f"支付宝转账小额打款-关联订单号：{NO}", "", "buyer_transfer"),
    ("out", "转账", "退差价", "", "buyer_transfer"),
    ("out", "转账", "差价", "", "buyer_transfer"),
    ("out", "转账", "退款", "", "buyer_transfer"),
    ("out", "转账", "好评返现", "", "buyer_transfer"),
    ("out", "其它", "天猫保证金-充值（代扣）", "", "deposit"),
    ("out", "其它", "天猫保证金-充值（代扣）-延迟发货", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-物流轨迹超时", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-邮费争议", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-缺货", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-红包冻结", "", "compensation"),
    ("out", "其它", "天猫保证金-充值（代扣）-退货邮费", "", "compensation"),
    ("in", "其它", "天猫保证金-解冻", "", "deposit"),
    ("out", "其它", "商家权益红包-预算追加-卖家延迟发货赔付红包-赔付红包", "", "compensation"),
    ("out", "其它", "商家权益红包-预算追加-淘宝缺货赔付红包", "", "compensation"),
    ("out", "其它", "商家权益红包-预算追加-淘宝虚假发货赔付", "", "compensation"),
    ("out", "其它", "物流轨迹异常红包", "", "compensation"),
    ("out", "其它", "物流轨迹超时红包", "", "compensation"),
    ("out", "其它", "延迟换货补偿红包", "", "compensation"),
    ("out", "其它", "未按时开具发票", "", "fine"),
    ("out", "转账", "转出到网商银行", "", "withdrawal"),
    ("out", "其它", "余利宝-基金申购", "", "withdrawal"),
    ("out", "代扣款", "万相台无界版自动充值", "", "promotion_topup"),
    ("out", "其它", "网商贷-还款", "", "loan"),
    # What nobody has listed
    ("out", "其它", "天猫保证金-违规扣款", "", "unknown"),
    ("out", "其它", "一种新的费用扣款", "", "unknown"),
    ("out", "转账", "张三", "", "unknown"),
    ("in", "转账", "退差价", "", "unknown"),
    ("in", "交易退款", "", "", "unknown"),
    ("in", "转账", f"货到付款货款结算-订单号：{NO}", "", "cod_remittance"),
    ("in", "转账", f"买家补款-关联订单号：{NO}", "", "receipt"),
]


def said(flow: str, kind: str, remark: str, description: str, on: date = ON) -> Wording:
    return Wording(kind=kind, remark=remark, description=description, is_income=flow == "in", on=on)


def of_example(example: Example) -> Wording:
    return said(example.flow, example.kind, example.remark, example.description, example.on or ON)


@pytest.mark.parametrize(("flow", "kind", "remark", "description", "meaning"), LISTED)
def test_every_listed_wording_means_what_it_says(
    flow: str, kind: str, remark: str, description: str, meaning: str
) -> None:
    assert meaning_of(said(flow, kind, remark, description)) == meaning


@pytest.mark.parametrize(("place", "example"), EXAMPLES)
def test_every_example_is_first_met_by_its_own_rule(place: int, example: Example) -> None:
    assert next(at for at, rule in enumerate(meaning_rules()) if rule.fits(of_example(example))) == place


def test_every_meaning_is_reached_by_some_wording() -> None:
    assert {line[-1] for line in LISTED} == MEANINGS


@pytest.mark.parametrize(
    ("remark", "on", "meaning"),
    [
        (f"基础软件服务费({NO})扣款", date(2024, 8, 31), "unknown"),
        (f"基础软件服务费({NO})扣款", date(2024, 9, 1), "service_fee"),
        ("技术服务费年费代扣年度2026", date(2026, 2, 8), "service_fee"),
        ("技术服务费年费代扣年度2026", date(2026, 2, 9), "unknown"),
    ],
)
def test_the_day_of_the_line_picks_the_rule(remark: str, on: date, meaning: str) -> None:
    assert meaning_of(said("out", "其它", remark, "", on)) == meaning


RULE = 'meaning = "commission"\nremark_has = ["佣金"]\nexamples = [{ remark = "佣金", flow = "out" }]\n'


def rules(*extra: str) -> tuple[Rule, ...]:
    return read_rules("".join(f"[[rule]]\n{RULE}{one}\n" for one in extra))


def test_a_rule_is_in_force_on_both_of_its_days_and_on_none_outside() -> None:
    (rule,) = rules("from = 2026-01-01\nto = 2026-01-31")
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 31), date(2026, 2, 1)]
    assert [rule.fits(said("out", "", "佣金", "", on)) for on in days] == [False, True, True, False]


def test_of_two_rules_the_first_in_force_wins() -> None:
    old, new = rules("to = 2026-01-31", "from = 2026-02-01")
    assert meaning_of(said("out", "", "佣金", "", date(2026, 2, 1)), (old, new)) == "commission"
    assert meaning_of(said("out", "", "佣金", "", date(2026, 2, 1)), (old,)) == "unknown"


@pytest.mark.parametrize(
    "text",
    [
        RULE.replace("commission", "bribe"),
        RULE.replace("remark_has", "remark_smells_of"),
        RULE.replace('remark_has = ["佣金"]\n', ""),
        RULE.replace('examples = [{ remark = "佣金", flow = "out" }]\n', ""),
        RULE + "from = 2026-02-01\nto = 2026-01-31\n",
    ],
)
def test_an_unsound_rule_is_refused_when_it_is_read(text: str) -> None:
    with pytest.raises(ValueError, match="no sound rule"):
        read_rules(f"[[rule]]\n{text}")


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
    assert facts.whole_months
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
