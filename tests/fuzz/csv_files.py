"""Fuzzed: a file of the shop, as bytes. It is read to rows of a sensible shape or refused, whatever it holds."""

from collections.abc import Iterator

from tests.faults.file_mutations import seeds as files
from tests.faults.files import read_or_refused


def one(data: bytes) -> None:
    """Raises only for a fault of ours."""
    read_or_refused(data, people=())


def seeds() -> Iterator[bytes]:
    """The plain files of the corpus, and one of every layout."""
    yield from files()[0]
