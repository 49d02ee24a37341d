"""A sheet of paper: items, reasons, warnings and conditions, as any question gathers them.

It decides nothing by itself. Kinds write on it; what it adds is that an amount is rounded in one place, once.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from calculators.money import round_half_up
from calculators.settlement import Advisory, Awaited, Item, Movement, NotApplied, Settlement
from calculators.terms import Terms
from calculators.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """How an amount came about: the formula as a person reads it, its facts, the parameters in it.

    `exact` is the fraction of a fen before any rounding, where the amount given is already a rounded share.
    """

    formula: str
    inputs: Mapping[str, str] = field(default_factory=dict)
    parameters: tuple[str, ...] = ()
    exact: Fraction | None = None


@dataclass(slots=True, kw_only=True)
class Sheet:
    """One question being worked out, and what has been written about it so far."""

    terms: Terms
    at: datetime
    items: list[Item] = field(default_factory=list)
    not_applied: list[NotApplied] = field(default_factory=list)
    awaits: list[Awaited] = field(default_factory=list)
    approvals: list[Awaited] = field(default_factory=list)
    advisories: list[Advisory] = field(default_factory=list)
    movements: list[Movement] = field(default_factory=list)
    refused: bool = False

    def add(self, name: str, rule: str, channel: str, amount: Fraction | int, why: Working) -> int:
        """Write an item; its amount is rounded here, once, half up. Returns the fen."""
        exact = Fraction(amount)
        fen = round_half_up(exact)
        self.items.append(
            Item(
                item=name,
                rule=rule,
                amount_fen=fen,
                channel=channel,
                formula=why.formula,
                exact=exact if why.exact is None else why.exact,
                inputs=why.inputs,
                parameters=self.terms.used(*why.parameters),
            )
        )
        return fen

    def skip(self, item: str, rule: str, why: Text) -> None:
        """Say that an item was looked at and not given."""
        self.not_applied.append(NotApplied(item=item, rule=rule, why=why))

    def refuse(self, item: str, rule: str, why: Text) -> None:
        """Turn the claim down; nothing written so far is paid."""
        self.skip(item, rule, why)
        self.refused = True

    def advise(self, identity: str, rule: str, text: Text) -> None:
        """Warn of a conflict or a platform rule."""
        self.advisories.append(Advisory(id=identity, rule=rule, text=text))

    def wait_for(self, what: str, rule: str, text: Text) -> None:
        """Hold until a fact has happened."""
        self.awaits.append(Awaited(what=what, rule=rule, text=text))

    def ask(self, who: str, rule: str, text: Text) -> None:
        """Ask for someone's approval."""
        self.approvals.append(Awaited(what=who, rule=rule, text=text))

    def move(self, what: str, fen: int) -> None:
        """Note a movement on the shop's own side; zero is no movement."""
        if fen:
            self.movements.append(Movement(what=what, fen=fen))

    def settled(self, kind: str, state: str, **amounts: Any) -> Settlement:
        """The settlement as it stands; a refused one keeps its reasons and pays nothing."""
        notes: dict[str, Any] = {
            "kind": kind,
            "state": state,
            "not_applied": tuple(self.not_applied),
            "advisories": tuple(self.advisories),
        }
        if self.refused:
            return Settlement(decision="refuse", **notes)
        return Settlement(
            decision="hold" if self.awaits else "approve" if self.approvals else "pay",
            items=tuple(self.items),
            awaits=tuple(self.awaits),
            approvals=tuple(self.approvals),
            movements=tuple(self.movements),
            **notes,
            **amounts,
        )
