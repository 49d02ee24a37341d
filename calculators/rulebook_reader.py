"""From the rulebook's TOML files to a `Rulebook`, strictly: a rulebook with one fault is not used at all.

Refused are unknown or misplaced keys, floats, overlapping versions, a rule without a quotation or citation,
a name used twice, a tier that does not say which bound it includes. All faults are reported together, each with
its file, line and path. Beside the manuals a bundle may hold platform packs, shops' overrides and the names of
the packs that were asked for; `layer_reader` reads those.
"""

import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from calculators.errors import BadCase, BadRulebook
from calculators.layer_reader import GOVERNING, overlapping, read_override, read_pack
from calculators.reading import Key, day, fields, join, many, one_of, record, text
from calculators.rulebook import (
    STATUSES,
    Amendment,
    Document,
    Override,
    Pack,
    Parameter,
    Rule,
    Rulebook,
    Version,
)
from calculators.toml_text import Toml, line_of, read_toml
from calculators.units import UNITS

_MARK = "#=== "
_MANUAL, ACTIVE = "rule", "active.toml"
_ORDER = (_MANUAL, "pack", "override", "active")
_PACKS = Key(read=many(text), required=True)
_ACTIVATION = {"active": Key(read=lambda value, path: value, required=True)}
_DOCUMENT = {
    "id": Key(read=text, required=True),
    "title": Key(read=text, required=True),
    "sha256": Key(read=text),
}
_VERSION = {
    "value": Key(read=lambda value, path: value, required=True),
    "from": Key(read=day, field="since"),
    "to": Key(read=day, field="until"),
}
_PARAMETER = {
    "name": Key(read=text, required=True),
    "unit": Key(read=one_of(*UNITS), required=True),
    "governed_by": Key(read=one_of(*GOVERNING)),
    "readings": Key(read=many(text, least=1)),
    "note": Key(read=text),
    "values": Key(read=many(record(Version, _VERSION)), field="versions", required=True),
}
_RULE = {
    "id": Key(read=text, required=True),
    "title": Key(read=text, required=True),
    "status": Key(read=one_of(*STATUSES), required=True),
    "quotations": Key(read=many(text, least=1)),
    "citation": Key(read=text),
    "conflicts": Key(read=many(text)),
    "parameter": Key(read=many(lambda value, path: value)),
}
_FILE = {
    "document": Key(read=record(Document, _DOCUMENT), required=True),
    "rule": Key(read=many(lambda value, path: value, least=1), required=True),
}


def bundle(files: Mapping[str, str], packs: tuple[str, ...] = ()) -> str:
    """One text of many rulebook files, by name, and of the packs to be active: what is digested and stored."""
    for name, content in files.items():
        if _MARK in content or "\n" in name:
            raise BadRulebook([f"{name}: {_MARK.strip()} marks a file of a bundle and may not stand in one"])
    active = {ACTIVE: f"[active]\npacks = {json.dumps(sorted(set(packs)))}\n"} if packs else {}
    files = {**files, **active}
    return "".join(f"{_MARK}{name}\n{files[name]}" for name in sorted(files))


def unbundle(bundled: str) -> dict[str, str]:
    """The files of a bundled text, by name."""
    parts = (part.partition("\n") for part in bundled.split(_MARK)[1:])
    return {name: content for name, _, content in parts}


def read_rulebook(bundled: str) -> Rulebook:
    """The rulebook of a bundled text; `BadRulebook` lists every fault with its file and place."""
    reader = _Reader()
    for read, name, toml in sorted(reader.texts(unbundle(bundled)), key=lambda one: _ORDER.index(one[0])):
        reader.read(read, name, toml)
    if not (reader.rules or reader.faults):
        reader.faults.append("the rulebook holds no rule")
    if reader.faults:
        raise BadRulebook(reader.faults)
    return Rulebook(
        text=bundled,
        digest=hashlib.sha256(bundled.encode()).hexdigest(),
        documents=reader.documents,
        rules=reader.rules,
        parameters=reader.parameters,
        packs=reader.packs,
        overrides=tuple(reader.overrides),
        active=reader.active,
    )


class _Reader:
    """Gathers what the files hold, and every fault, so that all of them can be mended at once."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.rules: dict[str, Rule] = {}
        self.parameters: dict[str, Parameter] = {}
        self.packs: dict[str, Pack] = {}
        self.overrides: list[Override] = []
        self.active: tuple[str, ...] = ()
        self.faults: list[str] = []
        self._name, self._toml = "", Toml(text="", value={})

    def texts(self, files: Mapping[str, str]) -> Iterator[tuple[str, str, Toml]]:
        """Every file that is TOML, with what kind of file it is."""
        for name, content in files.items():
            try:
                toml = read_toml(content)
            except tomllib.TOMLDecodeError as problem:
                self.faults.append(f"{name}:{line_of(problem, content)}: {problem}")
                continue
            yield next((kind for kind in _ORDER if kind in toml.value), _MANUAL), name, toml

    def read(self, kind: str, name: str, toml: Toml) -> None:
        """Take one file in; the manuals come first, for the layers are held to what they say."""
        self._name, self._toml = name, toml
        for path, literal in toml.floats:
            self._fault(path, f"{literal} is a float; write it as a text")
        try:
            {_MANUAL: self._manual, "pack": self._pack, "override": self._override, "active": self._activate}[
                kind
            ]()
        except BadCase as problem:
            self._fault(problem.path, problem.message)

    def _fault(self, path: str, message: str) -> None:
        said = message.replace("of the case format", "that belongs here")
        self.faults.append(f"{self._name}:{self._toml.line(path)}: {path}: {said}")

    def _manual(self) -> None:
        found = fields(self._toml.value, "", _FILE)
        document = found["document"]
        self.documents[document.id] = document
        for place, raw in enumerate(found["rule"]):
            try:
                self._rule(raw, f"rule[{place}]", document)
            except BadCase as problem:
                self._fault(problem.path, problem.message)

    def _pack(self) -> None:
        pack, faults = read_pack(self._toml.value, self._known)
        for path, message in faults:
            self._fault(path, message)
        if pack:
            _once(pack.id, self.packs, "pack.id")
            self.packs[pack.id] = pack

    def _override(self) -> None:
        override, faults = read_override(self._toml.value, self._known)
        for path, message in faults:
            self._fault(path, message)
        if override:
            self._packs_known(override.packs, "override.packs")
            self._no_conflict(override)
            self.overrides.append(override)

    def _activate(self) -> None:
        packs = fields(fields(self._toml.value, "", _ACTIVATION)["active"], "active", {"packs": _PACKS})
        self.active = packs["packs"]
        self._packs_known(self.active, "active.packs")

    def _known(self, name: str) -> Parameter | Amendment | None:
        book = Rulebook(text="", digest="", parameters=self.parameters, packs=self.packs)
        return book.defined(name)

    def _packs_known(self, packs: tuple[str, ...], path: str) -> None:
        for place, pack in enumerate(packs):
            if pack not in self.packs:
                known = ", ".join(self.packs) or "none"
                raise BadCase(f"{path}[{place}]", f"{pack} is no platform pack; known: {known}")

    def _no_conflict(self, override: Override) -> None:
        """Two files of one shop may not both speak of a parameter on the same day."""
        earlier = [one for other in self.overrides if other.shop == override.shop for one in other.amendments]
        entries = [(one, "") for one in earlier]
        entries += [(one, f"override.parameter[{n}]") for n, one in enumerate(override.amendments)]
        for path, message in overlapping(entries):
            self._fault(path, message)

    def _rule(self, raw: Any, path: str, document: Document) -> None:
        found = fields(raw, path, _RULE)
        parameters = found.pop("parameter", ())
        rule = Rule(document=document.id, **found)
        if not (rule.quotations or rule.citation):
            raise BadCase(path, f"{rule.id} quotes no clause and cites no source")
        _once(rule.id, self.rules, join(path, "id"))
        self.rules[rule.id] = rule
        for place, value in enumerate(parameters):
            try:
                self._parameter(value, f"{path}.parameter[{place}]", rule)
            except BadCase as problem:
                self._fault(problem.path, problem.message)

    def _parameter(self, raw: Any, path: str, rule: Rule) -> None:
        found = fields(raw, path, _PARAMETER)
        found["versions"] = tuple(
            _version(version, found, f"{path}.values[{place}]")
            for place, version in enumerate(found["versions"])
        )
        parameter = Parameter(rule=rule.id, **found)
        _once(parameter.name, self.parameters, join(path, "name"))
        _no_overlap(parameter, path)
        self.parameters[parameter.name] = parameter


def _once(name: str, known: Mapping[str, object], path: str) -> None:
    if name in known:
        raise BadCase(path, f"{name} stands in the rulebook twice")


def _version(version: Version, parameter: Mapping[str, Any], path: str) -> Version:
    value = UNITS[parameter["unit"]](version.value, join(path, "value"))
    readings = parameter.get("readings", ())
    if readings and value not in readings:
        raise BadCase(join(path, "value"), f"{value} is not among the readings {', '.join(readings)}")
    if version.since and version.until and version.since > version.until:
        raise BadCase(path, "ends before it begins")
    return Version(value=value, since=version.since, until=version.until)


def _no_overlap(parameter: Parameter, path: str) -> None:
    for place, later in enumerate(parameter.versions[1:], start=1):
        earlier = parameter.versions[place - 1]
        if earlier.until is None or later.since is None or earlier.until >= later.since:
            raise BadCase(f"{path}.values[{place}]", "overlaps the version before it")
