"""The one door: a good case is read, and every single spoiled key of it is refused where it stands."""

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.case_reader import read_case
from calculators.errors import BadCase
from cli.rulebooks import default_rulebook
from ledger.quoting import answer_or_error
from tests.calculators.asking import TEST_ONLY, Json, case, error_path, order, sent_back, without

FILES = sorted((Path(__file__).parent.parent / "cases").glob("*.json"))
GOOD = [
    without(worked, *TEST_ONLY)
    for file in FILES
    for worked in json.loads(file.read_text("utf-8"))
    if "expect" in worked
]
# Without their pack, cases whose policy names a parameter that only the pack has are refused as they stand.
SPOILABLE = [asked for asked in GOOD if not asked.get("policy") or error_path(asked) is None]
Path_ = tuple[str | int, ...]
# A value that no key of the same kind takes.
SPOILED = {bool: "yes", int: "1", str: 0.5, dict: "x", list: "x"}
# Whatever else stands at the top of a case is a question of its own, and takes the place of these.
TOP = ("name", "at", "shop", "policy", "order", "history", "claim")


def _places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """The path of everything inside a case, from the outside in; a null is as good as nothing."""
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in steps:
        if one is not None:
            yield (*path, key)
            yield from _places(one, (*path, key))


def _written(path: Path_) -> str:
    """A path as the case format writes it."""
    parts = [f"[{key}]" if isinstance(key, int) else f".{key}" for key in path]
    return "".join(parts).removeprefix(".")


def _inner(value: Any, path: Path_) -> Any:
    for key in path:
        value = value[key]
    return value


def _changed(asked: Json, path: Path_, value: Any) -> Json:
    changed = deepcopy(asked)
    _inner(changed, path[:-1])[path[-1]] = value
    return changed


@st.composite
def spoilable(draw: st.DrawFn) -> tuple[Json, Path_]:
    """A good case and one place in it."""
    asked = draw(st.sampled_from(SPOILABLE))
    return asked, draw(st.sampled_from(list(_places(asked))))


def test_every_worked_case_is_read() -> None:
    assert all(read_case(asked).at for asked in GOOD)
    assert len(GOOD) > 350


@given(spoilable())
def test_a_value_of_another_kind_is_refused_where_it_stands(spoiled: tuple[Json, Path_]) -> None:
    asked, path = spoiled
    wrong = SPOILED[type(_inner(asked, path))]
    assert error_path(_changed(asked, path, wrong)) == _written(path)


@given(
    spoilable(),
    st.sampled_from(["?", "-1.00", "1.001", "２０１７", "NaN", "1e3", "", "2017-02-30", "no such word"]),
)
def test_a_text_that_means_nothing_is_refused_where_it_stands_or_is_free_text(
    spoiled: tuple[Json, Path_], text: str
) -> None:
    asked, path = spoiled
    if isinstance(_inner(asked, path), str):
        assert error_path(_changed(asked, path, text)) in {None, _written(path)}


@given(spoilable(), st.sampled_from([-1, 10**12, 2**63]))
def test_a_number_that_cannot_be_is_refused_where_it_stands(spoiled: tuple[Json, Path_], number: int) -> None:
    asked, path = spoiled
    if type(_inner(asked, path)) is int:
        assert error_path(_changed(asked, path, number)) == _written(path)


@given(spoilable())
def test_an_unknown_key_is_refused_where_it_stands(spoiled: tuple[Json, Path_]) -> None:
    asked, path = spoiled
    inside = path if isinstance(_inner(asked, path), dict) else ()
    assert error_path(_changed(asked, (*inside, "colour"), "red")) == _written((*inside, "colour"))


@given(spoilable())
def test_a_key_that_is_missing_is_missed_where_it_should_stand_and_null_is_as_good_as_missing(
    spoiled: tuple[Json, Path_],
) -> None:
    asked, path = spoiled
    if isinstance(path[-1], int):
        return
    less = deepcopy(asked)
    del _inner(less, path[:-1])[path[-1]]
    wanted = "order" if path[0] not in TOP and len(path) == 1 else _written(path)
    found = error_path(less)
    assert found in {None, wanted}
    # A parameter's name and a line's number are keys of the asker's own: whoever names one says a value.
    own = path[:-1] == ("policy",) or path[-2:-1] == ("lines",)
    assert error_path(_changed(asked, path, None)) in ({found, _written(path)} if own else {found})


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    )
)
def test_whatever_is_asked_is_answered_or_refused_and_never_falls_over(asked: Any) -> None:
    assert "error" in answer_or_error(asked, default_rulebook())


def test_a_negative_amount_is_refused_where_it_stands() -> None:
    claim = {"kind": "price_difference", "reason": "concession", "amount": "-8.00"}
    assert error_path(case(order((1, "12.30")), claim)) == "claim.amount"


@pytest.mark.parametrize("asked", [None, [], "case", 3, True])
def test_what_is_no_object_is_no_case(asked: Any) -> None:
    with pytest.raises(BadCase) as refused:
        read_case(asked)
    assert refused.value.path == ""


def test_missing_values_are_what_the_format_says() -> None:
    facts = read_case(without(case(order((1, "9.00")), sent_back()), "history"))
    assert facts.order is not None
    assert facts.claim is not None
    assert (facts.shop, facts.order.platform, facts.order.activity, facts.order.payment) == (
        *("main", "tmall"),
        *("none", "online"),
    )
    assert (facts.order.free_shipping, facts.order.postage_fen, facts.claim.condition) == (False, 0, "intact")
    assert (facts.claim.route, facts.claim.asked_at) == ("order", facts.at)


def test_amounts_that_together_no_book_can_hold_are_a_bad_case() -> None:
    assert error_path(case(order((1000, "9999999999.00")), sent_back())) is not None
