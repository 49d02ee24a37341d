"""What moves on the demo shop's Alipay account, and why: receipts, fees, refunds, transfers.

An order's receipt is what escrow still holds for it when it is confirmed: its cash less what the answers took
out of escrow before. What an answer's entries post to Alipay moves on the day of the claim; what it owes the
buyer by Alipay is transferred half an hour later, and what comes after the month's last batch of transfers waits
for November; what it took from the margin is topped up the next night. So the ledger's Alipay account and the
statement agree, and a little is still owed.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from calculators.days import SHANGHAI, parse_moment
from calculators.money import parse_yuan, round_half_up
from cli.demo.drawing import draw
from cli.demo.orders import AFTER, DemoOrder
from cli.demo.shop import DemoShop
from ledger.chart import ALIPAY, ESCROW, MARGIN, POINTS

Answers = Mapping[str, Mapping[str, Any]]
_COMMISSION = {"": Fraction(5, 100), "juhuasuan": Fraction(12, 100)}
_SERVICE = Fraction(6, 1000)
_CARD = Fraction(8, 1000)
_INSURANCE_FEN = 80
_REMITTED_DAYS = 3
LAST_TRANSFERS_AT = datetime(2026, 10, 30, 12, 0, tzinfo=SHANGHAI)
_POINTS_SETTLED_AT = datetime(2026, 10, 31, 20, 30, tzinfo=SHANGHAI)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement of the account: fen, positive into it, and the platform's words for it."""

    at: datetime
    fen: int
    kind: str
    remark: str
    order_no: str = ""
    title: str = ""
    description: str = ""
    merchant: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One answered question: when, on which order, and the answer; only what is paid moves anything."""

    at: datetime
    order_no: str
    answer: Mapping[str, Any]


def opening_fen() -> int:
    """What the account held when October began."""
    return parse_yuan(_own()["opening"])


def movements(shop: DemoShop, answers: Answers) -> list[Movement]:
    """Every movement of the month, oldest first."""
    settled = _settled(shop, answers)
    moved = [*_own_movements(), _points_settlement(shop, settled)]
    for order in shop.orders:
        moved += _order_movements(order, [one for one in settled if one.order_no == order.order_no])
    moved += [movement for one in settled for movement in _answer_movements(one)]
    kept = [movement for movement in moved if movement.fen and movement.at < AFTER]
    return sorted(kept, key=lambda movement: (movement.at, movement.order_no, movement.remark))


def net_fen(entry: Mapping[str, Any], account: str) -> int:
    """What an entry posts to an account, debits less credits."""
    postings = [posting for posting in entry["postings"] if posting["account"] == account]
    debit = sum(parse_yuan(posting.get("debit", "0.00")) for posting in postings)
    return debit - sum(parse_yuan(posting.get("credit", "0.00")) for posting in postings)


def _settled(shop: DemoShop, answers: Answers) -> list[Settled]:
    asked = [(claim.key, claim.at, claim.order_no) for claim in shop.claims]
    asked += [(question["key"], parse_moment(question["at"]), "") for question in shop.questions]
    return [
        Settled(at=at, order_no=order_no, answer=answers[key])
        for key, at, order_no in asked
        if answers.get(key, {}).get("decision") in {"pay", "approve"}
    ]


def _posted_fen(settled: Sequence[Settled], account: str) -> int:
    return sum(net_fen(entry, account) for one in settled for entry in one.answer["entries"])


def _order_movements(order: DemoOrder, settled: Sequence[Settled]) -> Iterator[Movement]:
    life = order.life
    if life.shipped_at and draw(6, "insured", order.order_no) == 0:
        remark = f"保险承保-卖家版运费险保费收取:淘宝订单号{order.order_no}"
        yield Movement(at=life.shipped_at, fen=-_INSURANCE_FEN, kind="其它", remark=remark)
    if life.confirmed_at is None or life.paid_at is None:
        return
    before = [one for one in settled if one.at < life.confirmed_at]
    yield from _fees(order, order.cash_fen + _posted_fen(before, ESCROW), life.confirmed_at)


def _fees(order: DemoOrder, cash_fen: int, at: datetime) -> Iterator[Movement]:
    """The receipt of a confirmed order and what the platform takes out of it, a second apart."""
    number, by = order.order_no, order.order_no
    if order.payment == "cod":
        remitted_at = at.replace(hour=10, minute=0) + timedelta(days=_REMITTED_DAYS)
        remark = f"货到付款货款结算-订单号：{number}"
        yield Movement(at=remitted_at, fen=cash_fen, kind="转账", remark=remark, order_no=by)
    else:
        title, said = order.lines[0].title, "0010001|交易收款-交易收款"
        yield Movement(
            at=at,
            fen=cash_fen,
            kind="交易付款",
            remark="",
            order_no=by,
            title=title,
            description=said,
            merchant="T200P",
        )
        service = f"基础软件服务费({number})扣款"
        yield _fee(at, 2, _SERVICE * cash_fen, ("其它", service), by)
    goods_fen = max(cash_fen - order.postage_fen, 0)
    commission = f"天猫佣金（类目）{{{number}}}扣款"
    yield _fee(at, 1, _COMMISSION[order.activity] * goods_fen, ("其它", commission), by)
    if order.payment == "card":
        card = f"信用卡支付服务费[{number[-8:]}];淘宝交易号[T200P{number}]"
        yield _fee(at, 3, _CARD * cash_fen, ("服务费", card), by)


def _fee(at: datetime, seconds: int, exact: Fraction, words: tuple[str, str], order_no: str) -> Movement:
    kind, remark = words
    moment = at + timedelta(seconds=seconds)
    return Movement(at=moment, fen=-round_half_up(exact), kind=kind, remark=remark, order_no=order_no)


def _answer_movements(one: Settled) -> Iterator[Movement]:
    for place, entry in enumerate(one.answer["entries"]):
        fen = net_fen(entry, ALIPAY)
        yield _entry_movement(one, fen, place, from_escrow=net_fen(entry, ESCROW) < 0)
        yield _refill(one, net_fen(entry, MARGIN))
    transfer_fen = parse_yuan(one.answer["to_buyer"].get("alipay", "0.00"))
    remark = f"支付宝转账小额打款-关联订单号：{one.order_no}" if one.order_no else "退差价"
    later = one.at + timedelta(minutes=30)
    if later < LAST_TRANSFERS_AT:
        yield Movement(
            at=later, fen=-transfer_fen, kind="转账", remark=remark, order_no="", merchant="FP301_"
        )


def _refill(one: Settled, fen: int) -> Movement:
    """What a compensation took from the margin is topped up from Alipay that night; it names no order."""
    at = (one.at + timedelta(days=1)).replace(hour=2, minute=0)
    return Movement(at=at, fen=fen, kind="其它", remark="天猫保证金-充值（代扣）-延迟发货")


def _entry_movement(one: Settled, fen: int, place: int, *, from_escrow: bool) -> Movement:
    at = one.at + timedelta(seconds=place)
    number = one.order_no
    if fen < 0:
        remark = f"售后退款-{at:%Y%m%d%H%M%S}" + (f"-T200P{number}" if number else "")
        return Movement(at=at, fen=fen, kind="交易退款", remark=remark, order_no=number, merchant="T200P")
    if from_escrow:
        said = "0010001|交易收款-交易收款"
        return Movement(
            at=at, fen=fen, kind="交易付款", remark="", order_no=number, description=said, merchant="T200P"
        )
    return Movement(at=at, fen=fen, kind="转账", remark=f"买家补款-关联订单号：{number}", order_no=number)


def _points_settlement(shop: DemoShop, settled: Sequence[Settled]) -> Movement:
    """The platform pays for the points and jifenbao of the month's finished orders, less those given back."""
    done = {order.order_no for order in shop.orders if order.life.confirmed_at}
    spent = sum(order.points + order.jifenbao for order in shop.orders if order.order_no in done)
    back = _posted_fen([one for one in settled if one.order_no in done], POINTS)
    return Movement(
        at=_POINTS_SETTLED_AT, fen=spent + back, kind="其它", remark="积分结算-2026年10月天猫积分及集分宝"
    )


def _own_movements() -> list[Movement]:
    return [
        Movement(
            at=parse_moment(entry["at"]),
            fen=parse_yuan(entry["amount"]),
            kind=entry["kind"],
            remark=entry["remark"],
        )
        for entry in _own()["movement"]
    ]


def _own() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("own_movements.toml").read_text("utf-8"))
