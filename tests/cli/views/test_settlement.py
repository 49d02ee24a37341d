from typing import Any

import pytest

from cli.rulebooks import default_rulebook
from cli.views.settlement import CHANNELS, COLOURS, show_settlement
from ledger.quoting import quote
from tests.cli.commands.test_quote import CASE
from tests.cli.views.printed import printed


def _answer(**claim: Any) -> dict[str, Any]:
    return quote({**CASE, "claim": {**CASE["claim"], **claim}}, default_rulebook()).answer("en")


def _printed(answer: dict[str, Any], language: str = "en") -> str:
    return printed(lambda console: show_settlement(answer, console, language))


def test_every_channel_that_carries_something_stands_in_the_first_line() -> None:
    answer = _answer()
    nothing = {channel: 0 if channel in ("points", "jifenbao") else "0.00" for channel in CHANNELS}
    answer["to_buyer"] = nothing | {"order": "1.00", "points": 7}
    answer["from_buyer"] = "2.00"
    assert _printed(answer).splitlines()[0] == "pay  on the order 1.00  Tmall points 7  from the buyer 2.00"
    answer |= {"to_buyer": nothing, "from_buyer": "0.00"}
    assert _printed(answer).splitlines()[0] == "pay  0.00"


def test_items_reasons_postings_and_digest_are_all_there() -> None:
    answer = _answer()
    out = _printed(answer)
    for item in answer["items"]:
        assert item["rule"] in out
        assert item["amount"] in out
    for note in [*answer["not_applied"], *answer["advisories"]]:
        assert (note.get("why") or note.get("text")) in out
    assert answer["digest"] in out
    assert "2203.01 Contract liability" in out


def test_what_is_awaited_is_said() -> None:
    answer = _answer(received=False)
    assert answer["awaits"][0]["text"] in _printed(answer)


@pytest.mark.parametrize("decision", COLOURS)
def test_every_decision_has_its_word(decision: str) -> None:
    assert _printed(_answer() | {"decision": decision}, "zh").split()[0] in {"付款", "暂缓", "待审批", "拒绝"}


def test_a_narrow_terminal_breaks_neither_an_amount_nor_the_digest() -> None:
    answer = _answer()
    out = printed(lambda console: show_settlement(answer, console, "en"), width=50)
    assert "258.00" in out
    assert answer["digest"] in out
