"""Worksheets: what a claim is about, what has happened by its moment, and how its ceilings move."""

from dataclasses import replace
from datetime import datetime

import pytest

from calculators.answers import terms_of
from calculators.case_reader import read_case
from calculators.days import parse_moment
from calculators.position import opening
from calculators.wording import say
from calculators.worksheet import Worksheet, happened
from cli.rulebooks import default_rulebook
from tests.calculators.asking import CLOSED, ask, case, ceilings, item_fen, order, sent_back

NOON = parse_moment("2017-03-06T12:00")


@pytest.mark.parametrize(
    ("moment", "done"),
    [(None, False), (parse_moment("2017-03-06T12:00"), True), (parse_moment("2017-03-06T12:01"), False)],
)
def test_something_has_happened_by_its_own_moment(moment: datetime | None, done: bool) -> None:
    assert happened(moment, NOON) is done


def test_a_claim_without_lines_is_on_everything_that_has_not_come_back() -> None:
    made = order((2, "100.00"), (1, "50.00"))
    answer = ask(case(made, sent_back(), [sent_back("quality", (1, 1))]))
    assert [item["inputs"]["line"] for item in answer["items"]] == ["1", "2"]
    assert item_fen(answer, "goods") == 15_000


def test_every_line_the_freight_and_each_tender_has_its_ceiling() -> None:
    made = order((1, "100.00"), postage="10.00", points=1100)
    assert ceilings(ask(case(made, sent_back()))) == {
        "line 1": (10_000, 0, 10_000),
        "postage": (1_000, 0, 1_000),
        "cash": (9_900, 0, 9_900),
        "points": (1_100, 0, 1_100),
        "jifenbao": (0, 0, 0),
    }


def test_an_order_is_open_until_the_very_moment_of_its_confirmation() -> None:
    made = order((1, "100.00"), **CLOSED)
    before = ask(case(made, sent_back(), at="2017-03-05T08:59:59"))
    then = ask(case(made, sent_back(), at="2017-03-05T09:00:00"))
    accounts = [answer["entries"][0]["postings"][0]["account"] for answer in (before, then)]
    assert accounts == ["2203.01", "5001.02"]


def test_what_the_platform_no_longer_holds_goes_by_alipay() -> None:
    made = order((1, "299.00"))
    history = [{"kind": "goodwill", "amount": "150.00"}]
    answer = ask(case(made, sent_back(), history))
    assert (answer["to_buyer"]["order"], answer["to_buyer"]["alipay"]) == ("149.00", "150.00")


def test_a_refused_claim_leaves_the_order_where_it_was_whatever_was_written_before() -> None:
    asked = read_case(case(order((1, "299.00")), sent_back()))
    assert asked.order is not None
    assert asked.claim is not None
    start, terms = opening(asked.order, 0, 0), terms_of(asked, default_rulebook())
    sheet = Worksheet(terms=terms, at=NOON, order=asked.order, claim=asked.claim, start=start, position=start)
    sheet.pay_cash(10_000, "order")
    moved = replace(start, escrow_fen=start.escrow_fen - 10_000)
    assert sheet.signed()[1] == moved
    sheet.refuse("goods", "000-9", say("不可", "no"))
    settlement, after = sheet.signed()
    assert (settlement.decision, after) == ("refuse", start)
