"""What of a row the book keeps: figures, days and numbers as they are, of words those that are the platform's.

A ledger cannot forget, so nothing enters it that a person may have written or that names one. A column of words
is kept by the words of `words.toml` alone; the rest of it becomes "…", and the file stays with the shop, named by
its row and digest. Goods are the shop's own words; only telephones and addresses in them are masked.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

from calculators.masking import redacted
from cli.readers.rows import Row

_LEFT_OUT = "…"
_DROPPED = "dropped"
_RULE_WORDS = frozenset(
    {"kind_is", "kind_has", "remark_is", "remark_has", "remark_starts", "description_has"}
)
_WORD_MIN = 2
_CODE = re.compile(r"[0-9A-Za-z_.:=/-]{0,128}", re.ASCII)
_UNKNOWN = re.compile(r"\w+")
_NUMBER = r"(?<![0-9])(?P<number>[0-9]{16,19})(?![0-9])"
_MARKS = (
    r"T[0-9]{1,4}P(?=[0-9])",
    r"(?<![0-9])20[0-9]{2}[01][0-9][0-3][0-9](?:[0-9]{6})?(?![0-9])",
    r"(?<![0-9])20[0-9]{2}年(?:1?[0-9]月)?",
)


def kept(layout: str, row: Row) -> dict[str, Any]:
    """The fields of a row that may enter the book, each as far as `kept.toml` says."""
    order_no = getattr(row, "order_no", None) or ""
    ways = _ways()[layout]
    return {
        name: _kept(ways[name], value, order_no)
        for name, value in asdict(row).items()
        if ways.get(name, _DROPPED) != _DROPPED
    }


def fields_of(layout: str) -> frozenset[str]:
    """Every field of the layout for which it is said what is kept of it, the dropped ones too."""
    return frozenset(_ways()[layout])


def known_words(text: str, order_no: str = "") -> str:
    """The platform's words in a text and the line's own order number, with "…" for whatever else stands there.

    >>> known_words("天猫佣金（类目）{3300000000000000001}扣款", "3300000000000000001")
    '天猫佣金（类目）{3300000000000000001}扣款'
    >>> known_words("退给张三丰6222021234567890123的差价")
    '…差价'
    """
    return _joined(_pieces(text, order_no, _known()))


def _kept(way: str, value: object, order_no: str) -> object:
    if not isinstance(value, str) or way == "whole":
        return value
    if way == "words":
        return known_words(value, order_no)
    if way == "carriers":
        return _joined(_pieces(value, "", _carriers()))
    return _code(value) if way == "codes" else redacted(value)


def _code(text: str) -> str:
    """A code as it stands; a telephone is none, nor is an address or a word."""
    return text if _CODE.fullmatch(text) and redacted(text) == text else _LEFT_OUT


def _joined(pieces: Iterable[str]) -> str:
    return re.sub("…+", _LEFT_OUT, "".join(pieces))


def _pieces(text: str, order_no: str, known: re.Pattern[str]) -> Iterator[str]:
    """Known words and the marks between them as they stand, all else left out."""
    end = 0
    for found in known.finditer(text):
        yield _between(text[end : found.start()])
        yield found.group() if found.group("number") in (None, order_no) else _LEFT_OUT
        end = found.end()
    yield _between(text[end:])


def _between(text: str) -> str:
    return _UNKNOWN.sub(_LEFT_OUT, text)


@cache
def _ways() -> Mapping[str, Mapping[str, str]]:
    """The way of each field, by layout."""
    table = tomllib.loads(Path(__file__).with_name("kept.toml").read_text("utf-8"))
    return {
        layout: {field: way for way, fields in ways.items() for field in fields}
        for layout, ways in table.items()
    }


@cache
def _known() -> re.Pattern[str]:
    return _any_of([word for name, words in _lists().items() if name != "carriers" for word in words])


@cache
def _carriers() -> re.Pattern[str]:
    return _any_of(_lists()["carriers"])


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(
        {word for word in words if len(word) >= _WORD_MIN}, key=lambda word: (-len(word), word)
    )
    return re.compile("|".join([*_MARKS, _NUMBER, *map(re.escape, longest_first)]), re.ASCII)


def _lists() -> dict[str, list[str]]:
    """The platforms' words by list, those of the meanings' own rules with them."""
    here = Path(__file__)
    lists: dict[str, list[str]] = tomllib.loads(here.with_name("words.toml").read_text("utf-8"))
    rules = tomllib.loads(here.with_name("alipay_meanings.toml").read_text("utf-8"))["rule"]
    said = (words for rule in rules for test, words in rule.items() if test in _RULE_WORDS)
    lists["rules"] = [word for words in said for word in ([words] if isinstance(words, str) else words)]
    return lists
