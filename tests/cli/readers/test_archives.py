"""Zips: names in GBK are read, what may not be unpacked is told from the directory alone."""

import pytest

from cli.errors import BadCell
from cli.readers.archives import UNPACKED_MAX, is_zip, open_archive
from tests.cli.readers.bad_input.zips import with_flag, zipped, zipped_in_gbk


def test_names_in_gbk_and_in_utf_8_are_read_alike() -> None:
    parts = {"2088_202610_账务明细.csv": b"a", "账务汇总.csv": b"b"}
    assert list(open_archive(zipped_in_gbk(parts)).members) == list(parts)
    assert list(open_archive(zipped(parts)).members) == list(parts)
    assert open_archive(zipped_in_gbk(parts)).content("账务汇总.csv", 10) == b"b"


def test_a_member_beyond_its_limit_is_refused_before_it_is_read() -> None:
    archive = open_archive(zipped({"a.csv": b"12345"}))
    assert archive.content("a.csv", 5) == b"12345"
    with pytest.raises(BadCell, match="too_big"):
        archive.content("a.csv", 4)


def test_a_directory_of_more_than_a_megabyte_is_not_even_opened() -> None:
    content = bytearray(zipped({"a.csv": b"x"}))
    at = content.rfind(b"PK\x05\x06")
    content[at + 12 : at + 16] = (2 * 1024 * 1024).to_bytes(4, "little")
    with pytest.raises(BadCell, match="zip_bomb"):
        open_archive(bytes(content))


def test_the_sum_of_all_members_counts() -> None:
    content = bytearray(zipped({f"{at}.csv": b"x" for at in range(600)}))
    at = content.find(b"PK\x01\x02")
    while at >= 0:
        content[at + 24 : at + 28] = (UNPACKED_MAX // 599).to_bytes(4, "little")
        at = content.find(b"PK\x01\x02", at + 4)
    with pytest.raises(BadCell, match=r"zip_bomb \(> 500 MB\)"):
        open_archive(bytes(content))


def test_one_name_twice_is_refused_whatever_its_encoding() -> None:
    twice = with_flag(zipped({"a.csv": b"x", "b.csv": b"y"}), 0).replace(b"b.csv", b"a.csv")
    with pytest.raises(BadCell, match="one name twice"):
        open_archive(twice)


@pytest.mark.parametrize(
    ("content", "is_one"), [(b"PK\x03\x04", True), (b"PK\x05\x06", True), (b"PK", False)]
)
def test_a_zip_is_known_by_its_first_bytes(content: bytes, is_one: bool) -> None:
    assert is_zip(content) is is_one
