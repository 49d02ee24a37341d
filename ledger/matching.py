"""Matching: which lines of a statement and which movements of the ledger belong together, month after month.

First what a person has matched; then by order and meaning, amount by amount and else by their sums; then lines
without an order by amount and day. What is left over waits for the next month. Every step walks its lines once,
and the same book gives the same pairs.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from ledger.account_moves import Move
from ledger.statement_lines import Line
from ledger.statement_postings import CONFIRMING, SUSPENDED

# Booked from the statement, but only rightly where the ledger expects them.
EXPECTED = frozenset({"buyer_transfer", "cod_remittance", "compensation"})
PAIRED = CONFIRMING | (EXPECTED - SUSPENDED)
# A second one of the same second is a slip of the bank or a finger, not another wish.
ONCE_A_SECOND = "withdrawal"


class How(Enum):
    """How lines and movements came together, or why they did not."""

    BY_PERSON = auto()
    BY_ORDER = auto()
    BY_SUM = auto()
    BY_AMOUNT = auto()
    OFF = auto()
    TWICE = auto()
    LINES_ALONE = auto()
    MOVES_ALONE = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Lines and movements that stand against each other; one side is empty where nothing does."""

    how: How
    lines: tuple[Line, ...] = ()
    moves: tuple[Move, ...] = ()

    @property
    def stated_fen(self) -> int:
        """What the statement says."""
        return sum(line.fen for line in self.lines)

    @property
    def moved_fen(self) -> int:
        """What the ledger booked or expects."""
        return sum(move.fen for move in self.moves)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a person matched a line with: an order, or an entry by its number."""

    order_no: str | None = None
    seq: int | None = None


_Targets = Mapping[tuple[int, int], Target]


class Matching:
    """The matching of a book, fed with its months in their order; what is left of each is carried on."""

    def __init__(self, targets: _Targets) -> None:
        self._targets = targets
        self._lines: list[Line] = []
        self._moves: list[Move] = []
        self._seen: set[tuple[object, ...]] = set()

    def month(self, lines: Iterable[Line], moves: Iterable[Move]) -> list[Pair]:
        """The pairs of a month and of what came into it; every line and movement is in exactly one."""
        lines, moves = [*self._lines, *lines], _standing([*self._moves, *moves])
        pairs = _by_person(lines, moves, self._targets)
        alone: list[Pair] = []
        for cell in _cells(*_without(pairs, lines, moves)):
            for pair in _in_cell(*cell):
                (alone if pair.how in (How.LINES_ALONE, How.MOVES_ALONE) else pairs).append(pair)
        pairs += _by_amount(alone)
        return [self._told_twice(pair) for pair in pairs]

    def carry(self, pairs: Iterable[Pair]) -> None:
        """What the month did not settle goes on into the next one."""
        self._lines, self._moves = [], []
        for pair in pairs:
            self._lines += pair.lines
            self._moves += pair.moves

    def _told_twice(self, pair: Pair) -> Pair:
        """A lone line is `TWICE` where one like it was paired before: the same order, purpose and amount."""
        if pair.how is How.LINES_ALONE:
            (line,) = pair.lines
            if _sameness(line) in self._seen:
                return Pair(how=How.TWICE, lines=pair.lines)
            if line.meaning == ONCE_A_SECOND:
                self._seen.add(_sameness(line))
        elif pair.how in (How.BY_ORDER, How.BY_AMOUNT):
            self._seen.update(_sameness(line) for line in pair.lines if line.meaning in PAIRED)
        return pair


def _sameness(line: Line) -> tuple[object, ...]:
    """What two lines have in common when one of them repeats the other."""
    if line.meaning == ONCE_A_SECOND:
        return line.meaning, line.fen, line.at
    return line.order_no or line.on, line.meaning, line.fen


def _without(
    pairs: Iterable[Pair], lines: Iterable[Line], moves: Iterable[Move]
) -> tuple[list[Line], list[Move]]:
    """The lines and movements that are in none of the pairs."""
    gone = {id(one) for pair in pairs for one in (*pair.lines, *pair.moves)}
    return [line for line in lines if id(line) not in gone], [move for move in moves if id(move) not in gone]


def _cells(
    lines: Iterable[Line], moves: Iterable[Move]
) -> Iterator[tuple[str | None, list[Line], list[Move]]]:
    """Lines and movements by order and meaning, each cell with its order's number."""
    cells: dict[tuple[str | None, str], tuple[list[Line], list[Move]]] = defaultdict(lambda: ([], []))
    for line in lines:
        cells[line.order_no, line.meaning][0].append(line)
    for move in moves:
        cells[move.order_no, move.meaning][1].append(move)
    return ((order_no, *both) for (order_no, _), both in cells.items())


def _standing(moves: list[Move]) -> list[Move]:
    """The movements without those taken back on their own account, such as a reversed refund or a paid debt."""
    waiting: dict[tuple[object, ...], list[Move]] = defaultdict(list)
    gone: set[int] = set()
    for move in moves:
        opposite = waiting[move.order_no, move.meaning, move.account, -move.fen]
        if opposite:
            gone |= {id(move), id(opposite.pop(0))}
        else:
            waiting[move.order_no, move.meaning, move.account, move.fen].append(move)
    return [move for move in moves if id(move) not in gone]


def _by_person(lines: Iterable[Line], moves: Iterable[Move], targets: _Targets) -> list[Pair]:
    """The lines that a person matched, each with what is there of its target and not yet another line's."""
    chosen = [line for line in lines if (line.op_no, line.row_no) in targets]
    there: dict[Target, list[Move]] = defaultdict(list)
    for move in moves if chosen else ():
        there[Target(order_no=move.order_no)].append(move)
        there[Target(seq=move.seq)].append(move)
    taken: set[int] = set()
    pairs = []
    for line in chosen:
        left = [move for move in there[targets[line.op_no, line.row_no]] if id(move) not in taken]
        pair = Pair(how=How.BY_PERSON, lines=(line,), moves=most_like(line, left))
        taken.update(map(id, pair.moves))
        pairs.append(pair)
    return pairs


def most_like(line: Line, moves: Sequence[Move]) -> tuple[Move, ...]:
    """The movements of the line's own meaning, else one of its amount, else all of them."""
    for like in (
        [move for move in moves if move.meaning == line.meaning],
        [move for move in moves if move.fen == line.fen][:1],
    ):
        if like:
            return tuple(like)
    return tuple(moves)


def _in_cell(order_no: str | None, lines: list[Line], moves: list[Move]) -> Iterator[Pair]:
    """One order and meaning: amount by amount, then what is left by its sum, or off by a difference."""
    if order_no is not None and lines and moves:
        paired = list(_amount_by_amount(lines, moves))
        yield from paired
        lines, moves = _without(paired, lines, moves)
        if lines and moves:
            off = Pair(how=How.OFF, lines=tuple(lines), moves=tuple(moves))
            is_even = off.stated_fen == off.moved_fen
            yield Pair(how=How.BY_SUM, lines=off.lines, moves=off.moves) if is_even else off
            return
    yield from (Pair(how=How.LINES_ALONE, lines=(line,)) for line in lines)
    yield from (Pair(how=How.MOVES_ALONE, moves=(move,)) for move in moves)


def _amount_by_amount(lines: Iterable[Line], moves: Iterable[Move]) -> Iterator[Pair]:
    waiting: dict[int, deque[Move]] = defaultdict(deque)
    for move in moves:
        waiting[move.fen].append(move)
    for line in lines:
        if waiting[line.fen]:
            yield Pair(how=How.BY_ORDER, lines=(line,), moves=(waiting[line.fen].popleft(),))


def _by_amount(alone: Sequence[Pair]) -> list[Pair]:
    """Lines that name no order, with a movement of their meaning and amount: of their day, else the oldest."""
    lines = [line for pair in alone for line in pair.lines if line.order_no is None]
    moves = [move for pair in alone for move in pair.moves]
    moves.sort(key=lambda move: (move.order_no is not None, move.on, move.seq or 0))
    of_day = list(_first_alike(lines, moves, with_day=True))
    of_any = list(_first_alike(*_without(of_day, lines, moves), with_day=False))
    paired = {id(one) for pair in (*of_day, *of_any) for one in (*pair.lines, *pair.moves)}
    rest = (pair for pair in alone if not any(id(one) in paired for one in (*pair.lines, *pair.moves)))
    return [*of_day, *of_any, *rest]


def _first_alike(lines: Iterable[Line], moves: Iterable[Move], *, with_day: bool) -> Iterator[Pair]:
    """Each line with the first movement like it that no earlier line has."""
    free: dict[tuple[object, ...], deque[Move]] = defaultdict(deque)
    for move in moves:
        free[move.meaning, move.fen, move.on if with_day else None].append(move)
    for line in lines:
        like = free[line.meaning, line.fen, line.on if with_day else None]
        if like:
            yield Pair(how=How.BY_AMOUNT, lines=(line,), moves=(like.popleft(),))
