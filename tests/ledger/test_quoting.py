"""Quoting: asking books nothing, one question has one answer, and a bad case is told where it is bad."""

import pytest

from calculators.errors import BadCase
from cli.rulebooks import default_rulebook
from ledger.quoting import answer_or_error, quote, rulebook_from_text
from tests.calculators.asking import Json, case, order, sent_back

ASKED = case(order((1, "299.00"), free_shipping=True), sent_back("no_reason"))


def test_a_quote_holds_its_facts_its_settlement_and_what_would_be_booked() -> None:
    asked = quote(ASKED, default_rulebook())
    assert asked.settlement.to_buyer.order_fen == 29_900
    assert [posting.account for draft in asked.entries for posting in draft.postings] == [
        "2203.01",
        "1122.01",
    ]
    assert asked.case.order is not None


def test_asking_changes_nothing_that_was_asked() -> None:
    before = repr(ASKED)
    assert answer_or_error(ASKED, default_rulebook()) == answer_or_error(ASKED, default_rulebook())
    assert repr(ASKED) == before


def test_the_digest_does_not_depend_on_the_language() -> None:
    asked = quote(ASKED, default_rulebook())
    zh, en = asked.answer("zh"), asked.answer("en")
    assert zh["digest"] == en["digest"]
    assert zh["not_applied"] != en["not_applied"]


def test_a_posting_stands_on_one_side() -> None:
    postings = answer_or_error(ASKED, default_rulebook())["entries"][0]["postings"]
    assert postings == [{"account": "2203.01", "debit": "299.00"}, {"account": "1122.01", "credit": "299.00"}]


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({**ASKED, "at": None}, "at"),
        ({**ASKED, "order": 3}, "order"),
        ({**ASKED, "policy": {"x": 1}}, "policy.x"),
    ],
)
def test_a_bad_case_is_answered_with_its_path(asked: Json, path: str) -> None:
    assert answer_or_error(asked, default_rulebook())["error"]["path"] == path
    with pytest.raises(BadCase):
        quote(asked, default_rulebook())


def test_a_stored_rulebook_answers_as_it_did() -> None:
    stored = rulebook_from_text(default_rulebook().text)
    assert stored.digest == default_rulebook().digest
    assert answer_or_error(ASKED, stored) == answer_or_error(ASKED, default_rulebook())
    assert rulebook_from_text(default_rulebook().text) is stored
