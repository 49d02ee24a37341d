"""A claim from the command line: every key of the case format is an option of the same name.

`--return-postage 12.00` is the key `return_postage`, `--received` alone is true, `--line 2:1` is one piece of
line 2, `--replacement 229.00:8` a price and a stock. The case format is the only list of them.
"""

from collections.abc import Sequence
from typing import Any

from calculators import reading
from calculators.case_format import COMMON, KINDS
from cli.speech import BadOption

_BOOLEANS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def keys_of(kind: str) -> dict[str, reading.Key]:
    """The keys that a claim of this kind may have; `BadOption` for a kind there is none of."""
    if kind not in KINDS:
        raise BadOption(f"--kind {kind}: 只有 / must be one of {', '.join(KINDS)}")
    return COMMON | KINDS[kind]


def read_claim(words: Sequence[str]) -> dict[str, Any]:
    """The claim that the words after the order number state; `BadOption` names the option that is wrong."""
    options = _pairs(words)
    if "kind" not in options:
        raise BadOption("缺少 --kind / --kind is missing: return, exchange, cancel, repair …")
    keys = keys_of(str(options["kind"]))
    claim: dict[str, Any] = {}
    for name, value in options.items():
        if name == "line":
            claim["lines"] = [_line(part) for part in _many(value)]
        elif name == "replacement":
            claim[name] = _replacement(str(value))
        elif name in keys:
            claim[name] = _value(name, value, keys[name])
        else:
            raise BadOption(
                f"--{name.replace('_', '-')} 不是 {claim.get('kind')} 的选项 / is not a key of this kind"
            )
    return claim


def _pairs(words: Sequence[str]) -> dict[str, Any]:
    """Option names with their values; an option without one is True, one given twice is a list."""
    options: dict[str, Any] = {}
    name = ""
    for word in words:
        if word.startswith("--"):
            name, _, value = word[2:].partition("=")
            name = name.replace("-", "_")
            _put(options, name, value or True)
        elif name and options.get(name) is True:
            options[name] = word
        elif name and isinstance(options.get(name), list) and options[name][-1] is True:
            options[name][-1] = word
        else:
            raise BadOption(f"{word}: 前面缺少选项名 / stands behind no option")
    return options


def _put(options: dict[str, Any], name: str, value: Any) -> None:
    if name in options:
        options[name] = [*_many(options[name]), value]
    else:
        options[name] = value


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(name: str, value: Any, key: reading.Key) -> Any:
    if key.read is reading.flag:
        if value is True or value in _BOOLEANS:
            return _BOOLEANS.get(value, True) if isinstance(value, str) else True
        raise BadOption(f"--{name.replace('_', '-')} {value}: 只有 true 或 false / must be true or false")
    if not isinstance(value, str):
        raise BadOption(f"--{name.replace('_', '-')}: 缺少值或重复 / needs one value")
    return int(value) if key.read is reading.count and value.isascii() and value.isdigit() else value


def _line(value: Any) -> dict[str, int]:
    number, _, qty = str(value).partition(":")
    if not (number.isascii() and number.isdigit() and (qty or "1").isascii() and (qty or "1").isdigit()):
        raise BadOption(f"--line {value}: 应为 行:件数 / must be LINE or LINE:PIECES")
    return {"line": int(number), "qty": int(qty or "1")}


def _replacement(value: str) -> dict[str, Any]:
    price, _, stock = value.partition(":")
    if not (stock.isascii() and stock.isdigit()):
        raise BadOption(f"--replacement {value}: 应为 单价:库存 / must be PRICE:STOCK")
    return {"price": price, "stock": int(stock)}
