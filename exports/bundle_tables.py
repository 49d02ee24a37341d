"""The program that checks an audit bundle, first part: how a bundle's rows are read and hashed.

The parts are joined into the one file `verify.py` when a bundle is written, which drops the imports between
them. They need nothing but Python and share no code with the rest of this house, so that an auditor checks the
ledger by a second reading of its rules and not by the first one again.
"""

# An auditor's Python may be older than ours: this keeps the annotations below from being evaluated.
from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

BLOCK = 1 << 20
COLUMNS = {
    "book": "book currency created_at",
    "account": "book code name_zh name_en normal op_no",
    "rulebook": "book digest text op_no",
    "order_facts": "book order_no version facts_json source op_no",
    "statement": "book op_no name layout sha256 line_count",
    "statement_line": "book op_no row_no reference line_json",
    "period_event": "book period version action entries debit_fen credit_fen figures_json reason op_no",
    "approval": "book matter subject version action digest content_json reason op_no",
    "line_match": "book line_op_no row_no version action against_seq order_no reason owner op_no",
    "operation": "book op_no command subject digest head_seq head_hash actor recorded_at prev_hash hash",
    "journal_entry": "book seq kind effective_on period voucher_no narration order_no claim_no reverses command "
    "key request_digest source actor recorded_at op_no",
    "posting": "book seq line account currency amount_fen narration",
    "settlement": "book seq claim_no subject kind case_json answer_json answer_digest rulebook_digest request_digest",
    "refund_step": "book subject bucket step prev_step seq paid_fen before_fen after_fen",
    "entry_seal": "book seq prev_hash hash",
}
FAULTS = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


class Differs(Exception):
    """The first thing in the bundle that is not as it should be."""


def expect(place: str, what: str, found: object, due: object) -> None:
    """`Differs`, naming the place, unless what was found is what is due."""
    if found != due or type(found) is not type(due):
        shown = " / ".join(
            f"{word} {str(value)[:120]!r}" for word, value in (("是 is", found), ("应为 due", due))
        )
        raise Differs(f"{place}: {what}: {shown}")


def encode(value: Any) -> bytes:
    """The canonical bytes of a text, whole number, nothing, or tuple of these."""
    if type(value) is str:
        text = value.encode()
        return b"s%d:%b" % (len(text), text)
    if type(value) is int:
        number = str(value).encode()
        return b"i%d:%b" % (len(number), number)
    if value is None:
        return b"n"
    if type(value) is tuple:
        return b"l%d:%b" % (len(value), b"".join(map(encode, value)))
    raise TypeError(f"{value!r} is neither text nor a whole number")


def digest(value: Any) -> str:
    """The SHA-256 of a value's canonical bytes."""
    return hashlib.sha256(encode(value)).hexdigest()


def values(table: str, row: dict[str, Any]) -> tuple[Any, ...]:
    """A row's columns as the hashes take them; a row's own hash is not among them."""
    return tuple(row[name] for name in COLUMNS[table].split() if name != "hash")


def content(table: str, rows: list[dict[str, Any]]) -> str:
    """The digest of what was stored in a table."""
    return digest((tuple(COLUMNS[table].split()), *(values(table, row) for row in rows)))


def unrepeated(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object; `ValueError` where a name stands twice and two readers could see two things."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("a name stands twice")
    return dict(pairs)


class Rows:
    """The rows of one table in their order, taken number by number."""

    def __init__(self, archive: zipfile.ZipFile, table: str, book: str) -> None:
        self.table, self.book, self.line = table, book, 0
        self._file = io.TextIOWrapper(archive.open(f"tables/{table}.jsonl"), "utf-8", newline="\n")
        self._next = self._read()

    def take(self, key: str, number: object) -> list[dict[str, Any]]:
        """The next rows that bear the number."""
        rows = []
        while self._next is not None and self._next[key] == number:
            rows.append(self._next)
            self._next = self._read()
        return rows

    def one(self) -> dict[str, Any] | None:
        """The next row, if any."""
        row = self._next
        self._next = self._read() if row else None
        return row

    def finish(self) -> None:
        """`Differs` where a row is left that nothing refers to."""
        if self._next is not None:
            raise Differs(f"{self.table} row {self.line}: 无处可归的行 / a row that nothing refers to")

    def _read(self) -> dict[str, Any] | None:
        text = self._file.readline()
        if not text:
            return None
        self.line += 1
        place = f"{self.table} row {self.line}"
        try:
            row = json.loads(text, object_pairs_hook=unrepeated)
            encode(tuple(row.values()))
        except FAULTS as fault:
            raise Differs(f"{place}: 读不了 / cannot be read: {fault}") from None
        expect(place, "columns", sorted(row), sorted(COLUMNS[self.table].split()))
        expect(place, "book", row["book"], self.book)
        return dict(row)


def check_members(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """`Differs` where a file of the bundle is not the one that the manifest lists, is missing or one too many."""
    listed = [*manifest["members"], "manifest.json"]
    expect("manifest.json", "文件清单 / files", sorted(archive.namelist()), sorted(listed))
    for name, due in manifest["members"].items():
        seen, length = hashlib.sha256(), 0
        with archive.open(name) as member:
            for block in iter(lambda: member.read(BLOCK), b""):
                seen.update(block)
                length += len(block)
        expect(name, "SHA-256", {"sha256": seen.hexdigest(), "bytes": length}, due)
