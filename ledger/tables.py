"""The tables: what a book keeps, and the constraints that hold without anybody's goodwill.

Every table carries the book, and every number is counted per book, so that books can be moved and spread.
An entry cannot commit without its seal: `journal_entry` points at `entry_seal`, checked at commit. What is
stored without an entry (facts, files, rulebooks, closings, approvals, matches) is sealed the same way by an
`operation`. `person` alone is outside the chain, for it must be erasable. Amounts are whole fen. The triggers
that go with these tables stand in `guards`.
"""

import sqlalchemy as sa

from ledger import columns, tables_of_people
from ledger.columns import digits, index, one_of, reference, sealed, sealed_alone, table, text, whole
from ledger.journal import AMOUNT_MAX_FEN, KEY_MAX, KINDS

METADATA = columns.METADATA
COMMANDS = (
    *("open", "facts", "rulebook", "statement", "close", "reopen"),
    *("approval", "match", "erase"),
)

book = sa.Table(
    "book",
    METADATA,
    text("book"),
    text("currency"),
    text("created_at"),
    sa.PrimaryKeyConstraint("book"),
    sa.CheckConstraint("currency = 'CNY'", name="currency"),
    sa.CheckConstraint(f"length(book) BETWEEN 1 AND {KEY_MAX}", name="name"),
    sqlite_strict=True,
)

operation = table(
    "operation",
    whole("op_no"),
    text("command"),
    text("subject"),
    text("digest"),
    whole("head_seq"),
    text("head_hash"),
    text("actor"),
    text("recorded_at"),
    text("prev_hash"),
    text("hash"),
    sa.ForeignKeyConstraint(["book"], ["book.book"]),
    one_of("command", COMMANDS),
    digits("digest"),
    digits("prev_hash"),
    digits("hash"),
    key="op_no",
)

account = table(
    "account",
    text("code"),
    text("name_zh"),
    text("name_en"),
    text("normal"),
    *sealed(),
    one_of("normal", ("debit", "credit")),
    key="code",
)

rulebook = table(
    "rulebook",
    text("digest"),
    text("text"),
    *sealed_alone(),
    key="digest",
)

order_facts = table(
    "order_facts",
    text("order_no"),
    whole("version"),
    text("facts_json"),
    text("source", null=True),
    *sealed_alone(),
    sa.CheckConstraint("version >= 1", name="version"),
    key="order_no version",
)

statement = table(
    "statement",
    *sealed(),
    text("name"),
    text("layout"),
    text("sha256"),
    whole("line_count"),
    sa.UniqueConstraint("book", "sha256"),
    digits("sha256"),
    sa.CheckConstraint("line_count >= 0", name="line_count"),
    key="op_no",
)

statement_line = table(
    "statement_line",
    whole("op_no"),
    whole("row_no"),
    text("reference", null=True),
    text("line_json"),
    reference("op_no", "statement"),
    index("reference"),
    key="op_no row_no",
    in_key_order=True,
)

period_event = table(
    "period_event",
    text("period"),
    whole("version"),
    text("action"),
    whole("entries"),
    whole("debit_fen"),
    whole("credit_fen"),
    text("figures_json"),
    text("reason"),
    *sealed_alone(),
    one_of("action", ("close", "reopen")),
    sa.CheckConstraint("version >= 1", name="version"),
    sa.CheckConstraint("((version & 1) = 1) = (action = 'close')", name="turns"),
    sa.CheckConstraint("debit_fen = credit_fen", name="balanced"),
    sa.CheckConstraint("period LIKE '____-__'", name="period"),
    key="period version",
)

journal_entry = table(
    "journal_entry",
    whole("seq"),
    text("kind"),
    text("effective_on"),
    text("period"),
    whole("voucher_no", null=True),
    text("narration"),
    text("order_no", null=True),
    text("claim_no", null=True),
    whole("reverses", null=True),
    text("command"),
    text("key"),
    text("request_digest"),
    text("source", null=True),
    text("actor"),
    text("recorded_at"),
    whole("op_no"),
    reference("seq", "entry_seal", late=True),
    reference("op_no", "operation"),
    sa.ForeignKeyConstraint(
        ["book", "reverses"], ["journal_entry.book", "journal_entry.seq"], name="fk_journal_entry_reverses"
    ),
    sa.UniqueConstraint("book", "command", "key"),
    sa.UniqueConstraint("book", "reverses"),
    sa.UniqueConstraint("book", "period", "voucher_no"),
    one_of("kind", KINDS),
    digits("request_digest"),
    sa.CheckConstraint("seq >= 1", name="seq"),
    sa.CheckConstraint("effective_on LIKE '____-__-__'", name="effective_on"),
    sa.CheckConstraint("period = substr(effective_on, 1, 7)", name="period"),
    sa.CheckConstraint("voucher_no >= 1", name="voucher_no"),
    sa.CheckConstraint("(kind = 'memorandum') = (voucher_no IS NULL)", name="memorandum"),
    sa.CheckConstraint("reverses IS NULL OR kind IN ('reversal', 'memorandum')", name="reverses"),
    sa.CheckConstraint("kind <> 'reversal' OR reverses IS NOT NULL", name="reversal"),
    sa.CheckConstraint("reverses < seq", name="reverses_earlier"),
    sa.CheckConstraint(f"length(key) BETWEEN 1 AND {KEY_MAX}", name="key"),
    index("order_no"),
    key="seq",
    in_key_order=True,
)

posting = table(
    "posting",
    whole("seq"),
    whole("line"),
    text("account"),
    text("currency"),
    whole("amount_fen"),
    text("narration"),
    reference("seq", "journal_entry"),
    reference("account", "account", to="code"),
    sa.CheckConstraint("line >= 1", name="line"),
    sa.CheckConstraint("currency = 'CNY'", name="currency"),
    sa.CheckConstraint(
        f"amount_fen <> 0 AND amount_fen BETWEEN -{AMOUNT_MAX_FEN} AND {AMOUNT_MAX_FEN}", name="amount_fen"
    ),
    key="seq line",
    in_key_order=True,
)

entry_seal = table(
    "entry_seal",
    whole("seq"),
    text("prev_hash"),
    text("hash"),
    reference("seq", "journal_entry"),
    digits("prev_hash"),
    digits("hash"),
    key="seq",
    in_key_order=True,
)

settlement = table(
    "settlement",
    whole("seq"),
    text("claim_no"),
    text("subject"),
    text("kind"),
    text("case_json"),
    text("answer_json"),
    text("answer_digest"),
    text("rulebook_digest"),
    text("request_digest"),
    reference("seq", "journal_entry"),
    reference("rulebook_digest", "rulebook", to="digest"),
    sa.UniqueConstraint("book", "claim_no"),
    digits("request_digest"),
    sa.CheckConstraint(f"length(claim_no) BETWEEN 1 AND {KEY_MAX}", name="claim_no"),
    sa.Index(None, "book", "subject"),
    key="seq",
)

refund_step = table(
    "refund_step",
    text("subject"),
    text("bucket"),
    whole("step"),
    whole("prev_step", null=True),
    whole("seq"),
    whole("paid_fen"),
    whole("before_fen"),
    whole("after_fen"),
    reference("seq", "journal_entry"),
    sa.ForeignKeyConstraint(
        ["book", "subject", "bucket", "prev_step", "before_fen", "paid_fen"],
        [f"refund_step.{name}" for name in ("book", "subject", "bucket", "step", "after_fen", "paid_fen")],
        name="fk_refund_step_prev",
    ),
    sa.UniqueConstraint("book", "subject", "bucket", "step", "after_fen", "paid_fen"),
    sa.CheckConstraint("before_fen BETWEEN 0 AND paid_fen", name="before_fen"),
    sa.CheckConstraint("after_fen BETWEEN 0 AND paid_fen", name="after_fen"),
    sa.CheckConstraint(f"paid_fen <= {AMOUNT_MAX_FEN}", name="paid_fen"),
    sa.CheckConstraint("step >= 1 AND (step = 1) = (prev_step IS NULL)", name="step"),
    sa.CheckConstraint("prev_step = step - 1", name="prev_step"),
    sa.CheckConstraint("step > 1 OR before_fen = 0", name="first"),
    sa.Index(None, "book", "seq"),
    key="subject bucket step",
)

approval = tables_of_people.approval
line_match = tables_of_people.line_match
person = tables_of_people.person

SEALED_TABLES = tuple(one for one in METADATA.sorted_tables if one.name != person.name)
