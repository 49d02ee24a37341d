"""Whether the platform took the fee that it usually takes: by the rulebook's rate, else by the month's own.

The platform rounds a fee once for each line of an order, and whether freight belongs to its base depends on the
category. So a fee is usual anywhere between the rate on what was left of the goods and the rate on everything
received, a fen more or less for each line.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from calculators.layers import Ungoverned
from calculators.money import round_half_up
from calculators.rulebook import Rulebook
from calculators.terms import Terms, Unset
from ledger.account_moves import Move
from ledger.awaited import KnownOrder
from ledger.statement_lines import Line

# meaning -> by the order's activity or payment, the parameter that holds the platform's rate
_RATES = {
    ("commission", "none"): "timed_out_commission_rate",
    ("commission", "juhuasuan"): "juhuasuan_commission_rate",
    ("card_fee", "card"): "card_fee_rate",
}
_RECEIVED = frozenset({"receipt", "cod_remittance"})
_PER_MILLE = 1000
_MANY_MIN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Fee:
    """What was taken of an order under one meaning through a month, and on which receipts."""

    order: KnownOrder
    meaning: str
    taken_fen: int
    received: tuple[int, ...]
    refunded_fen: int

    @property
    def high_fen(self) -> int:
        """The most that the fee can be reckoned on: everything that came in for the order."""
        return sum(self.received)

    @property
    def goods_fen(self) -> int:
        """What came in for the goods: the order's own receipt, which is the largest, without the freight."""
        return max(max(self.received, default=0) - self.order.postage_fen, 0)

    @property
    def low_fen(self) -> int:
        """The least: the goods without what was refunded since."""
        return max(self.goods_fen - self.refunded_fen, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongFee:
    """A fee that is not the usual one: what it should have been, at which rate, by which clause."""

    taken_fen: int
    due_fen: int
    rate: Fraction
    rule: str


FeeKey = tuple[str | None, str]


def wrong_fees(fees: Iterable[Fee], rulebook: Rulebook | None, on: date) -> dict[FeeKey, WrongFee]:
    """The fees that are not usual, by order and meaning; what nobody has a rate for is taken as it is."""
    fees = [fee for fee in fees if fee.high_fen > 0]
    rates = _rulebook_rates(rulebook, on)
    usual = _usual_rates(fee for fee in fees if _sort(fee) not in rates)
    found: dict[FeeKey, WrongFee] = {}
    for fee in fees:
        rate, rule = rates.get(_sort(fee)) or usual.get(_sort(fee)) or (None, "")
        if rate is not None and not _is_usual(fee, rate):
            due = round_half_up(rate * fee.goods_fen)
            wrong = WrongFee(taken_fen=fee.taken_fen, due_fen=due, rate=rate, rule=rule)
            found[fee.order.order_no, fee.meaning] = wrong
    return found


def fees_of(
    lines: Iterable[Line], moves: Iterable[Move], orders: Mapping[str | None, KnownOrder]
) -> list[Fee]:
    """What was taken of each of the orders and what came in for it, by the lines and movements given."""
    taken: dict[FeeKey, int] = defaultdict(int)
    stated: dict[str | None, list[int]] = defaultdict(list)
    received: dict[str | None, list[int]] = defaultdict(list)
    refunded: dict[str | None, int] = defaultdict(int)
    for line in lines:
        if line.order_no in orders:
            taken[line.order_no, line.meaning] -= line.fen
            stated[line.order_no] += [line.fen] if line.meaning in _RECEIVED else []
    for move in moves:
        if move.order_no in orders:
            received[move.order_no] += [move.fen] if move.meaning in _RECEIVED else []
            refunded[move.order_no] -= move.fen if move.meaning == "refund" else 0
    return [
        Fee(
            order=orders[order_no],
            meaning=meaning,
            taken_fen=fen,
            received=tuple(received[order_no] or stated[order_no]),
            refunded_fen=refunded[order_no],
        )
        for (order_no, meaning), fen in taken.items()
        if meaning in {name for name, _ in _RATES}
    ]


def _sort(fee: Fee) -> FeeKey:
    """What the fee's rate depends on."""
    return fee.meaning, fee.order.payment if fee.meaning == "card_fee" else fee.order.activity


def _rulebook_rates(rulebook: Rulebook | None, on: date) -> dict[FeeKey, tuple[Fraction, str]]:
    rates: dict[FeeKey, tuple[Fraction, str]] = {}
    terms = Terms(rulebook, {}, {"asked": on}) if rulebook else None
    for sort, name in _RATES.items() if terms else ():
        assert terms is not None
        try:
            rates[sort] = terms.rate(name), terms.used(name)[0].rule
        except (Unset, Ungoverned):
            continue
    return rates


def _usual_rates(fees: Iterable[Fee]) -> dict[FeeKey, tuple[Fraction, str]]:
    """The rate in whole per mille that most orders of a sort were charged, where enough of them were."""
    counts: dict[FeeKey, Counter[int]] = defaultdict(Counter)
    for fee in fees:
        if fee.goods_fen:
            counts[_sort(fee)][round_half_up(Fraction(fee.taken_fen * _PER_MILLE, fee.goods_fen))] += 1
    most = {sort: counter.most_common(1)[0] for sort, counter in counts.items()}
    return {
        sort: (Fraction(rate, _PER_MILLE), "") for sort, (rate, count) in most.items() if count >= _MANY_MIN
    }


def _is_usual(fee: Fee, rate: Fraction) -> bool:
    least = round_half_up(rate * fee.low_fen) - fee.order.lines
    most = round_half_up(rate * fee.high_fen) + fee.order.lines
    return least <= fee.taken_fen <= most
