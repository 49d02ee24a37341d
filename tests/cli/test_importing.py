import json
import shutil
from pathlib import Path

import pytest

from cli.demo.folder import CASES, ITEMS, ORDERS, STATEMENT
from cli.errors import BadFile
from cli.importing import WrongFiles, files_in, import_files, read_files
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell


def test_a_folder_is_its_csv_files_by_name(tmp_path: Path) -> None:
    for name in ("b.CSV", "a.csv", "notes.txt"):
        (tmp_path / name).touch()
    single = tmp_path / "notes.txt"
    assert [path.name for path in files_in([tmp_path, single])] == ["a.csv", "b.CSV", "notes.txt"]


def test_a_folder_without_any_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WrongFiles, match="holds no CSV file"):
        files_in([tmp_path])


def test_the_faults_of_all_files_are_collected(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).touch()
    with pytest.raises(BadFile) as refused:
        read_files([tmp_path / "a.csv", tmp_path / "b.csv"])
    assert [fault.file for fault in refused.value.faults] == ["a.csv", "b.csv"]


def test_what_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(WrongFiles) as refused:
        read_files([tmp_path / "gone.csv"])
    assert "没有这个文件或文件夹" in refused.value.said("zh")


def test_what_people_wrote_freely_does_not_enter_the_book(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db"), read_only=True) as book, book.reading() as reader:
        order_no = booked("show", "2", "--json").json["entries"][0]["order_no"]
        kept = [json.loads(line.line_json) for line in queries.statement_lines(reader, order_no)]
    assert kept
    assert not any({"note", "shop_note"} & line.keys() for line in kept)


@pytest.mark.parametrize("names", [(ORDERS,), (ITEMS,), (ORDERS, ITEMS, "second.csv")])
def test_reports_that_do_not_belong_together_are_refused(
    tmp_path: Path, shop: Path, names: tuple[str, ...]
) -> None:
    shutil.copy(shop / ORDERS, tmp_path / "second.csv")
    paths = [shop / name if (shop / name).exists() else tmp_path / name for name in names]
    with (
        create_book(sqlite_url(tmp_path / "x.db"), actor="wang", now=STANDS_AT) as book,
        pytest.raises(WrongFiles, match="Name both files in one command"),
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        import_files(desk, read_files(paths), default_rulebook())


def test_a_statement_alone_is_imported_and_a_file_of_claims_is_not(tmp_path: Path, shop: Path) -> None:
    with (
        create_book(sqlite_url(tmp_path / "x.db"), actor="wang", now=STANDS_AT) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        (told,) = import_files(desk, read_files([shop / STATEMENT]), default_rulebook())
        assert (told.layout, told.new_file, told.orders) == ("alipay_statement", True, 0)
        assert told.entries > 0
        with pytest.raises(WrongFiles, match="settle record --cases"):
            import_files(desk, read_files([shop / CASES]), default_rulebook())
