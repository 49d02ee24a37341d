"""Which accounts a settlement is booked on: the one place that knows both settlements and accounts.

Every item debits its account by its amount (a withheld one, being negative, credits it); every channel
credits where the money comes from. Movements are the shop's own side. The tables are `chart.md` in code.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from calculators.settlement import BESIDE_THE_BUYER, Item, Movement, Settlement
from ledger.chart import (
    ALIPAY,
    ALLOWANCES,
    COUPONS,
    ESCROW,
    FROM_DISTRIBUTORS,
    MARGIN,
    POINTS,
    SALES,
    TO_BUYERS,
    TO_DISTRIBUTORS,
)
from ledger.journal import Posting


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Postings that belong together under one narration, before they are an entry of a book."""

    narration: str
    postings: tuple[Posting, ...]


# item -> (while the order is open, once it is closed); a number alone is the same in both states
DEBIT: dict[str, tuple[str, str]] = {
    "goods": ("2203.01", "5001.02"),
    "outbound_postage": ("2203.01", "5001.02"),
    "return_postage": ("5601.01", "5601.01"),
    "postage_deduction": ("5051.01", "5051.01"),
    "commission": ("5051.02", "5051.02"),
    "invoice_penalty": ("5051.03", "5051.03"),
    "over_invoice_fee": ("5051.04", "5051.04"),
    "price_difference": ("2203.01", "5001.03"),
    "missed_coupon": ("2203.01", "5001.03"),
    "overpaid_postage": ("2203.01", "5001.03"),
    "exchange_difference": ("2203.01", "5001.03"),
    "repair": ("5601.04", "5601.04"),
    "goodwill": ("5601.04", "5601.04"),
    "late_compensation": ("5601.06", "5601.06"),
    "shortage_compensation": ("5601.06", "5601.06"),
    "fake_shipment_compensation": ("5601.06", "5601.06"),
    "stalled_compensation": ("5601.06", "5601.06"),
    "promise_compensation": ("5601.06", "5601.06"),
    "mismatch_compensation": ("5601.06", "5601.06"),
    "gift_deduction": ("5601.05", "5601.05"),
    "bulk_rebate": ("5001.03", "5001.03"),
    "distributor_rebate": ("5001.03", "5001.03"),
    "reship_postage": ("5051.01", "5051.01"),
    "courier_surcharge": ("5051.01", "5051.01"),
    "topup": ("2203.01", "2203.01"),
    "coupon": ("2203.02", "2203.02"),
    "staff_fine": ("2211", "2211"),
    "staff_reward": ("5602.01", "5602.01"),
}
BY_COUPON = {"goodwill": "5601.05"}
NEVER_BOOKED = "platform"  # points of a COD order that was never delivered: the platform gives back its own
BESIDE = {"staff_fine": "2241.01", "staff_reward": "2211"}

# movement -> (debit, credit)
MOVEMENTS: dict[str, tuple[str, str]] = {
    "courier_bill": ("5601.01", "2202.01"),
    "freight_kept": ("2203.01", "5051.01"),
    "allowance_recovered": ("2203.01", "5001.03"),
    "escrow_released": ("1012.01", "1122.01"),
    "goods_lost": ("1221.01", "1406"),
    "goods_resent": ("1406", "1405"),
    "claim_cash": ("1012.01", "1221.01"),
    "claim_short": ("5711.01", "1221.01"),
    "claim_over": ("1221.01", "5301.02"),
    "part_sent": ("5601.04", "1405"),
    "gift_sent": ("5601.05", "1405"),
    "card_fee": ("5601.03", "1012.01"),
    "platform_commission": ("5601.02", "1012.01"),
    "inventory_lost": ("5711.01", "1406"),
    "sale_kept": ("2203.01", "5001.01"),
    "coupon_expired": ("2203.02", "5301.01"),
    "coupon_used": ("2203.02", "5001.01"),
}
NARRATIONS = {
    "courier_bill": "快递运费",
    "freight_kept": "订单结束,留存运费",
    "allowance_recovered": "订单结束,收回优惠券让利",
    "escrow_released": "订单结束,担保款转支付宝",
    "goods_lost": "丢件,向快递索赔",
    "goods_resent": "补发商品",
    "claim_cash": "收到快递理赔",
    "claim_short": "理赔不足",
    "claim_over": "理赔溢额",
    "part_sent": "补发配件",
    "gift_sent": "赠品",
    "card_fee": "信用卡手续费",
    "platform_commission": "软件服务费",
    "inventory_lost": "退件短少,存货损失",
    "sale_kept": "拒绝极速退款,确认销售",
    "coupon_expired": "优惠券失效",
    "coupon_used": "优惠券核销,转销售收入",
}
KINDS = {
    "cancel": "未发货退款",
    "reject": "拒签退款",
    "return": "退货退款",
    "exchange": "换货",
    "price_difference": "退差价",
    "repair": "修补费",
    "late_shipment": "延迟发货赔付",
    "shortage": "缺货赔付",
    "fake_shipment": "虚假发货赔付",
    "stalled_tracking": "物流停滞赔付",
    "broken_promise": "违背承诺赔付",
    "mismatch": "不符包赔",
    "platform_commission": "软件服务费",
    "lost": "丢件",
    "missing": "少件",
    "invoice": "多开发票税点",
    "surcharge": "补运费差价",
    "goodwill": "补偿",
    "distributor_month": "代购月结",
    "bulk": "批量优惠",
    "checkout": "下单",
    "staff": "员工奖惩",
    "accessory": "补发配件",
    "reroute": "转件",
    "speedy_refund": "极速退款",
    "incomplete_return": "退件不全退款",
    "extra_parcel": "加发包裹",
    "card_payment": "信用卡支付",
    "invoice_posting": "补寄发票",
    "gift": "赠品",
    "coupon_life": "优惠券",
    "freight_waiver": "免邮下单",
    "violation_points": "违规扣分",
}
RECEIVED = {
    "distributor_month": FROM_DISTRIBUTORS,
    "checkout": ESCROW,
    "coupon_life": ESCROW,
    "freight_waiver": ESCROW,
}


def drafts(settlement: Settlement) -> tuple[Draft, ...]:
    """The postings of a settlement: the buyer's side first, then the shop's own; none on hold or refusal."""
    if settlement.decision in {"hold", "refuse"}:
        return ()
    own = tuple(_movement(movement) for movement in _with_claim_difference(settlement.movements))
    return tuple(
        draft for draft in (_buyers_side(settlement), *_beside(settlement.items), *own) if draft.postings
    )


def _buyers_side(settlement: Settlement) -> Draft:
    amounts: dict[str, int] = {}
    for item in settlement.items:
        if item.item not in BESIDE_THE_BUYER and item.channel != NEVER_BOOKED:
            account = _debit_account(item, settlement)
            amounts[account] = amounts.get(account, 0) + item.amount_fen
    for account, fen in _channels(settlement):
        amounts[account] = amounts.get(account, 0) - fen
    return Draft(narration=KINDS[settlement.kind], postings=_postings(amounts.items()))


def _debit_account(item: Item, settlement: Settlement) -> str:
    while_open, once_closed = DEBIT[item.item]
    if item.channel == "coupon":
        return BY_COUPON.get(item.item, ALLOWANCES)
    if item.item == "exchange_difference" and item.amount_fen < 0 and settlement.state == "closed":
        return SALES
    return while_open if settlement.state == "open" else once_closed


def _channels(settlement: Settlement) -> list[tuple[str, int]]:
    """Where the money comes from, channel by channel, and what the buyer pays, as a negative."""
    given = settlement.to_buyer
    in_kind = MARGIN if settlement.kind == "late_shipment" else POINTS
    received = RECEIVED.get(settlement.kind, ALIPAY)
    return [
        (ESCROW if settlement.state == "open" else ALIPAY, given.order_fen),
        (TO_BUYERS, given.alipay_fen),
        (in_kind, settlement.in_kind_fen),
        (MARGIN, given.red_packet_fen or 0),
        (COUPONS, given.coupon_fen),
        (TO_DISTRIBUTORS, given.statement_fen),
        (received, -settlement.from_buyer_fen),
    ]


def _beside(items: Iterable[Item]) -> list[Draft]:
    """Items that do not touch the buyer and name both of their accounts."""
    return [
        _pair(KINDS["staff"], DEBIT[item.item][0], BESIDE[item.item], item.amount_fen)
        for item in items
        if item.item in BESIDE
    ]


def _with_claim_difference(movements: tuple[Movement, ...]) -> list[Movement]:
    """A courier that pays less than the goods cost leaves a loss, one that pays more a gain."""
    carried = sum(one.fen for one in movements if one.what == "claim_settled")
    cash = sum(one.fen for one in movements if one.what == "claim_cash")
    booked = [one for one in movements if one.what != "claim_settled"]
    if carried > cash:
        booked.append(Movement(what="claim_short", fen=carried - cash))
    elif cash > carried:
        booked.append(Movement(what="claim_over", fen=cash - carried))
    return booked


def _movement(movement: Movement) -> Draft:
    debit, credit = MOVEMENTS[movement.what]
    return _pair(NARRATIONS[movement.what], debit, credit, movement.fen)


def _pair(narration: str, debit: str, credit: str, fen: int) -> Draft:
    return Draft(narration=narration, postings=_postings([(debit, fen), (credit, -fen)]))


def _postings(amounts: Iterable[tuple[str, int]]) -> tuple[Posting, ...]:
    return tuple(Posting(account=account, amount_fen=fen) for account, fen in amounts if fen)
