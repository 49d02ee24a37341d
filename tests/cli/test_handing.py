"""What is said of a file handed over, and where none may be written."""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cli.handing import asked_month, handed, refuse_own_file
from cli.session import place
from cli.speech import BadOption
from ledger.reports import ChainHead

HEAD = ChainHead(seq=3, hash="ab" * 32)


def test_the_digest_is_that_of_the_file(tmp_path: Path) -> None:
    file = tmp_path / "a"
    file.write_bytes(b"vouchers")
    done = handed(file, datetime(2026, 11, 1, tzinfo=UTC), HEAD, (2, 4))
    assert done.sha256 == hashlib.sha256(b"vouchers").hexdigest()
    assert "2 vouchers, 4 lines" in done.sentence("en")
    assert "open" not in done.sentence("en").replace(str(file), "")
    assert "未结账" in handed(file, None, HEAD, (2, 4)).sentence("zh")


def test_the_book_is_not_written_over_by_any_of_its_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "settle.db"
    book.write_bytes(b"")
    (tmp_path / "hard.db").hardlink_to(book)
    monkeypatch.chdir(tmp_path)
    for name in ("settle.db", "./settle.db", "settle.db-journal", "hard.db", str(book)):
        with pytest.raises(BadOption, match="own file"):
            refuse_own_file(Path(name), place(None, "main"))
    refuse_own_file(Path("other.db"), place(None, "main"))
    refuse_own_file(book, place("postgresql://db/settle", "main"))


def test_a_month_is_four_digits_and_two() -> None:
    assert asked_month("2026-10") == "2026-10"
    with pytest.raises(BadOption, match="2026-1"):
        asked_month("2026-1")
