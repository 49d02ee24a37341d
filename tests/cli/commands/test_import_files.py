import csv
import io
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from cli.demo.folder import CASES, ITEMS, ORDERS, REFUNDS, STATEMENT
from tests.cli.readers.bad_input.zips import zipped_in_gbk
from tests.cli.readers.small import STATEMENT as SMALL
from tests.cli.readers.small import Small, file_of, small, workbook, workbook_of
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
    assert "holds no CSV" in fresh("import", ".", code=3).err


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
    return [one for one in told if one["layout"] != "not_read"]


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


def test_a_check_shows_what_would_be_added_and_writes_nothing(fresh: Shell, shop: Path) -> None:
    before = dump(fresh.folder / "settle.db")
    checked = fresh("import", shop, "--check", "--json").json
    assert dump(fresh.folder / "settle.db") == before
    assert "nothing was written" in fresh("import", shop, "--check", "--lang", "en").out
    assert fresh("import", shop, "--json").json == checked
    assert [one["new_file"] for one in fresh("import", shop, "--check", "--json").json] == [False] * len(
        checked
    )


def test_a_check_needs_no_book(shell: Shell, shop: Path) -> None:
    told = shell("import", shop / STATEMENT, "--check", "--json").json
    assert [(one["layout"], one["variant"], one["entries"]) for one in told] == [
        ("alipay_statement", "2019", 0)
    ]
    assert list(shell.folder.iterdir()) == []


def test_a_check_refuses_what_an_import_would(fresh: Shell, shop: Path) -> None:
    assert "Name both files in one command." in fresh("import", shop / ORDERS, "--check", code=3).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_layout_is_recognised_and_told(fresh: Shell, lang: str) -> None:
    for place, one in enumerate(_confirming()):
        (fresh.folder / f"{place}.csv").write_bytes(file_of(one))
    (fresh.folder / "8.xlsx").write_bytes(workbook_of(small("refund_report"), titles=("export",)))
    (fresh.folder / "9.zip").write_bytes(
        zipped_in_gbk({"2088_202610_账务明细.csv": file_of(_with_unknown())})
    )
    fresh.matches(
        f"import_layouts.{lang}", fresh("import", ".", "--lang", lang), fresh("import", ".", "--lang", lang)
    )


def _confirming() -> list[Small]:
    order = [small("order_report", "2025-26").with_cells(买家应付货款="95.00"), small("item_report")]
    rest = [small(layout) for layout in ("alipay_trades", "goods_income", "price_protection")]
    return [*order, *rest, small("courier_bill", "中通 ZTO").with_cells(1, 快递单号="435233529604913")]


def _with_unknown() -> Small:
    return SMALL.with_cells(1, 备注="一种新的费用扣款", 商户订单号="")


def test_lines_of_unknown_meaning_are_listed_masked_and_counted(fresh: Shell) -> None:
    line = SMALL.with_cells(1, 业务类型="转账", 备注="张三丰 13800138000", 商户订单号="", 业务基础订单号="")
    (fresh.folder / "a.csv").write_bytes(file_of(line))
    (told,) = fresh("import", "a.csv", "--json").json
    (suspended,) = told["suspended"]
    assert (suspended["row"], suspended["on"], suspended["amount_fen"]) == (7, "2026-10-08", -475)
    assert "三丰" not in suspended["words"]
    assert "13800138000" not in suspended["words"]


def test_an_unknown_file_is_refused_with_the_nearest_layout_and_its_differences(fresh: Shell) -> None:
    one = small("courier_bill", "中通 ZTO")
    (fresh.folder / "x.csv").write_bytes(
        file_of(one).replace("费用".encode("gb18030"), "多少钱".encode("gb18030"))
    )
    refused = fresh("import", "x.csv", "--lang", "zh", code=3).err
    assert all(part in refused for part in ("快递账单", "缺少 missing: 运费", "未知 unknown: 多少钱"))


def test_a_part_of_a_month_needs_to_be_asked_for(fresh: Shell) -> None:
    days = SMALL.above[2].replace("11月01日", "10月15日")
    part = replace(SMALL, above=(*SMALL.above[:2], days, SMALL.above[3]))
    (fresh.folder / "x.csv").write_bytes(file_of(part))
    assert "--partial" in fresh("import", "x.csv", "--lang", "zh", code=3).err
    assert "不足月" in fresh("import", "x.csv", "--partial", "--lang", "zh").out


def test_the_demo_s_reports_as_workbooks_give_the_same_entries(fresh: Shell, shop: Path) -> None:
    for name in (ORDERS, ITEMS, REFUNDS, STATEMENT):
        rows = list(csv.reader(io.StringIO(_text(shop / name))))
        (fresh.folder / f"{name}.xlsx").write_bytes(workbook(rows))
    told = fresh("import", ".", "--json").json
    assert sorted((one["layout"], one["rows"], one["orders"], one["entries"]) for one in told) == sorted(
        (one["layout"], one["rows"], one["orders"], one["entries"])  # type: ignore[type-var]
        for one in _imported_as_written(fresh, shop)
    )
