import json
import shutil
from pathlib import Path

import pytest

from cli.demo.folder import CASES, ITEMS, ORDERS, STATEMENT
from cli.importing import Imported, WrongFiles, import_files, read_files
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.connections import sqlite_url
from ledger.engine import create_book, open_book
from tests.cli.conftest import STANDS_AT
from tests.cli.readers.small import NO, SECOND_NO, file_of, small, workbook_of
from tests.cli.readers.small import STATEMENT as SMALL
from tests.cli.shell import Shell


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


def bring(folder: Path, files: dict[str, bytes]) -> list[Imported]:
    """Import the files into a new book in the folder."""
    for name, content in files.items():
        (folder / name).write_bytes(content)
    with (
        create_book(sqlite_url(folder / "x.db"), actor="wang", now=STANDS_AT) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        read = read_files(folder / name for name in files)
        return import_files(desk, read, default_rulebook())


@pytest.mark.parametrize("layout", ["alipay_trades", "goods_income", "price_protection", "courier_bill"])
def test_what_only_confirms_is_kept_line_by_line_and_posts_nothing(tmp_path: Path, layout: str) -> None:
    one = small(layout)
    (told,) = bring(tmp_path, {"a.csv": file_of(one)})
    assert (told.layout, told.new_file, told.entries) == (layout, True, 0)
    with open_book(sqlite_url(tmp_path / "x.db"), read_only=True) as book, book.reading() as reader:
        assert queries.head(reader).seq == 0
        kept = [json.loads(line.line_json) for line in queries.statement_lines(reader, NO)]
    assert len(kept) == (0 if layout == "courier_bill" else len(one.rows))
    assert "张三丰" not in json.dumps(kept, ensure_ascii=False)


def test_two_months_of_orders_are_paired_by_their_numbers(tmp_path: Path) -> None:
    order, item = small("order_report", "2022"), small("item_report", "2021-22")
    later_order = order.with_cells(订单编号=SECOND_NO)
    later_item = item.with_cells(子订单编号=SECOND_NO, 主订单编号=SECOND_NO)
    files = {"a.csv": later_item, "b.csv": item, "c.csv": order, "d.csv": later_order}
    told = bring(tmp_path, {name: file_of(one) for name, one in files.items()})
    assert [one.orders for one in told] == [0, 0, 1, 1]


def test_one_workbook_brings_orders_and_items_together(tmp_path: Path) -> None:
    book = workbook_of(small("order_report", "2022"), small("item_report", "2021-22"))
    told = bring(tmp_path, {"a.xlsx": book})
    assert [(one.name, one.orders) for one in told] == [("a.xlsx [Sheet1]", 1), ("a.xlsx [Sheet2]", 0)]


def test_a_copy_in_the_same_call_adds_nothing(tmp_path: Path) -> None:
    order, item = file_of(small("order_report", "2022")), file_of(small("item_report", "2021-22"))
    told = bring(tmp_path, {"a.csv": order, "b.csv": item, "c.csv": order, "d.csv": item})
    assert [(one.new_file, one.orders) for one in told] == [(True, 1), (True, 0), (False, 1), (False, 0)]


def test_a_file_that_was_imported_adds_nothing_even_where_the_rules_have_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = file_of(SMALL)
    (first,) = bring(tmp_path, {"a.csv": content})
    monkeypatch.setattr("cli.readers.statements.meaning_of", lambda wording: "unknown")
    (tmp_path / "b.csv").write_bytes(content + b"\n")
    with (
        open_book(sqlite_url(tmp_path / "x.db")) as book,
        book.writing(actor="wang", now=STANDS_AT) as desk,
    ):
        again, longer = import_files(
            desk, read_files([tmp_path / "a.csv", tmp_path / "b.csv"]), default_rulebook()
        )
    assert (first.entries, again.new_file, again.entries) == (1, False, 0)
    # What is booked stays as it was booked; a receipt that is now unknown is a line that nothing has booked yet.
    assert (longer.new_file, longer.entries, [line.serial for line in longer.suspended]) == (
        True,
        1,
        ["1000000000000000001"],
    )
