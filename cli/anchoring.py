"""Which anchors a command goes by: those of the file that was named, else of the one beside a SQLite book."""

from datetime import datetime
from pathlib import Path

from ledger.anchors import Anchor, add_anchor, anchor_file, check_fit, read_anchors
from ledger.book import Book
from ledger.errors import BadAnchor


def anchor_path(named: Path | None, url: str) -> Path | None:
    """The named file, else the one beside a SQLite book; none for a server, whose file must be named."""
    return named or anchor_file(url)


def known_anchors(named: Path | None, url: str, book: str) -> tuple[Anchor, ...]:
    """The anchors to check a book against; a named file must be there, the one beside the book need not."""
    path = anchor_path(named, url)
    if path is None or (named is None and not path.exists()):
        return ()
    return read_anchors(path, book)


def check_anchors(book: Book, path: Path | None) -> None:
    """Refuse to go on with a book that an anchor in the file does not fit, or with a file that cannot stand there."""
    if path is not None:
        _refuse_place(path)
        with book.reading() as reader:
            check_fit(reader, path)


def _refuse_place(path: Path) -> None:
    if path.is_dir():
        raise BadAnchor(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise BadAnchor(f"{path.parent} is not a folder; create it first")


def anchor_head(book: Book, path: Path | None, now: datetime) -> Anchor | None:
    """Append the book's head to the file, if there is one to write to."""
    if path is None:
        return None
    with book.reading() as reader:
        return add_anchor(reader, path, now)
