"""The state's file: one JSON value, one row a line, whose digest anybody can check with two programs of Unix."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from exports.errors import BadPlace
from exports.states import FORMAT, state_lines, write_state
from ledger.replay_reports import State, StateBalance, StatePeriod, StateRefund
from ledger.reports import ChainHead


def a_state(**changes: Any) -> State:
    """A small state."""
    given: dict[str, Any] = {
        "book": "示例店",
        "until": "2026-10-31",
        "entries": 2,
        "postings": 4,
        "settlements": 1,
        "head": ChainHead(seq=2, hash="ab" * 32),
        "operation": ChainHead(seq=1, hash="cd" * 32),
        "balances": (StateBalance(account="1002", debit_fen=5, credit_fen=7, balance_fen=-2),),
        "periods": (
            StatePeriod(
                period="2026-10", entries=2, vouchers=2, debit_fen=5, credit_fen=5, closed=True, version=1
            ),
        ),
        "refunds": [
            StateRefund(subject='O"1\n', bucket="line 1", paid_fen=9, refunded_fen=3, steps=1),
            StateRefund(subject="订单", bucket="cash", paid_fen=9, refunded_fen=3, steps=1),
        ],
    }
    return State(**{**given, **changes})


def test_it_is_one_json_value_of_plain_ascii() -> None:
    text = "".join(state_lines(a_state()))
    told = json.loads(text)
    assert text.isascii()
    assert (told["format"], told["book"], told["until"]) == (FORMAT, "示例店", "2026-10-31")
    assert told["operation"] == {"op_no": 1, "hash": "cd" * 32}
    assert told["balances"] == [{"account": "1002", "debit_fen": 5, "credit_fen": 7, "balance_fen": -2}]
    assert [row["subject"] for row in told["refunds"]] == ['O"1\n', "订单"]
    assert told["periods"][0]["closed"] is True


def test_the_digest_is_over_all_lines_above_it() -> None:
    *above, digest, end = "".join(state_lines(a_state())).splitlines(keepends=True)
    assert json.loads(f"{{{digest}}}")["digest"] == hashlib.sha256("".join(above).encode()).hexdigest()
    assert end == "}\n"


def test_empty_lists_are_lists() -> None:
    told = json.loads("".join(state_lines(a_state(balances=(), periods=(), refunds=[], until=None))))
    assert (told["balances"], told["periods"], told["refunds"], told["until"]) == ([], [], [], None)


def test_every_figure_changes_the_digest() -> None:
    digests = {
        "".join(state_lines(a_state(**changes))).splitlines()[-2]
        for changes in ({}, {"entries": 3}, {"until": 2}, {"refunds": []}, {"book": "x"}, {"periods": ()})
    }
    assert len(digests) == 6


def test_the_file_is_what_is_printed_and_replaces_nothing_unasked(tmp_path: Path) -> None:
    to = tmp_path / "state.json"
    write_state(state_lines(a_state()), to)
    assert to.read_text("ascii") == "".join(state_lines(a_state()))
    with pytest.raises(BadPlace):
        write_state(state_lines(a_state()), to)
