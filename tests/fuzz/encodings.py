"""Fuzzed: the canonical encoding. Two values share their bytes only where they are one, and bytes read back as one.

The bytes make two values; what is left of them is itself taken for an encoding, by a reader as strict as it goes.
"""

from collections.abc import Iterator

from ledger.canonical import Encodable, digest, encode
from tests.fuzz.given import Given

_DEPTH_MAX = 40
_ITEMS_MAX = 6


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    given = Given(data)
    value, other = _value(given, 0), _value(given, 0)
    here, there = _encoded(value), _encoded(other)
    if here is not None and there is not None:
        assert (here == there) == (value == other), (value, other)
        assert (digest(value) == digest(other)) == (value == other)
    raw = given.rest()
    try:
        found, left = _decoded(raw, 0)
    except (ValueError, IndexError):
        return
    if not left:
        assert encode(found) == raw, "one value has two encodings"


def _encoded(value: Encodable) -> bytes | None:
    """The bytes of a value, which read back as it; None where a text has half a character, which is refused."""
    try:
        coded = encode(value)
    except UnicodeEncodeError:
        assert any("\ud800" <= character <= "\udfff" for character in _texts(value))
        return None
    assert _decoded(coded, 0) == (value, b""), value
    return coded


def _texts(value: Encodable) -> str:
    """All texts of a value, one behind the other."""
    return (
        "".join(map(_texts, value)) if isinstance(value, tuple) else value if isinstance(value, str) else ""
    )


def _value(given: Given, depth: int) -> Encodable:
    kind = given.below(5)
    if kind == 0:
        return None
    if kind == 1:
        return int.from_bytes(given.some(), signed=True)
    if kind == 2 and depth < _DEPTH_MAX:
        return tuple(_value(given, depth + 1) for _ in range(given.below(_ITEMS_MAX)))
    return given.text()


def _decoded(coded: bytes, depth: int) -> tuple[Encodable, bytes]:
    """The value at the head of the bytes, and what follows it; `ValueError` for anything that is not canonical."""
    kind, rest = coded[:1], coded[1:]
    if kind == b"n":
        return None, rest
    if kind not in (b"l", b"i", b"s") or depth > _DEPTH_MAX + 1:
        raise ValueError(kind)
    size, colon, rest = rest.partition(b":")
    count = _number(size)
    if not colon or count < 0:
        raise ValueError("no length")
    if kind == b"l":
        values: list[Encodable] = []
        for _ in range(count):
            value, rest = _decoded(rest, depth + 1)
            values.append(value)
        return tuple(values), rest
    if count > len(rest):
        raise ValueError("cut off")
    return (_number(rest[:count]) if kind == b"i" else rest[:count].decode()), rest[count:]


def _number(digits: bytes) -> int:
    number = int(digits)
    if b"%d" % number != digits:
        raise ValueError("not the one way to write it")
    return number


def seeds() -> Iterator[bytes]:
    """Values of each kind, and encodings of some."""
    yield b"\x03\x03abc\x03\x03abd" + encode(("a", -1, None))
    yield b"\x02\x03\x01\x02\x01\x00\x00\x03\x01x\x02\x00" + encode((("", 0), (), "é"))
    yield b"\x01\x01\xff\x01\x02\x00\xff" + encode("x" * 200)
    yield b"\x00\x00" + encode((None, 10**30, -5))
