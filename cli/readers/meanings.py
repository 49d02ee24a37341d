"""What a statement line means, and which order it belongs to: ordered rules, held as data.

The first rule that fits wins and what none fits is `unknown`; nothing is dropped. An order number is taken
from the base order number, then from the merchant's number, then from the remark, by the platforms' own
grammars; a payment serial (`FP301_…`) is never one.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ledger.payment_matching import CLAIM_WORD

MEANINGS = frozenset(
    {
        "receipt",
        "refund",
        "buyer_transfer",
        "commission",
        "service_fee",
        "promotion_topup",
        "points_settlement",
        "card_fee",
        "cod_remittance",
        "withdrawal",
        "deposit",
        "insurance",
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
    """The words of a line by which it is understood."""

    kind: str
    remark: str
    description: str
    is_income: bool


_Test = Callable[[Wording, list[str]], bool]
_TESTS: Mapping[str, _Test] = {
    "kind_is": lambda said, words: said.kind in words,
    "kind_has": lambda said, words: any(word in said.kind for word in words),
    "remark_is": lambda said, words: said.remark in words,
    "remark_has": lambda said, words: any(word in said.remark for word in words),
    "remark_starts": lambda said, words: said.remark.startswith(tuple(words)),
    "description_has": lambda said, words: any(word in said.description for word in words),
    "flow": lambda said, words: said.is_income == (words == ["in"]),
}


def meaning_of(said: Wording) -> str:
    """The meaning of the first rule that fits the line, `unknown` where none does."""
    return next((meaning for meaning, rule in _rules() if _fits(rule, said)), "unknown")


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


def _fits(rule: Mapping[str, list[str]], said: Wording) -> bool:
    return all(_TESTS[test](said, words) for test, words in rule.items())


@cache
def _rules() -> tuple[tuple[str, Mapping[str, list[str]]], ...]:
    table = tomllib.loads(Path(__file__).with_name("alipay_meanings.toml").read_text("utf-8"))
    return tuple(_rule(entry) for entry in table["rule"])


def _rule(entry: dict[str, object]) -> tuple[str, Mapping[str, list[str]]]:
    meaning = str(entry["meaning"])
    assert meaning in MEANINGS, meaning
    tests = {test: words for test, words in entry.items() if test != "meaning"}
    return meaning, {
        test: [str(word) for word in words] if isinstance(words, list) else [str(words)]
        for test, words in tests.items()
    }
