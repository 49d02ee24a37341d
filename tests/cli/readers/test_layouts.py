"""The platforms' own headings, year by year: each is recognised as what it is, and nothing else."""

from dataclasses import fields

import pytest

from cli.readers.layouts import clean_name, layouts, read_heading
from cli.readers.rows import ItemRow, OrderRow, RefundRow

ORDER_2016 = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,"
    "买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,"
    "宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,"
    "发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,"
    "集分宝抵扣,是否是O2O交易"
)
ORDER_2018 = ORDER_2016.replace("买家支付宝账号,", "买家支付宝账号,支付单号,支付详情,") + (
    ",是否上传合同照片,是否上传小票,是否代付,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,"
    "新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包"
)
ORDER_2020 = ORDER_2018 + ",是否信用购,体验期结束时间,前N有礼,配送类型,主订单编号"
ORDER_2022 = (
    "订单编号,买家会员名,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
    "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址,运送方式,联系电话,联系手机,虚拟号过期时间,"
    "订单创建时间,订单付款时间,宝贝标题,宝贝种类,物流单号,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,"
    "卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,"
    "定金排名,修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,"
    "新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,"
    "含应开票给个人的个人红包,是否信用购,体验期结束时间,前N有礼,配送类型,直播返现状态,返现金额,延迟发货自动赔付金额,"
    "新零售成交门店昵称,新零售成交门店id,新零售成交经销商id,预售订单,发货时间,商家备忘,主订单编号"
)
ORDER_2025 = (
    "订单编号,买家下单时间,买家付款时间,物流公司,买家实付金额,运单号,买家会员名,联系手机,收货地址,宝贝标题,宝贝规格,"
    "宝贝总数量,买家应付货款,订单状态"
)
ITEM_2020 = "订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码"
ITEM_2022 = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,"
    "买家应付货款,买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间"
)
ITEM_2024 = (
    "子订单编号,主订单编号,商品标题,商品价格,购买数量,外部系统编号,商品属性,套餐信息,订单状态,商家编码,支付单号,"
    "买家应付货款,买家实付金额,退款状态,退款金额,订单创建时间,订单付款时间,商品ID,商家备注,物流单号,物流公司,发货时间"
)
REFUND_2017 = (
    "订单编号,退款编号,支付宝交易号,订单付款时间,商家编码,退款完结时间,买家会员名称,买家实际支付金额,宝贝标题,"
    "买家退款金额,手工退款/系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流信息,发货物流信息,"
    "客服介入状态,卖家真实姓名,卖家退货地址,卖家邮编,卖家电话,卖家手机,退货物流单号,退货物流公司,买家退款原因,"
    "买家退款说明,买家退货时间,责任方,售中或售后,商家备注,完结时间,部分退款/全部退款,审核操作人,举证超时,"
    "是否零秒响应,退款操作人"
)
REFUND_2026 = REFUND_2017.replace("支付宝交易号", "支付单号").replace("是否需要退货", "售后类型") + (
    ",商品id,商品编码,备注标签,业务类型,是否帮他退款,帮他退款操作账号,小额收款,淘特订单,智能退款策略,执行方案"
)
ALIPAY_12 = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,"
    "交易渠道,业务类型,备注"
)
ALIPAY_13 = (
    "账务流水号,业务流水号,商品名称,发生时间,收入金额（+元）,支出金额（-元）,账户余额（元）,业务类型,备注,商户订单号,"
    "对方账号,业务描述,业务基础订单号"
)
ALIPAY_16 = ALIPAY_12 + ",业务描述,业务账单来源,业务基础订单号,业务订单号"
ALIPAY_ASCII = "," + ALIPAY_12.replace("（", "(").replace("）", ")")

HEADINGS = [
    ("order_report", ORDER_2016, 41),
    ("order_report", ORDER_2018, 56),
    ("order_report", ORDER_2020, 61),
    ("order_report", ORDER_2022, 71),
    ("order_report", ORDER_2025, 14),
    ("item_report", ITEM_2020, 10),
    ("item_report", ITEM_2022, 18),
    ("item_report", ITEM_2024, 22),
    ("refund_report", REFUND_2017, 38),
    ("refund_report", REFUND_2026, 48),
    ("alipay_statement", ALIPAY_12, 12),
    ("alipay_statement", ALIPAY_13, 13),
    ("alipay_statement", ALIPAY_16, 16),
    ("alipay_statement", ALIPAY_ASCII, 13),
]


@pytest.mark.parametrize(("layout", "header", "width"), HEADINGS)
def test_the_platforms_headings_are_recognised(layout: str, header: str, width: int) -> None:
    heading = read_heading(header.split(","))
    assert (heading.layout.name, heading.width) == (layout, width)
    assert (heading.missing, heading.doubled) == ((), ())


@pytest.mark.parametrize(("layout", "header", "width"), HEADINGS)
def test_a_heading_that_lacks_a_needed_column_is_nobodys(layout: str, header: str, width: int) -> None:
    needed = [c for known in layouts() if known.name == layout for c in known.columns if c.required]
    names = [clean_name(name) for name in header.split(",")]
    for column in needed:
        without = [name for name in names if name not in column.names]
        heading = read_heading(without)
        assert heading.missing == (column.names[0],)
        assert heading.layout.name == layout


@pytest.mark.parametrize(
    ("layout", "row_type"),
    [("order_report", OrderRow), ("item_report", ItemRow), ("refund_report", RefundRow)],
)
def test_the_layouts_fields_are_the_rows_fields(layout: str, row_type: type) -> None:
    (known,) = (known for known in layouts() if known.name == layout)
    assert {column.field for column in known.columns} | {"row"} == {f.name for f in fields(row_type)}


def test_no_layout_reads_a_column_about_a_person_but_those_that_go_beside_the_ledger() -> None:
    columns = [column for known in layouts() for column in known.columns]
    read = {name for column in columns if column.type != "person" for name in column.names}
    beside = {name for column in columns if column.type == "person" for name in column.names}
    assert beside == {"买家会员名", "买家支付宝账号", "收款账户"}
    personal = (
        "姓名",
        "地址",
        "电话",
        "手机",
        "会员",
        "昵称",
        "留言",
        "账号",
        "对方",
        "邮编",
        "退款说明",
        "物流",
    )
    assert not [name for name in read if any(word in name for word in personal)]
