"""A workbook that came back is looked through before it is unpacked, and read as it stands."""

from collections.abc import Callable, Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from exports import workbook_file as module
from exports.errors import BadWorkbook
from exports.sheet_xml import FoundCell
from exports.workbook_file import workbook_file

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
HEAD = f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>'
TAIL = "</sheetData></worksheet>"


def _saved(path: Path, change: Callable[[str, bytes], bytes | None] = lambda _, content: content) -> Path:
    """A small workbook, each of its members changed, or left out where the change is nothing."""
    book = Workbook()
    book.active.title = "表"
    book.active.append(["a", 1.5, "=B1*2"])
    book.save(path.with_suffix(".plain"))
    with ZipFile(path.with_suffix(".plain")) as source, ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = change(name, source.read(name))
            if content is not None:
                target.writestr(name, content)
    return path


def _with_sheet(path: Path, xml: str) -> Path:
    return _saved(path, lambda name, old: xml.encode() if name.endswith("sheet1.xml") else old)


def _rows(path: Path) -> list[tuple[int, Mapping[int, FoundCell]]]:
    with workbook_file(path) as file:
        return [(row.number, row.cells) for row in file.rows(file.sheets[0])]


def test_texts_numbers_and_formulas_are_read_as_they_stand(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx")
    with workbook_file(path) as file:
        assert [(sheet.title, sheet.visible) for sheet in file.sheets] == [("表", True)]
    cells = {1: FoundCell("text", "a"), 2: FoundCell("number", "1.5"), 3: FoundCell("number", "", "B1*2")}
    assert _rows(path) == [(1, cells)]


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('<c t="inlineStr"><is><t>x</t></is></c>', FoundCell("text", "x")),
        (
            '<c t="inlineStr"><is><r><t>x</t></r><r><t>y</t></r><rPh><t>z</t></rPh></is></c>',
            FoundCell("text", "xy"),
        ),
        ('<c t="inlineStr"><is><t>_x005F_x0041_</t></is></c>', FoundCell("text", "_x0041_")),
        ('<c t="str"><f>"x"</f><v>x</v></c>', FoundCell("text", "x", '"x"')),
        ('<c t="b"><v>1</v></c>', FoundCell("other", "1")),
        ('<c t="e"><v>#REF!</v></c>', FoundCell("other", "#REF!")),
        ("<c><v>12.30</v></c>", FoundCell("number", "12.30")),
    ],
)
def test_each_kind_of_cell(tmp_path: Path, cell: str, found: FoundCell) -> None:
    assert _rows(_with_sheet(tmp_path / "a.xlsx", f"{HEAD}<row>{cell}</row>{TAIL}")) == [(1, {1: found})]


def test_empty_cells_are_left_out_and_places_kept(tmp_path: Path) -> None:
    xml = f'{HEAD}<row r="2"><c r="B2" s="1"/><c r="D2"><v>1</v></c><c><v>2</v></c></row>{TAIL}'
    assert _rows(_with_sheet(tmp_path / "a.xlsx", xml)) == [
        (2, {4: FoundCell("number", "1"), 5: FoundCell("number", "2")})
    ]


def test_a_shared_formula_is_moved_to_where_it_stands(tmp_path: Path) -> None:
    cells = (
        '<row r="1"><c r="C1"><f t="shared" ref="C1:C2" si="0">A1+$B$1</f><v>1</v></c></row>'
        '<row r="2"><c r="C2"><f t="shared" si="0"/><v>2</v></c></row>'
    )
    rows = _rows(_with_sheet(tmp_path / "a.xlsx", f"{HEAD}{cells}{TAIL}"))
    assert [row[3].formula for _, row in rows] == ["A1+$B$1", "A2+$B$1"]


def test_rows_are_read_whatever_the_prefix_and_however_many(tmp_path: Path) -> None:
    rows = "".join(
        f'<x:row r="{number}"><x:c><x:v>{number}</x:v></x:c></x:row>' for number in range(1, 20_001)
    )
    xml = f'<x:worksheet xmlns:x="{MAIN}"><x:sheetData>{rows}</x:sheetData></x:worksheet>'
    found = _rows(_with_sheet(tmp_path / "a.xlsx", xml))
    assert [int(row[1].value) for _, row in found] == list(range(1, 20_001))


@pytest.mark.parametrize("at", [-1, 0, 1])
def test_a_declaration_across_two_blocks_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    monkeypatch.setattr("exports.sheet_xml.BLOCK", 64 + at)
    padded = '<?xml version="1.0"?>'.ljust(63) + f"<!DOCTYPE x>{HEAD.partition('?>')[2]}<row/>{TAIL}"
    with pytest.raises(BadWorkbook, match="declaration"):
        _rows(_with_sheet(tmp_path / "a.xlsx", padded))


def test_a_sheet_without_rows_has_none(tmp_path: Path) -> None:
    assert (
        _rows(_with_sheet(tmp_path / "a.xlsx", f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>')) == []
    )


@pytest.mark.parametrize(
    "xml",
    [
        pytest.param(f'<!DOCTYPE x [<!ENTITY a "b">]>{HEAD}<row/>{TAIL}', id="an entity"),
        pytest.param(f"{HEAD}<row><c><v><![CDATA[1]]></v></c></row>{TAIL}", id="a section"),
        pytest.param(f'{HEAD}<row r="2"/><row r="1"/>{TAIL}', id="rows out of order"),
        pytest.param(f'{HEAD}<row r="1"/><row r="1"/>{TAIL}', id="a row twice"),
        pytest.param(f'{HEAD}<row r="1048577"/>{TAIL}', id="a row beyond the last"),
        pytest.param(f'{HEAD}<row r="x"/>{TAIL}', id="a row without a number"),
        pytest.param(f"{HEAD}<row><c><v>1</v></c></row>", id="one that breaks off"),
        pytest.param(f"{HEAD}<row><c><v>1</c></row>{TAIL}", id="tags that cross"),
        pytest.param(f'{HEAD}<row><c t="s"><v>99</v></c></row>{TAIL}', id="a text that is nowhere"),
        pytest.param(f'{HEAD}<row><c><f t="shared" si="3"/></c></row>{TAIL}', id="a formula that is nowhere"),
        pytest.param('<?xml version="1.0" encoding="utf-16"?>' + HEAD + TAIL, id="another encoding"),
        pytest.param(f'<worksheet xmlns="{MAIN}"></worksheet>', id="no rows at all"),
        pytest.param("<x><sheetData><row/></sheetData></x>", id="no sheet"),
    ],
)
def test_a_sheet_that_is_none_is_refused(tmp_path: Path, xml: str) -> None:
    with pytest.raises(BadWorkbook):
        _rows(_with_sheet(tmp_path / "a.xlsx", xml))


def test_a_row_without_end_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("exports.sheet_xml.ROW_BYTES_MAX", 1 << 20)
    cells = "".join(f"<c><v>{number}</v></c>" for number in range(200_000))
    path = _with_sheet(tmp_path / "a.xlsx", f"{HEAD}<row>{cells}</row>{TAIL}")
    with pytest.raises(BadWorkbook, match="without end"):
        _rows(path)


def test_what_is_no_zip_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("账套")
    with pytest.raises(BadWorkbook, match="no workbook"):
        _rows(tmp_path / "a.xlsx")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="cannot be read"):
        _rows(tmp_path / "a.xlsx")


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx", lambda name, old: None if name == "xl/workbook.xml" else old)
    with pytest.raises(BadWorkbook, match="is no workbook"):
        _rows(path)


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="times its size"):
        _rows(_with_sheet(tmp_path / "a.xlsx", HEAD + " " * (1 << 24) + TAIL))


@pytest.mark.parametrize(("limit", "value"), [("FILE_MAX", 10), ("MEMBERS_MAX", 2), ("UNPACKED_MAX", 100)])
def test_limits_hold(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int) -> None:
    path = _saved(tmp_path / "a.xlsx")
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(BadWorkbook):
        _rows(path)


def _with_strings(path: Path, strings: str) -> Path:
    """A workbook whose one cell is the third of these shared texts."""
    _with_sheet(path, f'{HEAD}<row><c t="s"><v>2</v></c></row>{TAIL}')
    with ZipFile(path, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
    return path


def test_shared_texts_are_found_by_their_number(tmp_path: Path) -> None:
    strings = "<si><t>a</t></si><si/><si><r><t>退</t></r><r><t xml:space='preserve'>货 </t></r></si>"
    assert _rows(_with_strings(tmp_path / "a.xlsx", strings)) == [(1, {1: FoundCell("text", "退货 ")})]


def test_shared_texts_with_an_entity_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadWorkbook, match="declaration"):
        _rows(_with_strings(tmp_path / "a.xlsx", "<!-- x -->"))


@pytest.mark.parametrize(("limit", "value"), [("STRINGS_MAX", 10), ("SMALL_MAX", 10)])
def test_limits_of_single_parts_hold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    path = _with_strings(tmp_path / "a.xlsx", "<si><t>a</t></si>" * 3)
    monkeypatch.setattr(module, limit, value)
    with pytest.raises(BadWorkbook, match="would unpack"):
        _rows(path)


@pytest.mark.parametrize("member", ["xl/vbaProject.bin", "../x.xml", "/etc/x", "..\\x"])
def test_macros_and_members_outside_are_refused(tmp_path: Path, member: str) -> None:
    path = _saved(tmp_path / "a.xlsx")
    with ZipFile(path, "a") as archive:
        archive.writestr(member, b"x")
    with pytest.raises(BadWorkbook):
        _rows(path)


def test_a_flipped_byte_is_refused(tmp_path: Path) -> None:
    path = _saved(tmp_path / "a.xlsx")
    content = bytearray(path.read_bytes())
    at = content.index(b"sheet1.xml") + 40
    content[at] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(BadWorkbook):
        _rows(path)


def test_a_hidden_sheet_is_seen(tmp_path: Path) -> None:
    path = _saved(
        tmp_path / "a.xlsx",
        lambda name, old: (
            old.replace(b'state="visible"', b'state="veryHidden"') if name == "xl/workbook.xml" else old
        ),
    )
    with workbook_file(path) as file:
        assert [sheet.visible for sheet in file.sheets] == [False]
