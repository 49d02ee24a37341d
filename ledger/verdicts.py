"""Verdicts: what each pair of a month came to, by the pairs of every month of the book.

The months are walked in their order, for what one leaves open may arrive in the next; those after the month
asked for tell whether it did.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

import sqlalchemy as sa

from calculators.days import last_of
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.account_moves import Booking, Move, Moved, account_moves
from ledger.awaited import Orders, orders_in_brief
from ledger.line_decisions import Decision, Place, standing_decisions
from ledger.matching import PAIRED, How, Matching, Pair
from ledger.quoting import rulebook_from_text
from ledger.reading import SETTLED, E, Reader, S
from ledger.reports_of_months import OPEN, State
from ledger.statement_lines import Line, statement_lines
from ledger.statement_postings import SUSPENDED
from ledger.usual_fees import FeeKey, WrongFee, fees_of, wrong_fees

UNSETTLED = OPEN | {State.NOT_ARRIVED, State.PARKED}
_DECIDED = {"explain": State.EXPLAINED, "park": State.PARKED, "match": State.FORCED}
_Dated = TypeVar("_Dated", Line, Move)
_MATCHED = frozenset({How.BY_ORDER, How.BY_SUM, How.BY_AMOUNT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """Everything that the book says of the Alipay account."""

    lines: Sequence[Line]
    moved: Moved
    moves: Sequence[Move]
    orders: Orders
    decisions: Mapping[Place, Decision]
    rulebook: Rulebook | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a pair came to; `wrong_fee` where the platform took another fee than the usual one.

    `settled_on` is the day in a later month that settled what this one left open.
    """

    pair: Pair
    state: State
    wrong_fee: WrongFee | None = None
    settled_on: date | None = None


def ground_of(reader: Reader, period: str, rulebook: Rulebook | None = None) -> Ground:
    """The book's own words for a reconciliation; without a rulebook, the one it was last recorded under."""
    lines = statement_lines(reader)
    moved = account_moves(reader, {line.serial for line in lines})
    rulebook = rulebook or _last_rulebook(reader)
    charged = {line.order_no for line in lines if line.period == period and line.meaning not in PAIRED}
    orders = orders_in_brief(reader, {number for number in charged if number}, rulebook)
    moves = sorted([*moved.moves, *orders.awaited], key=lambda move: (move.on, move.seq or 0))
    return Ground(
        lines=lines,
        moved=moved,
        moves=moves,
        orders=orders,
        decisions=standing_decisions(reader),
        rulebook=rulebook,
    )


def verdicts(ground: Ground, period: str) -> list[Verdict]:
    """What the lines of a month and everything awaited by then came to."""
    targets = {
        place: decision.target for place, decision in ground.decisions.items() if decision.action == "match"
    }
    matching, judge = Matching(targets), Judge(ground)
    lines, moves = _by_month(ground.lines), _by_month(ground.moves)
    found: list[Verdict] = []
    later: dict[int, date] = {}
    for month in sorted({*lines, *moves, period}):
        judged = [judge.verdict(pair) for pair in matching.month(lines[month], moves[month])]
        matching.carry(one.pair for one in judged if not _is_settled(one))
        if month == period:
            found = judged
        elif month > period:
            later |= _settling_days(one.pair for one in judged if _is_settled(one))
    told = [_told_later(one, later) for one in found if not _is_silent(one.pair)]
    return list(_with_wrong_fees(ground, judge, told, period))


class Judge:
    """Says of a pair what it came to, by what is booked of its lines and what people decided of them."""

    def __init__(self, ground: Ground) -> None:
        self._moved = ground.moved
        self._decisions = ground.decisions

    def verdict(self, pair: Pair) -> Verdict:
        """The state of a pair."""
        return Verdict(pair=pair, state=self._state(pair))

    def posted_fen(self, pair: Pair) -> int:
        """How far the ledger's Alipay account moves by the pair, once its month is closed."""
        booked = (books.get(line.serial) for line in pair.lines for books in self._books)
        on_account = sum(move.fen for move in pair.moves if move.is_on_account)
        return on_account + sum(one.fen for one in booked if one is not None)

    def booked_fen(self, pair: Pair, until: date) -> int:
        """How far the entries of the lines themselves had moved Alipay by the end of a day."""
        booked = (books.get(line.serial) for line in pair.lines for books in self._books)
        return sum(one.fen for one in booked if one is not None and one.on <= until)

    def is_booked_by_itself(self, pair: Pair) -> bool:
        """Whether the lines are booked from the statement and nothing else has to stand against them."""
        return pair.how is How.LINES_ALONE and all(map(_books_itself, pair.lines))

    def clearing(self, pair: Pair) -> Booking | None:
        """The entry that an explanation of the lines has posted, where it stands."""
        cleared = (self._moved.cleared.get(line.serial) for line in pair.lines)
        return next((one for one in cleared if one is not None and one.reversed_by is None), None)

    def decided(self, state: State, pair: Pair) -> State:
        """The state, or what a person made of it; an explanation holds while the account agrees with it."""
        decisions = (self._decisions.get((line.op_no, line.row_no)) for line in pair.lines)
        decision = next((one for one in decisions if one is not None), None)
        if decision is None:
            return state
        if decision.action == "explain" and self.clearing(pair) and self.posted_fen(pair) != pair.stated_fen:
            return state
        return _DECIDED[decision.action]

    @property
    def _books(self) -> tuple[Mapping[str, Booking], ...]:
        return self._moved.booked, self._moved.cleared

    def _state(self, pair: Pair) -> State:
        if pair.how is How.BY_PERSON:
            return State.FORCED
        if pair.how is How.MOVES_ALONE:
            return State.NOT_ARRIVED
        agrees = self.posted_fen(pair) == pair.stated_fen
        if pair.how in _MATCHED or self.is_booked_by_itself(pair):
            if not agrees:
                return State.DIFFERENCE if pair.moves else self.decided(State.ONLY_STATEMENT, pair)
            settled = State.MATCHED if pair.moves else State.BOOKED
            return State.LATE if any(line.late for line in pair.lines) else settled
        return self.decided(_OPENLY[pair.how], pair)


_OPENLY = {
    How.OFF: State.DIFFERENCE,
    How.TWICE: State.DOUBLED,
    How.LINES_ALONE: State.ONLY_STATEMENT,
}


def _books_itself(line: Line) -> bool:
    """Whether the line is booked from the statement and nothing else has to stand against it."""
    return line.meaning not in PAIRED | SUSPENDED


def _is_settled(one: Verdict) -> bool:
    """Whether the next month need not look at it again; a line matched with what is yet to come must wait."""
    waits = one.pair.how is How.BY_PERSON and not one.pair.moves
    return one.state not in UNSETTLED and not waits


def _is_silent(pair: Pair) -> bool:
    """What the margin paid need not be refilled from Alipay, so nothing is awaited of it."""
    return pair.how is How.MOVES_ALONE and pair.moves[0].meaning == "compensation"


def _by_month(dated: Iterable[_Dated]) -> dict[str, list[_Dated]]:
    months: dict[str, list[_Dated]] = defaultdict(list)
    for one in dated:
        months[one.period].append(one)
    return months


def _settling_days(pairs: Iterable[Pair]) -> dict[int, date]:
    """The day on which each line and movement was settled: the last one of its pair."""
    days: dict[int, date] = {}
    for pair in pairs:
        last = max([*(line.on for line in pair.lines), *(move.on for move in pair.moves)])
        days |= dict.fromkeys((id(one) for one in (*pair.lines, *pair.moves)), last)
    return days


def _told_later(one: Verdict, later: Mapping[int, date]) -> Verdict:
    days = [later.get(id(part)) for part in (*one.pair.lines, *one.pair.moves)]
    settled = [day for day in days if day is not None]
    return replace(one, settled_on=max(settled)) if settled and len(settled) == len(days) else one


def _with_wrong_fees(
    ground: Ground, judge: Judge, found: Iterable[Verdict], period: str
) -> Iterator[Verdict]:
    """The verdicts, with the lines of each wrong fee put together into one."""
    wrong = _wrong_fees(ground, period)
    together: dict[FeeKey, list[Line]] = defaultdict(list)
    for one in found:
        key = (one.pair.lines[0].order_no, one.pair.lines[0].meaning) if one.pair.lines else (None, "")
        if key in wrong and one.state in (State.BOOKED, State.LATE):
            together[key] += one.pair.lines
        else:
            yield one
    for key, lines in together.items():
        pair = Pair(how=How.LINES_ALONE, lines=tuple(lines))
        state = judge.decided(State.DIFFERENCE, pair)
        yield Verdict(pair=pair, state=state, wrong_fee=wrong[key])


def _wrong_fees(ground: Ground, period: str) -> Mapping[FeeKey, WrongFee]:
    known = ground.orders.known
    lines = (line for line in ground.lines if line.period <= period)
    moves = (move for move in ground.moves if move.period <= period)
    on = last_of(period)
    return wrong_fees(fees_of(lines, moves, known), ground.rulebook, on)


def _last_rulebook(reader: Reader) -> Rulebook | None:
    """The rulebook that the book was last recorded under; None where nothing was recorded yet."""
    select = sa.select(S.rulebook_digest).select_from(SETTLED)
    row = reader.first(select.where(E.book == reader.book).order_by(E.seq.desc()).limit(1))
    text = queries.rulebook_text(reader, row["rulebook_digest"]) if row else None
    return rulebook_from_text(text) if text else None
