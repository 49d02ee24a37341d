"""The terms of one case: the rulebook's parameters as they bind it, on their governing days.

A value comes from the case's `policy` where that overrides it, else from the uppermost layer that speaks on the
governing day. Each reading carries its layer, clause and first day, so that a settlement can say which number
it used and whence.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from calculators.errors import BadCase
from calculators.layers import MAIN_SHOP, POLICY, Layers, Seller, Standing
from calculators.money import format_yuan
from calculators.reading import join
from calculators.rulebook import Rulebook, Tier
from calculators.units import UNITS


class Unset(Exception):
    """A parameter that the rulebook leaves blank, or has no version for on that day; `name` says which."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """One parameter as used: its value as a person writes it, its layer, clause and first day."""

    name: str
    value: str
    layer: str
    rule: str
    since: date | None
    citation: str = ""


class Terms:
    """What binds one case. `policy` is checked whole at once; each value is looked up when it is needed."""

    def __init__(
        self,
        rulebook: Rulebook,
        policy: Mapping[str, object],
        days: Mapping[str, date],
        seller: Seller = MAIN_SHOP,
    ) -> None:
        self.rulebook = rulebook
        self._layers = Layers(rulebook, seller)
        self._days = days
        self._policy = {name: self._override(name, value) for name, value in policy.items()}
        self._written = {name: str(value) for name, value in policy.items()}
        self._consulted: set[str] = set()

    @property
    def packs(self) -> tuple[str, ...]:
        """The platform packs that bind this case."""
        return self._layers.active

    @property
    def consulted(self) -> frozenset[str]:
        """Every parameter that has been asked for, whether or not anything governs it."""
        return frozenset(self._consulted)

    def on_days(self, days: Mapping[str, date]) -> "Terms":
        """The same terms measured on other governing days, for an earlier claim of the same order."""
        other = copy(self)
        other._days = days
        return other

    def governs(self, name: str) -> bool:
        """Whether an active platform pack claims the governing day for a parameter, with a value or with a gap."""
        self._consulted.add(name)
        return self._layers.governed(name, self._day)

    def value(self, name: str) -> Any:
        """The value in force; `Unset` where the rulebook has none, `Ungoverned` in a gap of an active pack."""
        self._consulted.add(name)
        return self._policy[name] if name in self._policy else self._standing(name).value

    def fen(self, name: str) -> int:
        """An amount of fen."""
        return int(self.value(name))

    def number(self, name: str) -> int:
        """A whole number: days, hours, pieces or points."""
        return int(self.value(name))

    def rate(self, name: str) -> Fraction:
        """An exact rate or factor."""
        return Fraction(self.value(name))

    def choice(self, name: str) -> str:
        """The reading in force."""
        return str(self.value(name))

    def switch(self, name: str) -> bool:
        """Whether something is allowed."""
        return bool(self.value(name))

    def tiers(self, name: str) -> tuple[Tier, ...]:
        """The steps of a tiered factor."""
        return tuple(self.value(name))

    def used(self, *names: str) -> tuple[Used, ...]:
        """How these parameters stand in a settlement."""
        return tuple(self._used(name) for name in names)

    def _used(self, name: str) -> Used:
        if name in self._policy:
            defined = self.rulebook.defined(name)
            rule = defined.rule if defined else ""
            return Used(name=name, value=self._written[name], layer=POLICY, rule=rule, since=None)
        standing = self._standing(name)
        return Used(
            name=name,
            value=written(standing.unit, standing.value),
            layer=standing.layer,
            rule=standing.rule,
            since=standing.since,
            citation=standing.citation,
        )

    def _standing(self, name: str) -> Standing:
        found = self._layers.standing(name, self._day)
        if found is None:
            raise Unset(name)
        return found

    def _day(self, governed_by: str) -> date:
        return self._days.get(governed_by) or self._days["asked"]

    def _override(self, name: str, value: object) -> Any:
        path = join("policy", name)
        defined = self.rulebook.defined(name)
        if defined is None or not self._layers.known(name):
            raise BadCase(path, "is not a parameter of the rulebook")
        read = UNITS[defined.unit](value, path)
        if defined.readings and isinstance(read, str) and read not in defined.readings:
            raise BadCase(path, f"must be one of {', '.join(defined.readings)}")
        return read


def written(unit: str, value: Any) -> str:
    """A value of a unit as a person writes it."""
    if unit in {"yuan", "steps"}:
        fens = value if isinstance(value, tuple) else (value,)
        return ", ".join(map(format_yuan, fens))
    if unit == "rate":
        return decimal_text(value)
    if unit == "band":
        return "–".join(decimal_text(end) for end in value)
    if unit.endswith("tiers"):
        bounds = format_yuan if unit == "tiers" else str
        return "; ".join(f"from {bounds(tier.bottom)}: {decimal_text(tier.factor)}" for tier in value)
    return f"{value.name} {value.protected_until:%Y-%m-%d}" if unit == "campaign" else str(value)


def decimal_text(value: Fraction) -> str:
    """A terminating fraction as people write it.

    >>> decimal_text(Fraction(1, 20)), decimal_text(Fraction(17, 20)), decimal_text(Fraction(2))
    ('0.05', '0.85', '2')
    """
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    digits = str((value * 10**places).numerator).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits
