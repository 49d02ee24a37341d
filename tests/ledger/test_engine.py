"""Making and opening books."""

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from ledger import queries
from ledger.chart import CHART
from ledger.connections import sqlite_url
from ledger.engine import books, create_book, open_book, open_for_audit
from ledger.errors import BookExists, GuardBroken, NoBook
from ledger.replay import replay
from tests.ledger.samples import NOW, an_entry, post


def test_two_books_in_one_file_have_chains_and_numbers_of_their_own(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "book.db")
    with (
        create_book(url, "tmall", actor="wang", now=NOW) as one,
        create_book(url, "taobao", actor="li", now=NOW) as two,
    ):
        assert [post(one, an_entry(), "a"), post(one, an_entry(), "b"), post(two, an_entry(), "a")] == [
            1,
            2,
            1,
        ]
        with one.reading() as reader:
            assert replay(reader).first_difference is None
            assert queries.counts(reader).entries == 2
        with two.reading() as reader:
            assert replay(reader).first_difference is None
            assert queries.balance(reader, "1122.01") == 100
    assert books(url) == ("taobao", "tmall")


def test_a_book_is_made_once_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "book.db")
    create_book(url, actor="wang", now=NOW).leave()
    with pytest.raises(BookExists):
        create_book(url, actor="wang", now=NOW)
    with pytest.raises(NoBook, match="other"):
        open_book(url, "other")


def test_an_auditor_sees_a_book_whose_guards_are_broken_and_which_they_are(tmp_path: Path) -> None:
    url = sqlite_url(tmp_path / "book.db")
    with create_book(url, actor="wang", now=NOW) as book:
        post(book, an_entry(), "a")
    whole, broken = open_for_audit(url)
    with whole:
        assert broken == ()
    with sqlite3.connect(tmp_path / "book.db") as by_hand:
        by_hand.execute("DROP TRIGGER posting_update")
    with pytest.raises(GuardBroken):
        open_book(url)
    opened, broken = open_for_audit(url)
    assert broken == ("posting_update is missing",)
    with opened, opened.reading() as reader:
        assert replay(reader).first_difference is None
    with opened, pytest.raises(ValueError, match="for reading"), opened.writing(actor="wang", now=NOW):
        pass
    with pytest.raises(NoBook):
        open_for_audit(sqlite_url(tmp_path / "gone.db"))
    with pytest.raises(NoBook, match="no book other"):
        open_for_audit(url, "other")


def test_a_new_book_has_the_chart_of_accounts(tmp_path: Path) -> None:
    with (
        create_book(sqlite_url(tmp_path / "book.db"), actor="wang", now=NOW) as book,
        book.reading() as reader,
    ):
        rows = reader.connection.exec_driver_sql("SELECT code FROM account ORDER BY code").scalars()
        assert list(rows) == sorted(leaf.code for leaf in CHART)
        assert queries.counts(reader).operations == 1


def test_a_book_in_memory_works_for_one_program() -> None:
    with create_book("sqlite://", actor="wang", now=NOW) as book:
        assert post(book, an_entry(), "a") == 1
        with book.reading() as reader:
            assert replay(reader).first_difference is None


def test_whoever_asks_for_the_books_or_is_refused_one_gives_back_the_connections(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = sqlite_url(tmp_path / "book.db")
    create_book(url, actor="wang", now=NOW).leave()
    given_back: list[sa.Engine] = []

    def give_back(engine: sa.Engine) -> None:
        given_back.append(engine)

    monkeypatch.setattr(sa.Engine, "dispose", give_back)
    assert books(url) == ("main",)
    with pytest.raises(BookExists):
        create_book(url, actor="wang", now=NOW)
    with pytest.raises(NoBook):
        open_book(url, "other")
    assert len(given_back) == 3
