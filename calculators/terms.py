"""The terms of one case: the rulebook's parameters as they bind it, on their governing days.

A value comes from the case's `policy` where that overrides it, else from the version in force. Each reading
carries its layer, clause and first day, so that a settlement can say which number it used and whence.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from calculators.errors import BadCase
from calculators.money import format_yuan
from calculators.reading import join
from calculators.rulebook import Parameter, Rulebook, Tier, Version
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


class Terms:
    """What binds one case. `policy` is checked whole at once; each value is looked up when it is needed."""

    def __init__(self, rulebook: Rulebook, policy: Mapping[str, object], days: Mapping[str, date]) -> None:
        self.rulebook = rulebook
        self._days = days
        self._policy = {name: _override(rulebook, name, value) for name, value in policy.items()}
        self._written = {name: str(value) for name, value in policy.items()}

    def on_days(self, days: Mapping[str, date]) -> "Terms":
        """The same terms measured on other governing days, for an earlier claim of the same order."""
        other = Terms(self.rulebook, {}, days)
        other._policy, other._written = self._policy, self._written
        return other

    def value(self, name: str) -> Any:
        """The value in force; raises `Unset` where the rulebook has none."""
        if name in self._policy:
            return self._policy[name]
        return self._version(self.rulebook.parameters[name]).value

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
        return tuple(self._used(self.rulebook.parameters[name]) for name in names)

    def _used(self, parameter: Parameter) -> Used:
        if parameter.name in self._policy:
            written = self._written[parameter.name]
            return Used(name=parameter.name, value=written, layer="policy", rule=parameter.rule, since=None)
        version = self._version(parameter)
        value = _written(parameter.unit, version.value)
        return Used(
            name=parameter.name, value=value, layer="manuals", rule=parameter.rule, since=version.since
        )

    def _version(self, parameter: Parameter) -> Version:
        on = self._days.get(parameter.governed_by) or self._days["asked"]
        for version in parameter.versions:
            if version.covers(on):
                return version
        raise Unset(parameter.name)


def _override(rulebook: Rulebook, name: str, value: object) -> Any:
    path = join("policy", name)
    parameter = rulebook.parameters.get(name)
    if parameter is None:
        raise BadCase(path, "is not a parameter of the rulebook")
    read = UNITS[parameter.unit](value, path)
    if parameter.readings and read not in parameter.readings:
        raise BadCase(path, f"must be one of {', '.join(parameter.readings)}")
    return read


def _written(unit: str, value: Any) -> str:
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
    return str(value)


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
