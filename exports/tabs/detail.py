"""The 售后明细: what each claim was given, item by item, under which clause and booked by which voucher."""

from exports.item_homes import home_of
from exports.sheets import Column, Kind, Sheet
from exports.tallies import Month, beside
from exports.words import channel_zh, item_zh, kind_zh
from ledger.reports import SettledItemRow

TITLE = "售后明细"
CLAIM, KIND, ITEM, CLAUSE, AMOUNT = "申请号", "业务类型", "项目", "条款", "金额"
CHANNEL, SIDE, HOME, DAY, CLAIMS = "渠道", "对象", "归属", "日期", "申请数"
BUYER, SHOP = "买家", "店内"


def working(row: SettledItemRow) -> str:
    """How an item's amount came about; one that was taken back says so."""
    return f"冲销：{row.formula}" if row.taken_back else row.formula


_COLUMNS: tuple[Column[SettledItemRow], ...] = (
    Column(title=DAY, kind=Kind.DAY, width=12, value=lambda row: row.effective_on),
    Column(title="凭证号", kind=Kind.TEXT, width=10, value=lambda row: row.voucher),
    Column(title=CLAIM, kind=Kind.TEXT, width=22, value=lambda row: row.claim_no),
    Column(title="订单号", kind=Kind.TEXT, width=22, value=lambda row: row.order_no),
    Column(title=KIND, kind=Kind.TEXT, width=13, value=lambda row: kind_zh(row.kind)),
    Column(title=ITEM, kind=Kind.TEXT, width=13, value=lambda row: item_zh(row.item)),
    Column(title=CLAUSE, kind=Kind.TEXT, width=12, value=lambda row: row.rule),
    Column(title="计算式", kind=Kind.TEXT, width=34, value=working),
    Column(title=AMOUNT, kind=Kind.AMOUNT, width=14, value=lambda row: row.amount_fen, summed=True),
    Column(title=CHANNEL, kind=Kind.TEXT, width=12, value=lambda row: channel_zh(row.channel)),
    Column(title=SIDE, kind=Kind.TEXT, width=7, value=lambda row: SHOP if beside(row) else BUYER),
    Column(title=HOME, kind=Kind.TEXT, width=13, value=lambda row: home_of(row.item)),
    Column(title=CLAIMS, kind=Kind.NUMBER, width=8, value=lambda row: row.claims, summed=True),
    Column(title="链序号", kind=Kind.NUMBER, width=9, value=lambda row: row.seq),
)


def detail_sheet(month: Month) -> Sheet[SettledItemRow]:
    """The sheet 售后明细; 计算式 is text to read, never a formula to run."""
    whole = month.items.whole
    return Sheet(
        title=TITLE,
        table="settled_items",
        columns=_COLUMNS,
        rows=month.report.items,
        count=whole.items,
        sums={AMOUNT: whole.all_fen, CLAIMS: whole.claims},
        note="一行一个项目；正数付给买家，负数向买家收取或扣回，「店内」各项不经过买家",
        headline=AMOUNT,
        frozen=3,
        rows_max=month.rows_max,
    )
