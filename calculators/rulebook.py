"""The rulebook: every rule of the manuals with its clause, its own words and its dated parameters.

A rulebook is data made by `rulebook_reader`. Nothing here has a default: a number that the rulebook does not
hold cannot be calculated with. Over the manuals lie platform packs, of which only the active ones bind, and the
shop's own overrides; `layers` says which of them speaks on a day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

PLATFORMS = ("tmall", "taobao")
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
class Campaign:
    """A platform sale: who pays from `begins_at` to `ends_at` has his price protected until `protected_until`."""

    name: str
    begins_at: datetime
    ends_at: datetime
    protected_until: datetime


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
class Gap:
    """Days, both included, on which a layer claims to govern and its value is not known, and why not."""

    since: date
    until: date
    why: str

    def covers(self, on: date) -> bool:
        """Whether that day lies in the gap."""
        return self.since <= on <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What a pack or a shop puts in the place of a parameter, or beside it, with its own citation.

    `occasional` ones bind on their days only; any other covers every day between its first and its last, by a
    value or by a gap. One that names a `platform` binds the orders of that platform only.
    """

    name: str
    rule: str
    unit: str
    citation: str
    versions: tuple[Version, ...] = ()
    gaps: tuple[Gap, ...] = ()
    readings: tuple[str, ...] = ()
    governed_by: str = "asked"
    occasional: bool = False
    platform: str = ""
    note: str = ""
    approver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A platform's rules as they were found on `checked_on`, from the day it claims to govern."""

    id: str
    title: str
    since: date
    checked_on: date
    until: date | None = None
    platform: str = ""
    amendments: tuple[Amendment, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """The parameters it speaks of."""
        return frozenset(one.name for one in self.amendments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A shop's own values, who approved them and when, and the packs it has made its own."""

    shop: str
    approver: str
    approved_on: date
    packs: tuple[str, ...] = ()
    amendments: tuple[Amendment, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """All documents, rules and parameters; `text` is what it was read from, `digest` its SHA-256.

    `packs` are those known, by id; `active` those asked for by name, beside what an override makes active.
    """

    text: str
    digest: str
    documents: Mapping[str, Document] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    packs: Mapping[str, Pack] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    active: tuple[str, ...] = ()

    def parameters_under(self, packs: Iterable[str]) -> "tuple[Parameter | Amendment, ...]":
        """Every parameter of the manuals, and after them each that these packs introduce, once."""
        introduced: dict[str, Amendment] = {}
        for one in (one for pack in packs for one in self.packs[pack].amendments):
            if one.name not in self.parameters:
                introduced.setdefault(one.name, one)
        return (*self.parameters.values(), *introduced.values())

    def defined(self, name: str) -> "Parameter | Amendment | None":
        """The parameter of that name in the manuals, else as a known pack introduces it, else None."""
        if name in self.parameters:
            return self.parameters[name]
        introduced = (one for pack in self.packs.values() for one in pack.amendments if one.name == name)
        return next(introduced, None)
