"""A book with one of everything, its bundle, and the ways of a forger who mends the manifest afterwards."""

import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from exports.audit_bundle import write_audit_bundle
from ledger.book import Book
from ledger.bundles import audit_bundle
from ledger.connections import sqlite_url
from ledger.engine import create_book
from ledger.opening import opening_entry
from ledger.recordings import Match, OrderFacts, Statement, StatementLine
from ledger.sealed_rows import EntryRow, PostingRow
from ledger.sealing import entry_hash, operation_hash, row_request
from tests.ledger.samples import (
    DAY,
    NOW,
    a_memorandum,
    a_recording,
    an_entry,
    ask,
    grant,
    reopen,
    to_be_approved,
)

Rows = list[dict[str, Any]]
Members = dict[str, bytes]


def a_book(folder: Path) -> Book:
    """October with one of everything, closed, opened, closed again; and an entry of November."""
    book = create_book(sqlite_url(folder / "book.db"), actor="wang", now=NOW)
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(opening_entry({"1012.01": 500}, DAY), key="opening", command="init")
        desk.store_facts(OrderFacts(order_no="O1", facts_json='{"order_no":"O1"}', source="a.csv row 2"))
        lines = (StatementLine(row_no=2, reference="O1", line_json='{"fen":200}'),)
        desk.store_statement(Statement(name="a.csv", layout="orders", sha256="cd" * 32, lines=lines))
        desk.post(an_entry(200), key="paid", source="a.csv row 2")
        desk.record(a_recording("C1", 50))
        taken_back = desk.record(a_recording("C2", 60, before=50))
        desk.record(a_memorandum("M1"))
        desk.reverse(taken_back.seq, DAY, "买家撤回")
        desk.close("2026-10")
        desk.ask_reopening("2026-10", "漏记一笔")
        desk.store_approval(ask("C3"))
        said = Match(line_op_no=3, row_no=2, action="match", against_seq=2, reason="到账")
        desk.store_match(said)
        desk.store_match(replace(said, action="undo", against_seq=None, reason="看错"))
    with book.writing(actor="li", now=NOW) as desk:
        reopen(desk, "2026-10")
        desk.store_approval(grant("C3"))
        desk.record(to_be_approved("C3", before=50))
        desk.post(an_entry(7), key="late")
        desk.close("2026-10")
        desk.post(an_entry(9, DAY.replace(month=11)), key="november")
    return book


def write_bundle(book: Book, to: Path, period: str = "2026-10") -> Path:
    """The bundle of a month."""
    with book.reading() as reader:
        write_audit_bundle(audit_bundle(reader, period), to)
    return to


def verified(bundle: Path, folder: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    """What the bundle's own program says, run alone from an empty folder by Python without any library."""
    program = folder / "verify.py"
    with zipfile.ZipFile(bundle) as archive:
        program.write_bytes(archive.read("verify.py"))
    command = [sys.executable, "-I", "-S", str(program), str(bundle), *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def members_of(bundle: Path) -> Members:
    """Every member of a bundle."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def written(members: Members, to: Path, *, mended: bool = True) -> Path:
    """A bundle of these members; a mended one lists them truly in its manifest."""
    if mended:
        manifest = json.loads(members["manifest.json"])
        manifest["members"] = {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in members.items()
            if name != "manifest.json"
        }
        members = {**members, "manifest.json": json.dumps(manifest).encode()}
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return to


def in_table(table: str, change: Callable[[Rows], object]) -> Callable[[Members], None]:
    """A forgery in one table's rows."""
    name = f"tables/{table}.jsonl"

    def forge(members: Members) -> None:
        rows = [json.loads(line) for line in members[name].decode().splitlines()]
        change(rows)
        members[name] = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()

    return forge


def in_json(name: str, change: Callable[[Any], object]) -> Callable[[Members], None]:
    """A forgery in a member that is one JSON value."""

    def forge(members: Members) -> None:
        value = json.loads(members[name])
        change(value)
        members[name] = json.dumps(value, ensure_ascii=False).encode()

    return forge


def setting(place: int, **columns: object) -> Callable[[Rows], object]:
    """A forgery that sets columns of the row in that place."""
    return lambda rows: rows[place].update(columns)


def rehashed(members: Members) -> None:
    """The best forgery there is: the last entry says something else, and every hash above it is made to fit."""
    tables = {name: _rows(members, name) for name in ("journal_entry", "posting", "entry_seal", "operation")}
    entry, seal, close = tables["journal_entry"][-1], tables["entry_seal"][-1], tables["operation"][-1]
    lines = [PostingRow(**row) for row in tables["posting"] if row["seq"] == entry["seq"]]
    entry["narration"] = "别的"
    entry["request_digest"] = row_request(EntryRow(**entry), lines)
    links = (seal["prev_hash"], close["prev_hash"])
    seal["hash"] = close["head_hash"] = entry_hash(links, EntryRow(**entry), lines, None, ())
    close["hash"] = operation_hash(close)
    for name, rows in tables.items():
        in_table(name, lambda old, new=rows: old.__setitem__(slice(None), new))(members)
    manifest = json.loads(members["manifest.json"])
    manifest["head"]["hash"], manifest["last_operation"]["hash"] = seal["hash"], close["hash"]
    members["manifest.json"] = json.dumps(manifest).encode()


def _rows(members: Members, table: str) -> Rows:
    return [json.loads(line) for line in members[f"tables/{table}.jsonl"].decode().splitlines()]
