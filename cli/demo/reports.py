"""The platform's reports of the demo shop: orders, items and refund applications, as the platform writes them.

GB18030, every cell quoted, order numbers as `="…"`, headings with their trailing blanks, buyers masked.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from calculators.money import format_yuan, parse_yuan
from cli.demo.cases import DemoClaim
from cli.demo.drawing import draw
from cli.demo.goods import Line
from cli.demo.orders import DemoOrder
from cli.demo.shop import DemoShop

Answers = Mapping[str, Mapping[str, Any]]
_SHOP = "素年服饰旗舰店"
_PAYMENTS = {"online": "支付宝", "card": "信用卡支付", "cod": "货到付款"}
_REASONS = {
    "quality": "质量问题",
    "wrong_item": "卖家发错货",
    "mismatch": "商品与页面描述不符",
    "size": "尺码不合适",
    "style": "款式不喜欢",
    "colour": "颜色不喜欢",
    "no_reason": "七天无理由退换货",
    "late": "未按约定时间发货",
    "out_of_stock": "缺货",
    "lost": "快递丢失",
    "missing": "少件/漏发",
}
_NO_RETURN = frozenset({"cancel", "lost", "missing", "price_difference"})
_STATES = {"pay": "退款成功", "approve": "退款成功", "refuse": "退款关闭", "hold": "等待卖家确认收货"}


def order_report(shop: DemoShop, answers: Answers) -> bytes:
    """The order report (订单报表) of the month."""
    return table(
        "order_report", (_order_cells(order, _refunded(shop, order, answers)) for order in shop.orders)
    )


def item_report(shop: DemoShop) -> bytes:
    """The item report (宝贝报表) of the month."""
    return table("item_report", (cells for order in shop.orders for cells in _items_cells(order)))


def refund_report(shop: DemoShop, answers: Answers) -> bytes:
    """The refund report (退款报表) of the month: one row an application."""
    orders = {order.order_no: order for order in shop.orders}
    applications = [claim for claim in shop.claims if claim.is_refund]
    rows = (
        _refund_cells(orders[claim.order_no], claim, answers.get(claim.key, {})) for claim in applications
    )
    return table("refund_report", rows)


def heading(report: str) -> Sequence[str]:
    """The headings of one of the demo's files, with their trailing blanks."""
    return _headings()[report]


def table(report: str, rows: Iterable[Mapping[str, str]]) -> bytes:
    """A report of the rows in GB18030; a row names its cells by their headings without blanks."""
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heading(report))
    writer.writerows([row.get(name.strip(), "") for name in heading(report)] for row in rows)
    return text.getvalue().encode("gb18030")


def moment_cell(moment: datetime | None) -> str:
    """A moment as the platform writes it, empty where it has not come."""
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment else ""


def _refunded(shop: DemoShop, order: DemoOrder, answers: Answers) -> int:
    keys = [claim.key for claim in shop.claims if claim.order_no == order.order_no and claim.is_refund]
    return sum(_given_fen(answers.get(key, {})) for key in keys)


def _given_fen(answer: Mapping[str, Any]) -> int:
    if answer.get("decision") not in {"pay", "approve"}:
        return 0
    return parse_yuan(answer["to_buyer"].get("order", "0.00"))


def _order_cells(order: DemoOrder, refund_fen: int) -> dict[str, str]:
    return {**_bought(order), **_money_cells(order, refund_fen), **_life_cells(order)}


def _bought(order: DemoOrder) -> dict[str, str]:
    buyer = draw(900, "buyer", order.order_no)
    return {
        "订单编号": f'="{order.order_no}"',
        "主订单编号": order.order_no,
        "买家会员名": f"tb***{buyer}",
        "支付单号": _payment_number(order),
        "支付详情": _PAYMENTS[order.payment],
        "收货人姓名": "张**",
        "收货地址": "浙江省 杭州市 ***",
        "运送方式": "快递(货到付款)" if order.payment == "cod" else "快递",
        "联系电话": "null",
        "联系手机": "'*******0000",
        "宝贝标题": "，".join(line.title for line in order.lines),
        "宝贝种类": str(len(order.lines)),
        "物流单号": f"YT{10**12 + draw(9 * 10**12, 'waybill', order.order_no)}"
        if order.life.shipped_at
        else "",
        "物流公司": "圆通速递" if order.life.shipped_at else "",
        "订单备注": order.note,
        "宝贝总数量": str(sum(line.qty for line in order.lines)),
        "店铺Id": "0",
        "店铺名称": _SHOP,
    }


def _money_cells(order: DemoOrder, refund_fen: int) -> dict[str, str]:
    whole_fen = order.goods_fen + order.postage_fen
    return {
        "买家应付货款": format_yuan(order.goods_fen),
        "买家应付邮费": format_yuan(order.postage_fen),
        "买家支付积分": str(order.points),
        "总金额": format_yuan(whole_fen),
        "返点积分": "0",
        "买家实际支付金额": format_yuan(order.cash_fen if order.life.paid_at else 0),
        "买家实际支付积分": str(order.points),
        "卖家服务费": "0元",
        "买家服务费": "0元",
        "集分宝抵扣": format_yuan(order.jifenbao),
        "退款金额": format_yuan(refund_fen) if refund_fen else "无退款申请",
        "打款商家金额": f"{format_yuan(order.cash_fen - refund_fen)}元"
        if order.life.confirmed_at
        else "0.00元",
        "延迟发货自动赔付金额": "0.00",
    }


def _life_cells(order: DemoOrder) -> dict[str, str]:
    life = order.life
    return {
        "订单状态": status_of(order),
        "订单关闭原因": _closed_reason(order),
        "订单创建时间": moment_cell(life.created_at),
        "订单付款时间": moment_cell(life.paid_at),
        "发货时间": moment_cell(life.shipped_at),
        "确认收货时间": moment_cell(life.confirmed_at),
    }


def status_of(order: DemoOrder) -> str:
    """The platform's word for how far an order has come."""
    life = order.life
    if order.closed:
        return "交易关闭"
    if life.paid_at is None:
        return "等待买家付款"
    if life.confirmed_at:
        return "交易成功"
    return "卖家已发货，等待买家确认" if life.shipped_at else "买家已付款，等待卖家发货"


def _closed_reason(order: DemoOrder) -> str:
    if not order.closed:
        return "订单未关闭"
    return "买家申请退款" if order.life.paid_at else "买家未付款"


def _items_cells(order: DemoOrder) -> list[dict[str, str]]:
    return [_item_cells(order, place, line) for place, line in enumerate(order.lines)]


def _item_cells(order: DemoOrder, place: int, line: Line) -> dict[str, str]:
    single = len(order.lines) == 1
    is_back = order.closed and order.life.paid_at is not None
    number = order.order_no if single else f"{order.order_no[:-2]}{place + 2:02d}"
    return {
        "子订单编号": f'="{number}"',
        "主订单编号": f'="{order.order_no}"',
        "标题": line.title,
        "价格": format_yuan(line.price_fen),
        "购买数量": str(line.qty),
        "商品属性": line.attributes,
        "订单状态": status_of(order),
        "商家编码": line.sku,
        "支付单号": _payment_number(order),
        "买家应付货款": format_yuan(line.paid_fen),
        "买家实际支付金额": _item_paid(order, line),
        "退款状态": "退款成功" if is_back else "没有申请退款",
        "退款金额": format_yuan(line.paid_fen) if is_back else "无退款申请",
        "订单创建时间": moment_cell(order.life.created_at),
        "订单付款时间": moment_cell(order.life.paid_at),
    }


def _item_paid(order: DemoOrder, line: Line) -> str:
    """The platform puts the postage into a single line, and leaves the figure of some split orders blank."""
    if order.life.paid_at is None:
        return "0.00"
    if len(order.lines) == 1:
        return format_yuan(line.paid_fen + order.postage_fen)
    return " " if draw(4, "blank", order.order_no) == 0 else format_yuan(line.paid_fen)


def _refund_cells(order: DemoOrder, claim: DemoClaim, answer: Mapping[str, Any]) -> dict[str, str]:
    decision = answer.get("decision", "pay")
    kind = claim.body["kind"]
    asked_fen = parse_yuan(answer.get("to_buyer", {}).get("order", "0.00")) or order.cash_fen
    done = decision != "hold"
    line = order.lines[claim.body.get("lines", [{"line": 1}])[0]["line"] - 1]
    reason = claim.body.get("cause") or {"price_difference": "退差价", "reject": "拒收"}.get(kind, "")
    return {
        "订单编号": f'="{order.order_no}"',
        "退款编号": f'="{claim.key}"',
        "支付单号": _payment_number(order),
        "订单付款时间": moment_cell(order.life.paid_at),
        "商家编码": line.sku,
        "退款完结时间": moment_cell(claim.at) if done else "",
        "完结时间": moment_cell(claim.at) if done else "",
        "买家会员名称": "tb***",
        "买家实际支付金额": format_yuan(order.cash_fen),
        "宝贝标题": line.title,
        "买家退款金额": format_yuan(asked_fen),
        "手工退款/系统退款": "手工退款",
        "售后类型": "仅退款" if kind in _NO_RETURN else "退货退款",
        "退款的申请时间": moment_cell(claim.asked_at),
        "退款状态": _STATES[decision],
        "货物状态": "买家未收到货" if kind in {"cancel", "lost", "reject"} else "买家已收到货",
        "买家退款原因": _REASONS.get(reason, reason or "拍错/不想要"),
        "售中或售后": "售后" if _is_closed(order, claim) else "售中",
        "部分退款/全部退款": "全部退款" if order.closed else "部分退款",
    }


def _is_closed(order: DemoOrder, claim: DemoClaim) -> bool:
    confirmed_at = order.life.confirmed_at
    return confirmed_at is not None and confirmed_at <= claim.asked_at


def _payment_number(order: DemoOrder) -> str:
    return f"{order.life.created_at:%Y%m%d}2200{draw(10**12, 'payment', order.order_no):012d}"


@cache
def _headings() -> dict[str, list[str]]:
    return tomllib.loads(Path(__file__).with_name("headings.toml").read_text("utf-8"))
