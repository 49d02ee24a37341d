"""A rehearsal's files: all of it as JSON, four lists as a workbook, the same bytes every time."""

import json
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from exports.rehearsals import rehearsal_json, write_rehearsal
from ledger.replay_reports import (
    Decisions,
    Rehearsed,
    RehearsedAccount,
    RehearsedClaim,
    RehearsedClause,
    RehearsedOrder,
)
from ledger.reports import ChainHead


def a_rehearsal(**changes: Any) -> Rehearsed:
    """One return that would have paid 1.89 more, and a credit that would have been refused."""
    claim = RehearsedClaim(
        claim_no="=C1",
        subject="4261",
        kind="return",
        seq=7,
        voucher="记-7",
        effective_on="2026-10-12",
        decided="pay",
        would_decide="refuse",
        booked_fen=17955,
        would_be_fen=18144,
        rule="003-11b",
        why_zh="价保已过",
        why_en="protection has ended",
    )
    given: dict[str, Any] = {
        "book": "示例店",
        "until": None,
        "head": ChainHead(seq=9, hash="ab" * 32),
        "rulebook_digest": "cd" * 32,
        "settlements": 2,
        "taken_back": 1,
        "booked_fen": 17955,
        "would_be_fen": 18144,
        "decisions": (Decisions(decision="pay", booked=2, would_be=1),),
        "clauses": (RehearsedClause(rule="000-10.1", item="commission", booked_fen=-945, would_be_fen=-756),),
        "orders": (RehearsedOrder(subject="4261", booked_fen=17955, would_be_fen=18144, claims=1),),
        "accounts": (RehearsedAccount(account="5051.02", booked_fen=-945, would_be_fen=-756),),
        "claims": (claim,),
    }
    return Rehearsed(**{**given, **changes})


def test_json_has_each_difference_beside_its_amounts(tmp_path: Path) -> None:
    told = rehearsal_json(a_rehearsal())
    assert (told["difference_fen"], told["clauses"][0]["difference_fen"]) == (189, 189)
    assert told["head"] == {"seq": 9, "hash": "ab" * 32}
    write_rehearsal(a_rehearsal(), tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text("utf-8")) == told | {
        "decisions": [{"decision": "pay", "booked": 2, "would_be": 1}]
    }


def test_the_workbook_has_four_lists_with_their_differences(tmp_path: Path) -> None:
    write_rehearsal(a_rehearsal(), tmp_path / "r.xlsx")
    book = load_workbook(tmp_path / "r.xlsx")
    assert book.sheetnames == ["按条款", "按订单", "按科目", "按申请"]
    assert [cell.value for cell in book["按条款"][2]] == ["000-10.1", "commission", -9.45, -7.56, 1.89]
    assert [cell.value for cell in book["按订单"][2]] == ["4261", 1, 179.55, 181.44, 1.89]
    claim = book["按申请"][2]
    assert (claim[0].value, claim[0].data_type) == ("=C1", "s")
    assert [cell.value for cell in claim[5:9]] == ["pay", "refuse", "003-11b", "价保已过"]


def test_the_same_rehearsal_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx", "a.json", "b.json"):
        write_rehearsal(a_rehearsal(), tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert (tmp_path / "a.json").read_bytes() == (tmp_path / "b.json").read_bytes()
