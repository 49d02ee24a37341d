"""The questions that need no order beside the first four: a coupon's life, a freight waiver, platform points.

Each is a frozen record with the keys that a case file may have for it. Money is fen, points are exact fractions
because the platform takes tenths.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from calculators.reading import Key, day, flag, many, one_of, pieces, rate, record, text, yuan


@dataclass(frozen=True, slots=True, kw_only=True)
class CouponLife:
    """One thing that happens to a coupon of the shop: it is issued, used on another order, or expires."""

    event: str
    earned_by: str = "protection"
    amount_fen: int | None = None
    issued_on: date | None = None
    feedback: bool = False
    given_before: bool = False
    subtotal_fen: int = 0
    postage_fen: int = 0
    booked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FreightWaiver:
    """Freight that an agent would waive before payment: how much of it, for which goods, by which courier."""

    subtotal_fen: int
    postage_fen: int
    waive_fen: int | None = None
    courier: str = ""
    special_price: str = "none"
    threshold_fen: int = 0
    bulk: bool = False
    conditional_on_review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One violation of a platform rule, so many times on one day; `points` each where the manual has none."""

    what: str
    on: date
    times: int = 1
    points: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolationPoints:
    """All violations of a shop that are to be tallied."""

    violations: tuple[Violation, ...]


FurtherQuestion = CouponLife | FreightWaiver | ViolationPoints

WITH_POINTS = ("invoice", "free_shipping", "card", "cod", "leak", "close")
WITHOUT_POINTS = ("payment_method", "deposit_fraud", "quality_check")
COUNTERS = ("general", "serious")

COUPON_LIFE = {
    "event": Key(read=one_of("issue", "use", "expire"), required=True),
    "earned_by": Key(read=one_of("protection", "size_feedback", "compensation")),
    "amount": Key(read=yuan, field="amount_fen"),
    "issued_on": Key(read=day),
    "feedback": Key(read=flag),
    "given_before": Key(read=flag),
    "subtotal": Key(read=yuan, field="subtotal_fen"),
    "postage": Key(read=yuan, field="postage_fen"),
    "booked": Key(read=flag),
}
FREIGHT_WAIVER = {
    "subtotal": Key(read=yuan, field="subtotal_fen", required=True),
    "postage": Key(read=yuan, field="postage_fen", required=True),
    "waive": Key(read=yuan, field="waive_fen"),
    "courier": Key(read=text),
    "special_price": Key(read=one_of("none", "some", "all")),
    "threshold": Key(read=yuan, field="threshold_fen"),
    "bulk": Key(read=flag),
    "conditional_on_review": Key(read=flag),
}
VIOLATION = {
    "what": Key(read=one_of(*WITH_POINTS, *WITHOUT_POINTS, *COUNTERS), required=True),
    "on": Key(read=day, required=True),
    "times": Key(read=pieces),
    "points": Key(read=rate),
}
VIOLATION_POINTS = {"violations": Key(read=many(record(Violation, VIOLATION)), required=True)}

FURTHER_QUESTIONS: Mapping[str, tuple[Callable[..., FurtherQuestion], dict[str, Key]]] = {
    "coupon_life": (CouponLife, COUPON_LIFE),
    "freight_waiver": (FreightWaiver, FREIGHT_WAIVER),
    "violation_points": (ViolationPoints, VIOLATION_POINTS),
}
