"""What is handed over of a month is what the other questions answer, entry by entry."""

from dataclasses import replace
from pathlib import Path

from ledger import queries
from ledger.chart import CHART
from ledger.hand_over import accounts, hand_over
from tests.exports.bundles import a_book


def test_entries_are_handed_over_as_each_is_shown_alone_without_memoranda(tmp_path: Path) -> None:
    with a_book(tmp_path) as book, book.reading() as reader:
        month = hand_over(reader, "2026-10")
        assert [entry.seq for entry in month.entries] == [1, 2, 3, 4, 6, 7, 8]
        for entry in month.entries:
            assert entry == queries.entry(reader, entry.seq)
        assert month.trial_balance == queries.trial_balance(reader, "2026-10")
        assert month.closed_at is not None


def test_an_open_month_says_so(tmp_path: Path) -> None:
    with a_book(tmp_path) as book, book.reading() as reader:
        month = hand_over(reader, "2026-11")
        assert (month.closed_at, len(month.entries)) == (None, 1)
        assert replace(month, entries=()).head == queries.head(reader)


def test_the_books_chart_is_the_chart(tmp_path: Path) -> None:
    with a_book(tmp_path) as book, book.reading() as reader:
        codes = [(row.code, row.name_zh, row.name_en, row.normal) for row in accounts(reader)]
    assert codes == sorted(tuple(leaf) for leaf in CHART)
