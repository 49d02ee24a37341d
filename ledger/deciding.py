"""Deciding: what a person says of a line that the reconciliation left open, stored under their name, once.

A line is matched with an order or an entry, explained, or parked with an owner; undoing puts it back. Where the
account of the money becomes known with it, the difference is posted at once, so that suspense and Alipay agree
with the statement afterwards.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from calculators.masking import mask_number
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.account_moves import CLEARING, Move, clearing_key
from ledger.chart import ALIPAY, SUSPENSE
from ledger.desk import Desk
from ledger.errors import BadDecision
from ledger.journal import JournalEntry, Posting
from ledger.matching import How, Target, most_like
from ledger.periods import landing_day, last_closed
from ledger.reading import Reader
from ledger.reconciling import around_of, row_of
from ledger.recordings import Match, Posted
from ledger.reports_of_months import OPEN, ReconciliationRow, State
from ledger.statement_lines import Line
from ledger.verdicts import Ground, Judge, ground_of, verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person says of a line: `match`, `explain`, `park` or `undo`, and why.

    `account` is where the difference belongs, if it is to be posted.
    """

    action: str
    reason: str
    target: Target | None = None
    owner: str | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """What was stored, and the entry that it posted or took back, if any."""

    line: Line
    wish: Wish
    posted: Posted | None


def decide(desk: Desk, period: str, line: str, wish: Wish, rulebook: Rulebook | None = None) -> Decided:
    """Store what is said of a line of a month, `FILE:ROW` or its serial; `BadDecision` where it cannot be."""
    ground = ground_of(desk.reader, period, rulebook)
    found = find_line(ground, line)
    posted = (
        _taken_back(desk, ground, found, wish)
        if wish.action == "undo"
        else _posted(desk, _open_case(desk, ground, found, period), wish)
    )
    target = wish.target or Target(seq=posted.seq if posted and wish.action == "explain" else None)
    match = Match(
        line_op_no=found.op_no,
        row_no=found.row_no,
        action=wish.action,
        reason=wish.reason,
        against_seq=target.seq,
        order_no=target.order_no,
        owner=wish.owner,
    )
    desk.store_match(match)
    return Decided(line=found, wish=wish, posted=posted)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An open line with its verdict, its row, and what the month still awaits."""

    reader: Reader
    ground: Ground
    line: Line
    row: ReconciliationRow
    moves: Sequence[Move]
    awaited: Sequence[Move]


def find_line(ground: Ground, said: str) -> Line:
    """The line of a serial or of `FILE:ROW`; of two files of one name the one imported last."""
    file, _, row = said.rpartition(":")
    found = [
        line
        for line in ground.lines
        if line.serial == said or (line.file == file and str(line.row_no) == row)
    ]
    if not found:
        raise BadDecision(
            f"no statement in the book has the line {mask_number(said)}. Name its serial, or FILE:ROW."
        )
    return max(found, key=lambda line: line.op_no)


def _open_case(desk: Desk, ground: Ground, line: Line, period: str) -> _Case:
    """The line's case; `BadDecision` where nothing is left to decide."""
    found = verdicts(ground, period)
    one = next((one for one in found if line in one.pair.lines), None)
    if one is None:
        raise BadDecision(
            f"line {line.serial} is of {line.period} and not open in {period}. Name its own month."
        )
    decision = ground.decisions.get((line.op_no, line.row_no))
    if one.state not in OPEN | {State.PARKED}:
        if decision is None:
            raise BadDecision(f"line {line.serial} is settled already, so there is nothing to decide.")
        raise BadDecision(f"line {line.serial} was decided by {decision.actor} already. Undo that first.")
    awaited = [one.pair.moves[0] for one in found if one.pair.how is How.MOVES_ALONE]
    row = row_of(one, around_of(ground, found, period), Judge(ground), period)
    return _Case(reader=desk.reader, ground=ground, line=line, row=row, moves=one.pair.moves, awaited=awaited)


def _posted(desk: Desk, case: _Case, wish: Wish) -> Posted | None:
    """The entry that the decision posts, if it is to post one."""
    amounts = _of_match(desk, case, wish) if wish.action == "match" else _of_explanation(case, wish)
    if not amounts:
        return None
    line = case.line
    postings = tuple(Posting(account=code, amount_fen=fen) for code, fen in amounts.items() if fen)
    entry = JournalEntry(
        kind="statement",
        effective_on=landing_day(line.on, last_closed(desk.reader)),
        narration=f"对账核销 {line.serial}",
        postings=postings,
        order_no=(wish.target.order_no if wish.target else None) or line.order_no,
    )
    before = case.ground.moved.cleared.get(line.serial)
    source = f"{line.file} row {line.row_no}"
    return desk.post(entry, key=clearing_key(line.serial, before), source=source, command=CLEARING)


def _of_explanation(case: _Case, wish: Wish) -> dict[str, int]:
    """The difference, from where the line stands now to the account it belongs to."""
    if wish.account is None or wish.action != "explain":
        return {}
    fen = case.row.difference_fen
    if not fen:
        raise BadDecision(f"line {case.line.serial} has no difference that could be posted.")
    return _moved_over(_standing_on(case), {wish.account: fen})


def _of_match(desk: Desk, case: _Case, wish: Wish) -> dict[str, int]:
    """What stands in suspense goes to where it was awaited; what is over goes to the account, if one is named."""
    assert wish.target is not None
    _check_target(desk, wish.target)
    awaited = [move for move in (*case.moves, *case.awaited) if _is_meant(move, wish.target)]
    moves = most_like(case.line, awaited)
    parts: dict[str, int] = defaultdict(int)
    if _standing_on(case) == SUSPENSE:
        if not moves:
            raise BadDecision(
                f"nothing is awaited of {wish.target.order_no or wish.target.seq}, so line {case.line.serial} "
                "would stay in suspense. Explain it with its account instead."
            )
        for move in moves:
            parts[move.account] += move.fen
    over = case.line.fen - sum(move.fen for move in moves)
    if wish.account is not None and over:
        parts[wish.account] += over
    return _moved_over(_standing_on(case), parts)


def _moved_over(source: str, parts: dict[str, int]) -> dict[str, int]:
    """Postings that take each part from where it stands to its account."""
    amounts: dict[str, int] = defaultdict(int)
    for account, fen in parts.items():
        amounts[source] += fen
        amounts[account] -= fen
    return {account: fen for account, fen in amounts.items() if fen}


def _standing_on(case: _Case) -> str:
    """The account on which the line's money stands now: what it was booked on, else none but Alipay itself."""
    booking = case.ground.moved.booked.get(case.line.serial)
    if booking is None or booking.reversed_by is not None:
        return ALIPAY
    entry = queries.entry(case.reader, booking.seq)
    return next((row.account for row in entry.postings if row.account != ALIPAY), ALIPAY)


def _is_meant(move: Move, target: Target) -> bool:
    return move.seq == target.seq if target.seq is not None else move.order_no == target.order_no


def _check_target(desk: Desk, target: Target) -> None:
    """`UnknownEntry` or `BadDecision` for what the book does not have."""
    if target.seq is not None:
        queries.entry(desk.reader, target.seq)
    elif not (
        queries.facts(desk.reader, target.order_no or "")
        or queries.entries_of_order(desk.reader, target.order_no or "")
    ):
        order_no = mask_number(target.order_no or "")
        raise BadDecision(f"the book has no order {order_no}. Import its report first.")


def _taken_back(desk: Desk, ground: Ground, line: Line, wish: Wish) -> Posted | None:
    """The reversal of what the decision posted; `BadDecision` where none stands."""
    if (line.op_no, line.row_no) not in ground.decisions:
        raise BadDecision(f"nobody decided anything of line {line.serial}, so there is nothing to undo.")
    cleared = ground.moved.cleared.get(line.serial)
    if cleared is None or cleared.reversed_by is not None:
        return None
    return desk.reverse(cleared.seq, cleared.on, wish.reason)
