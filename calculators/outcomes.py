"""What came of a case, short enough to be compared: its decision, and what it moves between shop and buyer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from calculators.answers import settle
from calculators.case_reader import read_case
from calculators.errors import BadCase
from calculators.rulebook import Rulebook
from calculators.settlement import BESIDE_THE_BUYER, Settlement


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A decision with its amounts: `net_fen` is what the buyer gets less what he pays, points by their worth."""

    decision: str
    net_fen: int
    by_channel: tuple[int, ...]

    def differs(self, other: "Outcome") -> bool:
        """Whether anybody would notice: another decision, another amount or another channel."""
        return self != other


def outcome_of(settlement: Settlement) -> Outcome:
    """The outcome of a settlement; fines, rewards and courier claims count by their own amount."""
    given = settlement.to_buyer
    channels = (
        given.order_fen,
        given.alipay_fen,
        settlement.in_kind_fen,
        given.coupon_fen,
        given.statement_fen,
        given.red_packet_fen or 0,
        -settlement.from_buyer_fen,
        sum(item.amount_fen for item in settlement.items if item.item in BESIDE_THE_BUYER),
    )
    return Outcome(decision=settlement.decision, net_fen=sum(channels[:-1]), by_channel=channels)


def outcome(case: Mapping[str, Any], rulebook: Rulebook) -> Outcome | None:
    """The outcome of a case in JSON, or None where it is no case at all."""
    try:
        return outcome_of(settle(read_case(case), rulebook))
    except BadCase:
        return None


def changed(case: Mapping[str, Any], path: tuple[str, ...], value: Any) -> dict[str, Any]:
    """The case with the value at `path` set to another; everything around it is copied, nothing is shared.

    >>> changed({"claim": {"received": False}}, ("claim", "received"), True)
    {'claim': {'received': True}}
    """
    key, *rest = path
    return {**case, key: changed(case.get(key) or {}, tuple(rest), value) if rest else value}
