"""From the rulebook's TOML files to a `Rulebook`, strictly: a rulebook with one fault is not used at all.

Refused are unknown or misplaced keys, floats, overlapping versions, a rule without a quotation or citation,
a name used twice, a tier that does not say which bound it includes. All faults are reported together.
"""

import hashlib
import tomllib
from collections.abc import Mapping
from typing import Any

from calculators.errors import BadCase, BadRulebook
from calculators.reading import Key, day, fields, join, many, one_of, record, text
from calculators.rulebook import STATUSES, Document, Parameter, Rule, Rulebook, Version
from calculators.units import UNITS

GOVERNING = ("asked", "paid", "issued", "month")
_MARK = "#=== "
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


def bundle(files: Mapping[str, str]) -> str:
    """One text of many rulebook files, by name: what is digested and what the ledger stores."""
    return "".join(f"{_MARK}{name}\n{files[name]}" for name in sorted(files))


def read_rulebook(bundled: str) -> Rulebook:
    """The rulebook of a bundled text; `BadRulebook` lists every fault with its file and place."""
    reader = _Reader()
    for part in bundled.split(_MARK)[1:]:
        name, _, content = part.partition("\n")
        reader.read(name, content)
    if not reader.rules:
        reader.faults.append("the rulebook holds no rule")
    if reader.faults:
        raise BadRulebook(reader.faults)
    return Rulebook(
        text=bundled,
        digest=hashlib.sha256(bundled.encode()).hexdigest(),
        documents=reader.documents,
        rules=reader.rules,
        parameters=reader.parameters,
    )


class _Reader:
    """Gathers what the files hold, and every fault, so that all of them can be mended at once."""

    def __init__(self) -> None:
        self.documents: dict[str, Document] = {}
        self.rules: dict[str, Rule] = {}
        self.parameters: dict[str, Parameter] = {}
        self.faults: list[str] = []

    def read(self, name: str, content: str) -> None:
        try:
            found = fields(tomllib.loads(content, parse_float=_no_float), "", _FILE)
        except (tomllib.TOMLDecodeError, BadCase, ValueError) as problem:
            self.faults.append(f"{name}: {problem}")
            return
        document = found["document"]
        self.documents[document.id] = document
        for place, raw in enumerate(found["rule"]):
            try:
                self._rule(raw, f"rule[{place}]", document)
            except BadCase as problem:
                self.faults.append(f"{name}: {problem}")

    def _rule(self, raw: Any, path: str, document: Document) -> None:
        found = fields(raw, path, _RULE)
        parameters = found.pop("parameter", ())
        rule = Rule(document=document.id, **found)
        if not (rule.quotations or rule.citation):
            raise BadCase(path, f"{rule.id} quotes no clause and cites no source")
        _once(rule.id, self.rules, join(path, "id"))
        self.rules[rule.id] = rule
        for place, value in enumerate(parameters):
            self._parameter(value, f"{path}.parameter[{place}]", rule)

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


def _no_float(literal: str) -> None:
    raise ValueError(f"{literal} is a float; write it as a text")


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
