"""The bundle for an auditor: the chain as it is stored, a manifest, and a program that checks both alone.

One zip. Each table is a member of JSON lines, a row a line, with every column that a hash covers; the
manifest holds each member's SHA-256. `verify.py` needs Python alone and none of our code, so that nobody has
to trust us to check us. The same month gives the same bytes.
"""

import ast
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from exports.package import timeless, write_whole
from ledger.reports_of_handing import AuditBundle, StoredTable
from ledger.sealing import moment_text

FORMAT = "settle audit bundle 2"
MANIFEST = "manifest.json"
_PARTS = ("bundle_tables.py", "bundle_payments.py", "bundle_walk.py", "bundle_verifier.py")
_README = """\
账套审计包 / audit bundle

怎样校验 / how to check it
  把 verify.py 从压缩包里取出,在任何装有 Python 3.8 或更新版本的电脑上运行:
  Take verify.py out of the zip and run it with Python 3.8 or newer:

      python verify.py 审计包.zip
      python verify.py 审计包.zip --head 纸质报表封面上的链头哈希

  退出码 0 表示一致,1 表示不一致并指出哪一处。
  Exit code 0 says that everything agrees, 1 that something does not, and names it.

  改动者若能重算全部哈希,也就能重造整个包;所以请用 --head 与签字纸质报表上的链头哈希核对。
  Whoever can compute every hash anew can make a whole new bundle; so compare the head's hash with the one
  on the signed paper, by --head.

内容 / what is in it
  tables/*.jsonl      账簿各表,一行一条 / the book's tables, a row a line
  trial_balance.json  科目余额表,单位为分 / the trial balance, in fen
  manifest.json       各文件的 SHA-256 与链头 / the SHA-256 of each file, and the chain's head
"""


def write_audit_bundle(bundle: AuditBundle, to: Path, *, overwrite: bool = False) -> None:
    """Write the bundle as the zip `to`, whole or not at all; `BadPlace` where it cannot stand there."""
    write_whole(to, lambda file: _fill(file, bundle), overwrite=overwrite)


def verifier() -> str:
    """The program `verify.py`: its parts in one file, without the imports between them."""
    return "\n\n".join(_part(Path(__file__).with_name(name).read_text("utf-8")) for name in _PARTS)


def _part(source: str) -> str:
    lines = source.splitlines(keepends=True)
    for node in ast.parse(source).body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("exports."):
            lines[node.lineno - 1 : node.end_lineno] = [""] * ((node.end_lineno or 0) - node.lineno + 1)
    return "".join(lines)


def _fill(file: BinaryIO, bundle: AuditBundle) -> None:
    members: dict[str, dict[str, object]] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, parts in _members(bundle):
            members[name] = _add(archive, name, parts)
        _add(archive, MANIFEST, [_json(_manifest(bundle, members), indent=1)])


def _members(bundle: AuditBundle) -> Iterator[tuple[str, Iterable[str]]]:
    yield "README.txt", [_README]
    yield "verify.py", [verifier()]
    for table in bundle.tables:
        yield f"tables/{table.name}.jsonl", _lines(table)
    yield "trial_balance.json", [_json([asdict(row) for row in bundle.trial_balance], indent=1)]


def _lines(table: StoredTable) -> Iterator[str]:
    return (_json(dict(zip(table.columns, row, strict=True))) for row in table.rows)


def _add(archive: ZipFile, name: str, parts: Iterable[str]) -> dict[str, object]:
    """Write one member part by part; the answer is its line in the manifest."""
    seen, length = hashlib.sha256(), 0
    with archive.open(timeless(name), "w", force_zip64=True) as member:
        for part in parts:
            content = part.encode()
            member.write(content)
            seen.update(content)
            length += len(content)
    return {"sha256": seen.hexdigest(), "bytes": length}


def _manifest(bundle: AuditBundle, members: dict[str, dict[str, object]]) -> dict[str, Any]:
    closed = bundle.closed_at
    return {
        "format": FORMAT,
        "book": bundle.book,
        "period": bundle.period,
        "closed_at": moment_text(closed) if closed else None,
        "head": asdict(bundle.head),
        "last_operation": {"op_no": bundle.operations, "hash": bundle.operation_hash},
        "members": members,
    }


def _json(value: object, indent: int | None = None) -> str:
    separators = (",", ":") if indent is None else None
    return json.dumps(value, ensure_ascii=False, indent=indent, separators=separators) + "\n"
