"""What a verification found, as people read it: each finding, how far the anchors answer, and what they must."""

from rich.console import Console
from rich.text import Text

from ledger.verify import Verified

CHECKS = {
    "guards": ("保护", "guards"),
    "storage": ("文件", "storage"),
    "keys": ("外键", "keys"),
    "books": ("账套", "books"),
    "chain": ("链", "chain"),
    "anchor": ("锚点", "anchor"),
}
STORAGE = {
    "integrity_check": "页面自检",
    "foreign_key_check": "外键自检",
    "every table read": "各表逐页读过",
    "every key looked up": "外键逐一查过",
    "page checksums on": "页面校验和已启用",
    "page checksums off": "页面校验和未启用",
    "amcheck": "索引已用 amcheck 核对",
}
ONLY_AN_ANCHOR = (
    ("末尾被截去", "the tail cut off"),
    ("全部被截去", "everything cut off"),
    ("改动后全部重新计算哈希", "an edit with all hashes made anew"),
    ("删除后重新编号并重新计算哈希", "a deletion, renumbered, with all hashes made anew"),
    ("末尾换成伪造的有效链", "the tail replaced by a forged valid chain"),
    ("换回旧备份", "an old backup put in its place"),
)


def show_verified(done: Verified, console: Console, tongue: str) -> None:
    """The outcome first, then each finding on a line, then what is known only up to the last anchor."""
    zh = tongue == "zh"
    counts = (done.entries, done.operations, done.head.seq, done.head.hash)
    walked = (
        "凭证 {} 张、操作 {} 项,链首 #{} {}" if zh else "{} entries, {} operations, head #{} {}"
    ).format(*counts)
    if not done.findings:
        console.print(Text(("校验一致:" if zh else "verified: ") + walked, style="green"), soft_wrap=True)
    else:
        console.print(Text("校验发现问题:" if zh else "verification found:", style="red"))
    for finding in done.findings:
        name = CHECKS[finding.check][0 if zh else 1]
        console.print(Text(f"  {name}: {finding.what}", style="red"), soft_wrap=True)
    if done.storage:
        console.print(Text(storage_line(done, tongue), style="dim"), soft_wrap=True)
    console.print(Text(anchored_line(done, tongue), style="dim"), soft_wrap=True)


def storage_line(done: Verified, tongue: str) -> str:
    """How the database's own pages and keys were looked at."""
    if tongue == "zh":
        return f"存储:{'、'.join(STORAGE.get(look, look) for look in done.storage)}。"
    return f"storage: {', '.join(done.storage)}."


def anchored_line(done: Verified, tongue: str) -> str:
    """How many anchors were checked, and what an anchor would still be needed for."""
    zh = tongue == "zh"
    checked = (
        f"锚点 {done.anchors} 个,最后一个在凭证 #{done.anchored_entries}、操作 {done.anchored_operations}。"
        if zh
        else f"anchors: {done.anchors}, the last at entry #{done.anchored_entries} and operation "
        f"{done.anchored_operations}."
    )
    if not done.needs_anchor:
        return checked
    kinds = (";" if zh else "; ").join(kind[0 if zh else 1] for kind in ONLY_AN_ANCHOR)
    needs = (
        f"其后的部分需要锚点才能发现:{kinds}。"
        if zh
        else f" What follows it needs an anchor, for only an anchor can find: {kinds}."
    )
    return checked + needs
