"""Sentences in both languages, side by side, and no answer whose amount depends on which is read."""

from calculators.wording import say
from cli.rulebooks import default_rulebook
from ledger.quoting import quote
from tests.calculators.asking import case, order, sent_back

TEXTS = ("text", "why")


def test_a_sentence_is_read_in_either_language() -> None:
    text = say("换货", "exchange")
    assert (text.in_language("zh"), text.in_language("en"), text.in_language("fr")) == (
        *("换货", "exchange"),
        "exchange",
    )


def test_the_language_changes_sentences_and_nothing_else() -> None:
    asked = quote(case(order((1, "9.00"), free_shipping=True), sent_back("no_reason")), default_rulebook())
    zh, en = asked.answer("zh"), asked.answer("en")
    assert zh["not_applied"] != en["not_applied"]
    for answer in (zh, en):
        for one in [*answer["not_applied"], *answer["advisories"], *answer["awaits"]]:
            assert [one.pop(name) for name in TEXTS if name in one]
    assert zh == en
