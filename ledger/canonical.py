"""The canonical encoding: the one way values become bytes before they are hashed.

Every value carries its type and length, and every list its count, so that different values never share an
encoding, whatever quotes, separators or NULs are inside. Text is taken as it stands: no Unicode form is
folded into another.
"""

import hashlib
from typing import TypeAlias

Encodable: TypeAlias = "str | int | tuple[Encodable, ...] | None"
GENESIS = "0" * 64


def encode(value: Encodable) -> bytes:
    """The bytes of a text, whole number, nothing, or tuple of these; `TypeError` for anything else.

    >>> encode(("a", -1, None))
    b'l3:s1:ai2:-1n'
    """
    return _written((value,)).encode()


def _written(values: "tuple[Encodable, ...]") -> str:
    # One call a tuple and not one a value, and texts before all else: this is most of what verifying a book takes.
    return "".join(
        [
            f"s{len(one) if one.isascii() else len(one.encode())}:{one}" if type(one) is str else _other(one)
            for one in values
        ]
    )


def _other(value: Encodable) -> str:
    if type(value) is int:
        number = str(value)
        return f"i{len(number)}:{number}"
    if value is None:
        return "n"
    if isinstance(value, tuple):
        return f"l{len(value)}:{_written(value)}"
    raise TypeError(f"a {type(value).__name__} has no canonical encoding")


def digest(value: Encodable) -> str:
    """The SHA-256 of a value's encoding, in lower-case hexadecimal."""
    return hashlib.sha256(encode(value)).hexdigest()


def text_digest(text: str) -> str:
    """The SHA-256 of a text's UTF-8 bytes, as `sha256sum` would print it."""
    return hashlib.sha256(text.encode()).hexdigest()


def request_digest(case_json: str, rulebook_digest: str) -> str:
    """What a claim number stands for: the case asked and the rulebook that answered it."""
    return digest(("request", case_json, rulebook_digest))
