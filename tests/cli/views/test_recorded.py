from typing import Any

from cli.recording import Outcome
from cli.rulebooks import default_rulebook
from cli.views.recorded import show_outcome, show_outcomes
from ledger.quoting import quote
from ledger.recordings import Posted
from tests.cli.commands.test_quote import CASE
from tests.cli.views.printed import printed


def _outcome(claim_no: str, posted: Posted | None, **claim: Any) -> Outcome:
    asked = quote({**CASE, "claim": {**CASE["claim"], **claim}}, default_rulebook())
    return Outcome(claim_no=claim_no, asked=asked, posted=posted)


def _posted(*, again: bool) -> Posted:
    return Posted(seq=5, hash="a" * 64, voucher="记-5", again=again, reversed_by=None)


def test_a_recorded_claim_names_entry_voucher_and_the_first_of_its_hash() -> None:
    first, again = (_outcome("17", _posted(again=again)) for again in (False, True))
    assert (
        printed(lambda console: show_outcome(first, console, "en")) == f"recorded 17 → #5 记-5 {'a' * 12}\n"
    )
    assert printed(lambda console: show_outcome(again, console, "zh")).startswith("早已入账，未重复 17 →")


def test_many_are_counted_and_each_that_was_not_recorded_is_named_with_its_reason_in_the_language() -> None:
    held = _outcome("18", None, received=False)
    outcomes = [_outcome("16", _posted(again=False)), _outcome("17", _posted(again=True)), held]
    zh, en = (printed(lambda console, to=to: show_outcomes(outcomes, console, to)) for to in ("zh", "en"))
    assert zh.splitlines()[0] == "入账 2 件（新 1）  暂缓 1"
    assert en.splitlines()[0] == "2 recorded (1 new)  hold 1"
    assert held.answer("zh")["awaits"][0]["text"] in zh
    assert held.answer("en")["awaits"][0]["text"] in en
    assert "16" not in zh.split("暂缓 1")[1].split()


def test_nothing_held_back_needs_no_table() -> None:
    out = printed(lambda console: show_outcomes([_outcome("1", _posted(again=False))], console, "en"))
    assert len(out.splitlines()) == 1
