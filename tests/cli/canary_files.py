# ruff: noqa: E501 - the platforms' headings are data, as long as they are
"""A shop whose every file is full of people: each canary in every column that is about people or written freely.

Needed cells hold what a reader wants; every other cell of the platforms' widest headings holds all canaries at
once. Whatever of them is seen anywhere outside the side table has come through a hole.
"""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

CANARIES = {
    "buyer name": "司马钰婷",
    "receiver name": "欧阳翀羽",
    "telephone": "0571-86543217",
    "mobile": "13912345678",
    "address": "翡翠巷柒拾捌弄桂苑",
    "nick": "xiaolu_ai_caomei",
    "second nick": "鹭鸶爱莓子",
    "Alipay e-mail": "luxiaocao_77@canary.example",
    "Alipay telephone": "13787650432",
    "identity number": "330102199108076543",
    "bank card": "6222021905763182408",
    "counterparty": "上官琬璎",
    "buyer's message": "麻烦搁在传达室婆婆那里",
    "order note": "姝娴嘱咐傍晚送",
    "shop note": "熟客崔瑾瑜勿骂",
    "claim note": "给梅姨买糖糕",
    "case name": "霍芷澜闹退款",
    "reason": "因彭姑娘哭诉",
    "refund explanation": "胳膊肘磨毛勒得慌",
    "invoice title": "蒋氏裁缝铺",
    "operator": "客服龚小珍",
}
NICK, EMAIL, PHONE = CANARIES["nick"], CANARIES["Alipay e-mail"], CANARIES["Alipay telephone"]
EVERYTHING = "；".join(CANARIES.values())
FIRST, SECOND, THIRD = (f"43009988776655443{number}1" for number in (1, 2, 3))
CLAIM_1, CLAIM_2 = "260900000000000001", "260900000000000002"

ORDER_HEADING = (
    "订单编号,买家会员名,买家会员昵称,买家支付宝账号,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,"
    "买家实际支付金额,买家实际支付积分,订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,虚拟号过期时间,"
    "订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,宝贝总数量,店铺Id,店铺名称,订单关闭原因,"
    "卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,"
    "修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,"
    "新零售导购门店id,新零售发货门店名称,新零售发货门店id,退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包,"
    "是否信用购,体验期结束时间,前N有礼,配送类型,直播返现状态,返现金额,延迟发货自动赔付金额,新零售成交门店昵称,新零售成交门店id,"
    "新零售成交经销商id,预售订单,发货时间,商家备忘,主订单编号"
)
ITEM_HEADING = (
    "子订单编号,主订单编号,标题,价格,购买数量,外部系统编号,商品属性,套餐信息,备注,订单状态,商家编码,支付单号,买家应付货款,"
    "买家实际支付金额,退款状态,退款金额,订单创建时间,订单付款时间,商品ID,商家备注,物流单号,物流公司,发货时间"
)
REFUND_HEADING = (
    "订单编号,退款编号,支付宝交易号,订单付款时间,商家编码,退款完结时间,买家会员名称,买家实际支付金额,宝贝标题,买家退款金额,"
    "手工退款/系统退款,是否需要退货,退款的申请时间,超时时间,退款状态,货物状态,退货物流信息,发货物流信息,客服介入状态,"
    "卖家真实姓名,卖家退货地址,卖家邮编,卖家电话,卖家手机,退货物流单号,退货物流公司,买家退款原因,买家退款说明,买家退货时间,"
    "责任方,售中或售后,商家备注,完结时间,部分退款/全部退款,审核操作人,举证超时,是否零秒响应,退款操作人,退款原因标签"
)
STATEMENT_HEADING = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,交易渠道,业务类型,"
    "备注,业务描述,业务账单来源,业务基础订单号,业务订单号,对方名称,付款备注"
)
_GOOD_ORDER = {
    "买家应付货款": "100.00",
    "买家应付邮费": "0.00",
    "买家支付积分": "0",
    "买家实际支付金额": "100.00",
    "订单状态": "交易成功",
    "支付详情": f"支付宝 {EVERYTHING}",
    "运送方式": f"快递 {EVERYTHING}",
    "订单创建时间": "2026-10-01 10:00:00",
    "订单付款时间": "2026-10-01 10:01:00",
    "宝贝标题": f"示例连衣裙 {CANARIES['mobile']} {EMAIL}",
    "订单备注": f"【签收:2026-10-06 11:05】{EVERYTHING}",
    "宝贝总数量": "1",
    "订单关闭原因": f"订单未关闭 {EVERYTHING}",
    "集分宝抵扣": "",
    "退款金额": "无退款申请",
    "确认收货时间": "2026-10-08 09:00:00",
    "发货时间": "2026-10-02 18:00:00",
}
_GOOD_ITEM = {
    "标题": "示例连衣裙",
    "价格": "100.00",
    "购买数量": "1",
    "外部系统编号": "",
    "订单状态": f"交易成功 {EVERYTHING}",
    "商家编码": "0707-M",
    "买家应付货款": "100.00",
    "买家实际支付金额": "100.00",
    "退款状态": f"没有申请退款 {EVERYTHING}",
    "退款金额": "无退款申请",
}
_GOOD_REFUND = {
    "订单编号": f'="{FIRST}"',
    "退款编号": f'="{CLAIM_1}"',
    "商家编码": "0707-M",
    "退款完结时间": "2026-10-07 10:00:00",
    "买家实际支付金额": "100.00",
    "宝贝标题": "示例连衣裙",
    "买家退款金额": "5.00",
    "是否需要退货": "不需要",
    "退款的申请时间": "2026-10-07 09:00:00",
    "退款状态": f"退款成功 {EVERYTHING}",
    "买家退款原因": f"质量问题 {EVERYTHING}",
    "买家退货时间": "",
}
_MOVEMENTS = (
    # number, income, expense, kind, remark, base order number
    (1, "95.00", "", "交易付款", EVERYTHING, FIRST),
    (2, "", "-4.75", "其它", f"天猫佣金（类目）{{{FIRST}}}扣款 {EVERYTHING}", ""),
    (3, "", "-5.00", "转账", f"支付宝转账小额打款-关联订单号：{FIRST} {EVERYTHING}", ""),
    (4, "", "-7.00", f"转账 {EVERYTHING}", EVERYTHING, ""),
    (5, "12.00", "", "其它", f"某种补贴 {EVERYTHING}", SECOND),
)


def write_files(folder: Path, nick: str = NICK) -> None:
    """The shop's four reports, each whole and readable, into a folder; the first and the third order of one nick."""
    folder.mkdir()
    people = ((FIRST, nick, EMAIL), (SECOND, CANARIES["second nick"], PHONE), (THIRD, nick, EMAIL))
    orders = [_order(number, nick, account) for number, nick, account in people]
    items = [
        {**_GOOD_ITEM, "子订单编号": f'="{number[:-2]}0{place}"', "主订单编号": f'="{number}"'}
        for place, (number, _, _) in enumerate(people)
    ]
    _write(folder / "orders.csv", ORDER_HEADING, orders)
    _write(folder / "items.csv", ITEM_HEADING, items)
    _write(folder / "refunds.csv", REFUND_HEADING, [_GOOD_REFUND])
    (folder / "statement.csv").write_text(_statement(), "utf-8")


def write_broken(folder: Path) -> list[Path]:
    """Files that are refused, with people in the cells that are wrong."""
    folder.mkdir()
    names = (
        "订单编号",
        "买家实际支付金额",
        "宝贝总数量",
        "订单付款时间",
        "集分宝抵扣",
        "买家支付积分",
        "退款金额",
    )
    wrong = [{**_order(FIRST, NICK, EMAIL), name: canary} for name in names for canary in CANARIES.values()]
    _write(folder / "shifted.csv", ORDER_HEADING, wrong)
    (folder / "headless.csv").write_text(",".join(CANARIES.values()) + "\n", "utf-8")
    (folder / "ragged.csv").write_text(f"{ORDER_HEADING}\n{EVERYTHING},{EVERYTHING}\n", "utf-8")
    (folder / "open.csv").write_text(f'{ORDER_HEADING}\n"{EVERYTHING}\n', "utf-8")
    (folder / "cut.csv").write_text(_statement().partition("#支出")[0], "utf-8")
    _write(folder / "marked.csv", ORDER_HEADING, [{**_order(FIRST, NICK, EMAIL), "订单备注": _bad_marks()}])
    return sorted(folder.iterdir())


def claims() -> Iterator[dict[str, Any]]:
    """The agents' notes: one that is paid, one that is refused, each with a note full of people."""
    goodwill = {"kind": "goodwill", "amount": "3.00", "note": EVERYTHING}
    asked = {"order_no": SECOND, "at": "2026-10-07T10:00:00", "payee": PHONE}
    yield {**asked, "claim": {**goodwill, "claim_no": CLAIM_2}}
    bought = {"kind": "goodwill", "amount": "2.00", "note": EVERYTHING, "conditional_on_review": True}
    yield {"order_no": SECOND, "at": "2026-10-07T11:00:00", "claim": {**bought, "claim_no": "refused-1"}}
    staff = {"what": "breach", "occurrence": 1}
    yield {"key": "staff-1", "at": "2026-10-31T10:00:00", "staff": staff}


def bad_claims() -> Iterator[dict[str, Any] | str]:
    """Notes that are refused, people in the values that are wrong."""
    yield EVERYTHING
    yield {"order_no": EVERYTHING, "at": "2026-10-07T10:00:00", "claim": {"claim_no": "x"}}
    yield {"order_no": FIRST, "at": CANARIES["buyer name"], "claim": {"claim_no": "y"}}
    yield {"order_no": FIRST, "at": "2026-10-07T10:00:00", "claim": EVERYTHING}
    for canary in CANARIES.values():
        frame = {"order_no": FIRST, "at": "2026-10-07T10:00:00", "payee": f"{canary}!"}
        yield {**frame, "claim": {"claim_no": canary, "kind": "cancel"}}


def whole_case(**claim: Any) -> dict[str, Any]:
    """A case file with its own order; what is given stands in its claim."""
    line = {"line": 1, "sku": "0707-M", "qty": 1, "price": "80.00"}
    moments = {"paid_at": "2026-10-02T10:00:00", "ship_clicked_at": "2026-10-03T10:00:00"}
    given = {"kind": "goodwill", "amount": "1.00", "note": EVERYTHING, "claim_no": "whole-1"}
    return {
        "name": EVERYTHING,
        "at": "2026-10-09T10:00:00",
        "order": {"order_no": "5500000000000000001", "lines": [line], **moments},
        "claim": {**given, **claim},
    }


def bad_cases() -> Iterator[Any]:
    """Cases that are refused, people in the values that are wrong."""
    for canary in CANARIES.values():
        yield whole_case(amount=canary)
        yield whole_case(asked_at=canary)
        yield whole_case(kind=canary)
        yield whole_case(cause=canary)
        yield whole_case(lines=canary)
        yield {**whole_case(), f"{canary}!": EVERYTHING}
    yield EVERYTHING


def distributor(**given: Any) -> dict[str, Any]:
    """A distributor's month, its orders those of the shop."""
    body = {"distributor": "d-01", "month": "2026-10"}
    orders = [{"order_no": FIRST, "amount": "2100.00", "pieces": 21}]
    return {**body, "orders": orders, "refunds": [], **given}


def bad_distributors() -> Iterator[Any]:
    """Distributors' months that are refused, people in the values that are wrong."""
    for canary in CANARIES.values():
        yield distributor(distributor=f"{canary}!")
        yield distributor(month=canary)
        yield distributor(orders=canary)
        yield distributor(refunds=[{"order_no": FIRST, "amount": canary, "pieces": 1}])
        yield {**distributor(), f"{canary}!": EVERYTHING}


def distributor_rows() -> Iterator[str]:
    """A sheet of distributors' facts, people in every cell."""
    yield "代购,类型,订单号,金额,件数"
    yield from (f"{canary},{canary},{canary},{canary},{canary}" for canary in CANARIES.values())


def write_lines(path: Path, lines: Iterator[Any]) -> Path:
    """A file of JSON, one value a line; a text that is no JSON stands as it is."""
    said = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(said) + "\n", "utf-8")
    return path


def _order(number: str, nick: str, account: str) -> dict[str, str]:
    people = {
        "买家会员名": nick,
        "买家会员昵称": nick,
        "买家支付宝账号": account,
        "收货人姓名": CANARIES["receiver name"],
        "联系手机": f"'{CANARIES['mobile']}",
    }
    return {**_GOOD_ORDER, **people, "订单编号": f'="{number}"'}


def _bad_marks() -> str:
    return "".join(f"【{word}:{EVERYTHING}】" for word in ("签收", "代购", "发票", "运费成本", "特价"))


def _write(path: Path, heading: str, rows: list[Mapping[str, str]] | list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = heading.split(",")
    writer.writerow(names)
    writer.writerows([row.get(name.strip(), EVERYTHING) for name in names] for row in rows)
    path.write_bytes(text.getvalue().encode("gb18030"))


def _statement() -> str:
    fen, lines = 100_000, []
    for number, income, expense, kind, remark, base in _MOVEMENTS:
        fen += round(float(income or 0) * 100) + round(float(expense or 0) * 100)
        cells = {
            "账务流水号": f"300000000000000000{number}\t",
            "商户订单号": EVERYTHING,
            "发生时间": f"2026-10-0{number + 2} 09:00:00",
            "收入金额（+元）": income,
            "支出金额（-元）": expense,
            "账户余额（元）": f"{fen / 100:.2f}",
            "业务类型": kind,
            "备注": remark,
            "业务基础订单号": base,
        }
        lines.append(",".join(cells.get(name, EVERYTHING) for name in STATEMENT_HEADING.split(",")))
    income_sum, expense_sum = "107.00", "-16.75"
    return "\r\n".join(
        [
            "#支付宝账务明细查询",
            "#账号：[20880000000000000156]",
            "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年11月01日 00:00:00]",
            f"#{'-' * 41}账务明细列表{'-' * 41}",
            STATEMENT_HEADING,
            *lines,
            f"#{'-' * 41}账务明细列表结束{'-' * 36}",
            f"#支出合计：3笔，共{expense_sum}元",
            f"#收入合计：2笔，共{income_sum}元",
            "#导出时间：[2026年11月01日 09:00:00]",
            "",
        ]
    )
