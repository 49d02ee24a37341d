from pathlib import Path

import pytest

from calculators.errors import BadCase
from cli.case_files import case_lines, read_json


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
def test_a_file_of_json_is_read_with_and_without_its_mark(tmp_path: Path, mark: bytes) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(mark + '{"name": "退货"}'.encode())
    assert read_json(file) == {"name": "退货"}


def test_a_number_that_is_none_is_left_as_the_word_it_is(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_text('{"price": NaN}')
    assert read_json(file) == {"price": "NaN"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"{", "is not JSON"),
        (b"\xff\xfe{}", "is not a UTF-8 text"),
        (b"[" * 100_000, "is not JSON"),
    ],
)
def test_what_is_no_json_names_the_file(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(content)
    with pytest.raises(BadCase) as refused:
        read_json(file)
    assert refused.value.path == str(file)
    assert refused.value.message.startswith(said)


def test_a_folder_and_nothing_at_all_cannot_be_read(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "gone"):
        with pytest.raises(BadCase, match="cannot be read: "):
            read_json(path)


def test_each_line_stands_for_itself_and_empty_ones_for_nothing(tmp_path: Path) -> None:
    file = tmp_path / "cases.jsonl"
    file.write_text('{"at": 1}\n\n  \nno json\n[]\n')
    assert list(case_lines(file)) == [{"at": 1}, "no json", []]
