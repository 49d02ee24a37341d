"""The words of items, channels and the like as people read them, in 中文 and English: one home for both.

The shell's own words build on these, so a workbook and a screen call a thing the same.
"""

from ledger.posting_rules import KINDS

ITEMS: dict[str, tuple[str, str]] = {
    "goods": ("货款", "goods"),
    "outbound_postage": ("发货运费", "outbound postage"),
    "return_postage": ("寄回运费", "return postage"),
    "postage_deduction": ("扣发货运费", "postage deduction"),
    "commission": ("扣佣金", "commission"),
    "invoice_penalty": ("扣发票税费", "invoice penalty"),
    "price_difference": ("差价", "price difference"),
    "missed_coupon": ("补优惠券差价", "missed coupon"),
    "overpaid_postage": ("退多付邮费", "overpaid postage"),
    "repair": ("修补费", "repair credit"),
    "late_compensation": ("延迟发货赔付", "late compensation"),
    "shortage_compensation": ("缺货赔付", "shortage compensation"),
    "fake_shipment_compensation": ("虚假发货赔付", "fake shipment compensation"),
    "stalled_compensation": ("物流停滞赔付", "stalled tracking compensation"),
    "promise_compensation": ("违背承诺赔付", "broken promise compensation"),
    "mismatch_compensation": ("不符包赔", "mismatch compensation"),
    "platform_commission": ("软件服务费", "platform commission"),
    "gift_deduction": ("扣赠品价值", "gift deduction"),
    "bulk_rebate": ("批量优惠", "bulk rebate"),
    "distributor_rebate": ("代购优惠", "distributor rebate"),
    "goodwill": ("补偿", "goodwill"),
    "topup": ("补差价", "top-up"),
    "reship_postage": ("再发运费", "reship postage"),
    "exchange_difference": ("换货差价", "exchange difference"),
    "over_invoice_fee": ("多开发票税点", "over-invoice fee"),
    "courier_surcharge": ("快递差价", "courier surcharge"),
    "courier_claim": ("快递理赔", "courier claim"),
    "staff_fine": ("员工罚款", "staff fine"),
    "staff_reward": ("员工奖励", "staff reward"),
    "part_cost": ("配件成本", "cost of the part"),
    "gift_cost": ("赠品成本", "cost of the gift"),
    "extra_freight": ("多付运费", "extra freight"),
    "invoice_postage": ("寄发票运费", "invoice postage"),
    "card_fee": ("信用卡手续费", "card fee"),
    "instalments": ("分期付款", "instalments"),
    "inventory_loss": ("存货损失", "inventory loss"),
    "sale_kept": ("销售成立", "sale kept"),
    "coupon_used": ("优惠券核销", "coupon used"),
    "coupon_breakage": ("优惠券失效", "coupon expired"),
    "violation_points": ("违规扣分", "violation points"),
    "freight_waiver": ("免邮", "freight waiver"),
    "staff_commission": ("员工提成", "staff commission"),
    "coupon": ("优惠券", "coupon"),
}
CHANNELS: dict[str, tuple[str, str]] = {
    "order": ("订单退款", "on the order"),
    "alipay": ("支付宝转账", "Alipay transfer"),
    "points": ("天猫积分", "Tmall points"),
    "red_packet": ("赔付红包", "red packet"),
    "jifenbao": ("集分宝", "jifenbao"),
    "statement": ("月结单", "monthly statement"),
    "coupon": ("优惠券", "coupon"),
    "courier": ("快递", "courier"),
    "wages": ("工资", "wages"),
    "stock": ("库存", "stock"),
    "bank": ("银行", "bank"),
    "platform": ("平台", "platform"),
}
ROLES: dict[str, tuple[str, str]] = {
    "supervisor": ("主管", "supervisor"),
    "department_manager": ("部门经理", "department manager"),
    "team_leader": ("组长", "team leader"),
}
MEANINGS: dict[str, tuple[str, str]] = {
    "receipt": ("货款", "receipt"),
    "refund": ("退款", "refund"),
    "buyer_transfer": ("转账给买家", "buyer transfer"),
    "commission": ("平台佣金", "commission"),
    "service_fee": ("平台服务费", "service fee"),
    "insurance": ("保险费", "insurance"),
    "promotion_topup": ("推广充值", "promotion top-up"),
    "points_settlement": ("积分结算", "points settlement"),
    "card_fee": ("信用卡手续费", "card fee"),
    "cod_remittance": ("货到付款回款", "COD remittance"),
    "withdrawal": ("提现", "withdrawal"),
    "deposit": ("保证金划转", "deposit"),
    "compensation": ("保证金赔付", "compensation"),
    "promotion": ("推广佣金", "promotion"),
    "marketing": ("营销费用", "marketing"),
    "courier_claim": ("快递理赔", "courier claim"),
    "fine": ("平台罚款", "fine"),
    "distribution": ("分销分账", "distribution"),
    "donation": ("公益捐赠", "donation"),
    "loan": ("贷款", "loan"),
    "unknown": ("不明", "unknown"),
}
MONTH_STATES: dict[str, tuple[str, str]] = {
    "recorded": ("已入账", "recorded"),
    "running": ("未满月", "month running"),
    "to_record": ("待入账", "to record"),
    "to_approve": ("待审批", "to approve"),
    "to_correct": ("待更正", "to correct"),
    "refused": ("拒绝", "refused"),
}
BREACHES: dict[str, tuple[str, str]] = {
    "damaged": ("人为损坏", "damaged"),
    "tags_swapped": ("吊牌调换", "tags swapped"),
    "malicious_complaint": ("恶意投诉", "malicious complaint"),
    "bad_review": ("差评", "bad review"),
}
_ENTRIES = {
    "opening": "期初",
    "order_paid": "订单付款",
    "order_confirmed": "交易成功",
    "order_delivered": "货到付款签收",
    "statement": "对账单",
    "payment": "付款",
    "settlement": "售后",
    "memorandum": "备查",
    "reversal": "冲销",
    "closing": "结转",
}
_UNITS = {
    "yuan": "元",
    "rate": "比率",
    "days": "天",
    "hours": "小时",
    "months": "个月",
    "count": "次数",
    "points": "积分",
    "per_yuan": "每元",
    "day_of_month": "日",
    "choice": "读法",
    "days_or_choice": "天或读法",
    "switch": "开关",
    "band": "区间",
    "steps": "逐次",
    "day": "日期",
    "campaign": "活动",
    "tiers": "分档(元)",
    "piece_tiers": "分档(件)",
}
_LAYERS = {"manuals": "手册", "shop": "本店", "policy": "指定"}


def item_zh(name: str) -> str:
    """An item in 中文; the name itself where there is no word for it."""
    return ITEMS.get(name, (name,))[0]


def channel_zh(name: str) -> str:
    """A channel in 中文."""
    return CHANNELS.get(name, (name,))[0]


def role_zh(name: str) -> str:
    """Who has to approve, in 中文."""
    return ROLES.get(name, (name,))[0]


def meaning_zh(name: str) -> str:
    """What a line of a statement is for, in 中文."""
    return MEANINGS.get(name, (name,))[0]


def month_zh(name: str) -> str:
    """How far the book has a distributor's month, in 中文."""
    return MONTH_STATES.get(name, (name,))[0]


def breach_zh(name: str) -> str:
    """A distributor's breach of the terms, in 中文."""
    return BREACHES.get(name, (name,))[0]


def kind_zh(name: str) -> str:
    """A kind of claim or question in 中文."""
    return KINDS.get(name, name)


def entry_zh(name: str) -> str:
    """A kind of journal entry in 中文."""
    return _ENTRIES.get(name, name)


def unit_zh(name: str) -> str:
    """A parameter's unit in 中文."""
    return _UNITS.get(name, name)


def layer_zh(name: str) -> str:
    """A layer of the rulebook in 中文; a platform pack keeps its own name."""
    return _LAYERS.get(name, name)
