"""Stopped holders: while whoever holds the book's turn does not move, others are told; when he dies, they go on."""

from collections.abc import Callable

import pytest

from tests.faults.programs import answer_of
from tests.faults.tally import Tally
from tests.ledger.samples import url_of
from tests.ledger.shelves import PostgresShelf, SqliteShelf


@pytest.mark.parametrize("engine", ["sqlite", "postgres"])
def test_a_holder_who_is_stopped_and_killed_holds_nobody_up_for_good(
    request: pytest.FixtureRequest, tally: Callable[[str], Tally], engine: str
) -> None:
    shelf: SqliteShelf | PostgresShelf = request.getfixturevalue(f"{engine}_shelf")
    group = tally("stopped holders" if engine == "sqlite" else "stopped holders, PostgreSQL")
    with shelf.empty() as book:
        book.store.engine.dispose()
        said = answer_of("tests.faults.stopped_holders", url_of(book), group.target)
    assert said["wrong"] == []
    assert said["seen"]
    group.closes(said["rounds"], lost=0, wrong=0, note=f"refused {3 * said['rounds']} times")
