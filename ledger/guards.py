"""The guards: what the triggers of every database refuse, written once in SQL that both engines read.

A refusal is a condition over the row that is about to be inserted (`NEW`). Beside these, no row of any table
is ever updated or deleted, of `person` alone excepted, which has no guard. The dialect modules turn the
registry into triggers; opening a book compares what the database has with it, so that a guard dropped by hand
is noticed before anything is posted.
"""

# The conditions below are put together from constants of this house alone.
# ruff: noqa: S608

from ledger.canonical import GENESIS
from ledger.conditions import (
    ASKED,
    ENTRY,
    LAST_CLOSED,
    LINES,
    MATCHED,
    SETTLED,
    STANDS,
    Refusal,
    answers,
    command_without,
    entry_that,
    granted,
    lines_that,
    no_gap,
    sealed_entry,
    sealed_operation,
    taken,
)
from ledger.guards_of_payments import OWED_ON, PAYS, SEAL_REFUSALS, STEP_REFUSALS

_SEAL_GATE = (
    Refusal("there is no entry to seal", f"NOT EXISTS (SELECT 1 {ENTRY})"),
    Refusal(
        "the chain has no gap",
        "NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0)",
    ),
    Refusal(
        "the seal does not link to the head",
        "NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s "
        f"WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '{GENESIS}')",
    ),
    entry_that(
        "an entry has two postings or more",
        f"e.kind <> 'memorandum' AND (SELECT COUNT(*) {LINES}) < 2",
    ),
    entry_that("a memorandum has no postings", f"e.kind = 'memorandum' AND EXISTS (SELECT 1 {LINES})"),
    lines_that(
        "the entry does not balance",
        f"EXISTS (SELECT 1 {LINES} GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0)",
    ),
    lines_that("the lines have no gap", f"(SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) {LINES})"),
    entry_that(
        "the period is closed",
        f"EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND {STANDS})",
    ),
    entry_that(
        "the vouchers have no gap",
        "e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v "
        "WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1)",
    ),
    entry_that(
        "a settlement is missing",
        "(e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) "
        f"AND NOT {SETTLED} AND NOT {PAYS}",
    ),
    entry_that(
        "a settlement stands with an entry of another kind",
        f"(e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND {SETTLED}",
    ),
    entry_that(
        "the clock runs backwards",
        "e.recorded_at < (SELECT b.recorded_at FROM journal_entry b "
        "WHERE b.book = e.book AND b.seq = e.seq - 1)",
    ),
    entry_that(
        "the entry does not link to the last operation",
        "e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book)",
    ),
    entry_that(
        "a reversal is not reversed",
        "EXISTS (SELECT 1 FROM journal_entry r "
        "WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL)",
    ),
    entry_that(
        "a reversal takes back all of its entry",
        "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p "
        "WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) "
        "GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0)",
    ),
    entry_that(
        "a reversal takes back all refund steps",
        "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r "
        "WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) "
        "GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)",
    ),
    entry_that(
        "a refund step stands without a settlement",
        f"e.reverses IS NULL AND NOT {SETTLED} AND EXISTS (SELECT 1 FROM refund_step r "
        f"WHERE r.book = e.book AND r.seq = e.seq AND r.bucket NOT IN {OWED_ON})",
    ),
    *(entry_that(message, when) for message, when in SEAL_REFUSALS),
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
    command_without("open", "account"),
    command_without("facts", "order_facts"),
    command_without("rulebook", "rulebook"),
    command_without("statement", "statement"),
    command_without("approval", "approval"),
    command_without("match", "line_match"),
    Refusal(
        "whoever asked cannot approve",
        "NEW.command = 'approval' AND EXISTS (SELECT 1 FROM approval g "
        "JOIN approval a ON a.book = g.book AND a.matter = g.matter AND a.subject = g.subject "
        "AND a.version = g.version - 1 JOIN operation o ON o.book = a.book AND o.op_no = a.op_no "
        "WHERE g.book = NEW.book AND g.op_no = NEW.op_no AND g.action <> 'ask' AND o.actor = NEW.actor)",
    ),
    Refusal(
        "an erased person is still there",
        "NEW.command = 'erase' AND EXISTS (SELECT 1 FROM person p "
        "WHERE p.book = NEW.book AND p.person_key = NEW.subject)",
    ),
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
    sealed_operation("a period event"),
    Refusal(
        "the versions of a period have no gap",
        "NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p "
        "WHERE p.book = NEW.book AND p.period = NEW.period), 0)",
    ),
    Refusal(
        "a reopening was not granted",
        "NEW.action = 'reopen' AND NOT "
        + granted(
            "reopen",
            "NEW.period",
            "(SELECT o.hash FROM operation o JOIN period_event c ON c.book = o.book AND c.op_no = o.op_no "
            "WHERE c.book = NEW.book AND c.period = NEW.period AND c.version = NEW.version - 1)",
        ),
    ),
    Refusal("a later period is closed", f"{LAST_CLOSED} > NEW.period"),
    Refusal(
        "an earlier period is open",
        "NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book "
        f"AND e.period < NEW.period AND e.period > {LAST_CLOSED})",
    ),
)

INSERTS: dict[str, tuple[Refusal, ...]] = {
    "book": (Refusal("book is append-only", "EXISTS (SELECT 1 FROM book t WHERE t.book = NEW.book)"),),
    "account": (sealed_operation("an account"), taken("account", "code")),
    "rulebook": (sealed_operation("a rulebook"), taken("rulebook", "digest")),
    "order_facts": (
        sealed_operation("a fact"),
        Refusal(
            "the versions of facts have no gap",
            "NEW.version <> 1 + COALESCE((SELECT MAX(f.version) FROM order_facts f "
            "WHERE f.book = NEW.book AND f.order_no = NEW.order_no), 0)",
        ),
    ),
    "statement": (sealed_operation("a statement"), taken("statement", "sha256")),
    "statement_line": (sealed_operation("a statement line"),),
    "period_event": _PERIOD_GATE,
    "operation": _OPERATION_GATE,
    "journal_entry": (
        sealed_entry("an entry"),
        taken("journal_entry", "command key"),
        taken("journal_entry", "reverses"),
        taken("journal_entry", "period voucher_no"),
    ),
    "posting": (sealed_entry("a posting"), taken("posting", "seq line")),
    "settlement": (
        sealed_entry("a settlement"),
        taken("settlement", "claim_no"),
        Refusal(
            "a settlement is neither to be paid nor granted",
            f"({answers('approve')} OR NOT {answers('pay')}) "
            f"AND NOT {granted('claim', 'NEW.claim_no', 'NEW.answer_digest')}",
        ),
    ),
    "refund_step": (
        sealed_entry("a refund step"),
        taken("refund_step", "subject bucket step"),
        Refusal(
            "only a reversal lowers what was refunded",
            f"NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 {ENTRY} AND e.reverses IS NOT NULL)",
        ),
        *(Refusal(message, when) for message, when in STEP_REFUSALS),
    ),
    "entry_seal": _SEAL_GATE,
    "approval": (
        sealed_operation("an approval"),
        no_gap("an approval", ASKED),
        Refusal(
            "a grant or refusal answers an ask of the same digest",
            f"NEW.action <> 'ask' AND NOT EXISTS (SELECT 1 {ASKED} AND b.version = NEW.version - 1 "
            "AND b.action = 'ask' AND b.digest = NEW.digest)",
        ),
        Refusal(
            "the claim is recorded already",
            "NEW.matter = 'claim' AND EXISTS (SELECT 1 FROM settlement s "
            "WHERE s.book = NEW.book AND s.claim_no = NEW.subject)",
        ),
    ),
    "line_match": (
        sealed_operation("a match"),
        no_gap("a match", MATCHED),
        Refusal(
            "an undo takes back what stands",
            f"NEW.action = 'undo' AND NOT EXISTS (SELECT 1 {MATCHED} AND b.version = NEW.version - 1 "
            "AND b.action <> 'undo')",
        ),
    ),
}
