"""Journal entries: what the constructor refuses, and what a reversal is."""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.chart import ACCOUNTS
from ledger.errors import BadEntry
from ledger.journal import AMOUNT_MAX_FEN, JournalEntry, Posting, check_key, reversal
from tests.ledger.samples import DAY, an_entry

AMOUNTS = st.integers(-AMOUNT_MAX_FEN, AMOUNT_MAX_FEN).filter(bool)
CODES = st.sampled_from(sorted(ACCOUNTS))


def _postings(*amounts_fen: int) -> tuple[Posting, ...]:
    return tuple(Posting(account="1002", amount_fen=fen) for fen in amounts_fen)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"postings": _postings(1, 2)}, "does not balance"),
        ({"postings": _postings(5)}, "2 postings"),
        ({"postings": ()}, "2 postings"),
        ({"kind": "refund"}, "not a kind"),
        ({"kind": "memorandum"}, "memorandum has no postings"),
        ({"kind": "reversal"}, "names the entry"),
        ({"reverses": 3}, "reverses nothing"),
        ({"effective_on": datetime(2026, 1, 1)}, "not a day"),
        ({"effective_on": "2026-01-01"}, "not a day"),
        ({"narration": "a\0b"}, "can be kept"),
        ({"order_no": "\ud800"}, "broken Unicode"),
    ],
)
def test_an_entry_that_breaks_a_rule_is_refused(changes: dict[str, Any], said: str) -> None:
    with pytest.raises(BadEntry, match=said):
        an_entry(**changes)


@pytest.mark.parametrize("fen", [0, AMOUNT_MAX_FEN + 1, -AMOUNT_MAX_FEN - 1, 1.0, True, "1", None])
def test_an_amount_is_a_whole_number_of_fen_within_bounds(fen: Any) -> None:
    with pytest.raises(BadEntry):
        Posting(account="1002", amount_fen=fen)


@pytest.mark.parametrize("code", ["1012", "5001", "9999", "", "1002 "])
def test_only_leaves_of_the_chart_are_posted_to(code: str) -> None:
    with pytest.raises(BadEntry):
        Posting(account=code, amount_fen=1)


@given(st.lists(st.tuples(CODES, AMOUNTS), min_size=2, max_size=6))
def test_an_entry_is_accepted_exactly_when_it_balances(lines: list[tuple[str, int]]) -> None:
    postings = tuple(Posting(account=code, amount_fen=fen) for code, fen in lines)
    if sum(fen for _, fen in lines) == 0:
        assert an_entry(postings=postings).postings == postings
    else:
        with pytest.raises(BadEntry):
            an_entry(postings=postings)


@given(st.lists(AMOUNTS, min_size=1, max_size=5))
def test_an_entry_and_its_reversal_cancel_line_by_line(amounts: list[int]) -> None:
    balancing = [-fen for fen in amounts]
    entry = an_entry(postings=_postings(*amounts, *balancing))
    twin = reversal(entry, 7, "记-5", date(2026, 11, 1), "错账")
    pairs = zip(entry.postings, twin.postings, strict=True)
    assert all((a.account, a.amount_fen) == (b.account, -b.amount_fen) for a, b in pairs)
    assert twin.reverses == 7
    assert twin.kind == "reversal"


def test_the_reversal_of_a_memorandum_is_a_memorandum() -> None:
    entry = JournalEntry(kind="memorandum", effective_on=DAY, narration="补寄", postings=())
    twin = reversal(entry, 1, "", DAY, "错")
    assert (twin.kind, twin.narration) == ("memorandum", "注销10月12日备查第 1 号: 错")


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2026, 12, 31), "注销10月12日记-5号凭证(第 7 号): 错"),
        (date(2027, 1, 1), "更正2026年10月12日记-5号凭证(第 7 号): 错"),
    ],
)
def test_a_correction_names_its_original_and_after_its_year_the_year_too(on: date, said: str) -> None:
    assert reversal(an_entry(), 7, "记-5", on, "错").narration == said


@pytest.mark.parametrize(("length", "good"), [(0, False), (1, True), (255, True), (256, False)])
def test_a_key_has_1_to_255_characters(length: int, good: bool) -> None:
    if good:
        check_key("key", "款" * length)
    else:
        with pytest.raises(BadEntry):
            check_key("key", "款" * length)
