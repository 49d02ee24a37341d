"""The kinds of tampering: what a burglar does to the rows, and which of them only an anchor can find."""

import sqlite3
from collections.abc import Callable

from tests.faults.forger import Deed, rehash


def _sql(*statements: str) -> Deed:
    def deed(connection: sqlite3.Connection) -> None:
        for statement in statements:
            assert connection.execute(statement).rowcount, f"{statement} changed nothing"

    return deed


def _forged(*statements: str) -> Deed:
    change = _sql(*statements)

    def deed(connection: sqlite3.Connection) -> None:
        change(connection)
        rehash(connection)

    return deed


def _without(*tables: str, where: str) -> tuple[str, ...]:
    return tuple(f"DELETE FROM {table} WHERE {where}" for table in tables)


_SWAP = "UPDATE {table} SET seq = CASE seq WHEN 6 THEN -7 WHEN 7 THEN -6 ELSE seq END"
_BACK = "UPDATE {table} SET seq = -seq WHERE seq < 0"
_TAIL = (
    *_without("posting", "journal_entry", "entry_seal", where="seq > 8"),
    *_without("period_event", "approval", "line_match", "operation", where="op_no > 7"),
)
_COPY_12 = (
    "INSERT INTO journal_entry SELECT book, {seq}, kind, effective_on, period, {voucher}, narration, order_no,"
    " claim_no, reverses, command, 'forged', request_digest, source, actor, recorded_at, op_no"
    " FROM journal_entry WHERE seq = 12"
)
_COPY_LINES = (
    "INSERT INTO posting SELECT book, {seq}, line, account, currency, amount_fen, narration"
    " FROM posting WHERE seq = 12"
)
_COPY_SEAL = "INSERT INTO entry_seal SELECT book, {seq}, hash, hash FROM entry_seal WHERE seq = 12"
_FORGED_13 = tuple(text.format(seq=13, voucher=4) for text in (_COPY_12, _COPY_LINES, _COPY_SEAL))
_DROP_11 = (
    *_without("posting", "journal_entry", "entry_seal", where="seq = 11"),
    *(f"UPDATE {table} SET seq = 11 WHERE seq = 12" for table in ("posting", "journal_entry", "entry_seal")),
    "UPDATE journal_entry SET voucher_no = 2 WHERE seq = 11",
)

_ROW_EDITS: dict[str, str] = {
    "amount of one line": "UPDATE posting SET amount_fen = amount_fen + 1 WHERE seq = 6 AND line = 1",
    "amount of both lines": "UPDATE posting SET amount_fen = amount_fen * 2 WHERE seq = 6",
    "account": "UPDATE posting SET account = '1002' WHERE seq = 6 AND line = 1",
    "currency": "UPDATE posting SET currency = 'USD' WHERE seq = 6",
    "sign": "UPDATE posting SET amount_fen = -amount_fen WHERE seq = 6",
    "narration of a line": "UPDATE posting SET narration = 'x' WHERE seq = 6 AND line = 1",
    "narration": "UPDATE journal_entry SET narration = 'x' WHERE seq = 6",
    "day": "UPDATE journal_entry SET effective_on = '2026-10-13' WHERE seq = 6",
    "period": "UPDATE journal_entry SET effective_on='2026-11-12', period='2026-11', voucher_no=9 WHERE seq = 9",
    "key": "UPDATE journal_entry SET key = 'z' WHERE seq = 6",
    "voucher": "UPDATE journal_entry SET voucher_no = 99 WHERE seq = 6",
    "kind": "UPDATE journal_entry SET kind = 'statement' WHERE seq = 6",
    "order": "UPDATE journal_entry SET order_no = 'O9' WHERE seq = 1",
    "claim of an entry": "UPDATE journal_entry SET claim_no = 'C9' WHERE seq = 2",
    "source": "UPDATE journal_entry SET source = NULL WHERE seq = 1",
    "actor": "UPDATE journal_entry SET actor = 'li' WHERE seq = 6",
    "moment": "UPDATE journal_entry SET recorded_at = '2026-10-12T02:00:01.000000Z' WHERE seq = 8",
    "which entry it reverses": "UPDATE journal_entry SET reverses = 6 WHERE seq = 5",
    "request digest": "UPDATE journal_entry SET request_digest = replace(request_digest, '1', '2')",
    "hash": "UPDATE entry_seal SET hash = substr(hash, 2) || 'g' WHERE seq = 12",
    "link": "UPDATE entry_seal SET prev_hash = hash WHERE seq = 6",
    "case": "UPDATE settlement SET case_json = '{}' WHERE seq = 2",
    "answer": "UPDATE settlement SET answer_json = '{}' WHERE seq = 2",
    "claim": "UPDATE settlement SET claim_no = 'C9' WHERE seq = 2",
    "kind of claim": "UPDATE settlement SET kind = 'repair' WHERE seq = 2",
    "refunded": "UPDATE refund_step SET after_fen = 49 WHERE seq = 4",
    "paid": "UPDATE refund_step SET paid_fen = 900",
    "rulebook": "UPDATE rulebook SET text = 'x'",
    "facts": "UPDATE order_facts SET facts_json = '[]'",
    "name of a file": "UPDATE statement SET name = 'x'",
    "line of a file": "UPDATE statement_line SET line_json = '[]' WHERE row_no = 1",
    "account's name": "UPDATE account SET name_zh = '现金' WHERE code = '1002'",
    "opening of the book": "UPDATE book SET created_at = '2000'",
    "closing figures": "UPDATE period_event SET figures_json = '{}' WHERE version = 3",
    "closing totals": "UPDATE period_event SET debit_fen = 1, credit_fen = 1 WHERE version = 1",
    "reason of a reopening": "UPDATE period_event SET reason = 'x' WHERE version = 2",
    "who closed": "UPDATE operation SET actor = 'zhao' WHERE command = 'close'",
    "word on a claim": "UPDATE approval SET action = 'refuse', reason = 'x' WHERE op_no = 5",
    "what was granted": "UPDATE approval SET digest = replace(digest, 'a', 'b') WHERE op_no = 5",
    "what was asked": "UPDATE approval SET content_json = '[]' WHERE op_no = 4",
    "reason of an ask": "UPDATE approval SET reason = 'x' WHERE op_no = 8",
    "claim of a grant": "UPDATE approval SET subject = 'C9' WHERE op_no = 5",
    "who granted": "UPDATE operation SET actor = 'zhao' WHERE op_no = 5",
    "entry of a match": "UPDATE line_match SET against_seq = 2",
    "line of a match": "UPDATE line_match SET row_no = 2",
    "reason of a match": "UPDATE line_match SET reason = 'x'",
    "digest of an operation": "UPDATE operation SET digest = replace(digest, '1', '2') WHERE op_no = 2",
}
_OTHERS: dict[str, tuple[str, ...]] = {
    "order of lines": (
        "UPDATE posting SET line = -line WHERE seq = 6",
        "UPDATE posting SET line = line + 3 WHERE seq = 6",
    ),
    "entry and lines deleted": _without("posting", "journal_entry", "entry_seal", where="seq = 6"),
    "first entry deleted": _without("posting", "journal_entry", "entry_seal", where="seq = 1"),
    "one line deleted": _without("posting", where="seq = 6 AND line = 2"),
    "all lines deleted": _without("posting", where="seq = 6"),
    "entry alone deleted": _without("journal_entry", where="seq = 6"),
    "last entry alone deleted": _without("journal_entry", where="seq = 12"),
    "seal deleted": _without("entry_seal", where="seq = 12"),
    "deleted and renumbered": _DROP_11,
    "settlement deleted": _without("settlement", where="seq = 3"),
    "refund step deleted": _without("refund_step", where="seq = 4"),
    "facts deleted": _without("order_facts", where="1"),
    "rulebook deleted": _without("rulebook", where="1"),
    "closing deleted": _without("period_event", where="version = 3"),
    "grant deleted": _without("approval", "operation", where="op_no = 5"),
    "word deleted": _without("approval", where="op_no = 5"),
    "match deleted": _without("line_match", where="1"),
    "orphan grant added": (
        "INSERT INTO approval SELECT book, matter, 'C9', version, action, digest, content_json, reason, 99"
        " FROM approval WHERE op_no = 5",
    ),
    "orphan match added": (
        "INSERT INTO line_match SELECT book, line_op_no, 2, version, action, against_seq, order_no, reason,"
        " owner, 99 FROM line_match",
    ),
    "last operation deleted": _without("period_event", "operation", where="op_no = 12"),
    "balanced lines added": (
        "INSERT INTO posting SELECT book, 6, line + 2, account, currency, amount_fen, '' FROM posting"
        " WHERE seq = 7",
    ),
    "orphan lines added": (_COPY_LINES.format(seq=99),),
    "orphan account added": ("INSERT INTO account VALUES ('main', '9', '', '', 'debit', 1)",),
    "orphan line of a file added": (
        "INSERT INTO statement_line SELECT book, op_no, 3, reference, line_json FROM statement_line LIMIT 1",
    ),
    "forged entry at the end": _FORGED_13,
    "forged entry in a gap": tuple(
        text.format(seq=40, voucher=4) for text in (_COPY_12, _COPY_LINES, _COPY_SEAL)
    ),
    "entries swapped": tuple(
        text.format(table=table)
        for table in ("posting", "journal_entry", "entry_seal")
        for text in (_SWAP, _BACK)
    ),
    "lines of two entries swapped": (_SWAP.format(table="posting"), _BACK.format(table="posting")),
    "lines of another book": ("UPDATE posting SET book = 'other' WHERE seq = 12",),
}
_SCHEMA = "UPDATE sqlite_schema SET sql = replace(sql, {old}, {new}) WHERE name = '{name}'"

FOUND_BY_THE_CHAIN: dict[str, Deed] = {
    **{name: _sql(statement) for name, statement in _ROW_EDITS.items()},
    **{name: _sql(*statements) for name, statements in _OTHERS.items()},
    "an unbalanced entry, all rehashed": _forged(_ROW_EDITS["amount of one line"]),
    "a gap, all rehashed": _forged(
        *_OTHERS["entry and lines deleted"][:2], "DELETE FROM entry_seal WHERE seq = 6"
    ),
    "granted by whoever asked, all rehashed": _forged("UPDATE operation SET actor = 'wang' WHERE op_no = 5"),
    "asked and never granted, all rehashed": _forged("UPDATE approval SET action = 'ask' WHERE op_no = 5"),
    "granted for another answer, all rehashed": _forged(
        "UPDATE settlement SET answer_digest = replace(answer_digest, 'a', 'b') WHERE seq = 4"
    ),
    "granted for another claim, all rehashed": _forged(
        "UPDATE approval SET subject = 'C9' WHERE op_no IN (4, 5)"
    ),
    "granted and not asked, all rehashed": _forged("UPDATE approval SET action = 'grant' WHERE op_no = 4"),
    "a reopening granted for nothing, all rehashed": _forged(
        "UPDATE approval SET digest = replace(digest, '1', '2') WHERE op_no IN (8, 10)"
    ),
    "a match that skips a version, all rehashed": _forged("UPDATE line_match SET version = 2"),
    "an undo of nothing, all rehashed": _forged("UPDATE line_match SET action = 'undo'"),
    "an over-refund, all rehashed": _forged("UPDATE refund_step SET before_fen = 10 WHERE seq = 4"),
}
FOUND_BY_AN_ANCHOR: dict[str, Callable[[sqlite3.Connection], None]] = {
    "tail cut": _sql(*_TAIL),
    "everything cut": _sql(
        *_without("posting", "settlement", "refund_step", "journal_entry", "entry_seal", where="seq > 0"),
        *_without(
            "order_facts",
            "rulebook",
            "statement_line",
            "statement",
            "period_event",
            "approval",
            "line_match",
            "operation",
            where="op_no > 1",
        ),
    ),
    "edited, all rehashed": _forged(_ROW_EDITS["amount of both lines"]),
    "deleted, renumbered, all rehashed": _forged(*_DROP_11),
    "tail replaced by a forged valid chain": _forged(
        "UPDATE posting SET amount_fen = amount_fen * 3 WHERE seq > 10",
        "UPDATE journal_entry SET key = 'forged' || seq, narration = 'x' WHERE seq > 10",
    ),
}
IN_THE_SCHEMA: dict[str, tuple[str, ...]] = {
    "trigger dropped": ("DROP TRIGGER entry_seal_insert",),
    "update trigger dropped": ("DROP TRIGGER posting_update",),
    "trigger emptied": (
        "DROP TRIGGER posting_delete",
        "CREATE TRIGGER posting_delete BEFORE DELETE ON posting BEGIN SELECT 1; END",
    ),
    "trigger moved to another table": (
        "DROP TRIGGER posting_update",
        "CREATE TRIGGER posting_update BEFORE UPDATE ON settlement BEGIN SELECT RAISE(ABORT, 'no'); END",
    ),
    "trigger narrowed": (
        _SCHEMA.format(name="posting_delete", old="'FOR EACH ROW'", new="'FOR EACH ROW WHEN OLD.seq > 5'"),
    ),
    "trigger added": ("CREATE TRIGGER extra AFTER INSERT ON posting BEGIN SELECT 1; END",),
    "CHECK dropped": (_SCHEMA.format(name="posting", old="'amount_fen <> 0 AND'", new="''"),),
    "foreign key no longer deferred": (
        _SCHEMA.format(name="journal_entry", old="' DEFERRABLE INITIALLY DEFERRED'", new="''"),
    ),
    "STRICT dropped": (_SCHEMA.format(name="settlement", old="' STRICT'", new="''"),),
    "index dropped": ("DROP INDEX ix_refund_step_seq",),
    "index added": ("CREATE INDEX extra ON posting (account)",),
    "table added": ("CREATE TABLE extra (x)",),
    "view added": ("CREATE VIEW extra AS SELECT 1",),
    "column added": ("ALTER TABLE statement ADD COLUMN extra TEXT",),
    "version changed": ("UPDATE alembic_version SET version_num = '0000'",),
}
