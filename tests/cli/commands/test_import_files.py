import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cli.demo.folder import CASES, ITEMS, ORDERS, REFUNDS, STATEMENT
from tests.cli.shell import Shell, dump


@pytest.fixture
def fresh(shell: Shell) -> Shell:
    """A shell beside an empty book."""
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    return shell


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_folder_is_imported_and_the_second_time_adds_nothing(fresh: Shell, shop: Path, lang: str) -> None:
    first = fresh("import", shop, "--lang", lang)
    before = dump(fresh.folder / "settle.db")
    again = fresh("import", shop, "--lang", lang)
    assert dump(fresh.folder / "settle.db") == before
    shown = (replace(said, line=said.line.replace(str(shop), "SHOP")) for said in (first, again))
    fresh.matches(f"import.{lang}", *shown)


def test_a_renamed_copy_adds_nothing_either(booked: Shell, shop: Path) -> None:
    for name, other in ((ORDERS, "a.csv"), (ITEMS, "b.csv"), (STATEMENT, "c.csv")):
        shutil.copy(shop / name, booked.folder / other)
    told = booked("import", ".", "--json").json
    assert [(one["new_file"], one["orders"], one["entries"]) for one in told] == [(False, 0, 0)] * 3


@pytest.mark.parametrize("given", [ORDERS, ITEMS])
def test_an_order_report_and_an_item_report_come_together(fresh: Shell, shop: Path, given: str) -> None:
    before = dump(fresh.folder / "settle.db")
    assert "Name both files in one command." in fresh("import", shop / given, code=3).err
    assert "请在同一条命令里给出这两个文件" in fresh("import", shop / given, "--lang", "zh", code=3).err
    assert dump(fresh.folder / "settle.db") == before


def test_claims_are_sent_to_record(fresh: Shell, shop: Path) -> None:
    assert f"settle record --cases {CASES}" in fresh("import", shop / CASES, code=3).err


def test_a_folder_without_reports_is_refused(fresh: Shell) -> None:
    assert "holds no CSV file" in fresh("import", ".", code=3).err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_encoding_of_a_file_changes_no_entry(fresh: Shell, shop: Path, encoding: str) -> None:
    for name in (ORDERS, ITEMS, REFUNDS, STATEMENT):
        text = _text(shop / name)
        (fresh.folder / name).write_bytes(text.encode(encoding))
    told = fresh("import", ".", "--json").json
    assert [(one["layout"], one["rows"], one["orders"], one["entries"]) for one in told] == [
        (one["layout"], one["rows"], one["orders"], one["entries"])
        for one in _imported_as_written(fresh, shop)
    ]


def _imported_as_written(shell: Shell, shop: Path) -> list[dict[str, object]]:
    shell("init", "--db", "other.db", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    told: list[dict[str, object]] = shell("import", shop, "--db", "other.db", "--json").json
    return told


def _text(file: Path) -> str:
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


def _cell(text: str, row: int, column: str, value: str) -> str:
    """The CSV with one cell put to another value."""
    rows = list(csv.reader(io.StringIO(text)))
    rows[row][[name.strip() for name in rows[0]].index(column)] = value
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue()


def _without_column(text: str, column: str) -> str:
    return text.replace(column, "某列", 1)


DAMAGES: dict[str, tuple[str, Callable[[str], str], list[str]]] = {
    "order number in scientific notation": (
        ORDERS,
        lambda text: _cell(text, 5, "订单编号", "3.3E+18"),
        ["第 6 行", "订单编号", "3.3E+18", "科学计数"],
    ),
    "missing column": (ORDERS, lambda text: _without_column(text, "买家实际支付金额"), ["买家实际支付金额"]),
    "third decimal": (
        ORDERS,
        lambda text: _cell(text, 9, "买家实际支付金额", "12.345"),
        ["第 10 行", "买家实际支付金额", "12.345"],
    ),
    "one bad row among good ones": (
        ORDERS,
        lambda text: _cell(text, 20, "订单付款时间", "昨天"),
        ["第 21 行", "订单付款时间"],
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_refused_whole_with_row_column_and_value(
    fresh: Shell, shop: Path, damage: str
) -> None:
    name, done, words = DAMAGES[damage]
    for good in (ORDERS, ITEMS, STATEMENT):
        shutil.copy(shop / good, fresh.folder / good)
    (fresh.folder / name).write_text(done(_text(shop / name)), "utf-8")
    before = dump(fresh.folder / "settle.db")
    refused = fresh("import", ".", "--lang", "zh", code=3)
    assert all(word in refused.err for word in [name, *words]), refused.err
    fault = fresh("import", ".", "--json", code=3).json["error"]["faults"][0]
    assert fault["file"] == name
    assert fault["next"].endswith(".")
    assert dump(fresh.folder / "settle.db") == before


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "文件是空的"),
        (b"\xff\xfe\x00\x01garbage", "空字节"),
        ("订单编号,金额\n".encode("utf-16-le"), "空字节"),
        (b"\x81\x20\x81\x20", "文件编码"),
    ],
)
def test_what_is_no_report_at_all_is_refused(fresh: Shell, content: bytes, what: str) -> None:
    (fresh.folder / "x.csv").write_bytes(content)
    assert what in fresh("import", "x.csv", "--lang", "zh", code=3).err


def test_the_faults_of_all_files_are_told_at_once(fresh: Shell) -> None:
    for name in ("a.csv", "b.csv"):
        (fresh.folder / name).write_bytes(b"")
    assert [fault["file"] for fault in fresh("import", ".", "--json", code=3).json["error"]["faults"]] == [
        "a.csv",
        "b.csv",
    ]


def test_a_file_that_is_not_there_is_named(fresh: Shell) -> None:
    assert "没有这个文件或文件夹" in fresh("import", "gone.csv", "--lang", "zh", code=3).err
