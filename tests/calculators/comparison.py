"""Compares an answer with what a worked case expects: only what is named, and what the answer lacks is zero."""

from collections.abc import Callable
from typing import Any

from calculators.money import format_yuan, parse_yuan
from tests.calculators.asking import Json, net_of

UNITS = ("points", "jifenbao")


def differences(worked: Json, answer: Json) -> list[str]:
    """One line for everything in which the answer is not what the case expects."""
    if "expect_error" in worked:
        wanted, got = worked["expect_error"]["path"], (answer.get("error") or {}).get("path")
        return [] if wanted == got else [f"error path: expected {wanted!r}, got {got!r}"]
    if "error" in answer:
        return [f"refused as bad input: {answer['error']}"]
    return [line for key, wanted in worked["expect"].items() for line in COMPARED[key](wanted, answer)]


def _decision(wanted: str, answer: Json) -> list[str]:
    return _unequal("decision", wanted, answer["decision"])


def _to_buyer(wanted: Json, answer: Json) -> list[str]:
    found = []
    for channel, value in wanted.items():
        got = answer["to_buyer"].get(channel, 0 if channel in UNITS else "0.00")
        found += _unequal(channel, value, got) if channel in UNITS else _yuan(channel, value, parse_yuan(got))
    return found


def _from_buyer(wanted: str, answer: Json) -> list[str]:
    return _yuan("from_buyer", wanted, parse_yuan(answer["from_buyer"]))


def _items(wanted: Json, answer: Json) -> list[str]:
    sums: dict[str, int] = {}
    for item in answer["items"]:
        sums[item["item"]] = sums.get(item["item"], 0) + parse_yuan(item["amount"])
    return [line for name, value in wanted.items() for line in _yuan(name, value, sums.get(name, 0))]


def _advisories(wanted: list[str], answer: Json) -> list[str]:
    given = [advisory["id"] for advisory in answer["advisories"]]
    return [f"advisories: {one} is not among {given}" for one in wanted if one not in given]


def _postings(wanted: Json, answer: Json) -> list[str]:
    net = net_of(answer["entries"])
    return [line for code, value in wanted.items() for line in _yuan(code, value, net.get(code, 0))]


def _yuan(what: str, wanted: str, got_fen: int) -> list[str]:
    return _unequal(what, format_yuan(parse_yuan(wanted)), format_yuan(got_fen))


def _unequal(what: str, wanted: Any, got: Any) -> list[str]:
    return [] if wanted == got else [f"{what}: expected {wanted!r}, got {got!r}"]


COMPARED: dict[str, Callable[[Any, Json], list[str]]] = {
    "decision": _decision,
    "to_buyer": _to_buyer,
    "from_buyer": _from_buyer,
    "items": _items,
    "advisories": _advisories,
    "postings": _postings,
}
