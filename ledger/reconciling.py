"""Reconciliation: a month of the Alipay account, line by line, statement against ledger.

A question over the book as it stands: it posts nothing, and what people decided of a line is read with it. Lines
are matched by order and meaning, then by amount and day; whatever is left over says why, and what to do next.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from calculators.days import last_of
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.account_moves import Booking, Move, opening_fen
from ledger.chart import ALIPAY
from ledger.matching import How, Pair
from ledger.reading import Reader
from ledger.reconciling_words import Around, explanation, landed_late
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State
from ledger.statement_lines import Line, balances
from ledger.statement_postings import CONFIRMING
from ledger.verdicts import Ground, Judge, Verdict, ground_of, verdicts

# What arrives by itself within the days that others of its kind took; a debt waits for whoever pays it.
_ARRIVES = CONFIRMING | {"cod_remittance"}


def reconciliation(reader: Reader, period: str, rulebook: Rulebook | None = None) -> Reconciliation:
    """The month's reconciliation, the largest difference first; fees are held against the rulebook's rates.

    Without a rulebook the one counts that the book was last recorded under, and failing that the month's own
    usual rates.
    """
    ground = ground_of(reader, period, rulebook)
    found = verdicts(ground, period)
    said = balances(ground.lines, period)
    last = last_of(period)
    return Reconciliation(
        period=period,
        rows=tuple(sorted(reconciled_rows(ground, found, period), key=_by_difference)),
        opening_fen=said.opening_fen,
        closing_fen=said.closing_fen,
        gap_fen=said.gap_fen,
        ledger_opening_fen=opening_fen(reader, period),
        ledger_closing_fen=queries.balance(reader, ALIPAY, last),
        unposted_fen=sum(
            move.fen for move in ground.orders.awaited if move.is_on_account and move.period <= period
        ),
    )


def reconciled_rows(ground: Ground, found: Sequence[Verdict], period: str) -> Iterator[ReconciliationRow]:
    """The rows of a month's verdicts, and of lines that came late and were booked in it."""
    around, judge = around_of(ground, found, period), Judge(ground)
    for one in found:
        yield row_of(one, around, judge, period)
    for line in ground.lines:
        booking = ground.moved.booked.get(line.serial) if line.late and line.period < period else None
        if booking is not None and booking.fen and booking.on.isoformat()[:7] == period:
            yield _late_row(line, booking)


def row_of(one: Verdict, around: Around, judge: Judge, period: str) -> ReconciliationRow:
    """One verdict as its row."""
    pair = one.pair
    line, move = (pair.lines[0] if pair.lines else None), (pair.moves[0] if pair.moves else None)
    is_overdue = _is_overdue(one, around)
    decision = around.ground.decisions.get((line.op_no, line.row_no)) if line else None
    stands_for = line or move
    assert stands_for is not None
    return ReconciliationRow(
        state=one.state,
        order_no=(line.order_no if line else None) or (move.order_no if move else None),
        serial=line.serial if line else None,
        file=line.file if line else None,
        row_no=line.row_no if line else None,
        on=stands_for.on,
        meaning=stands_for.meaning,
        statement_fen=pair.stated_fen,
        ledger_fen=_ledger_fen(one, judge, period),
        seq=_entry(one, around.ground),
        explanation=explanation(one, around, overdue=is_overdue),
        owner=decision.owner if decision and one.state is State.PARKED else None,
        overdue=is_overdue,
        settled_on=one.settled_on,
    )


def _ledger_fen(one: Verdict, judge: Judge, period: str) -> int:
    """What the ledger booked or expects of the pair by the end of the month."""
    pair = one.pair
    if one.state is State.EXPLAINED and judge.clearing(pair) is not None:
        return pair.stated_fen
    if one.wrong_fee is not None:
        return pair.stated_fen + one.wrong_fee.taken_fen - one.wrong_fee.due_fen
    if pair.moves:
        booked_again = one.state is State.DIFFERENCE and pair.how is not How.OFF
        return judge.posted_fen(pair) if booked_again else pair.moved_fen
    return judge.booked_fen(pair, last_of(period)) if judge.is_booked_by_itself(pair) else 0


def _entry(one: Verdict, ground: Ground) -> int | None:
    """The entry that stands against the pair: its explanation's, the movement's, else the line's own."""
    cleared: Iterable[Booking | None] = (
        [ground.moved.cleared.get(line.serial) for line in one.pair.lines]
        if one.state in (State.EXPLAINED, State.FORCED)
        else []
    )
    posted = [entry.seq for entry in cleared if entry is not None and entry.reversed_by is None]
    booked = [ground.moved.booked.get(line.serial) for line in one.pair.lines]
    numbers = [*posted, *(move.seq for move in one.pair.moves), *(entry.seq for entry in booked if entry)]
    return next((number for number in numbers if number is not None), None)


def around_of(ground: Ground, found: Iterable[Verdict], period: str) -> Around:
    """What the sentences of a month look at beside each pair."""
    lags: dict[str, int] = {}
    alike: dict[int, Move] = {}
    for one in found:
        if one.pair.how is How.BY_ORDER:
            meaning = one.pair.lines[0].meaning
            lags[meaning] = max(lags.get(meaning, 0), _days(one.pair))
        elif one.pair.how is How.MOVES_ALONE:
            alike.setdefault(one.pair.moved_fen, one.pair.moves[0])
    covered = [line.on for line in ground.lines if line.period <= period]
    return Around(ground=ground, lags=lags, covered_on=covered[-1] if covered else None, alike=alike)


def _days(pair: Pair) -> int:
    return (pair.lines[0].on - pair.moves[0].on).days


def _is_overdue(one: Verdict, around: Around) -> bool:
    """Whether it should have arrived by the statement's last day, going by the slowest of its kind.

    What is awaited from the last day itself is not: the statement may end before it.
    """
    if one.state is not State.NOT_ARRIVED or one.settled_on or around.covered_on is None:
        return False
    (move,) = one.pair.moves
    if not (move.is_on_account or move.meaning in _ARRIVES):
        return False
    lag = around.lags.get(move.meaning, 0 if move.is_on_account else None)
    return lag is not None and move.on + timedelta(days=lag) < around.covered_on


def _late_row(line: Line, booking: Booking) -> ReconciliationRow:
    return ReconciliationRow(
        state=State.LATE,
        order_no=line.order_no,
        serial=line.serial,
        file=line.file,
        row_no=line.row_no,
        on=line.on,
        meaning=line.meaning,
        statement_fen=0,
        ledger_fen=booking.fen,
        seq=booking.seq,
        explanation=landed_late(line, booking),
    )


def _by_difference(row: ReconciliationRow) -> tuple[object, ...]:
    return (
        -abs(row.difference_fen),
        not row.is_open,
        row.on,
        row.order_no or "",
        row.serial or "",
        row.seq or 0,
    )
