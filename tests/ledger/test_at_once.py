"""At once: several programs make the same book, or bring it up to date, and it is done once and whole."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from cli import exits
from ledger import schema
from ledger.connections import sqlite_url
from ledger.engine import books, bring_up_to_date, create_book
from ledger.errors import BookExists
from ledger.verify import verify
from tests.ledger.crowds import together
from tests.ledger.old_books import NEW, OLD, fill, opened, read
from tests.ledger.postgres import Server
from tests.ledger.samples import NOW

MANY, POSTED = 4, 97
ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where there is no book yet: no file, or an empty database."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "new.db")
        return
    server: Server = request.getfixturevalue("server")
    database = server.make()
    yield server.url(database)
    server.drop(database)


@pytest.fixture
def old_url(empty_url: str, tmp_path: Path) -> str:
    """A book of 100 entries with the tables of revision 0001."""
    if empty_url.startswith("sqlite"):
        (tmp_path / "new.db").touch()
    fill(empty_url, POSTED)
    return empty_url


def _making(url: str, name: Callable[[int], str]) -> Callable[[int, Barrier], str]:
    def work(number: int, barrier: Barrier) -> str:
        barrier.wait()
        try:
            create_book(url, name(number), actor="wang", now=NOW).leave()
        except BookExists as refused:
            return str(refused)
        return "made"

    return work


def test_a_book_that_many_make_at_once_is_made_once(empty_url: str) -> None:
    answers = Counter(together(MANY, _making(empty_url, lambda _: "main")))
    said = "book main is already there. Open it, or give the new one another name."
    assert answers == {"made": 1, said: MANY - 1}
    _is_whole(empty_url, "main")


def test_books_that_are_made_at_once_in_an_empty_database_are_all_made(empty_url: str) -> None:
    assert together(MANY, _making(empty_url, lambda number: f"shop {number}")) == ["made"] * MANY
    assert books(empty_url) == tuple(f"shop {number}" for number in range(MANY))
    for number in range(MANY):
        _is_whole(empty_url, f"shop {number}")


def test_an_old_book_that_many_bring_up_at_once_is_brought_up_once(old_url: str) -> None:
    before = read(old_url)

    def work(_: int, barrier: Barrier) -> tuple[str, str] | None:
        barrier.wait()
        return bring_up_to_date(old_url)

    answers = Counter(together(MANY, work))
    # Whoever looked before the first was done waited for him, and found it done.
    assert set(answers) <= {(OLD, NEW), None}
    assert answers[(OLD, NEW)] >= 1
    assert read(old_url) == before
    assert bring_up_to_date(old_url) is None
    _is_whole(old_url, "main")


def test_two_who_type_init_at_once_where_nothing_is_get_one_book_and_plain_words(empty_url: str) -> None:
    assert sorted(_two_inits(empty_url)) == [0, exits.NO_BOOK]


def test_two_who_type_init_at_once_on_an_old_book_get_one_book_and_plain_words(old_url: str) -> None:
    assert set(_two_inits(old_url)) <= {0, exits.NO_BOOK}


def _two_inits(url: str) -> list[int]:
    """The exit codes of two, of which one at least must be done and the other be told plainly."""
    children = [_init(url) for _ in range(2)]
    ended = [(*child.communicate(), child.returncode) for child in children]
    for said, refused, code in ended:
        assert "Traceback" not in said + refused
        assert refused.count("\n") == (code != 0)
    _is_whole(url, "main")
    codes = [code for _, _, code in ended]
    assert 0 in codes
    return codes


def _init(url: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", "from cli.main import run; run()", "init", "--db", url, "--actor", "wang"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def _is_whole(url: str, book: str) -> None:
    with opened(url) as store, store.reading() as connection:
        assert schema.differences(connection) == ()
    assert verify(url, book).findings == ()
