"""Keys: those that a command has seen are told from those that it has not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import keys
from ledger.book import Book
from tests.conftest import OF_A_BOOK
from tests.ledger.samples import NOW, NewBook, an_entry

KEYS = st.lists(st.text("ab'\"\\[]{},%é红", min_size=1, max_size=4), unique=True, max_size=12)


@settings(max_examples=OF_A_BOOK, deadline=None)
@given(seen=KEYS, asked=KEYS)
def test_exactly_the_keys_that_were_posted_under_are_known(
    new_book: NewBook, seen: list[str], asked: list[str]
) -> None:
    with new_book() as book, book.writing(actor="wang", now=NOW) as desk:
        posted = {key: desk.post(an_entry(), key=key) for key in seen}
        found = keys.known(desk.reader, "post", asked)
        assert {key: one.seq for key, (_, one) in found.items()} == {
            key: posted[key].seq for key in asked if key in posted
        }
        assert all(one.again for _, one in found.values())


def test_a_key_of_another_command_is_not_known(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="k", command="import")
        assert not keys.known(desk.reader, "post", ["k"])
        assert set(keys.known(desk.reader, "import", ["k"])) == {"k"}
