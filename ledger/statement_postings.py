"""What is booked of an Alipay statement line: fees, transfers, top-ups, and what nobody knows yet.

Receipts and refunds of orders are booked by the orders and their claims, so the statement only confirms them.
A line of unknown meaning goes to suspense and is never dropped; so does one whose kind is known and whose account
a person must choose.
"""

from datetime import date

from ledger.chart import ALIPAY, SUSPENSE
from ledger.journal import JournalEntry, Posting
from ledger.recordings import KeyedEntry

CONFIRMING = frozenset({"receipt", "refund"})
# meaning of the line -> (account that faces Alipay, narration)
FACING: dict[str, tuple[str, str]] = {
    "buyer_transfer": ("2241.02", "支付宝转账给买家"),
    "commission": ("5601.02", "平台佣金"),
    "service_fee": ("5601.07", "平台服务费"),
    "insurance": ("5601.07", "保险费"),
    "promotion": ("5601.08", "推广佣金"),
    "promotion_topup": ("1123.01", "推广充值"),
    "marketing": ("5601.05", "营销费用"),
    "points_settlement": ("1221.02", "积分结算"),
    "card_fee": ("5601.03", "信用卡手续费"),
    "cod_remittance": ("1122.02", "货到付款回款"),
    "courier_claim": ("1221.01", "快递理赔到账"),
    "withdrawal": ("1002", "提现"),
    "deposit": ("1012.02", "保证金划转"),
    "fine": ("5711.02", "平台罚款"),
    "compensation": ("1012.02", "补足保证金赔付"),
    "distribution": (SUSPENSE, "待查款项：分销分账"),
    "donation": (SUSPENSE, "待查款项：公益捐赠"),
    "loan": (SUSPENSE, "待查款项：贷款"),
    "unknown": (SUSPENSE, "待查款项"),
}

SUSPENDED = frozenset(meaning for meaning, (account, _) in FACING.items() if account == SUSPENSE)


def statement_entry(serial: str, meaning: str, on: date, line: tuple[int, str | None]) -> KeyedEntry | None:
    """The entry of one statement line (net fen, order number), keyed by its serial; None for a confirming line."""
    net_fen, order_no = line
    if meaning in CONFIRMING or not net_fen:
        return None
    account, narration = FACING[meaning]
    postings = (
        Posting(account=ALIPAY, amount_fen=net_fen),
        Posting(account=account, amount_fen=-net_fen),
    )
    entry = JournalEntry(
        kind="statement", effective_on=on, narration=narration, postings=postings, order_no=order_no
    )
    return KeyedEntry(key=line_key(serial), entry=entry)


def line_key(serial: str) -> str:
    """The key under which the line of that serial is posted once."""
    return f"alipay:{serial}"


def serial_of(key: str) -> str:
    """The serial of the line that a key was made of: `alipay:SERIAL`, or an explanation's `clear:SERIAL/2`."""
    return key.partition(":")[2].partition("/")[0]
