"""The canonical encoding: the one way values become bytes before they are hashed.

Every value carries its type and length, and every list its count, so that different values never share an
encoding, whatever quotes, separators or NULs are inside. Text is taken as it stands: no Unicode form is
folded into another.
"""

import hashlib
from typing import TypeAlias

Encodable: TypeAlias = "str | int | tuple[Encodable, ...] | None"
GENESIS = "0" * 64
_SHOWN = 12
# How texts and numbers of each usual length begin: to look it up takes a quarter less than to write it anew.
_USUAL = 128
_TEXTS = tuple(b"s%d:" % length for length in range(_USUAL))
_NUMBERS = tuple(b"i%d:" % length for length in range(_USUAL))


def encode(value: Encodable) -> bytes:
    """The bytes of a text, whole number, nothing, or tuple of these; `TypeError` for anything else.

    >>> encode(("a", -1, None))
    b'l3:s1:ai2:-1n'
    """
    parts: list[bytes] = []
    _append((value,), parts)
    return b"".join(parts)


def _append(values: "tuple[Encodable, ...]", parts: list[bytes]) -> None:
    # One call a tuple and not one a value: this loop is most of what verifying a book takes.
    for value in values:
        if type(value) is str:
            text = value.encode()
            length = len(text)
            parts.append(_TEXTS[length] + text if length < _USUAL else b"s%d:%b" % (length, text))
        elif type(value) is int:
            number = b"%d" % value
            length = len(number)
            parts.append(_NUMBERS[length] + number if length < _USUAL else b"i%d:%b" % (length, number))
        elif value is None:
            parts.append(b"n")
        elif isinstance(value, tuple):
            parts.append(b"l%d:" % len(value))
            _append(value, parts)
        else:
            raise TypeError(f"a {type(value).__name__} has no canonical encoding")


def digest(value: Encodable) -> str:
    """The SHA-256 of a value's encoding, in lower-case hexadecimal."""
    return hashlib.sha256(encode(value)).hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, as `sha256sum` would print it."""
    return hashlib.sha256(text.encode()).hexdigest()


def short(said: str) -> str:
    """The first twelve digits of a digest, as screens, footers and paper show it."""
    return said[:_SHOWN]


def request_digest(case_json: str, rulebook_digest: str) -> str:
    """What a claim number stands for: the case asked and the rulebook that answered it."""
    return digest(("request", case_json, rulebook_digest))
