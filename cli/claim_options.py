"""A claim from the command line: every key of the case format is an option of the same name.

`--return-postage 12.00` is the key `return_postage`, `--received` alone is true, `--line 2:1` is one piece of
line 2, `--replacement 229.00:8` a price and a stock. The case format is the only list of them.
"""

import re
from collections.abc import Sequence
from typing import Any

from calculators import reading
from calculators.case_format import COMMON, KINDS
from calculators.errors import BadCase
from calculators.masking import mask, mask_number
from cli.speech import BadOption
from ledger.posting_rules import KINDS as KINDS_ZH

_LINES = {"line": "lines", "arrived": "arrived"}
_WHOLE = re.compile(r"[0-9]{1,9}")
_FORMS: dict[reading.Reader, str] = {
    reading.flag: "",
    reading.yuan: "12.30",
    reading.count: "N",
    reading.pieces: "N",
    reading.day: "YYYY-MM-DD",
    reading.moment: "YYYY-MM-DDTHH:MM",
    reading.factor: "0.85",
    reading.text: "TEXT",
}
_BOOLEANS = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def keys_of(kind: str) -> dict[str, reading.Key]:
    """The keys that a claim of this kind may have; `BadOption` for a kind there is none of."""
    if kind not in KINDS:
        kinds, kind = ", ".join(KINDS), kind if kind.isascii() and kind.isidentifier() else mask(kind)
        raise BadOption(*_both(f"--kind {kind}", f"只能是 {kinds}", f"must be one of {kinds}"))
    return COMMON | KINDS[kind]


def read_claim(words: Sequence[str]) -> dict[str, Any]:
    """The claim that the words after the order number state; `BadOption` names the option that is wrong."""
    options = _pairs(words)
    if "kind" not in options:
        kinds = ", ".join(KINDS)
        raise BadOption(*_both("--kind", f"缺少；只能是 {kinds}", f"is missing: one of {kinds}"))
    keys = keys_of(str(options["kind"]))
    claim: dict[str, Any] = {}
    for name, value in options.items():
        if name in _LINES:
            claim[_LINES[name]] = [_line(part) for part in _many(value)]
        elif name == "arrived" and name in keys:
            claim[name] = [_line(part) for part in _many(value)]
        elif name == "replacement":
            claim[name] = _replacement(str(value))
        elif name in keys:
            claim[name] = _value(name, value, keys[name])
        else:
            kind = options["kind"]
            raise BadOption(
                *_both(_option(name), f"{kind} 没有这个选项；见 --kinds", f"is no key of {kind}; see --kinds")
            )
    return claim


def none_but(words: Sequence[str], at: str | None) -> None:
    """`BadOption` for words of a claim, or its moment, beside a file that says both itself."""
    stray = [*words[:1], *(["--at"] if at else [])]
    if stray:
        raise BadOption(
            *_both(
                mask_number(stray[0]),
                "不能与 --case 或 --cases 一起用",
                "cannot stand beside --case or --cases",
            )
        )


def kinds_listed(language: str) -> str:
    """Every kind of claim with its options and what each takes, one kind a paragraph, as the case format has them."""
    common = _listed("*", COMMON, language)
    return "\n".join([common, *(_listed(kind, keys, language) for kind, keys in KINDS.items())])


def _listed(kind: str, keys: dict[str, reading.Key], language: str) -> str:
    zh, en = ("每一种申请都有", "every kind has") if kind == "*" else (KINDS_ZH.get(kind, ""), "")
    head = f"--kind {kind}  {zh if language == 'zh' else en}".rstrip()
    lines = [f"  {_form(name, key, language)}" for name, key in keys.items() if name != "kind"]
    return "\n".join([head, *lines])


def _form(name: str, key: reading.Key, language: str) -> str:
    if name in ("lines", "arrived"):
        shown = f"--{'line' if name == 'lines' else name} LINE[:PIECES] …"
    elif name == "replacement":
        shown = "--replacement PRICE:STOCK"
    else:
        shown = f"{_option(name)} {_takes(key)}".rstrip()
    needed = "必填" if language == "zh" else "required"
    return f"{shown}  ({needed})" if key.required else shown


def _takes(key: reading.Key) -> str:
    """What an option's value looks like; the words of a choice are those its own reader names when it refuses."""
    if key.read in _FORMS:
        return _FORMS[key.read]
    try:
        key.read(object(), "")
    except BadCase as refused:
        return refused.message.removeprefix("must be one of ").replace(", ", "|")
    return ""


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
            raise BadOption(*_both(mask(word), "前面缺少选项名", "stands behind no option"))
    return options


def _option(name: str) -> str:
    shown = name if name.isascii() else mask(name)
    return f"--{shown.replace('_', '-')}"


def _both(where: str, zh: str, en: str) -> tuple[str, str]:
    """The two sentences of what is wrong with an option."""
    return f"{where}：{zh}。", f"{where}: {en}."


def _put(options: dict[str, Any], name: str, value: Any) -> None:
    if name in options:
        options[name] = [*_many(options[name]), value]
    else:
        options[name] = value


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _value(name: str, value: Any, key: reading.Key) -> Any:
    if key.read is reading.flag:
        return _flag(name, value)
    if not isinstance(value, str):
        raise BadOption(*_both(_option(name), "须给出一个值，且只给一次", "needs one value, given once"))
    return int(value) if key.read is reading.count and _WHOLE.fullmatch(value) else value


def _flag(name: str, value: Any) -> bool:
    if value is True:
        return True
    if isinstance(value, str) and value in _BOOLEANS:
        return _BOOLEANS[value]
    shown = f"{_option(name)} {mask_number(value)}" if isinstance(value, str) else _option(name)
    raise BadOption(*_both(shown, "只能是 true 或 false，且只给一次", "must be true or false, given once"))


def _line(value: Any) -> dict[str, int]:
    number, colon, qty = str(value).partition(":")
    if not _WHOLE.fullmatch(number) or (colon and not _WHOLE.fullmatch(qty)):
        raise BadOption(
            *_both(
                f"--line {mask_number(str(value))}",
                "应为 行 或 行:件数，如 2:1",
                "must be LINE or LINE:PIECES",
            )
        )
    return {"line": int(number), "qty": int(qty or "1")}


def _replacement(value: str) -> dict[str, Any]:
    price, _, stock = value.partition(":")
    if not _WHOLE.fullmatch(stock):
        raise BadOption(
            *_both(
                f"--replacement {mask_number(value)}", "应为 单价:库存，如 229.00:8", "must be PRICE:STOCK"
            )
        )
    return {"price": price, "stock": int(stock)}
