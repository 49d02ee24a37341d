"""The keys of a case file, kind by kind: what may stand in it, how each value is read, what must be there.

This is data. `case_reader` walks it, and checks what one key alone cannot tell.
"""

from calculators.facts import (
    BulkLine,
    ClaimLine,
    Coupon,
    Invoice,
    Line,
    MonthOrder,
    Replacement,
)
from calculators.platform_format import COMPENSATED, PLATFORM_KINDS, RETURNED
from calculators.reading import (
    Key,
    count,
    day,
    factor,
    flag,
    many,
    moment,
    month,
    one_of,
    pieces,
    record,
    text,
    yuan,
)

CAUSES = (
    "quality",
    "wrong_item",
    "mismatch",
    "micro_flaw",
    "size",
    "style",
    "colour",
    "no_reason",
    "late",
    "out_of_stock",
    "lost",
    "missing",
)

LINE = {
    "line": Key(read=pieces, required=True),
    "sku": Key(read=text),
    "qty": Key(read=pieces, required=True),
    "price": Key(read=yuan, field="price_fen", required=True),
    "special_price": Key(read=flag),
    "presale": Key(read=flag),
    "presale_form": Key(read=one_of("full", "deposit")),
    "custom": Key(read=flag),
    "paid": Key(read=yuan, field="paid_fen"),
}
COUPON = {
    "amount": Key(read=yuan, field="amount_fen", required=True),
    "lines": Key(read=many(pieces)),
}
INVOICE = {
    "amount": Key(read=yuan, field="amount_fen", required=True),
    "issued_on": Key(read=day, required=True),
    "returned_on": Key(read=day),
}
ORDER = {
    "order_no": Key(read=text, required=True),
    "platform": Key(read=one_of("tmall", "taobao")),
    "activity": Key(read=one_of("none", "juhuasuan")),
    "payment": Key(read=one_of("online", "cod", "card")),
    "paid_at": Key(read=moment),
    "ship_by": Key(read=day),
    "ship_clicked_at": Key(read=moment),
    "picked_up_at": Key(read=moment),
    "signed_at": Key(read=moment),
    "confirmed_at": Key(read=moment),
    "free_shipping": Key(read=flag),
    "postage": Key(read=yuan, field="postage_fen"),
    "postage_cost": Key(read=yuan, field="postage_cost_fen"),
    "lines": Key(read=many(record(Line, LINE), least=1), required=True),
    "coupon": Key(read=record(Coupon, COUPON)),
    "points": Key(read=count),
    "jifenbao": Key(read=count),
    "invoice": Key(read=record(Invoice, INVOICE)),
    "distributor": Key(read=text),
    "courier": Key(read=text),
    "free_shipping_from": Key(read=yuan, field="free_shipping_from_fen"),
    "long_after_sale": Key(read=flag),
}

CLAIM_LINE = {"line": Key(read=pieces, required=True), "qty": Key(read=pieces, required=True)}
SETTLED = {
    "lines": Key(read=lambda value, path: value),
    "postage": Key(read=yuan, field="postage_fen"),
    "cash": Key(read=yuan, field="cash_fen"),
    "points": Key(read=count),
    "jifenbao": Key(read=count),
}
COMMON = {
    "kind": Key(read=text, required=True),
    "claim_no": Key(read=text),
    "cause": Key(read=one_of(*CAUSES)),
    "fault": Key(read=one_of("seller", "buyer", "courier")),
    "lines": Key(read=many(record(ClaimLine, CLAIM_LINE))),
    "asked_at": Key(read=moment),
}
_PARCEL_CHECKS = {
    "tracking_no": Key(read=text),
    "wrong_number": Key(read=flag),
    "duplicate_number": Key(read=flag),
    "traced": Key(read=flag),
    "days_left": Key(read=count),
}
_RETURN = {
    "cause": Key(read=one_of(*CAUSES), required=True),
    "received": Key(read=flag),
    "condition": Key(read=one_of("intact", "worn", "damaged", "tags_missing")),
    "return_postage": Key(read=yuan, field="return_postage_fen"),
    "route": Key(read=one_of("order", "timed_out")),
    "disclosed": Key(read=flag),
    "buyer_insists": Key(read=flag),
}
_REPLACEMENT = {
    "price": Key(read=yuan, field="price_fen", required=True),
    "stock": Key(read=count, required=True),
}
_EXCHANGE = _RETURN | {
    "replacement": Key(read=record(Replacement, _REPLACEMENT)),
    "reship_postage": Key(read=yuan, field="reship_postage_fen"),
    "refund_open": Key(read=flag),
}
REASONS: dict[str, tuple[str, ...]] = {
    "activity": ("activity_price", "activity_day"),
    "missed_coupon": ("coupon_amount", "threshold"),
    "presale_reorder": ("old_price", "page_price"),
    "late_keep": ("factor",),
    "concession": ("amount",),
    "overpaid_postage": ("due",),
}
_PRICE_DIFFERENCE = {
    "reason": Key(read=one_of(*REASONS), required=True),
    "received": Key(read=flag),
    "activity_price": Key(read=yuan, field="activity_price_fen"),
    "activity_day": Key(read=day),
    "coupon_amount": Key(read=yuan, field="coupon_amount_fen"),
    "threshold": Key(read=yuan, field="threshold_fen"),
    "old_price": Key(read=yuan, field="old_price_fen"),
    "page_price": Key(read=yuan, field="page_price_fen"),
    "factor": Key(read=factor),
    "amount": Key(read=yuan, field="amount_fen"),
    "return_postage": Key(read=yuan, field="return_postage_fen"),
    "reship_postage": Key(read=yuan, field="reship_postage_fen"),
    "due": Key(read=yuan, field="due_fen"),
}
_CHOICE = {
    "choice": Key(read=one_of("reship", "refund")),
    "cost": Key(read=yuan, field="cost_fen"),
    "reship_postage": Key(read=yuan, field="reship_postage_fen"),
    "claim_received": Key(read=yuan, field="claim_received_fen"),
}
KINDS: dict[str, dict[str, Key]] = {
    "cancel": {},
    "reject": {
        "returned": Key(read=flag),
        "return_postage": Key(read=yuan, field="return_postage_fen"),
    },
    "return": _RETURN | _PARCEL_CHECKS | RETURNED,
    "exchange": _EXCHANGE,
    "price_difference": _PRICE_DIFFERENCE,
    "repair": {"amount": Key(read=yuan, field="amount_fen", required=True)},
    "late_shipment": COMPENSATED
    | {
        "upheld": Key(read=flag),
        "refunded": Key(read=flag),
        "notice_date": Key(read=day),
    },
    "lost": _CHOICE,
    "missing": _CHOICE
    | {
        "warehouse_short": Key(read=flag),
        "signed_by": Key(read=one_of("buyer", "stranger", "placed_as_told")),
        "stamped_proof": Key(read=flag),
    },
    "invoice": {"requested": Key(read=yuan, field="requested_fen", required=True)},
    "surcharge": {
        "chosen": Key(read=yuan, field="chosen_fen", required=True),
        "usual": Key(read=yuan, field="usual_fen", required=True),
        "asked_by": Key(read=one_of("buyer", "shop"), required=True),
        "announced": Key(read=flag),
    },
    "goodwill": {
        "amount": Key(read=yuan, field="amount_fen", required=True),
        "note": Key(read=text),
        "as": Key(read=one_of("cash", "coupon"), field="given_as"),
        "conditional_on_review": Key(read=flag),
    },
    "accessory": {
        "cost": Key(read=yuan, field="cost_fen"),
        "reship_postage": Key(read=yuan, field="reship_postage_fen"),
    },
    "reroute": {
        "way": Key(read=one_of("ems", "reship"), required=True),
        "reship_postage": Key(read=yuan, field="reship_postage_fen", required=True),
        "return_postage": Key(read=yuan, field="return_postage_fen"),
        "wrong_address": Key(read=flag),
        "returned": Key(read=flag),
    },
    "speedy_refund": {
        "received": Key(read=flag),
        "reordered": Key(read=flag),
        "traced": Key(read=flag),
        "days_left": Key(read=count),
    },
    "incomplete_return": {name: key for name, key in _RETURN.items() if name not in {"received", "route"}}
    | _PARCEL_CHECKS
    | RETURNED
    | {
        "arrived": Key(read=many(record(ClaimLine, CLAIM_LINE))),
        "evidence": Key(read=one_of("open", "holds", "fails")),
        "signed_by": Key(read=one_of("shop", "stranger")),
        "address_right": Key(read=flag),
        "cost": Key(read=yuan, field="cost_fen"),
        "claim_received": Key(read=yuan, field="claim_received_fen"),
    },
    "extra_parcel": {
        "parcel": Key(read=one_of("split", "late", "exchange_delay"), required=True),
        "chosen": Key(read=yuan, field="chosen_fen", required=True),
        "usual": Key(read=yuan, field="usual_fen"),
    },
    "card_payment": {
        "card_amount": Key(read=yuan, field="card_amount_fen"),
        "instalments": Key(read=flag),
        "bank": Key(read=one_of("boc", "pingan", "abc", "sdb", "other")),
        "promotion": Key(read=one_of("none", "limited_time", "flash_sale")),
        "charge_buyer": Key(read=flag),
    },
    "invoice_posting": {
        "postage": Key(read=yuan, field="amount_fen", required=True),
        "charge_buyer": Key(read=flag),
    },
    "gift": {
        "cost": Key(read=yuan, field="cost_fen", required=True),
        "amount": Key(read=yuan, field="amount_fen"),
        "note": Key(read=text),
        "conditional_on_review": Key(read=flag),
    },
    **PLATFORM_KINDS,
}

MONTH_ORDER = {
    "order_no": Key(read=text, required=True),
    "amount": Key(read=yuan, field="amount_fen", required=True),
    "pieces": Key(read=count, required=True),
}
DISTRIBUTOR_MONTH = {
    "distributor": Key(read=text, required=True),
    "month": Key(read=month, required=True),
    "orders": Key(read=many(record(MonthOrder, MONTH_ORDER)), required=True),
    "refunds": Key(read=many(record(MonthOrder, MONTH_ORDER))),
    "breaches": Key(read=many(one_of("damaged", "tags_swapped", "malicious_complaint", "bad_review"))),
    "granted_factor": Key(read=factor),
    "settled": Key(read=yuan, field="settled_fen"),
}
BULK_LINE = {
    "qty": Key(read=pieces, required=True),
    "price": Key(read=yuan, field="price_fen", required=True),
}
BULK = {
    "lines": Key(read=many(record(BulkLine, BULK_LINE), least=1), required=True),
    "granted_factor": Key(read=factor),
    "all_confirmed": Key(read=flag),
    "returned_qty": Key(read=count),
    "courier": Key(read=text),
}
CHECKOUT = {
    "subtotal": Key(read=yuan, field="subtotal_fen", required=True),
    "threshold": Key(read=yuan, field="threshold_fen", required=True),
    "reduction": Key(read=yuan, field="reduction_fen", required=True),
    "postage": Key(read=yuan, field="postage_fen"),
    "customer_asks": Key(read=flag),
}
STAFF = {
    "what": Key(read=one_of("breach", "complaint", "reward", "commission"), required=True),
    "occurrence": Key(read=count),
    "amount": Key(read=yuan, field="amount_fen"),
    "errors": Key(read=count),
    "ideas": Key(read=count),
    "staff_noted": Key(read=flag),
}
