"""The bundle: the same month the same bytes, whenever it is made, and one line a stored row."""

import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from exports.errors import BadPlace
from ledger import queries
from tests.exports.bundles import a_book, members_of, write_bundle
from tests.ledger.samples import NOW, an_entry


def test_a_closed_months_bundle_is_the_same_however_late_it_is_made(tmp_path: Path) -> None:
    with a_book(tmp_path) as book:
        first = write_bundle(book, tmp_path / "a.zip").read_bytes()
        with book.writing(actor="wang", now=NOW) as desk:
            desk.post(an_entry(11, NOW.date().replace(month=12)), key="december")
        assert write_bundle(book, tmp_path / "b.zip").read_bytes() == first


def test_the_manifest_lists_every_file_and_the_head_at_the_close(tmp_path: Path) -> None:
    with a_book(tmp_path) as book:
        members = members_of(write_bundle(book, tmp_path / "a.zip"))
        with book.reading() as reader:
            last = queries.entry(reader, 8)
    manifest = json.loads(members["manifest.json"])
    assert manifest["head"] == {"seq": 8, "hash": last.hash}
    assert manifest["closed_at"] == "2026-10-12T02:00:00.000000Z"
    assert set(manifest["members"]) == set(members) - {"manifest.json"}
    for name, due in manifest["members"].items():
        assert due == {"sha256": hashlib.sha256(members[name]).hexdigest(), "bytes": len(members[name])}


def test_a_row_is_a_line_and_the_rulebooks_text_is_there(tmp_path: Path) -> None:
    with a_book(tmp_path) as book:
        members = members_of(write_bundle(book, tmp_path / "a.zip"))
    counts = {name: content.count(b"\n") for name, content in members.items() if name.startswith("tables/")}
    assert counts["tables/journal_entry.jsonl"] == counts["tables/entry_seal.jsonl"] == 8
    assert counts["tables/settlement.jsonl"] == 4
    assert json.loads(members["tables/rulebook.jsonl"])["text"] == "[rules]"
    assert "审计包" in members["README.txt"].decode()


def test_no_member_tells_the_time_and_no_file_is_overwritten(tmp_path: Path) -> None:
    with a_book(tmp_path) as book:
        path = write_bundle(book, tmp_path / "a.zip")
        with zipfile.ZipFile(path) as archive:
            assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        with pytest.raises(BadPlace, match="is there already"):
            write_bundle(book, path)
    assert sorted(file.suffix for file in tmp_path.iterdir() if "part" in file.name) == []
