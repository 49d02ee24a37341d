from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calculators.case_format import COMMON, KINDS
from cli.claim_options import keys_of, kinds_listed, read_claim
from cli.speech import BadOption
from tests.cli.shell import options_of


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("--kind cancel", {"kind": "cancel"}),
        ("--kind=return --received", {"kind": "return", "received": True}),
        ("--received false --kind return", {"kind": "return", "received": False}),
        ("--kind return --received 否", {"kind": "return", "received": False}),
        (
            "--kind return --line 1 --line 3:2",
            {"kind": "return", "lines": [{"line": 1, "qty": 1}, {"line": 3, "qty": 2}]},
        ),
        (
            "--kind exchange --replacement 229.00:8",
            {"kind": "exchange", "replacement": {"price": "229.00", "stock": 8}},
        ),
        ("--kind return --return-postage 12.00", {"kind": "return", "return_postage": "12.00"}),
    ],
)
def test_options_are_the_keys_of_the_case_format(line: str, claim: dict[str, Any]) -> None:
    assert read_claim(line.split()) == claim


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("", "--kind: is missing"),
        ("--kind present", "--kind present: must be one of"),
        ("--kind cancel --colour red", "--colour: is no key of cancel"),
        ("--colour red --kind cancel", "--colour: is no key of cancel"),
        ("red --kind cancel", "r***: stands behind no option"),
        ("--kind cancel red", "r***: stands behind no option"),
        ("--kind return --received perhaps", "--received p***s: must be true or false"),
        ("--kind return --received --received", "--received: must be true or false, given once"),
        ("--kind repair --amount", "--amount: needs one value"),
        ("--kind repair --amount 1 --amount 2", "--amount: needs one value"),
        ("--kind return --line 1:x", "--line 1***: must be LINE"),
        ("--kind return --line 1:", "--line 1:: must be LINE"),
        ("--kind return --line ²", "--line *: must be LINE"),
        ("--kind exchange --replacement 229.00", "--replacement 229.00: must be PRICE:STOCK"),
    ],
)
def test_what_is_wrong_is_named_in_both_languages(line: str, said: str) -> None:
    with pytest.raises(BadOption) as refused:
        read_claim(line.split())
    assert refused.value.said("en").startswith(said)
    assert "：" in refused.value.said("zh")


_SIMPLE = {
    "cause": st.sampled_from(["quality", "size"]),
    "received": st.booleans(),
    "return_postage": st.sampled_from(["0.00", "12.30"]),
    "lines": st.lists(
        st.fixed_dictionaries({"line": st.integers(1, 99), "qty": st.integers(1, 99)}), min_size=1, max_size=3
    ),
    "asked_at": st.just("2026-10-12T10:00"),
}


@given(claim=st.fixed_dictionaries({"kind": st.just("return")}, optional=_SIMPLE))
def test_a_claim_written_as_options_is_read_back_the_same(claim: dict[str, Any]) -> None:
    assert read_claim(options_of(claim)) == claim


@given(
    words=st.lists(st.one_of(st.sampled_from(["--kind", "return", "--line", "--received", "1:2"]), st.text()))
)
def test_no_words_whatever_end_in_a_fault_of_ours(words: list[str]) -> None:
    with suppress(BadOption):
        assert read_claim(words)["kind"] in KINDS


def test_every_key_of_every_kind_is_listed() -> None:
    listed = kinds_listed("en")
    for kind, keys in KINDS.items():
        assert f"--kind {kind}\n" in listed + "\n"
        for name in keys:
            assert f"--{name.replace('_', '-')}" in listed
    assert keys_of("cancel") == COMMON
