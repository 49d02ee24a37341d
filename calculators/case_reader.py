"""From the JSON of a case file to the facts of a case: the one door into the calculators.

Every fault names the path of the offending value. What one key alone cannot tell is checked here too: a
claim on a line that was not bought, more pieces than there were, a coupon or points above the order.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from calculators import case_format
from calculators.errors import BadCase
from calculators.facts import Bulk, Case, Checkout, Claim, DistributorMonth, Order, Question, Settled, Staff
from calculators.further_questions import FURTHER_QUESTIONS
from calculators.reading import Key, Reader, fields, join, moment, text, unknown, yuan

_QUESTIONS: dict[str, tuple[Callable[..., Question], dict[str, Key]]] = {
    "distributor_month": (DistributorMonth, case_format.DISTRIBUTOR_MONTH),
    "bulk": (Bulk, case_format.BULK),
    "checkout": (Checkout, case_format.CHECKOUT),
    "staff": (Staff, case_format.STAFF),
    **FURTHER_QUESTIONS,
}
_TOP = {"name", "at", "shop", "policy", "order", "history", "claim", *_QUESTIONS}


def read_case(value: Any) -> Case:
    """The case that a JSON object states; `BadCase` names the first offending path."""
    if not isinstance(value, dict):
        raise BadCase("", "a case must be an object")
    for name in value:
        if name not in _TOP:
            raise BadCase(unknown(name), "is not a key of the case format")
    if value.get("at") is None:
        raise BadCase("at", "is missing")
    common: dict[str, Any] = {
        "at": moment(value["at"], "at"),
        "name": text(_or(value, "name", ""), "name"),
        "shop": text(_or(value, "shop", "main"), "shop"),
        "policy": _policy(_or(value, "policy", {})),
    }
    asked = [name for name in _QUESTIONS if value.get(name) is not None]
    if not asked:
        return _order_case(value, common)
    also = [name for name in ("order", "history", "claim", *asked[1:]) if value.get(name) is not None]
    if also:
        raise BadCase(also[0], f"cannot stand beside {asked[0]}")
    make, keys = _QUESTIONS[asked[0]]
    return Case(question=make(**fields(value[asked[0]], asked[0], keys)), **common)


def _policy(value: Any) -> dict[str, object]:
    if not isinstance(value, dict):
        raise BadCase("policy", "must be an object")
    return {name: one for name, one in value.items() if one is not None}


def _or(value: dict[str, Any], name: str, missing: Any) -> Any:
    """The value of a key; `null` is as good as missing."""
    return missing if value.get(name) is None else value[name]


def _order_case(value: dict[str, Any], common: dict[str, Any]) -> Case:
    for name in ("order", "claim"):
        if value.get(name) is None:
            raise BadCase(name, "is missing")
    order = read_order(value["order"])
    earlier = _or(value, "history", [])
    if not isinstance(earlier, list):
        raise BadCase("history", "must be a list")
    history = tuple(
        _claim(claim, f"history[{place}]", order, common["at"], settled=True)
        for place, claim in enumerate(earlier)
    )
    claim = _claim(value["claim"], "claim", order, common["at"])
    return Case(order=order, history=history, claim=claim, **common)


def read_order(value: Any) -> Order:
    """The order that a JSON object states, with its lines and coupon checked; `BadCase` otherwise."""
    order = Order(**fields(value, "order", case_format.ORDER))
    _unique([line.line for line in order.lines], "order.lines[{}].line")
    bought = {line.line for line in order.lines}
    for place, number in enumerate(order.coupon.lines if order.coupon else ()):
        if number not in bought:
            raise BadCase(f"order.coupon.lines[{place}]", f"line {number} is not in the order")
    return order


def _unique(numbers: Sequence[int], path: str) -> None:
    for place, number in enumerate(numbers):
        if number in numbers[:place]:
            raise BadCase(path.format(place), f"line {number} stands here twice")


def _claim(value: Any, path: str, order: Order, at: datetime, *, settled: bool = False) -> Claim:
    found = fields(value, path, _claim_keys(value, path, settled=settled))
    found.setdefault("asked_at", at)
    if "settled" in found:
        found["settled"] = _settled(found["settled"], join(path, "settled"), order)
    claim = Claim(**found)
    _needs(value, path, case_format.REASONS.get(claim.reason or "", ()))
    _check_lines(claim, path, order)
    return claim


def _claim_keys(value: Any, path: str, *, settled: bool) -> dict[str, Key]:
    kind = text(_or(value, "kind", ""), join(path, "kind")) if isinstance(value, dict) else ""
    if kind not in case_format.KINDS:
        said = f"must be one of {', '.join(case_format.KINDS)}" if kind else "is missing"
        raise BadCase(join(path, "kind") if isinstance(value, dict) else path, said)
    keys = case_format.COMMON | case_format.KINDS[kind]
    as_it_stands: Reader = lambda value, _: value  # noqa: E731 - read with the order at hand
    return keys | {"settled": Key(read=as_it_stands)} if settled else keys


def _needs(value: dict[str, Any], path: str, names: Sequence[str]) -> None:
    for name in names:
        if value.get(name) is None:
            raise BadCase(join(path, name), "is missing")


def _check_lines(claim: Claim, path: str, order: Order) -> None:
    bought = {line.line: line.qty for line in order.lines}
    for name, parts in (("lines", claim.lines), ("arrived", claim.arrived)):
        for place, part in enumerate(parts):
            where = f"{path}.{name}[{place}]"
            if part.line not in bought:
                raise BadCase(f"{where}.line", f"line {part.line} is not in the order")
            if part.qty > bought[part.line]:
                raise BadCase(f"{where}.qty", f"{part.qty} pieces, only {bought[part.line]} were bought")
        _unique([part.line for part in parts], f"{path}.{name}[{{}}].line")
    if claim.kind == "repair" and len(claim.lines or order.lines) != 1:
        raise BadCase(join(path, "lines"), "a repair credit names exactly one line")


def _settled(value: Any, path: str, order: Order) -> Settled:
    found = fields(value, path, case_format.SETTLED)
    lines = _or(found, "lines", {})
    if not isinstance(lines, dict):
        raise BadCase(join(path, "lines"), "must be an object")
    bought = {str(line.line): line.line for line in order.lines}
    amounts = {}
    for name, amount in lines.items():
        where = join(join(path, "lines"), name)
        if name not in bought:
            raise BadCase(where, "is not a line of the order")
        amounts[bought[name]] = yuan(amount, where)
    return Settled(**(found | {"lines": amounts}))
