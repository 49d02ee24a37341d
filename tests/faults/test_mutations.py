"""Random mutations: whatever is changed in a field or row that the chain covers, `verify` with an anchor sees it."""

import shutil
from collections.abc import Callable
from pathlib import Path

from ledger import sealing
from ledger.anchors import Anchor
from ledger.connections import sqlite_url
from ledger.errors import BookError
from ledger.sealed_rows import EntryRow, PostingRow, SettlementRow, StepRow
from ledger.tables import METADATA
from ledger.verify import verify
from tests.faults.books import anchor_of_file
from tests.faults.forger import unguarded
from tests.faults.mutations import OUTSIDE, ROWS, Target, covered, mutate
from tests.faults.tally import Tally

# What each table's seal answers for, as the ledger has it; the hashes themselves are recomputed and compared.
_SEALED: dict[str, tuple[str, ...]] = {
    "account": sealing.ACCOUNT,
    "approval": sealing.APPROVAL,
    "book": sealing.BOOK,
    "entry_seal": ("book", "seq", "prev_hash", "hash"),
    "journal_entry": EntryRow._fields,
    "line_match": sealing.LINE_MATCH,
    "operation": (*sealing.OPERATION, "hash"),
    "order_facts": sealing.ORDER_FACTS,
    "period_event": sealing.PERIOD_EVENT,
    "posting": PostingRow._fields,
    "refund_step": StepRow._fields,
    "rulebook": sealing.RULEBOOK,
    "settlement": SettlementRow._fields,
    "statement": sealing.STATEMENT,
    "statement_line": sealing.STATEMENT_LINE,
}


def test_every_column_is_sealed_or_named_as_outside_with_its_reason() -> None:
    sealed = {f"{table}.{column}" for table, columns in _SEALED.items() for column in columns}
    there = {f"{table.name}.{column.name}" for table in METADATA.sorted_tables for column in table.columns}
    assert not sealed & OUTSIDE.keys()
    assert sealed | OUTSIDE.keys() == there
    assert {target.name for target in covered() if target.column != ROWS} == sealed
    assert {target.table.name for target in covered() if target.column == ROWS} == _SEALED.keys()
    assert all(OUTSIDE.values())


def test_no_mutation_of_a_covered_field_goes_unseen(
    full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    group, anchor, path = tally("random mutations"), anchor_of_file(full_book), tmp_path / "book.db"
    targets = covered()
    group.dice.shuffle(targets)
    unseen = []
    for place in range(group.target):
        target = targets[place % len(targets)]
        shutil.copy(full_book, path)
        with unguarded(path) as connection:
            done = mutate(connection, target, group.dice)
        assert done, f"{target.name}: nothing could be changed"
        unseen += [done] * (not _is_seen(path, anchor))
    assert unseen == []
    group.closes(group.target, lost=len(unseen), wrong=0)


def test_what_is_outside_of_the_chain_may_change_and_verify_says_nothing(
    full_book: Path, tmp_path: Path, tally: Callable[[str], Tally]
) -> None:
    anchor, path = anchor_of_file(full_book), tmp_path / "book.db"
    dice, person = tally("random mutations").dice, METADATA.tables["person"]
    shutil.copy(full_book, path)
    with unguarded(path) as connection:
        connection.execute("INSERT INTO person VALUES ('main', 'k', 's', '张三', NULL, '2026')")
        assert mutate(connection, Target(table=person, column="nick"), dice)
    assert not _is_seen(path, anchor)


def _is_seen(path: Path, anchor: Anchor) -> bool:
    try:
        return bool(verify(sqlite_url(path), anchors=[anchor]).findings)
    except BookError:
        return True
