"""The guards: what the triggers of every database refuse, written once in SQL that both engines read.

A refusal is a condition over the row that is about to be inserted (`NEW`). Beside these, no row of any table
is ever updated or deleted. The dialect modules turn the registry into triggers; opening a book compares what
the database has with it, so that a guard dropped by hand is noticed before anything is posted.
"""

# The conditions below are put together from constants of this file alone.
# ruff: noqa: S608

from typing import NamedTuple

from ledger.canonical import GENESIS
from ledger.guards_of_payments import OWED_ON, PAYS, SEAL_REFUSALS, STEP_REFUSALS


class Refusal(NamedTuple):
    """One thing that is refused: in words, and as a condition over `NEW`."""

    message: str
    when: str


class Guard(NamedTuple):
    """One trigger of one dialect: its name, its table, and all statements that make it."""

    name: str
    table: str
    statements: tuple[str, ...]


_ENTRY = "FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq"
_LINES = "FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq"
_SETTLED = "EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)"
_STANDS = (
    "p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q "
    "WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)"
)
_LAST_CLOSED = (
    f"COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND {_STANDS}), '')"
)


def _sealed_entry(what: str) -> Refusal:
    return Refusal(
        f"{what} comes after the seal",
        "EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq)",
    )


def _sealed_operation(what: str) -> Refusal:
    return Refusal(
        f"{what} comes after the seal",
        "EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no)",
    )


def _taken(table: str, columns: str) -> Refusal:
    same = " AND ".join(f"t.{name} = NEW.{name}" for name in columns.split())
    return Refusal(
        f"{table} is append-only",
        f"EXISTS (SELECT 1 FROM {table} t WHERE t.book = NEW.book AND {same})",
    )


def _entry_that(message: str, when: str) -> Refusal:
    return Refusal(message, f"EXISTS (SELECT 1 {_ENTRY} AND {when})")


def _command_without(command: str, table: str) -> Refusal:
    held = f"EXISTS (SELECT 1 FROM {table} t WHERE t.book = NEW.book AND t.op_no = NEW.op_no)"
    return Refusal(f"{command} and {table} go together", f"(NEW.command = '{command}') <> {held}")


_SEAL_GATE = (
    Refusal("there is no entry to seal", f"NOT EXISTS (SELECT 1 {_ENTRY})"),
    Refusal(
        "the chain has no gap",
        "NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0)",
    ),
    Refusal(
        "the seal does not link to the head",
        "NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s "
        f"WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '{GENESIS}')",
    ),
    _entry_that(
        "an entry has two postings or more",
        f"e.kind <> 'memorandum' AND (SELECT COUNT(*) {_LINES}) < 2",
    ),
    _entry_that("a memorandum has no postings", f"e.kind = 'memorandum' AND EXISTS (SELECT 1 {_LINES})"),
    Refusal(
        "the entry does not balance",
        f"EXISTS (SELECT 1 {_LINES} GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0)",
    ),
    Refusal("the lines have no gap", f"(SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) {_LINES})"),
    _entry_that(
        "the period is closed",
        f"EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND {_STANDS})",
    ),
    _entry_that(
        "the vouchers have no gap",
        "e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v "
        "WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1)",
    ),
    _entry_that(
        "a settlement is missing",
        "(e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) "
        f"AND NOT {_SETTLED} AND NOT {PAYS}",
    ),
    _entry_that(
        "a settlement stands with an entry of another kind",
        f"(e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND {_SETTLED}",
    ),
    _entry_that(
        "the clock runs backwards",
        "e.recorded_at < (SELECT b.recorded_at FROM journal_entry b "
        "WHERE b.book = e.book AND b.seq = e.seq - 1)",
    ),
    _entry_that(
        "the entry does not link to the last operation",
        "e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book)",
    ),
    _entry_that(
        "a reversal is not reversed",
        "EXISTS (SELECT 1 FROM journal_entry r "
        "WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL)",
    ),
    _entry_that(
        "a reversal takes back all of its entry",
        "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p "
        "WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) "
        "GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0)",
    ),
    _entry_that(
        "a reversal takes back all refund steps",
        "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r "
        "WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) "
        "GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)",
    ),
    _entry_that(
        "a refund step stands without a settlement",
        f"e.reverses IS NULL AND NOT {_SETTLED} AND EXISTS (SELECT 1 FROM refund_step r "
        f"WHERE r.book = e.book AND r.seq = e.seq AND r.bucket NOT IN {OWED_ON})",
    ),
    *(_entry_that(message, when) for message, when in SEAL_REFUSALS),
)

_OPERATION_GATE = (
    Refusal(
        "the operations have no gap",
        "NEW.op_no <> 1 + COALESCE((SELECT MAX(o.op_no) FROM operation o WHERE o.book = NEW.book), 0)",
    ),
    Refusal(
        "the operation does not link to the one before",
        "NEW.prev_hash <> COALESCE((SELECT o.hash FROM operation o "
        f"WHERE o.book = NEW.book AND o.op_no = NEW.op_no - 1), '{GENESIS}')",
    ),
    Refusal(
        "the operation does not link to the head",
        "NEW.head_seq <> COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) "
        "OR NEW.head_hash <> COALESCE((SELECT s.hash FROM entry_seal s "
        f"WHERE s.book = NEW.book AND s.seq = NEW.head_seq), '{GENESIS}')",
    ),
    Refusal(
        "the clock runs backwards",
        "NEW.recorded_at < (SELECT b.recorded_at FROM operation b "
        "WHERE b.book = NEW.book AND b.op_no = NEW.op_no - 1)",
    ),
    _command_without("open", "account"),
    _command_without("facts", "order_facts"),
    _command_without("rulebook", "rulebook"),
    _command_without("statement", "statement"),
    Refusal(
        "close or reopen and period_event go together",
        "(NEW.command IN ('close', 'reopen')) <> EXISTS (SELECT 1 FROM period_event t "
        "WHERE t.book = NEW.book AND t.op_no = NEW.op_no)",
    ),
    Refusal(
        "lines of the statement are missing",
        "EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no "
        "AND t.line_count <> (SELECT COUNT(*) FROM statement_line l "
        "WHERE l.book = t.book AND l.op_no = t.op_no))",
    ),
)

_PERIOD_GATE = (
    _sealed_operation("a period event"),
    Refusal(
        "the versions of a period have no gap",
        "NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p "
        "WHERE p.book = NEW.book AND p.period = NEW.period), 0)",
    ),
    Refusal("a later period is closed", f"{_LAST_CLOSED} > NEW.period"),
    Refusal(
        "an earlier period is open",
        "NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book "
        f"AND e.period < NEW.period AND e.period > {_LAST_CLOSED})",
    ),
)

INSERTS: dict[str, tuple[Refusal, ...]] = {
    "book": (Refusal("book is append-only", "EXISTS (SELECT 1 FROM book t WHERE t.book = NEW.book)"),),
    "account": (_sealed_operation("an account"), _taken("account", "code")),
    "rulebook": (_sealed_operation("a rulebook"), _taken("rulebook", "digest")),
    "order_facts": (
        _sealed_operation("a fact"),
        Refusal(
            "the versions of facts have no gap",
            "NEW.version <> 1 + COALESCE((SELECT MAX(f.version) FROM order_facts f "
            "WHERE f.book = NEW.book AND f.order_no = NEW.order_no), 0)",
        ),
    ),
    "statement": (_sealed_operation("a statement"), _taken("statement", "sha256")),
    "statement_line": (_sealed_operation("a statement line"),),
    "period_event": _PERIOD_GATE,
    "operation": _OPERATION_GATE,
    "journal_entry": (
        _sealed_entry("an entry"),
        _taken("journal_entry", "command key"),
        _taken("journal_entry", "reverses"),
        _taken("journal_entry", "period voucher_no"),
    ),
    "posting": (_sealed_entry("a posting"), _taken("posting", "seq line")),
    "settlement": (_sealed_entry("a settlement"), _taken("settlement", "claim_no")),
    "refund_step": (
        _sealed_entry("a refund step"),
        _taken("refund_step", "subject bucket step"),
        Refusal(
            "only a reversal lowers what was refunded",
            f"NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 {_ENTRY} AND e.reverses IS NOT NULL)",
        ),
        *(Refusal(message, when) for message, when in STEP_REFUSALS),
    ),
    "entry_seal": _SEAL_GATE,
}
