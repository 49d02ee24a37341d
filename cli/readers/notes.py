"""Facts that the platform's reports do not have, read from marks in the seller's note.

    【聚划算】            the order belongs to a Juhuasuan activity
    【代购:d-01】         a distributor bought it
    【约定发货:2026-10-12】  a shipping day agreed on Wangwang
    【揽收:2026-10-03 18:20】 the courier's pick-up        【签收:2026-10-06 11:05】 the courier's delivery
    【运费成本:10.00】      what the shop paid the courier
    【特价:SKU】           the line of that SKU is special price (may repeat)
    【预售:SKU】           the line of that SKU is pre-sale (may repeat)
    【发票:507.00 2026-10-05】 invoice amount and day      【发票退回:2026-10-20】 the day it came back

Either colon may stand. Brackets with any other word are the shop's own and are left alone; a known word with
a value that cannot be read, or said twice, is a fault.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from calculators.days import parse_day, parse_moment
from calculators.errors import BadMoney
from calculators.money import format_yuan, parse_yuan
from cli.errors import BadCell

_MARK = re.compile(r"【\s*([^【】:：\s]+)\s*(?:[:：]\s*([^【】]*?)\s*)?】")
_CODE = re.compile(r"[0-9A-Za-z._-]{1,64}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """What a seller's note says: single facts by field, and the SKUs of special-price and pre-sale lines."""

    facts: Mapping[str, str]
    special_price: frozenset[str]
    presale: frozenset[str]


def read_marks(note: str) -> Marks:
    """The marks of a seller's note; `BadCell` for a known mark that cannot be read or that stands twice."""
    facts: dict[str, str] = {}
    skus: dict[str, set[str]] = {"special_price": set(), "presale": set()}
    for word, value in _MARK.findall(note):
        if word in _SKU_MARKS:
            skus[_SKU_MARKS[word]].add(_read(_code, word, value))
        elif word in _FACT_MARKS:
            field, read = _FACT_MARKS[word]
            if field in facts:
                raise BadCell("bad_note", f"【{word}】")
            facts[field] = _read(read, word, value)
    return Marks(
        facts=facts,
        special_price=frozenset(skus["special_price"]),
        presale=frozenset(skus["presale"]),
    )


def _read(read: Callable[[str], str], word: str, value: str) -> str:
    try:
        return read(value)
    except (ValueError, BadMoney) as error:
        raise BadCell("bad_note", f"【{word}】") from error


def _juhuasuan(value: str) -> str:
    if value:
        raise ValueError("the mark takes no value")
    return "juhuasuan"


def _code(value: str) -> str:
    if not _CODE.fullmatch(value):
        raise ValueError("not a code")
    return value


def _day(value: str) -> str:
    return parse_day(value).isoformat()


def _moment(value: str) -> str:
    return parse_moment(value).strftime("%Y-%m-%dT%H:%M:%S")


def _money(value: str) -> str:
    fen = parse_yuan(value)
    if fen < 0:
        raise ValueError("below zero")
    return format_yuan(fen)


def _invoice(value: str) -> str:
    amount, _, day = value.partition(" ")
    return f"{_money(amount)} {_day(day.strip())}"


_SKU_MARKS: Mapping[str, str] = {"特价": "special_price", "预售": "presale"}
_FACT_MARKS: Mapping[str, tuple[str, Callable[[str], str]]] = {
    "聚划算": ("activity", _juhuasuan),
    "代购": ("distributor", _code),
    "约定发货": ("ship_by", _day),
    "揽收": ("picked_up_at", _moment),
    "签收": ("signed_at", _moment),
    "运费成本": ("postage_cost", _money),
    "发票": ("invoice", _invoice),
    "发票退回": ("invoice_returned_on", _day),
}
