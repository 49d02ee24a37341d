"""One rule laid open: its own words, its document, its conflicts with their texts, and its parameters on a day.

Every layer's say about a parameter is shown, each with its citation, so that a reader sees the platform's value
and the shop's beside the manuals' and knows which of them is in force.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from calculators.layers import Layers, Seller, Standing, Ungoverned
from calculators.masking import mask
from calculators.rulebook import PLATFORMS, Amendment, Gap, Pack, Parameter, Rule, Rulebook, Version
from calculators.terms import written
from cli.errors import ShellError

Json = dict[str, Any]


class NoSuchRule(ShellError):
    """A name that is neither a rule nor a parameter of the rulebook."""


def page_of(rulebook: Rulebook, name: str, on: date, shop: str) -> Json:
    """The page of a rule, or of the one a parameter stands in, in the manuals or a pack; `NoSuchRule` for none."""
    defined = rulebook.defined(name)
    clause = defined.rule if defined else name
    if clause in rulebook.rules:
        return _rule_page(rulebook, rulebook.rules[clause], on, shop)
    for pack in rulebook.packs.values():
        amendments = [one for one in pack.amendments if one.rule == clause]
        if amendments:
            return _pack_page(rulebook, pack, amendments, (on, shop))
    near = [one for one in rulebook.rules if one.startswith(name[:5])] or list(rulebook.documents)
    listed, name = ", ".join(near), name if name.isascii() else mask(name)
    raise NoSuchRule(f"没有规则 {name}。相近的有：{listed}。", f"there is no rule {name}. Near it: {listed}.")


def summary(rule: Rule) -> Json:
    """A rule on one line of a list."""
    return {"id": rule.id, "title": rule.title, "status": rule.status, "document": rule.document}


def _rule_page(rulebook: Rulebook, rule: Rule, on: date, shop: str) -> Json:
    document = rulebook.documents[rule.document]
    named = dict.fromkeys([*rule.conflicts, *_in_notes(rulebook, rule)])
    return summary(rule) | {
        "quotations": list(rule.quotations),
        "citation": rule.citation,
        "document": {"id": document.id, "title": document.title, "sha256": document.sha256},
        "conflicts": [{"id": one, **conflict_texts()[one]} for one in named if one in conflict_texts()],
        "parameters": [
            _parameter(rulebook, one, on, shop) for one in rulebook.parameters.values() if one.rule == rule.id
        ],
    }


def _pack_page(
    rulebook: Rulebook, pack: Pack, amendments: Sequence[Amendment], where: tuple[date, str]
) -> Json:
    return {
        "id": amendments[0].rule,
        "title": pack.title,
        "status": "pack",
        "document": {"id": pack.id, "title": f"{pack.title}, {pack.checked_on}", "sha256": ""},
        "quotations": [],
        "citation": "; ".join(dict.fromkeys(one.citation for one in amendments)),
        "conflicts": [],
        "parameters": [
            _parameter(rulebook, rulebook.defined(name), *where)
            for name in dict.fromkeys(one.name for one in amendments)
        ],
    }


@cache
def conflict_texts() -> Mapping[str, Mapping[str, str]]:
    """Both sides and the resolution of every conflict of the manuals, by its id."""
    text = (files("calculators") / "rules" / "reference" / "conflicts.toml").read_text("utf-8")
    return tomllib.loads(text)


def _in_notes(rulebook: Rulebook, rule: Rule) -> Iterator[str]:
    """The conflicts that the notes of a rule's parameters begin with."""
    for parameter in rulebook.parameters.values():
        if parameter.rule == rule.id and parameter.note[:2] == "C-":
            yield parameter.note[:4]


def _parameter(rulebook: Rulebook, parameter: Parameter | Amendment | None, on: date, shop: str) -> Json:
    if parameter is None:
        raise ValueError("a parameter that has been listed is defined")
    in_manuals = isinstance(parameter, Parameter)
    return {
        "name": parameter.name,
        "unit": parameter.unit,
        "governed_by": parameter.governed_by,
        "note": parameter.note,
        "readings": list(parameter.readings),
        "in_force": _in_force(rulebook, parameter.name, on, shop),
        "history": [_version(parameter.unit, one) for one in parameter.versions if in_manuals],
        "layers": list(_layers(rulebook, parameter.name)),
    }


def _in_force(rulebook: Rulebook, name: str, on: date, shop: str) -> Json | None:
    try:
        seller = Seller(shop=shop, platform=_platform(rulebook, name))
        standing = Layers(rulebook, seller).standing(name, lambda governed_by: on)
    except Ungoverned as unknown:
        return {"value": None, "layer": unknown.pack, "gap": unknown.gap.why}
    return _standing(standing) if standing else None


def _platform(rulebook: Rulebook, name: str) -> str:
    """The platform whose orders a parameter is shown for: the one a pack names with it, else the first there is."""
    said = (one.platform for pack in rulebook.packs.values() for one in pack.amendments if one.name == name)
    return next(filter(None, said), PLATFORMS[0])


def _standing(standing: Standing) -> Json:
    return {
        "value": written(standing.unit, standing.value),
        "layer": standing.layer,
        "rule": standing.rule,
        "citation": standing.citation,
    }


def _layers(rulebook: Rulebook, name: str) -> Iterator[Json]:
    """What packs and shops say of the parameter, whether or not they bind."""
    for pack in rulebook.packs.values():
        yield from (_amendment(_layer(pack, one), one) for one in pack.amendments if one.name == name)
    for override in rulebook.overrides:
        for one in override.amendments:
            if one.name == name:
                approval = {"approver": one.approver, "approved_on": override.approved_on.isoformat()}
                yield _amendment(f"shop {override.shop}", one) | approval


def _layer(pack: Pack, amendment: Amendment) -> str:
    """A pack's own name, with the platform where an entry is for another one than the pack's."""
    return pack.id if amendment.platform == pack.platform else f"{pack.id} ({amendment.platform})"


def _amendment(layer: str, amendment: Amendment) -> Json:
    return {
        "layer": layer,
        "rule": amendment.rule,
        "citation": amendment.citation,
        "values": [_version(amendment.unit, one) for one in amendment.versions],
        "gaps": [_span(one) | {"why": one.why} for one in amendment.gaps],
    }


def _version(unit: str, version: Version) -> Json:
    return {"value": written(unit, version.value), **_span(version)}


def _span(one: Version | Gap) -> Json:
    return {
        "from": one.since.isoformat() if one.since else None,
        "to": one.until.isoformat() if one.until else None,
    }
