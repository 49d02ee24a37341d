# ruff: noqa: E501 - the platforms' headings are data, as long as they are
"""A small file of every layout and year: the platform's own heading, and a row or two in the platform's own form.

Names and numbers are made up. `file_of` writes one as CSV in GB18030, `workbook_of` as a workbook.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from openpyxl import Workbook

NO = "3300000000000000001"
SECOND_NO = "3300000000000000002"


@dataclass(frozen=True, slots=True, kw_only=True)
class Small:
    """One small file: its layout and year, heading, rows by heading, and what stands around the table."""

    layout: str
    variant: str
    heading: str
    rows: tuple[Mapping[str, str], ...]
    above: tuple[str, ...] = ()
    second_heading: str = ""
    below: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The headings, with their trailing blanks."""
        return self.heading.split(",")

    def grid(self) -> list[list[str]]:
        """The table: heading and rows."""
        second = [self.second_heading.split(",")] if self.second_heading else []
        names = [name.strip() for name in self.names]
        lower = [name.strip() for name in second[0]] if second else [""] * len(names)
        keys = [below or name for name, below in zip(names, lower, strict=True)]
        return [self.names, *second, *([row.get(key, "") for key in keys] for row in self.rows)]

    def with_cells(self, place: int = 0, **cells: str) -> "Small":
        """The file with some cells of one row replaced."""
        rows = list(self.rows)
        rows[place] = {**rows[place], **cells}
        return replace(self, rows=tuple(rows))


def file_of(small: Small, encoding: str = "gb18030") -> bytes:
    """The file as a platform writes it."""
    return framed(small, small.grid()).encode(encoding)


def framed(small: Small, grid: Iterable[Sequence[str]]) -> str:
    """A table as text, between the lines that stand around the small file's own."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(grid)
    above = "".join(f"{line}\n" for line in small.above)
    below = "".join(f"{line}\n" for line in small.below)
    return f"{above}{text.getvalue()}{below}"


def workbook_of(*smalls: Small, titles: Sequence[str] = ()) -> bytes:
    """The files as the sheets of one workbook, every cell a text."""
    grids = [[*([line] for line in s.above), *s.grid(), *([line] for line in s.below)] for s in smalls]
    return workbook(*grids, titles=titles)


def workbook(*grids: Iterable[Iterable[Any]], titles: Sequence[str] = ()) -> bytes:
    """A workbook of the cells as they are given: texts, numbers, days, formulas."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for place, grid in enumerate(grids):
        sheet = book.create_sheet(titles[place] if titles else f"Sheet{place + 1}")
        for row in grid:
            sheet.append(
                [value if isinstance(value, int | float | datetime) else value or None for value in row]
            )
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


ORDER_2014 = (
    "订单编号,买家会员名,买家支付宝账号,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,"
    "买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,"
    "宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因"
)
ORDER_2016 = (
    ORDER_2014
    + ",卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,定金排名,修改后的sku,修改后的收货地址,"
    "异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易"
)
ORDER_2018 = ORDER_2016.replace("买家支付宝账号,", "买家支付宝账号,支付单号,支付详情,") + (
    ",是否上传合同照片,是否上传小票,是否代付,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,"
    "新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包"
)
ORDER_2020 = ORDER_2018 + ",是否信用购,体验期结束时间,前N有礼,配送类型,主订单编号"
ORDER_2021 = ORDER_2018.replace("退款金额,", "满返红包金额,退款金额,") + (
    ",是否信用购,体验期结束时间,前N有礼,配送类型,直播返现状态,返现金额,新零售成交门店昵称,新零售成交门店id,"
    "新零售成交经销商id,主订单编号"
)
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
    "买家应付货款,买家实付金额,退款状态,退款金额,订单创建时间,订单付款时间,商品ID,商家备注,物流单号,物流公司,发货时间,skuId"
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
ALIPAY_22 = (
    "序号,入账时间,支付宝交易号,支付宝流水号,商户订单号,账务类型,收入（+元）,支出（-元）,账户余额（元）,服务费（元）,"
    "支付渠道,签约产品,对方账户,对方名称,银行订单号,商品名称,备注,业务基础订单号,业务订单号,业务账单来源,业务描述,付款备注"
)
TRADES = (
    "支付宝交易号,商户订单号,业务类型,商品名称,创建时间,完成时间,门店编号,门店名称,操作员,终端号,对方账户,订单金额（元）,"
    "商家实收（元）,支付宝红包（元）,集分宝（元）,支付宝优惠（元）,商家优惠（元）,券核销金额（元）,券名称,"
    "商家红包消费金额（元）,卡消费金额（元）,退款批次号/请求号,服务费（元）,分润（元）,备注"
)
INCOME = (
    "账期,账单大类,业务大类,业务小类,订单号,子订单号,下单时间,确认收货时间,商品ID,sku,商品名称,数量,单价（元）,"
    "订单实际金额（元）,退款单号,退款金额（元）,收/付渠道,业务流水号,商户订单号,打款时间,打款更新时间,备注"
)
PROTECTION = (
    "主订单ID,子订单ID,购买商品信息,,,,价差金额,逆向退款金额（含退还天猫积分类服务费）,申请时间,状态,备注"
)
PROTECTION_BELOW = ",,商品标题,商品ID,SKUID,具体型号,,,,,"

_ORDER = {
    "订单编号": f'="{NO}"',
    "主订单编号": NO,
    "买家会员名": "tb***1",
    "买家会员昵称": "小鹿",
    "买家支付宝账号": "a***@example.com",
    "支付单号": "2026100122001",
    "支付详情": "支付宝",
    "买家应付货款": "100.00",
    "买家应付邮费": "0.00",
    "买家支付积分": "0",
    "总金额": "100.00",
    "买家实际支付金额": "95.00",
    "买家实付金额": "95.00",
    "订单状态": "买家已付款,等待卖家发货",
    "收货人姓名": "张*",
    "收货地址": "浙江省 杭州市 ***",
    "运送方式": "快递",
    "联系电话": "null",
    "联系手机": "'13800138000",
    "订单创建时间": "2026-10-01 10:00:00",
    "买家下单时间": "2026/10/1 10:00",
    "订单付款时间": "2026-10-01 10:01:00",
    "买家付款时间": "2026/10/1 10:01",
    "宝贝标题": "示例连衣裙",
    "宝贝总数量": "1",
    "物流单号": "SF0000000001",
    "运单号": "SF0000000001",
    "订单关闭原因": "订单未关闭",
    "卖家服务费": "0元",
    "退款金额": "无退款申请",
    "打款商家金额": "95.00元",
}
_ITEM = {
    "子订单编号": f'="{NO}"',
    "主订单编号": f'="{NO}"',
    "订单编号": f'="{NO}"',
    "标题": "示例连衣裙",
    "商品标题": "示例连衣裙",
    "价格": "100.00",
    "商品价格": "100.00",
    "购买数量": "1",
    "商品属性": "颜色分类:红色;尺码:M",
    "订单状态": "交易成功",
    "商家编码": "0707-M",
    "买家应付货款": "100.00",
    "买家实际支付金额": "95.00",
    "买家实付金额": "95.00",
    "退款状态": "没有申请退款",
    "退款金额": "无退款申请",
    "备注": "放门口",
}
_REFUND = {
    "订单编号": f'="{NO}"',
    "退款编号": '="3300000000000000009"',
    "订单付款时间": "2026-10-01 10:01:00",
    "商家编码": "0707-M",
    "退款完结时间": "2026-10-12 09:00:00",
    "买家会员名称": "tb***1",
    "买家实际支付金额": "95.00",
    "宝贝标题": "示例连衣裙",
    "买家退款金额": "95.00",
    "是否需要退货": "需要退货",
    "售后类型": "退货退款",
    "退款的申请时间": "2026-10-10 09:00:00",
    "退款状态": "退款成功",
    "货物状态": "买家已收到货",
    "卖家真实姓名": "王五",
    "卖家手机": "13900139000",
    "买家退款原因": "质量问题",
    "买家退款说明": "张三说有破洞",
    "部分退款/全部退款": "全部退款",
}
_RECEIPT = {
    "账务流水号": "1000000000000000001\t",
    "业务流水号": "2026100822001\t",
    "商户订单号": f"T200P{NO}\t",
    "商品名称": "示例连衣裙\t",
    "发生时间": "2026-10-08 09:00:01",
    "对方账号": "*某(tb***@example.com)\t",
    "收入金额（+元）": "95.00",
    "支出金额（-元）": "0.00",
    "账户余额（元）": "1095.00",
    "交易渠道": "支付宝",
    "业务类型": "交易付款",
    "业务描述": "0010001|交易收款-交易收款",
    "业务账单来源": "账房",
    "业务基础订单号": f"{NO}\t",
    "业务订单号": f"T200P{NO}\t",
}
_COMMISSION = {
    **_RECEIPT,
    "账务流水号": "1000000000000000002\t",
    "业务流水号": "2026100822002\t",
    "商户订单号": f"HJCOM==3200060031=={NO}=={NO}\t",
    "发生时间": "2026-10-08 09:00:02",
    "收入金额（+元）": "0.00",
    "支出金额（-元）": "-4.75",
    "账户余额（元）": "1090.25",
    "业务类型": "其它",
    "备注": f"天猫佣金（类目）{{{NO}}}扣款",
    "业务描述": "",
}
_ABOVE = (
    "#支付宝账务明细查询",
    "#账号：[20880000000000010156]",
    "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年11月01日 00:00:00]",
    "#-----------------------------------------账务明细列表----------------------------------------",
)
_BELOW = (
    "#-----------------------------------------账务明细列表结束------------------------------------",
    "#支出合计：1笔，共-4.75元",
    "#收入合计：1笔，共95.00元",
    "#导出时间：[2026年11月01日 09:00:00]",
)
_MBILL_NAMES = {
    "入账时间": "发生时间",
    "支付宝交易号": "业务流水号",
    "支付宝流水号": "账务流水号",
    "账务类型": "业务类型",
    "账户余额（元）": "账户余额（元）",
    "商户订单号": "商户订单号",
    "备注": "备注",
    "业务描述": "业务描述",
    "业务基础订单号": "业务基础订单号",
}
_MBILL = tuple(
    {
        **{name: row.get(older, "") for name, older in _MBILL_NAMES.items()},
        "序号": str(place),
        "收入（+元）": income,
        "支出（-元）": outgo,
        "服务费（元）": " ",
        "对方名称": "张三丰",
        "付款备注": "给张三丰",
    }
    for place, row, income, outgo in ((1, _RECEIPT, "95.00", " "), (2, _COMMISSION, " ", "4.75"))
)
_TRADE = {
    "支付宝交易号": "2026100822001100000000000001\t",
    "商户订单号": f"T200P{NO}\t",
    "业务类型": "交易\t",
    "商品名称": "示例连衣裙",
    "创建时间": "2026-10-01 10:00:00",
    "完成时间": "2026-10-01 10:01:00",
    "操作员": "小王\t",
    "对方账户": "*津水(602***@example.com)\t",
    "订单金额（元）": "95.00",
    "商家实收（元）": "95.00",
    "支付宝红包（元）": "0.00",
    "集分宝（元）": "0.00",
    "支付宝优惠（元）": "0.00",
    "商家优惠（元）": "0.00",
    "券核销金额（元）": "0.00",
    "商家红包消费金额（元）": "0.00\t",
    "卡消费金额（元）": "0.00",
    "服务费（元）": "-0.57",
    "分润（元）": "0.00",
    "备注": "张三丰的订单",
}
_TRADE_BACK = {
    **_TRADE,
    "业务类型": "退款\t",
    "创建时间": "2026-10-12 09:00:00",
    "完成时间": "2026-10-12 09:00:05",
    "订单金额（元）": "-20.00",
    "商家实收（元）": "-20.00",
    "退款批次号/请求号": "3300000000000000009\t",
    "服务费（元）": "0.00",
}
_INCOME = {
    "账期": "202610\t",
    "账单大类": "交易货款\t",
    "业务大类": "货款收入\t",
    "业务小类": "货款\t",
    "订单号": f"{NO}\t",
    "子订单号": f"{SECOND_NO}\t",
    "下单时间": "2026-10-01 10:00:00\t",
    "确认收货时间": "2026-10-08 09:00:00\t",
    "商品ID": "600000000001\t",
    "sku": "6177628402264|商品规格#3B1瓶装礼盒\t",
    "商品名称": "示例礼盒\t",
    "数量": "1\t",
    "单价（元）": "100.00\t",
    "订单实际金额（元）": "95.00\t",
    "退款单号": "\t",
    "退款金额（元）": "0.00\t",
    "收/付渠道": "支付宝\t",
    "业务流水号": "FP1202_8675960000000197\t",
    "商户订单号": f"T200P{NO}\t",
    "打款时间": "2026-10-08 09:00:01\t",
    "打款更新时间": "2026-10-08 09:00:01\t",
    "备注": "给张三丰的礼盒\t",
}
_PROTECTION = {
    "主订单ID": NO,
    "子订单ID": SECOND_NO,
    "商品标题": "示例连衣裙",
    "商品ID": "600000000001",
    "SKUID": "5000000000001",
    "具体型号": "颜色:红色",
    "价差金额": "¥21.00",
    "逆向退款金额（含退还天猫积分类服务费）": "¥21.05",
    "申请时间": "2026-10-19 17:33:23",
    "状态": "一键价保自动通过",
    "备注": "张三丰要求",
}
_OLD_PROTECTION = {
    **_PROTECTION,
    "子订单ID": "3300000000000000003",
    "逆向退款金额（含退还天猫积分类服务费）": "2026年7月15日价保系统升级，在7月15日之前的申请订单不会展示逆向退款金额",
}


def _courier(variant: str, heading: str, *rows: Mapping[str, str], **around: Any) -> Small:
    return Small(layout="courier_bill", variant=variant, heading=heading, rows=rows, **around)


def _one(layout: str, variant: str, heading: str, *rows: Mapping[str, str], **around: Any) -> Small:
    return Small(layout=layout, variant=variant, heading=heading, rows=rows, **around)


_PARCEL = {
    "日期": "2026-10-02",
    "业务时间": "2026-10-02 18:20:00",
    "扫描时间": "2026/10/2 18:20",
    "承运商": "圆通速递",
    "运单号": "@YT0000000000001",
    "快递单号": "435233529604913",
    "目的省份": "广东省",
    "目的地": "广东",
    "目的城市": "深圳市",
    "结算重量": "1.25",
    "计费重量": "1.25",
    "原始重量": "1.2",
    "实重": "1.2",
    "实际重量": "1.2",
    "运费": "4.50",
    "费用": "4.50",
    "收件人": "张三丰",
    "件数": "1",
    "体积": "",
}
_SECOND_PARCEL = {
    **_PARCEL,
    "运单号": "YT0000000000002",
    "快递单号": "435233529604914",
    "运费": "6.00",
    "费用": "6.00",
}

SMALLS = (
    _one("order_report", "2011-14", ORDER_2014, _ORDER),
    _one("order_report", "2016-05", ORDER_2016, _ORDER),
    _one("order_report", "2018-09", ORDER_2018, _ORDER),
    _one("order_report", "2019-20", ORDER_2020, _ORDER),
    _one("order_report", "2020-21", ORDER_2021, _ORDER),
    _one("order_report", "2022", ORDER_2022, _ORDER),
    _one("order_report", "2025-26", ORDER_2025, _ORDER),
    _one("item_report", "2020", ITEM_2020, _ITEM),
    _one("item_report", "2021-22", ITEM_2022, _ITEM),
    _one("item_report", "2024-26", ITEM_2024, _ITEM),
    _one("refund_report", "2017", REFUND_2017, _REFUND),
    _one("refund_report", "2026", REFUND_2026, _REFUND),
    _one("alipay_statement", "2012-19", ALIPAY_12, _RECEIPT, _COMMISSION, above=_ABOVE, below=_BELOW),
    _one("alipay_statement", "2026", ALIPAY_13, _RECEIPT, _COMMISSION, above=_ABOVE, below=_BELOW),
    _one("alipay_statement", "2019", ALIPAY_16, _RECEIPT, _COMMISSION, above=_ABOVE, below=_BELOW),
    _one(
        "alipay_statement",
        "mbill",
        ALIPAY_22,
        *_MBILL,
        above=(
            "#账号：shop***@example.com[2088000000000001]",
            "#起始日期：2026-10-01 00:00:00   终止日期：2026-10-31 23:59:59",
            "#导出时间：2026-11-01 09:00:00",
        ),
    ),
    _one(
        "alipay_trades",
        "2019-26",
        TRADES,
        _TRADE,
        _TRADE_BACK,
        above=("#支付宝业务明细查询", *_ABOVE[1:3], "#--------业务明细列表--------"),
        below=(
            "#--------业务明细列表结束--------",
            "#交易合计：1笔，商家实收共95.00元，商家优惠共0.00元",
            "#退款合计：1笔，商家实收退款共-20.00元，商家优惠退款共0.00元",
            "#导出时间：[2026年11月02日 08:00:00]",
        ),
    ),
    _one("goods_income", "2026", INCOME, _INCOME),
    _one(
        "price_protection",
        "2026-06",
        PROTECTION,
        _PROTECTION,
        _OLD_PROTECTION,
        second_heading=PROTECTION_BELOW,
    ),
    _courier(
        "申通 STO", "业务时间,运单号,目的省份,目的城市,结算重量,实重,运费,收件人", _PARCEL, _SECOND_PARCEL
    ),
    _courier("中通 ZTO", "扫描时间,快递单号,目的省份,目的城市,计费重量,费用", _PARCEL, _SECOND_PARCEL),
    _courier("百世 Best 2018", "运单号,费用,原始重量,目的地", _PARCEL, _SECOND_PARCEL),
    _courier(
        "简表 plain",
        "日期,承运商,运单号,计费重量,运费,实际重量,体积,件数",
        _PARCEL,
        _SECOND_PARCEL,
        above=("圆通速递 2026 年 10 月账单",),
        below=("合计,,,,10.50,,,",),
    ),
)


def small(layout: str, variant: str = "") -> Small:
    """The small file of a layout and year, by default the last of the layout."""
    found = [one for one in SMALLS if one.layout == layout and variant in ("", one.variant)]
    return found[-1]


STATEMENT = small("alipay_statement", "2019")
