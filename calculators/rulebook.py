"""The rulebook: every rule of the manuals with its clause, its own words and its dated parameters.

A rulebook is data made by `rulebook_reader`. Nothing here has a default: a number that the rulebook does not
hold cannot be calculated with.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

STATUSES = ("computed", "gate", "advisory", "amount not given", "pending")


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """One step of a tiered factor; `top` is None where it has no end."""

    bottom: int
    includes_bottom: bool
    factor: Any
    top: int | None = None
    includes_top: bool = False

    def holds(self, amount: int) -> bool:
        """Whether the amount (fen or pieces) lies in this step, its own bounds as the manual words them."""
        above = amount > self.bottom or (self.includes_bottom and amount == self.bottom)
        below = self.top is None or amount < self.top or (self.includes_top and amount == self.top)
        return above and below


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One value of a parameter and the days it is in force, both included; None is no limit."""

    value: Any
    since: date | None = None
    until: date | None = None

    def covers(self, on: date) -> bool:
        """Whether the version is in force on that day."""
        return (self.since is None or self.since <= on) and (self.until is None or on <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A rate, cap, day count, boundary or reading, and the clause it stands in."""

    name: str
    rule: str
    unit: str
    versions: tuple[Version, ...]
    readings: tuple[str, ...] = ()
    governed_by: str = "asked"
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a manual: clause id, title, the manual's own words, and what we do about it."""

    id: str
    title: str
    document: str
    status: str
    quotations: tuple[str, ...] = ()
    citation: str = ""
    conflicts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A source of rules and the SHA-256 of the file it was taken from."""

    id: str
    title: str
    sha256: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All documents, rules and parameters; `text` is what it was read from, `digest` its SHA-256."""

    text: str
    digest: str
    documents: Mapping[str, Document] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
