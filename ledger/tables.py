"""The tables: what a book keeps, and the constraints that hold without anybody's goodwill.

Every table carries the book, and every number is counted per book, so that books can be moved and spread.
An entry cannot commit without its seal: `journal_entry` points at `entry_seal`, checked at commit. What is
stored without an entry (facts, files, rulebooks, closings) is sealed the same way by an `operation`.
Amounts are whole fen. The triggers that go with these tables stand in `guards`.
"""

import sqlalchemy as sa

from ledger.journal import AMOUNT_MAX_FEN, KEY_MAX, KINDS

Part = sa.Column[str] | sa.Column[int] | sa.Constraint | sa.Index

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_1_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_1_name)s",
    }
)
_WHOLE = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=null)


def _whole(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, _WHOLE, nullable=null, autoincrement=False)


def _one_of(name: str, values: tuple[str, ...]) -> sa.CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return sa.CheckConstraint(f"{name} IN ({listed})", name=name)


def _hex(name: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(f"length({name}) = 64", name=name)


def _table(name: str, *parts: Part, key: str, in_key_order: bool = False) -> sa.Table:
    return sa.Table(
        name,
        METADATA,
        _text("book"),
        *parts,
        sa.PrimaryKeyConstraint("book", *key.split()),
        sqlite_strict=True,
        sqlite_with_rowid=not in_key_order,
    )


def _reference(columns: str, target: str, *, late: bool = False, to: str = "") -> sa.ForeignKeyConstraint:
    names = ["book", *columns.split()]
    targets = [f"{target}.{column}" for column in ["book", *(to or columns).split()]]
    when = "DEFERRED" if late else None
    return sa.ForeignKeyConstraint(names, targets, use_alter=late, deferrable=late or None, initially=when)


def _index(name: str) -> sa.Index:
    given = sa.text(f"{name} IS NOT NULL")
    return sa.Index(None, "book", name, sqlite_where=given, postgresql_where=given)


def _sealed_by_operation() -> tuple[Part, ...]:
    return (_whole("op_no"), _reference("op_no", "operation", late=True))


book = sa.Table(
    "book",
    METADATA,
    _text("book"),
    _text("currency"),
    _text("created_at"),
    sa.PrimaryKeyConstraint("book"),
    sa.CheckConstraint("currency = 'CNY'", name="currency"),
    sa.CheckConstraint(f"length(book) BETWEEN 1 AND {KEY_MAX}", name="name"),
    sqlite_strict=True,
)

operation = _table(
    "operation",
    _whole("op_no"),
    _text("command"),
    _text("subject"),
    _text("digest"),
    _whole("head_seq"),
    _text("head_hash"),
    _text("actor"),
    _text("recorded_at"),
    _text("prev_hash"),
    _text("hash"),
    sa.ForeignKeyConstraint(["book"], ["book.book"]),
    _one_of("command", ("open", "facts", "rulebook", "statement", "close", "reopen")),
    _hex("digest"),
    _hex("prev_hash"),
    _hex("hash"),
    key="op_no",
)

account = _table(
    "account",
    _text("code"),
    _text("name_zh"),
    _text("name_en"),
    _text("normal"),
    *_sealed_by_operation(),
    _one_of("normal", ("debit", "credit")),
    key="code",
)

rulebook = _table(
    "rulebook",
    _text("digest"),
    _text("text"),
    *_sealed_by_operation(),
    sa.UniqueConstraint("book", "op_no"),
    key="digest",
)

order_facts = _table(
    "order_facts",
    _text("order_no"),
    _whole("version"),
    _text("facts_json"),
    _text("source", null=True),
    *_sealed_by_operation(),
    sa.UniqueConstraint("book", "op_no"),
    sa.CheckConstraint("version >= 1", name="version"),
    key="order_no version",
)

statement = _table(
    "statement",
    *_sealed_by_operation(),
    _text("name"),
    _text("layout"),
    _text("sha256"),
    _whole("line_count"),
    sa.UniqueConstraint("book", "sha256"),
    _hex("sha256"),
    sa.CheckConstraint("line_count >= 0", name="line_count"),
    key="op_no",
)

statement_line = _table(
    "statement_line",
    _whole("op_no"),
    _whole("row_no"),
    _text("reference", null=True),
    _text("line_json"),
    _reference("op_no", "statement"),
    _index("reference"),
    key="op_no row_no",
    in_key_order=True,
)

period_event = _table(
    "period_event",
    _text("period"),
    _whole("version"),
    _text("action"),
    _whole("entries"),
    _whole("debit_fen"),
    _whole("credit_fen"),
    _text("figures_json"),
    _text("reason"),
    *_sealed_by_operation(),
    sa.UniqueConstraint("book", "op_no"),
    _one_of("action", ("close", "reopen")),
    sa.CheckConstraint("version >= 1", name="version"),
    sa.CheckConstraint("((version & 1) = 1) = (action = 'close')", name="turns"),
    sa.CheckConstraint("debit_fen = credit_fen", name="balanced"),
    sa.CheckConstraint("period LIKE '____-__'", name="period"),
    key="period version",
)

journal_entry = _table(
    "journal_entry",
    _whole("seq"),
    _text("kind"),
    _text("effective_on"),
    _text("period"),
    _whole("voucher_no", null=True),
    _text("narration"),
    _text("order_no", null=True),
    _text("claim_no", null=True),
    _whole("reverses", null=True),
    _text("command"),
    _text("key"),
    _text("request_digest"),
    _text("source", null=True),
    _text("actor"),
    _text("recorded_at"),
    _whole("op_no"),
    _reference("seq", "entry_seal", late=True),
    _reference("op_no", "operation"),
    sa.ForeignKeyConstraint(
        ["book", "reverses"], ["journal_entry.book", "journal_entry.seq"], name="fk_journal_entry_reverses"
    ),
    sa.UniqueConstraint("book", "command", "key"),
    sa.UniqueConstraint("book", "reverses"),
    sa.UniqueConstraint("book", "period", "voucher_no"),
    _one_of("kind", KINDS),
    _hex("request_digest"),
    sa.CheckConstraint("seq >= 1", name="seq"),
    sa.CheckConstraint("effective_on LIKE '____-__-__'", name="effective_on"),
    sa.CheckConstraint("period = substr(effective_on, 1, 7)", name="period"),
    sa.CheckConstraint("voucher_no >= 1", name="voucher_no"),
    sa.CheckConstraint("(kind = 'memorandum') = (voucher_no IS NULL)", name="memorandum"),
    sa.CheckConstraint("reverses IS NULL OR kind IN ('reversal', 'memorandum')", name="reverses"),
    sa.CheckConstraint("kind <> 'reversal' OR reverses IS NOT NULL", name="reversal"),
    sa.CheckConstraint("reverses < seq", name="reverses_earlier"),
    sa.CheckConstraint(f"length(key) BETWEEN 1 AND {KEY_MAX}", name="key"),
    _index("order_no"),
    key="seq",
    in_key_order=True,
)

posting = _table(
    "posting",
    _whole("seq"),
    _whole("line"),
    _text("account"),
    _text("currency"),
    _whole("amount_fen"),
    _text("narration"),
    _reference("seq", "journal_entry"),
    _reference("account", "account", to="code"),
    sa.CheckConstraint("line >= 1", name="line"),
    sa.CheckConstraint("currency = 'CNY'", name="currency"),
    sa.CheckConstraint(
        f"amount_fen <> 0 AND amount_fen BETWEEN -{AMOUNT_MAX_FEN} AND {AMOUNT_MAX_FEN}", name="amount_fen"
    ),
    key="seq line",
    in_key_order=True,
)

entry_seal = _table(
    "entry_seal",
    _whole("seq"),
    _text("prev_hash"),
    _text("hash"),
    _reference("seq", "journal_entry"),
    _hex("prev_hash"),
    _hex("hash"),
    key="seq",
    in_key_order=True,
)

settlement = _table(
    "settlement",
    _whole("seq"),
    _text("claim_no"),
    _text("subject"),
    _text("kind"),
    _text("case_json"),
    _text("answer_json"),
    _text("answer_digest"),
    _text("rulebook_digest"),
    _text("request_digest"),
    _reference("seq", "journal_entry"),
    _reference("rulebook_digest", "rulebook", to="digest"),
    sa.UniqueConstraint("book", "claim_no"),
    _hex("request_digest"),
    sa.CheckConstraint(f"length(claim_no) BETWEEN 1 AND {KEY_MAX}", name="claim_no"),
    sa.Index(None, "book", "subject"),
    key="seq",
)

refund_step = _table(
    "refund_step",
    _text("subject"),
    _text("bucket"),
    _whole("step"),
    _whole("prev_step", null=True),
    _whole("seq"),
    _whole("paid_fen"),
    _whole("before_fen"),
    _whole("after_fen"),
    _reference("seq", "journal_entry"),
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
