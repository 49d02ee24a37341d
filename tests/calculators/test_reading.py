"""The small readers: what each takes, and that each refuses at the path it was given."""

from fractions import Fraction
from typing import Any

import pytest

from calculators import reading
from calculators.errors import BadCase
from calculators.reading import Key, Reader, fields, many, one_of


@pytest.mark.parametrize(
    ("read", "value", "found"),
    [
        (reading.text, "", ""),
        (reading.flag, False, False),
        (reading.yuan, "12.3", 1_230),
        (reading.count, 0, 0),
        (reading.pieces, 1, 1),
        (reading.rate, "0.85", Fraction(17, 20)),
        (reading.factor, "1", Fraction(1)),
        (reading.month, "2017-03", "2017-03"),
        (many(reading.count), [1, 2], (1, 2)),
        (one_of("a", "b"), "b", "b"),
    ],
)
def test_what_is_right_is_read(read: Reader, value: Any, found: Any) -> None:
    assert read(value, "here") == found


@pytest.mark.parametrize(
    ("read", "value", "path"),
    [
        (reading.text, 1, "here"),
        (reading.flag, 0, "here"),
        (reading.flag, "true", "here"),
        (reading.yuan, 12, "here"),
        (reading.yuan, "-0.01", "here"),
        (reading.yuan, "10000000000.01", "here"),
        (reading.count, -1, "here"),
        (reading.count, True, "here"),
        (reading.count, 1.0, "here"),
        (reading.pieces, 0, "here"),
        (reading.rate, 0.85, "here"),
        (reading.rate, ".85", "here"),
        (reading.rate, "-0.1", "here"),
        (reading.factor, "1.01", "here"),
        (reading.day, "2017-2-3", "here"),
        (reading.moment, "2017-03-01", "here"),
        (reading.month, "2017-13", "here"),
        (many(reading.count), {"0": 1}, "here"),
        (many(reading.count, least=1), [], "here"),
        (many(reading.count), [1, "2"], "here[1]"),
        (one_of("a"), ["a"], "here"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(read: Reader, value: Any, path: str) -> None:
    with pytest.raises(BadCase) as refused:
        read(value, "here")
    assert refused.value.path == path


def test_fields_name_a_missing_key_where_it_should_stand_and_an_unknown_one_where_it_stands() -> None:
    keys = {
        "amount": Key(read=reading.yuan, field="amount_fen", required=True),
        "note": Key(read=reading.text),
    }
    assert fields({"amount": "1.00", "note": None}, "claim", keys) == {"amount_fen": 100}
    for value, path in (({}, "claim.amount"), ({"amount": "1.00", "x": 1}, "claim.x"), ([], "claim")):
        with pytest.raises(BadCase) as refused:
            fields(value, "claim", keys)
        assert refused.value.path == path
