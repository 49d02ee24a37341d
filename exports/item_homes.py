"""On which sheet of the workbook each settled item stands, beside 售后明细, which holds them all.

One table, and a total one: every item that can be booked has a line here, so that the sheets together are the
whole of 售后明细 and the 校验 can say so. An item of a newer program than ours counts as plain.
"""

FREIGHT, DIFFERENCES, COMMISSION = "运费报销", "差价退款", "佣金扣款"
INVOICES, REPAIRS, PLATFORM, DISTRIBUTORS = "发票扣费", "修补与补偿", "平台赔付", "代购月结"
PLAIN = "货款与其他"

HOMES: dict[str, str] = {
    "return_postage": FREIGHT,
    "outbound_postage": FREIGHT,
    "reship_postage": FREIGHT,
    "courier_surcharge": FREIGHT,
    "overpaid_postage": FREIGHT,
    "postage_deduction": FREIGHT,
    "extra_freight": FREIGHT,
    "invoice_postage": FREIGHT,
    "freight_waiver": FREIGHT,
    "price_difference": DIFFERENCES,
    "missed_coupon": DIFFERENCES,
    "exchange_difference": DIFFERENCES,
    "topup": DIFFERENCES,
    "commission": COMMISSION,
    "invoice_penalty": INVOICES,
    "over_invoice_fee": INVOICES,
    "repair": REPAIRS,
    "goodwill": REPAIRS,
    "part_cost": REPAIRS,
    "gift_cost": REPAIRS,
    "gift_deduction": REPAIRS,
    "late_compensation": PLATFORM,
    "shortage_compensation": PLATFORM,
    "fake_shipment_compensation": PLATFORM,
    "stalled_compensation": PLATFORM,
    "promise_compensation": PLATFORM,
    "mismatch_compensation": PLATFORM,
    "courier_claim": PLATFORM,
    "violation_points": PLATFORM,
    "distributor_rebate": DISTRIBUTORS,
    "bulk_rebate": DISTRIBUTORS,
    "goods": PLAIN,
    "sale_kept": PLAIN,
    "inventory_loss": PLAIN,
    "coupon": PLAIN,
    "coupon_used": PLAIN,
    "coupon_breakage": PLAIN,
    "card_fee": PLAIN,
    "platform_commission": PLAIN,
    "staff_fine": PLAIN,
    "staff_reward": PLAIN,
}
SLICES = (FREIGHT, DIFFERENCES, COMMISSION, INVOICES, REPAIRS, PLATFORM, DISTRIBUTORS)


def home_of(item: str) -> str:
    """The sheet of an item, or the word for what stands in 售后明细 alone."""
    return HOMES.get(item, PLAIN)


def items_of(sheet: str) -> frozenset[str]:
    """The items that stand on a sheet."""
    return frozenset(item for item, home in HOMES.items() if home == sheet)
