"""Platform packs and shops' overrides from TOML, strictly: every fault of an entry is found, not the first only.

What an entry may be is settled by the parameter it amends: its unit reads the value, its readings limit it. A
pack may also introduce a parameter that the manuals do not have; then it states the unit itself.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from calculators.errors import BadCase
from calculators.reading import Key, Reader, day, fields, flag, join, many, one_of, text
from calculators.rulebook import PLATFORMS, Amendment, Gap, Override, Pack, Parameter, Version
from calculators.units import UNITS

GOVERNING = ("asked", "paid", "issued", "month")
Known = Callable[[str], Parameter | Amendment | None]
Fault = tuple[str, str]

_AS_IT_STANDS: Reader = lambda value, path: value  # noqa: E731 - read once its parameter is known
_PACK = {
    "id": Key(read=text, required=True),
    "title": Key(read=text, required=True),
    "from": Key(read=day, field="since", required=True),
    "to": Key(read=day, field="until"),
    "checked_on": Key(read=day, required=True),
    "platform": Key(read=one_of(*PLATFORMS)),
}
_OVERRIDE = {
    "shop": Key(read=text, required=True),
    "approver": Key(read=text, required=True),
    "approved_on": Key(read=day, required=True),
    "packs": Key(read=many(text)),
}
_ENTRY = {
    "name": Key(read=text, required=True),
    "unit": Key(read=one_of(*UNITS)),
    "citation": Key(read=text, required=True),
    "note": Key(read=text),
    "value": Key(read=_AS_IT_STANDS),
    "values": Key(read=many(_AS_IT_STANDS, least=1)),
}
_PACK_ENTRY = _ENTRY | {
    "rule": Key(read=text, required=True),
    "readings": Key(read=many(text, least=1)),
    "governed_by": Key(read=one_of(*GOVERNING)),
    "occasional": Key(read=flag),
    "platform": Key(read=one_of(*PLATFORMS)),
    "gaps": Key(read=many(_AS_IT_STANDS, least=1)),
}
_OVERRIDE_ENTRY = _ENTRY | {"approver": Key(read=text)}
_VALUE = {
    "value": Key(read=_AS_IT_STANDS, required=True),
    "from": Key(read=day, field="since"),
    "to": Key(read=day, field="until"),
}
_GAP = {
    "from": Key(read=day, field="since", required=True),
    "to": Key(read=day, field="until", required=True),
    "why": Key(read=text, required=True),
}


def read_pack(value: Mapping[str, Any], known: Known) -> tuple[Pack | None, list[Fault]]:
    """The pack of a TOML file, or None, and every fault with its path; `known` finds a parameter by name."""
    faults = _strangers(value, {"pack", "parameter"})
    head = _gather(value.get("pack"), "pack", _PACK, faults)
    entries = _Entries(known, faults)
    for raw, path in _listed(value, "parameter", faults):
        entries.add(_gather(raw, path, _PACK_ENTRY, faults), path)
    for amendment, path in entries.found:
        faults += _outside(amendment, path, head)
    faults += _uncovered(entries.found)
    if faults:
        return None, faults
    own = head.get("platform", "")
    amendments = tuple(replace(one, platform=one.platform or own) for one, _ in entries.found)
    return Pack(amendments=amendments, **head), []


def read_override(value: Mapping[str, Any], known: Known) -> tuple[Override | None, list[Fault]]:
    """The override of a TOML file, or None, and every fault with its path."""
    faults = _strangers(value, {"override"})
    table = value["override"] if isinstance(value.get("override"), dict) else {}
    head = _gather({k: v for k, v in table.items() if k != "parameter"}, "override", _OVERRIDE, faults)
    entries = _Entries(known, faults)
    if "parameter" in table or not table.get("packs"):
        for raw, path in _listed(table, "parameter", faults, "override"):
            found = _gather(raw, path, _OVERRIDE_ENTRY, faults)
            entries.add(found, path)
    faults += _blank(head, "override")
    if faults:
        return None, faults
    amendments = tuple(replace(one, approver=one.approver or head["approver"]) for one, _ in entries.found)
    return Override(amendments=amendments, **head), []


def overlapping(entries: Sequence[tuple[Amendment, str]]) -> list[Fault]:
    """Entries of one parameter whose days are claimed twice."""
    faults = []
    for place, (later, path) in enumerate(entries):
        for earlier, _ in entries[:place]:
            if earlier.name == later.name and _meet(earlier, later):
                faults.append((path, f"overlaps another entry of {later.name}"))
    return faults


class _Entries:
    """The entries of one file, each read by what is known of the parameter it names."""

    def __init__(self, known: Known, faults: list[Fault]) -> None:
        self.found: list[tuple[Amendment, str]] = []
        self._known = known
        self._faults = faults

    def add(self, entry: dict[str, Any], path: str) -> None:
        """Take an entry in; without a name there is nothing it could be held to."""
        self._faults += _blank(entry, path)
        if "name" not in entry:
            return
        defined = self._known(entry["name"]) or self._introduced(entry)
        if defined is None:
            self._faults.append((join(path, "name"), f"{entry['name']} is not a parameter of the rulebook"))
            return
        if entry.get("unit", defined.unit) != defined.unit:
            self._faults.append((join(path, "unit"), f"{defined.name} is in {defined.unit}"))
            return
        amendment = Amendment(
            name=entry["name"],
            rule=entry.get("rule", defined.rule),
            unit=defined.unit,
            citation=entry.get("citation", ""),
            versions=self._versions(entry, path, defined),
            gaps=self._gaps(entry, path),
            readings=defined.readings,
            governed_by=entry.get("governed_by", defined.governed_by),
            occasional=entry.get("occasional", False),
            platform=entry.get("platform", ""),
            note=entry.get("note", ""),
            approver=entry.get("approver", ""),
        )
        overlaps = [one for one in overlapping([*self.found, (amendment, path)]) if one[0] == path]
        self._faults += _twice(amendment, path) + overlaps[:1]
        self.found.append((amendment, path))

    def _introduced(self, entry: dict[str, Any]) -> Amendment | None:
        """A parameter that a pack brings with it; the same name is introduced once."""
        earlier = next((one for one, _ in self.found if one.name == entry["name"]), None)
        if earlier or "unit" not in entry or "rule" not in entry:
            return earlier
        return Amendment(
            name=entry["name"],
            rule=entry["rule"],
            unit=entry["unit"],
            citation="",
            readings=entry.get("readings", ()),
        )

    def _versions(
        self, entry: dict[str, Any], path: str, defined: Parameter | Amendment
    ) -> tuple[Version, ...]:
        if ("value" in entry) == ("values" in entry):
            self._faults.append((path, "states either one value or dated values"))
            return ()
        raw = entry.get("values") or ({"value": entry["value"]},)
        places = [f"{path}.values[{n}]" for n in range(len(raw))] if "values" in entry else [path]
        versions = []
        for one, place in zip(raw, places, strict=True):
            found = _gather(one, place, _VALUE, self._faults)
            if "value" in found:
                versions += self._version(found, place, defined)
        return tuple(versions)

    def _version(self, found: dict[str, Any], path: str, defined: Parameter | Amendment) -> list[Version]:
        try:
            value = UNITS[defined.unit](found["value"], join(path, "value"))
        except BadCase as problem:
            self._faults.append((problem.path, f"{problem.message} ({defined.unit})"))
            return []
        if defined.readings and value not in defined.readings:
            listed = ", ".join(defined.readings)
            self._faults.append((join(path, "value"), f"{value} is not among the readings {listed}"))
        version = Version(value=value, since=found.get("since"), until=found.get("until"))
        if version.since and version.until and version.since > version.until:
            self._faults.append((path, "ends before it begins"))
        return [version]

    def _gaps(self, entry: dict[str, Any], path: str) -> tuple[Gap, ...]:
        gaps = []
        for place, raw in enumerate(entry.get("gaps", ())):
            found = _gather(raw, f"{path}.gaps[{place}]", _GAP, self._faults)
            if len(found) == len(_GAP):
                gaps.append(Gap(**found))
        return tuple(gaps)


def _gather(value: Any, path: str, keys: Mapping[str, Key], faults: list[Fault]) -> dict[str, Any]:
    """The fields of an object that can be read, and a fault for each key that cannot."""
    if not isinstance(value, dict):
        faults.append((path, "is missing or no table"))
        return {}
    found: dict[str, Any] = {}
    for name in [*keys, *(name for name in value if name not in keys)]:
        try:
            one = {name: value[name]} if name in value else {}
            found |= fields(one, path, {name: keys[name]} if name in keys else {})
        except BadCase as problem:
            faults.append((problem.path, problem.message))
    return found


def _listed(
    table: Mapping[str, Any], name: str, faults: list[Fault], outer: str = ""
) -> Iterator[tuple[Any, str]]:
    path = join(outer, name)
    listed = table.get(name)
    if not isinstance(listed, list) or not listed:
        faults.append((path, "is missing: without an entry there is nothing to put in force"))
        return
    yield from ((raw, f"{path}[{place}]") for place, raw in enumerate(listed))


def _strangers(value: Mapping[str, Any], allowed: set[str]) -> list[Fault]:
    return [(name, "is not a table that belongs here") for name in value if name not in allowed]


def _blank(entry: Mapping[str, Any], path: str) -> list[Fault]:
    """A citation or an approver that says nothing is none."""
    return [
        (join(path, name), "says nothing")
        for name in ("citation", "approver", "shop")
        if name in entry and not str(entry[name]).strip()
    ]


def _spans(amendment: Amendment) -> list[tuple[date, date]]:
    spans: list[Version | Gap] = [*amendment.versions, *amendment.gaps]
    return sorted((span.since or date.min, span.until or date.max) for span in spans)


def _twice(amendment: Amendment, path: str) -> list[Fault]:
    spans = _spans(amendment)
    doubled = any(later[0] <= earlier[1] for earlier, later in pairwise(spans))
    return [(path, f"the values of {amendment.name} overlap")] if doubled else []


def _meet(one: Amendment, other: Amendment) -> bool:
    return any(a[0] <= b[1] and b[0] <= a[1] for a in _spans(one) for b in _spans(other))


def _outside(amendment: Amendment, path: str, head: Mapping[str, Any]) -> list[Fault]:
    first, last = head.get("since") or date.min, head.get("until") or date.max
    if all(first <= since and until <= last for since, until in _spans(amendment)):
        return []
    return [(path, f"{amendment.name} has a value or a gap outside the days of the pack")]


def _uncovered(entries: Sequence[tuple[Amendment, str]]) -> list[Fault]:
    """Days between a parameter's first and last for which nobody says a value or that it is not known."""
    faults = []
    for name in dict.fromkeys(one.name for one, _ in entries if not one.occasional):
        path = next(path for one, path in entries if one.name == name)
        spans = sorted(span for one, _ in entries if one.name == name for span in _spans(one))
        for earlier, later in pairwise(spans):
            if later[0] - earlier[1] > timedelta(days=1):
                after, before = earlier[1] + timedelta(days=1), later[0] - timedelta(days=1)
                faults.append((path, f"{name} says nothing from {after} to {before}: a value or a gap"))
    return faults
