"""The canonical encoding: different values never share their bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.canonical import Encodable, digest, encode, request_digest, text_digest

VALUES: st.SearchStrategy[Encodable] = st.recursive(
    st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4).map(tuple), max_leaves=12
)


def _decoded(coded: bytes) -> tuple[Encodable, bytes]:
    """The value at the head of the bytes, and what follows it: the encoding read back."""
    kind, rest = coded[:1], coded[1:]
    if kind == b"n":
        return None, rest
    number, _, rest = rest.partition(b":")
    count = int(number)
    if kind == b"l":
        values: list[Encodable] = []
        for _ in range(count):
            value, rest = _decoded(rest)
            values.append(value)
        return tuple(values), rest
    text = rest[:count].decode()
    return (int(text) if kind == b"i" else text), rest[count:]


@given(VALUES)
def test_every_encoding_reads_back_as_its_value_so_none_is_shared(value: Encodable) -> None:
    assert _decoded(encode(value)) == (value, b"")


@pytest.mark.parametrize("length", [1, 127, 128, 129, 1000])
def test_values_of_any_length_are_written_alike(length: int) -> None:
    assert encode("a" * length) == b"s%d:%b" % (length, b"a" * length)
    assert encode(10 ** (length - 1)) == b"i%d:1%b" % (length, b"0" * (length - 1))


@given(VALUES, VALUES)
def test_two_values_have_one_digest_exactly_when_they_are_equal(one: Encodable, other: Encodable) -> None:
    assert (digest(one) == digest(other)) == (one == other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("a", "b"), ("ab", "")),
        (("a",), "a"),
        ((), None),
        ("1", 1),
        ("", None),
        ('a"b', "a\\b"),
        ("a\0", "a"),
        ("é", "e\u0301"),
        (("a", ("b",)), (("a", "b"),)),
    ],
)
def test_look_alikes_differ(one: Encodable, other: Encodable) -> None:
    assert encode(one) != encode(other)


@pytest.mark.parametrize("value", [1.0, True, b"a", ["a"], {"a": 1}])
def test_other_types_have_no_encoding(value: object) -> None:
    with pytest.raises(TypeError, match=f"a {type(value).__name__} has no canonical encoding"):
        encode(value)  # type: ignore[arg-type]


def test_the_digest_is_what_it_always_was() -> None:
    assert digest(("a", -1, None)) == "af6b3b037b76508c8b84a45e2105dc0242622ae743c30c00b98b3c85ccb02037"
    assert request_digest("{}", "r") == "abfe5ea15d2648ba189893ed91d51a743cf53b8aaf8fc9afa7b83b3f67515093"
    assert request_digest("{}", "r") != request_digest("{}r", "")


def test_a_text_has_the_digest_of_its_bytes_as_any_tool_takes_it() -> None:
    assert text_digest("张三") == "1d841bc0ee98309cb7916670b7f0fdef5f4c35150711a41405ef3633b56322cf"
