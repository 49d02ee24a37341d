"""A month with ten differences planted in it on purpose, each one the statement of the demo shop made wrong.

The orders, items, claims and refunds are the demo's own. Of its Alipay account some lines are left out, doubled or
changed, some are put in, and of the months before it September's file came in time and August's did not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from calculators.days import parse_moment
from cli.demo import write_shop
from cli.demo.folder import CASES, ITEMS, ORDERS, REFUNDS, STATEMENT, answer_all
from cli.demo.movements import Movement, movements, opening_fen
from cli.demo.shop import build_shop
from cli.demo.statement import statement
from cli.rulebooks import default_rulebook
from ledger.quoting import quote

SEPTEMBER, LATE = "20880000000000000156_202609_账务明细.csv", "20880000000000000156_202608_账务明细.csv"
SEPTEMBER_FEN, LATE_FEN = -10_00, -20_00
FOREIGN_ORDER, FOREIGN_FEN = "4260909009998887771", 66_00
UNKNOWN_FEN, COMPENSATION_FEN = -7_77, -33_33


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """The files of the month, and which movement was made wrong for each difference."""

    files: tuple[Path, ...]
    september: Path
    late: Path
    cases: Path
    missing_refund: Movement
    double_payment: Movement
    wrong_fee: Movement
    other_refund: Movement
    short_receipt: Movement
    payout: Movement


def planted(folder: Path) -> Planted:
    """The files written into a folder, and what was made wrong."""
    write_shop(folder)
    shop, rulebook = build_shop(), default_rulebook()
    moved = movements(shop, answer_all(shop, lambda case: quote(case, rulebook).answer()))
    refunds = _of(moved, lambda one: one.remark.startswith("售后退款"))
    transfers = _of(moved, lambda one: "小额打款" in one.remark)
    told = {case.order.order_no for case in shop.cases}
    receipts = _of(moved, lambda one: one.description.endswith("交易收款") and one.order_no not in told)
    fees = _of(moved, lambda one: "天猫佣金" in one.remark and one.order_no == receipts[3].order_no)
    donations = _of(moved, lambda one: "公益宝贝" in one.remark)
    payouts = _of(moved, lambda one: one.kind == "提现")
    changed = {
        id(refunds[0]): [],
        id(refunds[1]): [replace(refunds[1], fen=refunds[1].fen - 5_00)],
        id(transfers[0]): [transfers[0], replace(transfers[0], at=transfers[0].at + timedelta(minutes=3))],
        id(fees[0]): [replace(fees[0], fen=2 * fees[0].fen)],
        id(donations[0]): [],
        id(receipts[7]): [replace(receipts[7], fen=receipts[7].fen - 5_00)],
    }
    wrong = [new for one in moved for new in changed.get(id(one), [one])] + _put_in(receipts[5])
    wrong.sort(key=lambda one: (one.at, one.order_no, one.remark))
    (folder / STATEMENT).write_bytes(statement(wrong, opening_fen()))
    late = Movement(
        at=parse_moment("2026-08-28T10:00:00"), fen=LATE_FEN, kind="其它", remark="聚划算参团服务费"
    )
    early = Movement(at=parse_moment("2026-09-15T10:00:00"), fen=SEPTEMBER_FEN, kind="提现", remark="提现")
    before = opening_fen() - SEPTEMBER_FEN
    (folder / LATE).write_bytes(of_month([late], before - LATE_FEN, ("08", "09")))
    (folder / SEPTEMBER).write_bytes(of_month([early], before, ("09", "10")))
    return Planted(
        files=tuple(folder / name for name in (ORDERS, ITEMS, REFUNDS, STATEMENT)),
        september=folder / SEPTEMBER,
        late=folder / LATE,
        cases=folder / CASES,
        missing_refund=refunds[0],
        double_payment=transfers[0],
        wrong_fee=fees[0],
        other_refund=refunds[1],
        short_receipt=receipts[7],
        payout=payouts[0],
    )


def _of(moved: Sequence[Movement], is_meant: Callable[[Movement], bool]) -> list[Movement]:
    return [one for one in moved if is_meant(one)]


def _put_in(like: Movement) -> list[Movement]:
    """What the statement has and the shop knows nothing of."""
    foreign = replace(like, fen=FOREIGN_FEN, order_no=FOREIGN_ORDER, title="别人的宝贝")
    unknown = Movement(
        at=parse_moment("2026-10-20T11:00:00"), fen=UNKNOWN_FEN, kind="其它", remark="平台活动杂项"
    )
    compensation = Movement(
        at=parse_moment("2026-10-21T02:00:00"),
        fen=COMPENSATION_FEN,
        kind="其它",
        remark="天猫保证金-充值（代扣）-缺货",
    )
    return [foreign, unknown, compensation]


def of_month(moved: Sequence[Movement], opening: int, months: tuple[str, str]) -> bytes:
    """A statement of another month: the demo's frame, from the first of one month to the first of the next."""
    text = statement(moved, opening).decode("gb18030")
    text = text.replace("2026年11月01日 00:00:00", f"2026年{months[1]}月01日 00:00:00")
    text = text.replace("2026年10月01日 00:00:00]   终", f"2026年{months[0]}月01日 00:00:00]   终")
    return text.encode("gb18030")
