"""What a statement line means, and which order it belongs to: ordered, dated rules, held as data.

The first rule that fits wins, among those in force on the line's day, and what none fits is `unknown`; nothing
is dropped. An order number is taken from the base order number, then from the merchant's number, then from the
remark, by the platforms' own grammars; a payment serial (`FP301_…`) is never one.
"""

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from operator import attrgetter
from pathlib import Path
from typing import Any

from ledger.payment_matching import CLAIM_WORD

MEANINGS = frozenset(
    {
        "receipt",
        "refund",
        "buyer_transfer",
        "commission",
        "service_fee",
        "promotion",
        "promotion_topup",
        "marketing",
        "points_settlement",
        "card_fee",
        "cod_remittance",
        "courier_claim",
        "withdrawal",
        "deposit",
        "compensation",
        "insurance",
        "fine",
        "distribution",
        "donation",
        "loan",
        "unknown",
    }
)
_ORDER = r"([0-9]{16,19})"
_MERCHANT_NUMBERS = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"T[0-9]+P{_ORDER}",
        rf"HJ(?:COM|CAE)==.*==?{_ORDER}",
        rf"CAE_POINT_{_ORDER}.*",
        rf"CAE_.*_{_ORDER}",
        rf"GXFZ_.*_{_ORDER}",
    )
)
_OUR_REMARK = re.compile(rf"{CLAIM_WORD}(.+?)(?: 条款.*)?$", re.DOTALL)
_REMARK_NUMBERS = re.compile(
    rf"(?:关联订单号：|订单号：?|tradeid:|返点积分|退回积分|T[0-9]+P|[{{(\[（]){_ORDER}(?![0-9])", re.ASCII
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The words of a line by which it is understood, which way the money went, and on which day."""

    kind: str
    remark: str
    description: str
    is_income: bool
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A line as a platform has written it, which its rule must be the first to fit."""

    kind: str
    remark: str
    description: str
    flow: str
    on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: its conditions, what fits means, the days it is in force (both included), and its examples."""

    meaning: str
    conditions: tuple["_Condition", ...]
    first_on: date | None
    last_on: date | None
    examples: tuple[Example, ...]

    def fits(self, said: Wording) -> bool:
        """Whether the rule is in force on the line's day and all of its conditions hold."""
        return self.is_in_force(said.on) and all(holds(said) for holds in self.conditions)

    def is_in_force(self, on: date) -> bool:
        """Whether the rule is in force on a day."""
        begun = self.first_on is None or self.first_on <= on
        return begun and (self.last_on is None or on <= self.last_on)


_Condition = Callable[[Wording], bool]
_Made = Callable[[Sequence[str]], _Condition]


def _whole(field: str) -> _Made:
    said = attrgetter(field)
    return lambda words: lambda wording: said(wording) in words


def _found(field: str, pattern: Callable[[str], str] = re.escape, at: str = "") -> _Made:
    """A condition that any of the words is in the field; one pattern for all of them is what makes it quick."""
    said = attrgetter(field)

    def compiled(words: Sequence[str]) -> _Condition:
        search = re.compile(f"{at}(?:{'|'.join(map(pattern, words))})").search
        return lambda wording: search(said(wording)) is not None

    return compiled


_TESTS: Mapping[str, _Made] = {
    "kind_is": _whole("kind"),
    "kind_has": _found("kind"),
    "remark_is": _whole("remark"),
    "remark_has": _found("remark"),
    "remark_starts": _found("remark", at=r"\A"),
    "remark_matches": _found("remark", str),
    "description_has": _found("description"),
    "flow": lambda words: lambda wording: wording.is_income == (tuple(words) == ("in",)),
}
_BESIDE_TESTS = frozenset({"meaning", "from", "to", "examples"})


def meaning_of(said: Wording, rules: Sequence[Rule] | None = None) -> str:
    """The meaning of the first rule that fits the line, `unknown` where none does."""
    known = _in_force(said.on) if rules is None else rules
    return next((rule.meaning for rule in known if rule.fits(said)), "unknown")


def order_number(base_order_no: str, merchant_no: str, remark: str) -> str | None:
    """The order a line belongs to, or None where neither its numbers nor its remark names one."""
    if re.fullmatch(_ORDER, base_order_no, re.ASCII):
        return base_order_no
    for pattern in _MERCHANT_NUMBERS:
        found = pattern.fullmatch(merchant_no)
        if found:
            return found.group(1)
    said = _REMARK_NUMBERS.search(remark)
    return said.group(1) if said else None


def claim_number(remark: str) -> str | None:
    """The claim that a transfer of our own batch sheet names in its remark, or None."""
    said = _OUR_REMARK.match(remark)
    return said.group(1) if said else None


@cache
def meaning_rules() -> tuple[Rule, ...]:
    """The rules of `alipay_meanings.toml`, in their order."""
    return read_rules(Path(__file__).with_name("alipay_meanings.toml").read_text("utf-8"))


@lru_cache(maxsize=400)
def _in_force(on: date) -> tuple[Rule, ...]:
    return tuple(rule for rule in meaning_rules() if rule.is_in_force(on))


def read_rules(text: str) -> tuple[Rule, ...]:
    """Rules from TOML; `ValueError` for an unknown key or meaning, no condition, no example, days turned round."""
    return tuple(_rule(entry) for entry in tomllib.loads(text)["rule"])


def _rule(entry: Mapping[str, Any]) -> Rule:
    tests = {test: _words(words) for test, words in entry.items() if test not in _BESIDE_TESTS}
    examples = tuple(_example(example) for example in entry.get("examples", []))
    first_on, last_on = entry.get("from"), entry.get("to")
    turned = first_on is not None and last_on is not None and first_on > last_on
    sound = tests and examples and tests.keys() <= _TESTS.keys() and entry["meaning"] in MEANINGS
    if not sound or turned:
        raise ValueError(f"no sound rule: {entry}")
    return Rule(
        meaning=entry["meaning"],
        conditions=tuple(_TESTS[test](words) for test, words in tests.items()),
        first_on=first_on,
        last_on=last_on,
        examples=examples,
    )


def _words(words: Any) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _example(said: Mapping[str, Any]) -> Example:
    return Example(
        kind=said.get("kind", ""),
        remark=said.get("remark", ""),
        description=said.get("description", ""),
        flow=said["flow"],
        on=said.get("on"),
    )
