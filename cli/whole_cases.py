"""Whole cases into the book: a case file that brings its own order, or one of the questions without any.

An order that the book has never heard of is taken in with its payment, as an import would; one that it knows
must say the same, for the book's own facts are what a claim is settled on. The same goes for its history.
"""

import json
from collections.abc import Mapping
from typing import Any

from calculators.answer_json import canonical
from calculators.days import parse_moment
from calculators.rulebook import Rulebook
from cli.errors import ShellError
from cli.recording import InHand, Outcome, case_of, record_case
from ledger.claims import Subject, without_free_text
from ledger.desk import Desk
from ledger.order_life import paid
from ledger.quoting import quote
from ledger.recordings import KeyedEntry, OrderFacts

KEPT = ("policy", "shop")
QUOTED_ONLY = frozenset({"checkout"})
_BESIDE = frozenset({"at", "name", "order", "history", "claim", *KEPT})


class WrongCase(ShellError):
    """A case that can be quoted but not recorded as it stands."""


def record_whole_case(desk: Desk, case: Any, key: str | None, rulebook: Rulebook, in_hand: InHand) -> Outcome:
    """Record a case file's claim under its `claim_no`, or its question under `key`; `BadCase` for a bad one."""
    quote(case, rulebook)
    if "claim" not in case:
        return _record_question(desk, case, key, rulebook, in_hand)
    claim = case["claim"]
    if key is not None or not claim.get("claim_no"):
        raise WrongCase(
            "申请须有自己的号码：请在案例里写 claim_no；--key 只用于没有订单的问题。",
            "a claim is booked under its own number: write claim_no into the case; --key is for other questions.",
        )
    if case.get("history"):
        raise WrongCase(
            "历史由账套自己记：请去掉 history，先把以前的申请逐件入账。",
            "the book keeps the history itself: leave `history` out, and record the earlier claims first.",
        )
    # A key that is null is as good as missing, and the book keeps what there is.
    order = {name: value for name, value in case["order"].items() if value is not None}
    order_no = order["order_no"]
    _take_in(desk, order, rulebook)
    asked = case_of(desk, order_no, claim, parse_moment(case["at"]))
    asked |= {name: case[name] for name in KEPT if case.get(name)}
    return record_case(desk, asked, Subject(claim_no=claim["claim_no"], order_no=order_no), rulebook, in_hand)


def _record_question(
    desk: Desk, case: Mapping[str, Any], key: str | None, rulebook: Rulebook, in_hand: InHand
) -> Outcome:
    question = next(name for name in case if name not in _BESIDE)
    if question in QUOTED_ONLY:
        raise WrongCase(
            f"{question} 只能测算，不入账。", f"{question} is quoted only; there is nothing to book."
        )
    if not key:
        raise WrongCase(
            f"{question} 没有申请号：请用 --key 给一个号码，同一号码只入一次。",
            f"{question} has no number of its own: give one with --key; it is booked once.",
        )
    return record_case(desk, without_free_text(case), Subject(claim_no=key), rulebook, in_hand)


def _take_in(desk: Desk, order: Mapping[str, Any], rulebook: Rulebook) -> None:
    """Keep an order that is new to the book, with its payment; `WrongCase` where the book says otherwise."""
    stored = desk.facts(order["order_no"])
    if stored is not None:
        _check_same(order, stored)
        return
    source = f"case of order {order['order_no']}"
    facts = OrderFacts(order_no=order["order_no"], facts_json=canonical(order), source=source)
    desk.store_facts(facts)
    payment = paid(order, rulebook)
    if payment is not None:
        desk.post_many([KeyedEntry(entry=payment.entry, key=payment.key, source=source)])


def _check_same(order: Mapping[str, Any], stored: OrderFacts) -> None:
    known = json.loads(stored.facts_json)
    differing = [name for name, value in order.items() if known.get(name) != value]
    if differing:
        names = ", ".join(differing)
        raise WrongCase(
            f"订单 {stored.order_no} 已在账中，与案例不同：{names}。请改正案例，"
            f"或只给订单号：settle record {stored.order_no} …",
            f"order {stored.order_no} is in the book and differs from the case in {names}. Mend the case, or name "
            f"the order alone: settle record {stored.order_no} …",
        )
