from pathlib import Path

import pytest

from cli.session import actor_name, place
from cli.speech import BadOption
from ledger.connections import sqlite_url
from ledger.errors import NoBook
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell


def test_a_path_is_sqlite_a_url_stands_and_nothing_is_the_file_here(shell: Shell) -> None:
    assert place(None, "main").url == sqlite_url(shell.folder / "settle.db")
    assert place("a/b.db", "main").url == sqlite_url(shell.folder / "a" / "b.db")
    assert place("postgresql://h/d", "tmall").url == "postgresql://h/d"


def test_a_place_makes_and_opens_its_book(tmp_path: Path) -> None:
    there = place(str(tmp_path / "x.db"), "main")
    with pytest.raises(NoBook):
        there.open()
    there.create("wang", STANDS_AT).leave()
    with there.open(read_only=True) as book:
        assert book.name == "main"
    book, broken = there.audit()
    with book:
        assert broken == ()


@pytest.mark.parametrize("url", ["oracle2://u:secret@h/d", "://x"])
def test_a_database_nobody_knows_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(BadOption) as refused:
        place(url, "main").open()
    assert "secret" not in refused.value.said("zh") + refused.value.said("en")


def test_who_acts_is_the_option_else_the_login_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOGNAME", "wang")
    assert (actor_name("li"), actor_name(None)) == ("li", "wang")


def test_a_machine_that_knows_nobody_asks_for_the_option(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("uid not found")

    monkeypatch.setattr("cli.session.getpass.getuser", nobody)
    with pytest.raises(BadOption, match="--actor NAME"):
        actor_name(None)
