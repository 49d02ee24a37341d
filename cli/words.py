"""The words that people read, in 中文 and English: decisions, items, channels, kinds and headings."""

from exports.words import CHANNELS, ITEMS, ROLES

WORDS: dict[str, tuple[str, str]] = {
    **ITEMS,
    **CHANNELS,
    **ROLES,
    "pay": ("付款", "pay"),
    "hold": ("暂缓", "hold"),
    "approve": ("待审批", "approve"),
    "refuse": ("拒绝", "refuse"),
    "payment_method": ("付款方式违规", "payment method"),
    "deposit_fraud": ("套保证金", "deposit fraud"),
    "quality_check": ("质检", "quality check"),
    "from_buyer": ("向买家收取", "from the buyer"),
    "item": ("项目", "Item"),
    "clause": ("条款", "Clause"),
    "formula": ("算式", "Formula"),
    "amount": ("金额", "Amount"),
    "channel": ("渠道", "Channel"),
    "to_buyer": ("退给买家", "To the buyer"),
    "not_applied": ("未适用", "Did not apply"),
    "advisories": ("提示", "Advisories"),
    "awaits": ("等待", "Awaited"),
    "approvals": ("审批", "Approvals"),
    "entries": ("凭证", "Journal entry"),
    "digest": ("摘要码", "Digest"),
    "account": ("科目", "Account"),
    "debit": ("借方", "Debit"),
    "credit": ("贷方", "Credit"),
    "opening": ("期初余额", "Opening"),
    "closing": ("期末余额", "Closing"),
    "total": ("合计", "Total"),
    "voucher": ("凭证号", "Voucher"),
    "day": ("日期", "Day"),
    "narration": ("摘要", "Narration"),
    "order_no": ("订单号", "Order"),
    "claim_no": ("申请号", "Claim"),
    "decision": ("结论", "Decision"),
    "file": ("文件", "File"),
    "layout": ("格式", "Layout"),
    "rows": ("行数", "Rows"),
    "orders": ("订单", "Orders"),
    "reversed_by": ("已冲销，见", "reversed by"),
    "new": ("新增", "New"),
    "paid": ("实付", "Paid"),
    "given": ("已退", "Given back"),
    "left": ("可退余额", "Left"),
    "what": ("内容", "What"),
    "trial_balance": ("试算平衡表", "Trial balance"),
    "order_report": ("订单报表", "order report"),
    "item_report": ("宝贝报表", "item report"),
    "refund_report": ("退款报表", "refund report"),
    "alipay_statement": ("支付宝账务明细", "Alipay statement"),
    "claims": ("售后登记", "claims"),
}


def word(key: str, language: str) -> str:
    """The word for a key in `zh` or `en`; the key itself where there is none."""
    zh, en = WORDS.get(key, (key, key))
    return zh if language == "zh" else en
