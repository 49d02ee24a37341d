"""Distributors' months from a file: JSON and CSV say the same, and every fault is named with its place."""

import json
from typing import Any

import pytest

from calculators.errors import BadCase
from cli.errors import BadFile
from cli.readers.distributor_facts import read_distributor_facts
from cli.readers.text import JSON_MAX
from ledger.distributor_facts import MonthFacts

MONTH = "2026-10"
BODY: dict[str, Any] = {
    "distributor": "d-01",
    "month": MONTH,
    "orders": [{"order_no": "33", "amount": "1960.00", "pieces": 20}],
    "refunds": [{"order_no": "33", "amount": "98.00", "pieces": 1}],
    "breaches": ["damaged", "bad_review"],
    "granted_factor": "0.90",
}
PENDING = [{"order_no": "33", "amount": "196.00", "pieces": 2}]
CHINESE = """代购,类型,订单号,金额,件数
d-01,订单,33,1960.00,20
d-01,退款,33,98.00元,1
d-01,待退,33,196.00,2
d-01,违约,人为损坏,,
d-01,违约,bad_review,,
d-01,折扣,,0.90,
"""
ENGLISH = """distributor,what,order_no,amount,pieces
d-01,order,33,1960.00,20
d-01,refund,33,98.00,1
d-01,pending,33,196.00,2
d-01,breach,damaged,,
d-01,breach,差评,,
d-01,factor,,0.90,
"""


def read(content: str | bytes, month: str = MONTH) -> dict[str, MonthFacts]:
    given = content.encode() if isinstance(content, str) else content
    return read_distributor_facts("facts.csv", given, month)


@pytest.mark.parametrize(
    "content",
    [
        json.dumps({**BODY, "pending_returns": PENDING}),
        json.dumps([{**BODY, "pending_returns": PENDING}]),
        CHINESE,
        CHINESE.encode("gb18030"),
        "\ufeff" + ENGLISH,
        ENGLISH,
    ],
)
def test_every_form_says_the_same(content: str | bytes) -> None:
    assert read(content) == {"d-01": MonthFacts(body=BODY, pending=tuple(PENDING))}


def test_several_distributors_stand_in_one_file_in_any_order() -> None:
    found = read(
        "what,distributor,pieces,amount,order_no\norder,d-02,1,10.00,7\norder,d-01,2,20.00,8\norder,d-02,1,30.00,9\n"
    )
    assert {name: [line["order_no"] for line in facts.body["orders"]] for name, facts in found.items()} == {
        "d-02": ["7", "9"],
        "d-01": ["8"],
    }


def test_a_month_that_is_not_said_is_the_one_asked_for() -> None:
    body = {key: value for key, value in BODY.items() if key != "month"}
    assert read(json.dumps(body))["d-01"].body["month"] == MONTH


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (",订单,33,1960.00,20", "missing_value", "代购"),
        ("d-01,货款,33,1960.00,20", "bad_choice", "类型"),
        ("d-01,订单,33,12.345,20", "bad_money", "金额"),
        ("d-01,订单,33,,20", "missing_value", "金额"),
        ("d-01,订单,33,-1.00,20", "wrong_sign", "金额"),
        ("d-01,订单,33,1.00,many", "bad_count", "件数"),
        ("d-01,订单,33,1.00", "missing_value", "件数"),
    ],
)
def test_a_bad_cell_is_named_with_row_and_column(row: str, code: str, column: str) -> None:
    with pytest.raises(BadFile) as refused:
        read(f"{CHINESE}{row}\n{row}\n")
    assert [(fault.code, fault.row, fault.column) for fault in refused.value.faults] == [
        (code, 8, column),
        (code, 9, column),
    ]


def test_a_heading_that_lacks_a_column_is_named() -> None:
    with pytest.raises(BadFile) as refused:
        read("代购,类型,订单号,金额\nd-01,订单,33,1.00\n")
    (fault,) = refused.value.faults
    assert (fault.code, fault.row, fault.detail) == ("unknown_layout", 1, "件数")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff\xfe{\x00}\x00"])
def test_what_is_no_text_is_refused(content: bytes) -> None:
    with pytest.raises(BadFile):
        read(content)


@pytest.mark.parametrize(
    ("said", "path"),
    [
        ("{", "facts.csv"),
        ("[7]", "[0]"),
        (json.dumps([BODY, BODY]), "[1].distributor"),
        (json.dumps({**BODY, "month": "2026-09"}), "[0].month"),
        (json.dumps({**BODY, "distributor": "张三丰"}), "[0].distributor"),
        (json.dumps({**BODY, "distributor": "13800138000"}), "[0].distributor"),
        (json.dumps({**BODY, "refunds": [{**PENDING[0], "order_no": "a@b.cn"}]}), "[0].refunds[0].order_no"),
        (
            json.dumps({**BODY, "pending_returns": [{**PENDING[0], "order_no": ""}]}),
            "[0].pending_returns[0].order_no",
        ),
        (json.dumps({**BODY, "orders": "x"}), "[0].orders"),
        (
            json.dumps({**BODY, "refunds": [{"order_no": "1", "amount": "1.234", "pieces": 1}]}),
            "[0].refunds[0].amount",
        ),
        (
            json.dumps({**BODY, "pending_returns": [{"order_no": "1", "pieces": 1}]}),
            "[0].pending_returns[0].amount",
        ),
        (json.dumps({**BODY, "surprise": 1}), "[0].surprise"),
        (json.dumps({**BODY, "breaches": ["late"]}), "[0].breaches[0]"),
    ],
)
def test_what_the_calculators_would_refuse_is_named_by_its_path(said: str, path: str) -> None:
    with pytest.raises(BadCase) as refused:
        read(said)
    assert refused.value.path == path


def test_a_distributor_who_stands_twice_is_refused_at_the_second_place() -> None:
    with pytest.raises(BadCase, match="stands twice") as refused:
        read(json.dumps([BODY, BODY]))
    assert refused.value.path == "[1].distributor"


def test_a_file_of_more_than_10_mb_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(BadFile) as caught:
        read(b"[" + b" " * JSON_MAX)
    assert [(fault.code, fault.detail) for fault in caught.value.faults] == [("too_big", "(10 MB)")]
