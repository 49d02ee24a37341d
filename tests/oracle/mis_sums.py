"""Counting: for how many orders a formula's parts are not what was paid, are more, or hang on the split."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random

from tests.oracle.shopping import Order, Refunds, Returns, at_once, random_order, random_returns

Sent = tuple[Order, Returns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one formula did to one order."""

    order: Order
    returns: Returns
    refunds: tuple[int, ...]
    depends: bool

    @property
    def mis_sums(self) -> bool:
        """The parts are not together what was paid."""
        return sum(self.refunds) != self.order.paid_fen

    @property
    def exceeds(self) -> bool:
        """The parts are together more than was paid."""
        return sum(self.refunds) > self.order.paid_fen

    @property
    def wrong(self) -> bool:
        """Any of the three."""
        return self.mis_sums or self.depends


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many orders a formula was tried on, how many it got wrong and how, and the first of each kind."""

    orders: int
    mis_sums: int
    exceeds: int
    depends: int
    wrong: int
    example: Verdict | None


def orders_sent_back(count: int, seed: int) -> Iterable[Sent]:
    """So many random orders, each with a random split of all its pieces; the same for the same seed."""
    random = Random(seed)
    for _ in range(count):
        order = random_order(random)
        yield order, random_returns(random, order)


def judge(refunds: Refunds, sent: Sent) -> Verdict:
    """Try a formula on one order."""
    order, returns = sent
    parts = refunds(order, returns)
    depends = any(
        together != refunds(order, [at_once(returns[:ended])])[0]
        for ended, together in enumerate(accumulate(parts), start=1)
    )
    return Verdict(order=order, returns=returns, refunds=tuple(parts), depends=depends)


def count(refunds: Refunds, sent: Iterable[Sent]) -> Count:
    """Try a formula on many orders."""
    verdicts = [judge(refunds, one) for one in sent]
    wrong = [verdict for verdict in verdicts if verdict.wrong]
    return Count(
        orders=len(verdicts),
        mis_sums=sum(verdict.mis_sums for verdict in wrong),
        exceeds=sum(verdict.exceeds for verdict in wrong),
        depends=sum(verdict.depends for verdict in wrong),
        wrong=len(wrong),
        example=min(wrong, key=_size, default=None),
    )


def _size(verdict: Verdict) -> tuple[bool, int, int]:
    """The example that is easiest to follow: one that mis-sums, of few pieces."""
    return not verdict.mis_sums, sum(line.qty for line in verdict.order.lines), len(verdict.returns)
