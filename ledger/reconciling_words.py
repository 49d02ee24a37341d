"""Why a line stands as it does, and what to do next: the sentences of a reconciliation, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from calculators.money import format_yuan
from calculators.terms import decimal_text
from calculators.wording import Text, say
from ledger.account_moves import Booking, Move
from ledger.chart import SUSPENSE, TO_DISTRIBUTORS
from ledger.line_decisions import Decision
from ledger.matching import How
from ledger.reports_of_months import State
from ledger.statement_lines import Line
from ledger.statement_postings import FACING, SUSPENDED
from ledger.usual_fees import WrongFee
from ledger.verdicts import Ground, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What the sentences of a month look at beside the pair itself.

    `lags` is the longest that a meaning took to arrive in the month, in days; `alike` an awaited movement of an
    amount.
    """

    ground: Ground
    lags: Mapping[str, int]
    covered_on: date | None
    alike: Mapping[int, Move]


def explanation(one: Verdict, around: Around, *, overdue: bool) -> Text:
    """Why the pair stands as it does, and what to do next where something is to be done."""
    if one.settled_on is not None:
        return say(f"已于 {one.settled_on} 结清", f"settled on {one.settled_on}")
    if one.wrong_fee is not None and one.state is State.DIFFERENCE:
        return _of_fee(one.wrong_fee)
    said = {
        State.MATCHED: _matched,
        State.BOOKED: _booked,
        State.LATE: _late,
        State.DIFFERENCE: _off,
        State.DOUBLED: _twice,
        State.ONLY_STATEMENT: _only_stated,
    }
    if one.state is State.NOT_ARRIVED:
        return _awaited(one.pair.moves[0], around, overdue=overdue)
    return said[one.state](one, around) if one.state in said else _decided(one, around)


def landed_late(line: Line, booking: Booking) -> Text:
    """A line of an earlier month that is booked in this one."""
    return say(
        f"{line.period} 的流水，结账后才到，入账于 {booking.on}（#{booking.seq}）",
        f"a line of {line.period} that came after its close, booked on {booking.on} (#{booking.seq})",
    )


def _matched(one: Verdict, around: Around) -> Text:
    pair = one.pair
    how = {
        How.BY_ORDER: say("按订单号核销", "matched by order number"),
        How.BY_SUM: say(
            f"同一订单合计核销：{len(pair.lines)} 行对 {len(pair.moves)} 笔",
            f"matched by the order's sums: {len(pair.lines)} lines against {len(pair.moves)} movements",
        ),
        How.BY_AMOUNT: say("没有订单号，按金额和日期核销", "no order number; matched by amount and day"),
    }[pair.how]
    if any(move.seq is None for move in pair.moves):
        return say(f"{how.zh}，结账时过账", f"{how.en}; the close will post it")
    return how


def _booked(one: Verdict, around: Around) -> Text:
    meaning = one.pair.lines[0].meaning
    account, narration = FACING[meaning]
    return say(f"按对账单入账 {account}（{narration}）", f"booked from the statement, {account} ({meaning})")


def _late(one: Verdict, around: Around) -> Text:
    booking = around.ground.moved.booked.get(one.pair.lines[0].serial)
    if booking is not None:
        return landed_late(one.pair.lines[0], booking)
    return say("结账后才到，与账上相符", "came after the close, and agrees with the ledger")


def _awaited(move: Move, around: Around, *, overdue: bool) -> Text:
    is_paid = move.is_on_account and move.meaning == "buyer_transfer"
    what = _AWAITED.get("payment" if is_paid else move.meaning, _AWAITED_ELSE)
    what = _OWED_TO_DISTRIBUTORS if move.account == TO_DISTRIBUTORS else what
    entry = f"（#{move.seq}）" if move.seq else ""
    said = say(
        f"{move.on} {what.zh}{entry}", f"{what.en} {move.on}" + (f" (#{move.seq})" if move.seq else "")
    )
    if not overdue:
        return say(f"{said.zh}，对账单上还没有", f"{said.en}; not on the statement yet")
    lag, reversing = around.lags.get(move.meaning, 0), f"settle reverse {move.seq}" if move.seq else ""
    return say(
        f"{said.zh}，对账单到 {around.covered_on} 仍没有（同类最迟 {lag} 天到）：查平台记录"
        + (f"，没有发生就冲销：{reversing}" if reversing else ""),
        f"{said.en}; not on the statement up to {around.covered_on}, and the slowest of its kind took {lag} days: "
        "look on the platform" + (f", and if it never happened, {reversing}" if reversing else ""),
    )


_AWAITED = {
    "receipt": say("交易成功，应收货款", "money due since"),
    "refund": say("已记退款", "a refund booked on"),
    "buyer_transfer": say("起应付买家，尚未付", "owed to the buyer since"),
    "payment": say("已记付款", "a payment booked on"),
    "cod_remittance": say("货到付款签收", "collected on delivery on"),
}
_OWED_TO_DISTRIBUTORS = say("起应付分销商，尚未付", "owed to a distributor since")
_AWAITED_ELSE = say("账上已记", "booked on")


def _off(one: Verdict, around: Around) -> Text:
    pair = one.pair
    stated, moved = format_yuan(pair.stated_fen), format_yuan(pair.moved_fen)
    if pair.how is not How.OFF:
        return say(
            f"对账单 {stated}，账上 {stated} 之外又动过一次：查重复的凭证，冲销其中一张",
            f"the statement says {stated} and the ledger moved it otherwise: find the entry that books it again, "
            "and reverse one of them",
        )
    next_step = _NEXT_OF_OFF.get(pair.lines[0].meaning, _NEXT_OF_OFF_ELSE)
    return say(
        f"对账单 {stated}，账上 {moved}：{next_step.zh}",
        f"the statement says {stated}, the ledger {moved}: {next_step.en}",
    )


_NEXT_OF_OFF = {
    "receipt": say(
        "查优惠券、积分、红包由谁承担，再用 --explain --account 把差额入账",
        "find who bears coupon, points or red packet, then book the difference with --explain --account",
    ),
    "refund": say(
        "核对退款金额与售后入账（settle show 订单号），改错或 --explain --account",
        "compare the refund with the claim (settle show ORDER), correct the claim or --explain --account",
    ),
}
_NEXT_OF_OFF_ELSE = say("核对订单（settle show 订单号）", "compare with the order (settle show ORDER)")


def _of_fee(wrong: WrongFee) -> Text:
    rate, clause = decimal_text(wrong.rate), f" [{wrong.rule}]" if wrong.rule else ""
    taken, due = format_yuan(wrong.taken_fen), format_yuan(wrong.due_fen)
    return say(
        f"平台扣 {taken}，按 {rate}{clause} 应为 {due}：向平台申诉，或 --explain 说明",
        f"the platform took {taken}, at {rate}{clause} it is {due}: dispute it, or --explain",
    )


def _twice(one: Verdict, around: Around) -> Text:
    return say(
        "同样的一笔已核销过，这是第二笔：向收款人追回，或 --explain 说明",
        "one like it is matched already and this is a second: claim it back, or --explain",
    )


def _only_stated(one: Verdict, around: Around) -> Text:
    line = one.pair.lines[0]
    booking = around.ground.moved.booked.get(line.serial)
    if booking is not None and booking.reversed_by:
        return say(
            f"#{booking.seq} 入过账，已被 #{booking.reversed_by} 冲销，账上没有这笔：--explain --account 重新入账",
            f"booked as #{booking.seq} and reversed by #{booking.reversed_by}, so the ledger lacks it: book it "
            "again with --explain --account",
        )
    if line.meaning in SUSPENDED:
        return _suspended(line, around)
    is_known = line.order_no in around.ground.orders.numbers
    if line.order_no and not is_known:
        return say(
            f"账内没有订单 {line.order_no}：导入它的订单报表；不是本店的，--explain 或 --park",
            f"the book has no order {line.order_no}: import its report, or if it is not ours --explain or --park",
        )
    return _UNEXPECTED.get(line.meaning, _UNEXPECTED_ELSE)


_UNEXPECTED = {
    "receipt": say(
        "订单没有这笔应收：导入最新的订单报表，或 --match 订单号",
        "the order has no such money due: import its latest report, or --match its order",
    ),
    "refund": say(
        "平台退了款，账上没有售后：用 settle record 入账，或 --match 订单号",
        "the platform refunded, the book has no claim of it: settle record it, or --match its order",
    ),
    "buyer_transfer": say(
        "付给了买家，账上没有应付：用 settle record 入账，或 --match 订单号",
        "paid to a buyer to whom nothing is owed: settle record the claim, or --match its order",
    ),
    "cod_remittance": say(
        "货到付款已回款，订单还没有签收：导入最新的订单报表",
        "remitted, but the order is not delivered yet: import its latest report",
    ),
    "compensation": say(
        "平台从保证金赔付了买家，账上没有赔付结算单：用 settle record 入账，或 --explain",
        "the platform paid a compensation from the margin without a settlement: settle record it, or --explain",
    ),
}
_UNEXPECTED_ELSE = say("账上没有这笔：--explain --account 入账", "the ledger lacks it: --explain --account")


def _suspended(line: Line, around: Around) -> Text:
    account = SUSPENSE
    said = f"「{line.remark}」" if line.remark else ""
    like = around.alike.get(line.fen)
    if like is not None:
        target = like.order_no or like.seq
        return say(
            f"{said}看不懂，暂记 {account}；与 {like.on} 待到的 {target} 同额：--match {target}",
            f"{said} is not understood and stands in {account}; {target}, awaited since {like.on}, has the same "
            f"amount: --match {target}",
        )
    return say(
        f"{said}看不懂，暂记 {account}：问清后 --explain --account，或 --park 交人去查",
        f"{said} is not understood and stands in {account}: --explain --account once known, or --park it with "
        "an owner",
    )


def _decided(one: Verdict, around: Around) -> Text:
    decision = _decision(one, around)
    said = f"{decision.reason}（{decision.actor}）"
    return say(said, f"{decision.reason} ({decision.actor})")


def _decision(one: Verdict, around: Around) -> Decision:
    decisions = around.ground.decisions
    return next(
        decisions[line.op_no, line.row_no]
        for line in one.pair.lines
        if (line.op_no, line.row_no) in decisions
    )
