"""Report shapes of a month's gates: what stands between a month and its close, and what a close went past.

Amounts are fen. A gate that stops cannot be passed; one that asks is cleared, or passed by a person for a reason
that stands in the close; one that tells is a notice and holds nobody up.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from calculators.wording import Text, say

FEW = 3
_PASSED = re.compile(r"despite (?P<gates>[a-z_]+ [0-9]+(?:, [a-z_]+ [0-9]+)*): (?P<reason>.*)", re.DOTALL)


class Weight(StrEnum):
    """What an open gate means for the close."""

    STOPS = "stops"
    ASKS = "asks"
    TELLS = "tells"


class GateName(StrEnum):
    """What is looked at before a month is closed, in the order in which it is; with its words and its weight."""

    zh: str
    en: str
    weight: Weight

    EARLIER_OPEN = "earlier_open", "前期结账", "earlier months", Weight.STOPS
    VOUCHER_GAPS = "voucher_gaps", "凭证连号", "voucher numbers", Weight.STOPS
    ANCHORS = "anchors", "锚点", "anchors", Weight.STOPS
    NOT_OVER = "not_over", "期末", "end of the month", Weight.ASKS
    FILES = "files", "文件", "files", Weight.ASKS
    STATEMENT = "statement", "账单天数", "statement days", Weight.ASKS
    UNMATCHED = "unmatched", "未核销流水", "unmatched lines", Weight.ASKS
    SUSPENSE = "suspense", "待查款项", "suspense", Weight.ASKS
    APPROVALS = "approvals", "待审批", "approvals", Weight.ASKS
    DISTRIBUTORS = "distributors", "代购月结", "distributors' months", Weight.ASKS
    CONFIRMATIONS = "confirmations", "结账时确认", "confirmed by the close", Weight.TELLS
    PAYABLES = "payables", "待付款", "owed, carried forward", Weight.TELLS
    TRANSFERS = "transfers", "未核销转账", "unmatched transfers", Weight.TELLS
    NOT_ARRIVED = "not_arrived", "未到账期", "not arrived yet", Weight.TELLS
    PARKED = "parked", "挂账待查", "parked lines", Weight.TELLS
    COUPONS = "coupons", "优惠券未用", "coupons outstanding", Weight.TELLS
    STOCK = "stock", "存货移交", "stock handed over", Weight.TELLS

    def __new__(cls, word: str, zh: str, en: str, weight: Weight) -> "GateName":
        """A gate by its word, with what people call it and what it means for the close."""
        name = str.__new__(cls, word)
        name._value_ = word
        name.zh, name.en, name.weight = zh, en, weight
        return name


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """One gate of a month: how many things stand in it, the first few of them, and their sum where they have one.

    `first` names the first of them as a command line does.
    """

    name: GateName
    count: int = 0
    amount_fen: int | None = None
    stands: tuple[Text, ...] = ()
    first: str = ""

    @property
    def is_open(self) -> bool:
        """Whether anything stands in it; a notice never does."""
        return self.count > 0 and self.name.weight is not Weight.TELLS

    @property
    def is_told(self) -> bool:
        """Whether it is a notice with something to tell."""
        return self.count > 0 and self.name.weight is Weight.TELLS


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One thing that stands in a gate: its name on a command line, what people read of it, and its fen."""

    name: str
    text: Text
    fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthGates:
    """Every gate of a month, the open and the clear ones, in their order; `closed` where the month is."""

    period: str
    closed: bool = False
    gates: tuple[Gate, ...]

    @property
    def open(self) -> tuple[Gate, ...]:
        """What is not clear."""
        return tuple(gate for gate in self.gates if gate.is_open)

    @property
    def stopping(self) -> tuple[Gate, ...]:
        """What no reason can pass."""
        return tuple(gate for gate in self.open if gate.name.weight is Weight.STOPS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """The gates that stood open when a month was closed all the same: why, by whom and when."""

    gates: tuple[tuple[GateName, int], ...]
    reason: str
    actor: str
    at: datetime


def named(name: str, zh: str = "", en: str = "") -> Standing:
    """Something that stands in a gate under one name in both languages, with words around it where there are any."""
    return Standing(name=name, text=say(zh or name, en or name))


def gate_of(name: GateName, stand: Iterable[Standing], *, summed: bool = True) -> Gate:
    """The gate in which these things stand, with their sum where they have one."""
    stand = list(stand)
    return Gate(
        name=name,
        count=len(stand),
        amount_fen=sum(one.fen for one in stand) if summed else None,
        stands=tuple(one.text for one in stand[:FEW]),
        first=stand[0].name if stand else "",
    )


def despite(gates: Iterable[Gate], reason: str) -> str:
    """How a close keeps which gates it went past and why; an empty text for no gates.

    >>> despite([Gate(name=GateName.SUSPENSE, count=2)], "等平台答复")
    'despite suspense 2: 等平台答复'
    """
    passed = ", ".join(f"{gate.name} {gate.count}" for gate in gates)
    return f"despite {passed}: {reason}" if passed else ""


def gates_and_reason(text: str) -> tuple[tuple[tuple[GateName, int], ...], str]:
    """The gates and the reason that `despite` has put together; no gates for any other text.

    >>> gates_and_reason("despite suspense 2: 等平台答复")[1]
    '等平台答复'
    """
    found = _PASSED.fullmatch(text)
    if found is None:
        return (), text
    pairs = (one.split(" ") for one in found["gates"].split(", "))
    known = {one.value: one for one in GateName}
    return tuple((known[name], int(count)) for name, count in pairs if name in known), found["reason"]
