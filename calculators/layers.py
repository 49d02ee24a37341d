"""Which layer speaks on a day: the shop's own override, an active platform pack, or the manuals underneath.

A layer that has nothing for a parameter on its governing day is silent and the next one speaks. A pack that
claims the day and does not know the value is not silent: that is a gap, and a neighbour is never stretched over it.
What a pack says of one platform is silent for the orders of another.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from calculators.errors import BadCase
from calculators.rulebook import Amendment, Gap, Rulebook, Version

MANUALS, SHOP, POLICY = "manuals", "shop", "policy"
_Day = Callable[[str], date]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The value of a parameter on its governing day, and the layer, clause and citation it comes from."""

    name: str
    unit: str
    value: Any
    layer: str
    rule: str
    since: date | None = None
    citation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seller:
    """Whom the terms bind: the shop, and the platform on which its order was placed."""

    shop: str = "main"
    platform: str = "tmall"


MAIN_SHOP = Seller()


class Ungoverned(Exception):
    """A day on which a pack claims to govern a parameter and does not know its value."""

    def __init__(self, pack: str, amendment: Amendment, gap: Gap) -> None:
        super().__init__(f"{amendment.name} in {pack} from {gap.since} to {gap.until}: {gap.why}")
        self.pack = pack
        self.amendment = amendment
        self.gap = gap


class Layers:
    """The layers of a rulebook as they lie over each other for one seller."""

    def __init__(self, rulebook: Rulebook, seller: Seller) -> None:
        self._rulebook = rulebook
        shop, self._platform = seller.shop, seller.platform
        self._overrides = tuple(one for one in rulebook.overrides if one.shop == shop)
        if rulebook.overrides and not self._overrides:
            shops = ", ".join(sorted({one.shop for one in rulebook.overrides}))
            raise BadCase("shop", f"{shop} has no override among those given; they are for {shops}")
        own = {pack for override in self._overrides for pack in override.packs}
        self.active = tuple(pack for pack in rulebook.packs if pack in own or pack in rulebook.active)

    def governed(self, name: str, day: _Day) -> bool:
        """Whether an active pack claims the day for a parameter, be it with a value or with a gap."""
        claims = (one for pack in self.active for one in self._said(pack, name))
        return any(_claims(one, day(one.governed_by)) for one in claims)

    def known(self, name: str) -> bool:
        """Whether a policy or an override can mean anything: a parameter of the manuals or of an active pack."""
        packs = (self._rulebook.packs[pack] for pack in self.active)
        return name in self._rulebook.parameters or any(
            one.name == name for pack in packs for one in pack.amendments
        )

    def standing(self, name: str, day: _Day) -> Standing | None:
        """What holds for a parameter, with `day` telling each governing day; None where no layer has a value.

        `Ungoverned` where an active pack has a gap on that day and the shop has no value of its own.
        """
        found = self._in_overrides(name, day) or self._in_packs(name, day)
        return found or self._in_manuals(name, day)

    def _in_overrides(self, name: str, day: _Day) -> Standing | None:
        for override in self._overrides:
            for amendment in _of(override.amendments, name):
                found = _in_force(amendment, SHOP, day(amendment.governed_by))
                if found:
                    return found
        return None

    def _in_packs(self, name: str, day: _Day) -> Standing | None:
        for pack in self.active:
            for amendment in self._said(pack, name):
                on = day(amendment.governed_by)
                found = _in_force(amendment, pack, on)
                if found:
                    return found
                _refuse_gap(amendment, pack, on)
        return None

    def _said(self, pack: str, name: str) -> Iterator[Amendment]:
        """What a pack says of a parameter for the platform of the order."""
        said = _of(self._rulebook.packs[pack].amendments, name)
        return (one for one in said if one.platform in ("", self._platform))

    def _in_manuals(self, name: str, day: _Day) -> Standing | None:
        parameter = self._rulebook.parameters.get(name)
        for version in parameter.versions if parameter else ():
            if parameter and version.covers(day(parameter.governed_by)):
                return Standing(
                    name=name,
                    unit=parameter.unit,
                    value=version.value,
                    layer=MANUALS,
                    rule=parameter.rule,
                    since=version.since,
                )
        return None


def _of(amendments: tuple[Amendment, ...], name: str) -> Iterator[Amendment]:
    return (one for one in amendments if one.name == name)


def _claims(amendment: Amendment, on: date) -> bool:
    spans: list[Version | Gap] = [*amendment.versions, *amendment.gaps]
    return any(span.covers(on) for span in spans)


def _in_force(amendment: Amendment, layer: str, on: date) -> Standing | None:
    for version in amendment.versions:
        if version.covers(on):
            return Standing(
                name=amendment.name,
                unit=amendment.unit,
                value=version.value,
                layer=layer,
                rule=amendment.rule,
                since=version.since,
                citation=amendment.citation,
            )
    return None


def _refuse_gap(amendment: Amendment, pack: str, on: date) -> None:
    for gap in amendment.gaps:
        if gap.covers(on):
            raise Ungoverned(pack, amendment, gap)
