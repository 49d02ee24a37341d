"""The program that checks an audit bundle, last part: `python verify.py BUNDLE.zip [--head HASH]`.

Exit code 0 says that everything agrees, 1 that something differs and is named, 2 that the command line is
wrong. What it says, it says in 中文 and English.
"""

import json
import sys
import zipfile
import zlib
from typing import Any

from exports.bundle_tables import FAULTS, Differs, check_members, expect, unrepeated
from exports.bundle_walk import Walk

FORMAT = "settle audit bundle 2"
USAGE = "用法 / usage: python verify.py BUNDLE.zip [--head HASH]"
HEAD_OPTION = 3
HEAD_DIGITS_MIN = 12
UNREADABLE = (OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError)


def check_ends(archive: zipfile.ZipFile, manifest: dict[str, Any], walk: Walk) -> None:
    """`Differs` where manifest or trial balance say something else than the chain does."""
    period, closed = manifest["period"], manifest["closed_at"]
    expect("manifest.json", "head", manifest["head"], {"seq": walk.seq, "hash": walk.hash})
    expect(
        "manifest.json",
        "last_operation",
        manifest["last_operation"],
        {"op_no": walk.op_no, "hash": walk.op_hash},
    )
    stands = walk.events.get(period, (0, ""))[1] == "close"
    expect("manifest.json", "closed_at", closed, walk.last["recorded_at"] if stands else None)
    names = ("opening_fen", "debit_fen", "credit_fen", "closing_fen")
    figures, total = walk.figures(period), 0
    rows = json.loads(archive.read("trial_balance.json"), object_pairs_hook=unrepeated)
    expect("trial_balance.json", "科目 / accounts", [row["account"] for row in rows], list(figures))
    for row in rows:
        place, account = f"trial_balance.json account {row['account']}", row["account"]
        expect(place, "余额 / figures", [row[name] for name in names], figures[account])
        expect(place, "名称 / names", (row["name_zh"], row["name_en"]), walk.accounts[account])
        total += row["closing_fen"]
    expect("trial_balance.json", "合计 / sum of the balances", total, 0)


def verify(path: str, head: str) -> str:
    """What agrees, in one line; `Differs` at the first thing that does not."""
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"), object_pairs_hook=unrepeated)
        expect("manifest.json", "format", manifest["format"], FORMAT)
        check_members(archive, manifest)
        walk = Walk(archive, manifest["book"])
        walk.through()
        check_ends(archive, manifest, walk)
    expect("--head", "链头 / head", walk.hash[: len(head)], head)
    counts = (
        f"{walk.seq} 张凭证 entries, {walk.op_no} 次操作 operations, {manifest['book']} {manifest['period']}"
    )
    compared = (
        "已与所给哈希核对 / compared with --head"
        if head
        else "请与签字纸质报表核对 / compare with signed paper"
    )
    return f"一致 / all agrees: {counts}\n链头 / head: {walk.seq} {walk.hash} ({compared})"


def main(words: list[str]) -> int:
    """Run the check and say what came of it; answers the exit code."""
    head = words[2].lower() if len(words) == HEAD_OPTION and words[1] == "--head" else ""
    if len(words) != (HEAD_OPTION if head else 1) or 0 < len(head) < HEAD_DIGITS_MIN:
        sys.stderr.write(f"{USAGE}\n")
        return 2
    try:
        said, code = verify(words[0], head), 0
    except Differs as found:
        said, code = f"不一致 / differs: {found}", 1
    except (*FAULTS, *UNREADABLE) as fault:
        said, code = f"不一致 / differs: {words[0]}: 读不了 / cannot be read: {fault!r}", 1
    sys.stdout.buffer.write(f"{said}\n".encode())
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
