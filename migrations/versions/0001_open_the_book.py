"""Open the book: every table and guard of the first ledger.

Revision 0001. The statements are frozen as they were released; they import nothing and never change.
"""

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

SQLITE = (
    """
CREATE TABLE account (
    book TEXT NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    normal TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (book, code),
    CONSTRAINT fk_account_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT ck_account_normal CHECK (normal IN ('debit', 'credit'))
)
 STRICT
""",
    """
CREATE TABLE book (
    book TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_book PRIMARY KEY (book),
    CONSTRAINT ck_book_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_book_name CHECK (length(book) BETWEEN 1 AND 255)
)
 STRICT
""",
    """
CREATE TABLE order_facts (
    book TEXT NOT NULL,
    order_no TEXT NOT NULL,
    version INTEGER NOT NULL,
    facts_json TEXT NOT NULL,
    source TEXT,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_order_facts PRIMARY KEY (book, order_no, version),
    CONSTRAINT fk_order_facts_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_order_facts_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_order_facts_version CHECK (version >= 1)
)
 STRICT
""",
    """
CREATE TABLE period_event (
    book TEXT NOT NULL,
    period TEXT NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    entries INTEGER NOT NULL,
    debit_fen INTEGER NOT NULL,
    credit_fen INTEGER NOT NULL,
    figures_json TEXT NOT NULL,
    reason TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_period_event PRIMARY KEY (book, period, version),
    CONSTRAINT fk_period_event_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_period_event_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_period_event_action CHECK (action IN ('close', 'reopen')),
    CONSTRAINT ck_period_event_version CHECK (version >= 1),
    CONSTRAINT ck_period_event_turns CHECK (((version & 1) = 1) = (action = 'close')),
    CONSTRAINT ck_period_event_balanced CHECK (debit_fen = credit_fen),
    CONSTRAINT ck_period_event_period CHECK (period LIKE '____-__')
)
 STRICT
""",
    """
CREATE TABLE rulebook (
    book TEXT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_rulebook PRIMARY KEY (book, digest),
    CONSTRAINT fk_rulebook_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_rulebook_op_no UNIQUE (book, op_no)
)
 STRICT
""",
    """
CREATE TABLE statement (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    name TEXT NOT NULL,
    layout TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    line_count INTEGER NOT NULL,
    CONSTRAINT pk_statement PRIMARY KEY (book, op_no),
    CONSTRAINT fk_statement_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT uq_statement_sha256 UNIQUE (book, sha256),
    CONSTRAINT ck_statement_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_statement_line_count CHECK (line_count >= 0)
)
 STRICT
""",
    """
CREATE TABLE operation (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    command TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    head_seq INTEGER NOT NULL,
    head_hash TEXT NOT NULL,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (book, op_no),
    CONSTRAINT fk_operation_book FOREIGN KEY(book) REFERENCES book (book),
    CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen')),
    CONSTRAINT ck_operation_digest CHECK (length(digest) = 64),
    CONSTRAINT ck_operation_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_operation_hash CHECK (length(hash) = 64)
)
 STRICT
""",
    """
CREATE TABLE statement_line (
    book TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    reference TEXT,
    line_json TEXT NOT NULL,
    CONSTRAINT pk_statement_line PRIMARY KEY (book, op_no, row_no),
    CONSTRAINT fk_statement_line_statement FOREIGN KEY(book, op_no) REFERENCES statement (book, op_no)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_statement_line_reference ON statement_line (book, reference) WHERE reference IS NOT NULL
""",
    """
CREATE TABLE journal_entry (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    period TEXT NOT NULL,
    voucher_no INTEGER,
    narration TEXT NOT NULL,
    order_no TEXT,
    claim_no TEXT,
    reverses INTEGER,
    command TEXT NOT NULL,
    "key" TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    source TEXT,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    op_no INTEGER NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (book, seq),
    CONSTRAINT fk_journal_entry_entry_seal FOREIGN KEY(book, seq) REFERENCES entry_seal (book, seq) DEFERRABLE INITIALLY DEFERRED,
    CONSTRAINT fk_journal_entry_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no),
    CONSTRAINT fk_journal_entry_reverses FOREIGN KEY(book, reverses) REFERENCES journal_entry (book, seq),
    CONSTRAINT uq_journal_entry_command UNIQUE (book, command, "key"),
    CONSTRAINT uq_journal_entry_reverses UNIQUE (book, reverses),
    CONSTRAINT uq_journal_entry_period UNIQUE (book, period, voucher_no),
    CONSTRAINT ck_journal_entry_kind CHECK (kind IN ('opening', 'order_paid', 'order_confirmed', 'order_delivered', 'statement', 'payment', 'settlement', 'memorandum', 'reversal', 'closing')),
    CONSTRAINT ck_journal_entry_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_journal_entry_seq CHECK (seq >= 1),
    CONSTRAINT ck_journal_entry_effective_on CHECK (effective_on LIKE '____-__-__'),
    CONSTRAINT ck_journal_entry_period CHECK (period = substr(effective_on, 1, 7)),
    CONSTRAINT ck_journal_entry_voucher_no CHECK (voucher_no >= 1),
    CONSTRAINT ck_journal_entry_memorandum CHECK ((kind = 'memorandum') = (voucher_no IS NULL)),
    CONSTRAINT ck_journal_entry_reverses CHECK (reverses IS NULL OR kind IN ('reversal', 'memorandum')),
    CONSTRAINT ck_journal_entry_reversal CHECK (kind <> 'reversal' OR reverses IS NOT NULL),
    CONSTRAINT ck_journal_entry_reverses_earlier CHECK (reverses < seq),
    CONSTRAINT ck_journal_entry_key CHECK (length(key) BETWEEN 1 AND 255)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE INDEX ix_journal_entry_order_no ON journal_entry (book, order_no) WHERE order_no IS NOT NULL
""",
    """
CREATE TABLE entry_seal (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_entry_seal PRIMARY KEY (book, seq),
    CONSTRAINT fk_entry_seal_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT ck_entry_seal_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_entry_seal_hash CHECK (length(hash) = 64)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE posting (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    line INTEGER NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_fen INTEGER NOT NULL,
    narration TEXT NOT NULL,
    CONSTRAINT pk_posting PRIMARY KEY (book, seq, line),
    CONSTRAINT fk_posting_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_posting_account FOREIGN KEY(book, account) REFERENCES account (book, code),
    CONSTRAINT ck_posting_line CHECK (line >= 1),
    CONSTRAINT ck_posting_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_posting_amount_fen CHECK (amount_fen <> 0 AND amount_fen BETWEEN -1000000000000 AND 1000000000000)
)
 WITHOUT ROWID,
 STRICT
""",
    """
CREATE TABLE refund_step (
    book TEXT NOT NULL,
    subject TEXT NOT NULL,
    bucket TEXT NOT NULL,
    step INTEGER NOT NULL,
    prev_step INTEGER,
    seq INTEGER NOT NULL,
    paid_fen INTEGER NOT NULL,
    before_fen INTEGER NOT NULL,
    after_fen INTEGER NOT NULL,
    CONSTRAINT pk_refund_step PRIMARY KEY (book, subject, bucket, step),
    CONSTRAINT fk_refund_step_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_refund_step_prev FOREIGN KEY(book, subject, bucket, prev_step, before_fen, paid_fen) REFERENCES refund_step (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT uq_refund_step_subject UNIQUE (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT ck_refund_step_before_fen CHECK (before_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_after_fen CHECK (after_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_paid_fen CHECK (paid_fen <= 1000000000000),
    CONSTRAINT ck_refund_step_step CHECK (step >= 1 AND (step = 1) = (prev_step IS NULL)),
    CONSTRAINT ck_refund_step_prev_step CHECK (prev_step = step - 1),
    CONSTRAINT ck_refund_step_first CHECK (step > 1 OR before_fen = 0)
)
 STRICT
""",
    """
CREATE INDEX ix_refund_step_seq ON refund_step (book, seq)
""",
    """
CREATE TABLE settlement (
    book TEXT NOT NULL,
    seq INTEGER NOT NULL,
    claim_no TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_json TEXT NOT NULL,
    answer_json TEXT NOT NULL,
    answer_digest TEXT NOT NULL,
    rulebook_digest TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    CONSTRAINT pk_settlement PRIMARY KEY (book, seq),
    CONSTRAINT fk_settlement_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_settlement_rulebook FOREIGN KEY(book, rulebook_digest) REFERENCES rulebook (book, digest),
    CONSTRAINT uq_settlement_claim_no UNIQUE (book, claim_no),
    CONSTRAINT ck_settlement_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_settlement_claim_no CHECK (length(claim_no) BETWEEN 1 AND 255)
)
 STRICT
""",
    """
CREATE INDEX ix_settlement_subject ON settlement (book, subject)
""",
    """
CREATE TRIGGER book_insert BEFORE INSERT ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only') WHERE EXISTS (SELECT 1 FROM book t WHERE t.book = NEW.book);
END
""",
    """
CREATE TRIGGER book_update BEFORE UPDATE ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only');
END
""",
    """
CREATE TRIGGER book_delete BEFORE DELETE ON book FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: book is append-only');
END
""",
    """
CREATE TRIGGER account_insert BEFORE INSERT ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: an account comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: account is append-only') WHERE EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.code = NEW.code);
END
""",
    """
CREATE TRIGGER account_update BEFORE UPDATE ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: account is append-only');
END
""",
    """
CREATE TRIGGER account_delete BEFORE DELETE ON account FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: account is append-only');
END
""",
    """
CREATE TRIGGER rulebook_insert BEFORE INSERT ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a rulebook comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: rulebook is append-only') WHERE EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.digest = NEW.digest);
END
""",
    """
CREATE TRIGGER rulebook_update BEFORE UPDATE ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: rulebook is append-only');
END
""",
    """
CREATE TRIGGER rulebook_delete BEFORE DELETE ON rulebook FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: rulebook is append-only');
END
""",
    """
CREATE TRIGGER order_facts_insert BEFORE INSERT ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a fact comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of facts have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(f.version) FROM order_facts f WHERE f.book = NEW.book AND f.order_no = NEW.order_no), 0);
END
""",
    """
CREATE TRIGGER order_facts_update BEFORE UPDATE ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: order_facts is append-only');
END
""",
    """
CREATE TRIGGER order_facts_delete BEFORE DELETE ON order_facts FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: order_facts is append-only');
END
""",
    """
CREATE TRIGGER statement_insert BEFORE INSERT ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a statement comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: statement is append-only') WHERE EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.sha256 = NEW.sha256);
END
""",
    """
CREATE TRIGGER statement_update BEFORE UPDATE ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement is append-only');
END
""",
    """
CREATE TRIGGER statement_delete BEFORE DELETE ON statement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement is append-only');
END
""",
    """
CREATE TRIGGER statement_line_insert BEFORE INSERT ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a statement line comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
END
""",
    """
CREATE TRIGGER statement_line_update BEFORE UPDATE ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement_line is append-only');
END
""",
    """
CREATE TRIGGER statement_line_delete BEFORE DELETE ON statement_line FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: statement_line is append-only');
END
""",
    """
CREATE TRIGGER period_event_insert BEFORE INSERT ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a period event comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of a period have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p WHERE p.book = NEW.book AND p.period = NEW.period), 0);
  SELECT RAISE(ABORT, 'settle: a later period is closed') WHERE COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '') > NEW.period;
  SELECT RAISE(ABORT, 'settle: an earlier period is open') WHERE NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.period < NEW.period AND e.period > COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), ''));
END
""",
    """
CREATE TRIGGER period_event_update BEFORE UPDATE ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: period_event is append-only');
END
""",
    """
CREATE TRIGGER period_event_delete BEFORE DELETE ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: period_event is append-only');
END
""",
    """
CREATE TRIGGER operation_insert BEFORE INSERT ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: the operations have no gap') WHERE NEW.op_no <> 1 + COALESCE((SELECT MAX(o.op_no) FROM operation o WHERE o.book = NEW.book), 0);
  SELECT RAISE(ABORT, 'settle: the operation does not link to the one before') WHERE NEW.prev_hash <> COALESCE((SELECT o.hash FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no - 1), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: the operation does not link to the head') WHERE NEW.head_seq <> COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) OR NEW.head_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.head_seq), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: the clock runs backwards') WHERE NEW.recorded_at < (SELECT b.recorded_at FROM operation b WHERE b.book = NEW.book AND b.op_no = NEW.op_no - 1);
  SELECT RAISE(ABORT, 'settle: open and account go together') WHERE (NEW.command = 'open') <> EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: facts and order_facts go together') WHERE (NEW.command = 'facts') <> EXISTS (SELECT 1 FROM order_facts t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: rulebook and rulebook go together') WHERE (NEW.command = 'rulebook') <> EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: statement and statement go together') WHERE (NEW.command = 'statement') <> EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: close or reopen and period_event go together') WHERE (NEW.command IN ('close', 'reopen')) <> EXISTS (SELECT 1 FROM period_event t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: lines of the statement are missing') WHERE EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no AND t.line_count <> (SELECT COUNT(*) FROM statement_line l WHERE l.book = t.book AND l.op_no = t.op_no));
END
""",
    """
CREATE TRIGGER operation_update BEFORE UPDATE ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: operation is append-only');
END
""",
    """
CREATE TRIGGER operation_delete BEFORE DELETE ON operation FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: operation is append-only');
END
""",
    """
CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: an entry comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.command = NEW.command AND t.key = NEW.key);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.reverses = NEW.reverses);
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only') WHERE EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.period = NEW.period AND t.voucher_no = NEW.voucher_no);
END
""",
    """
CREATE TRIGGER journal_entry_update BEFORE UPDATE ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only');
END
""",
    """
CREATE TRIGGER journal_entry_delete BEFORE DELETE ON journal_entry FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: journal_entry is append-only');
END
""",
    """
CREATE TRIGGER posting_insert BEFORE INSERT ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a posting comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: posting is append-only') WHERE EXISTS (SELECT 1 FROM posting t WHERE t.book = NEW.book AND t.seq = NEW.seq AND t.line = NEW.line);
END
""",
    """
CREATE TRIGGER posting_update BEFORE UPDATE ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: posting is append-only');
END
""",
    """
CREATE TRIGGER posting_delete BEFORE DELETE ON posting FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: posting is append-only');
END
""",
    """
CREATE TRIGGER settlement_insert BEFORE INSERT ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a settlement comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: settlement is append-only') WHERE EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no);
END
""",
    """
CREATE TRIGGER settlement_update BEFORE UPDATE ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: settlement is append-only');
END
""",
    """
CREATE TRIGGER settlement_delete BEFORE DELETE ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: settlement is append-only');
END
""",
    """
CREATE TRIGGER refund_step_insert BEFORE INSERT ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a refund step comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: refund_step is append-only') WHERE EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step);
  SELECT RAISE(ABORT, 'settle: only a reversal lowers what was refunded') WHERE NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL);
END
""",
    """
CREATE TRIGGER refund_step_update BEFORE UPDATE ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: refund_step is append-only');
END
""",
    """
CREATE TRIGGER refund_step_delete BEFORE DELETE ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: refund_step is append-only');
END
""",
    """
CREATE TRIGGER entry_seal_insert BEFORE INSERT ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: there is no entry to seal') WHERE NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: the chain has no gap') WHERE NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0);
  SELECT RAISE(ABORT, 'settle: the seal does not link to the head') WHERE NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000');
  SELECT RAISE(ABORT, 'settle: an entry has two postings or more') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind <> 'memorandum' AND (SELECT COUNT(*) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq) < 2);
  SELECT RAISE(ABORT, 'settle: a memorandum has no postings') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind = 'memorandum' AND EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: the entry does not balance') WHERE EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0);
  SELECT RAISE(ABORT, 'settle: the lines have no gap') WHERE (SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: the period is closed') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)));
  SELECT RAISE(ABORT, 'settle: the vouchers have no gap') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1));
  SELECT RAISE(ABORT, 'settle: a settlement is missing') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: a settlement stands with an entry of another kind') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: the clock runs backwards') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1));
  SELECT RAISE(ABORT, 'settle: the entry does not link to the last operation') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book));
  SELECT RAISE(ABORT, 'settle: a reversal is not reversed') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all of its entry') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all refund steps') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a refund step stands without a settlement') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq));
END
""",
    """
CREATE TRIGGER entry_seal_update BEFORE UPDATE ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: entry_seal is append-only');
END
""",
    """
CREATE TRIGGER entry_seal_delete BEFORE DELETE ON entry_seal FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: entry_seal is append-only');
END
""",
)

POSTGRESQL = (
    """
CREATE TABLE account (
    book TEXT NOT NULL,
    code TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    normal TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    CONSTRAINT pk_account PRIMARY KEY (book, code),
    CONSTRAINT ck_account_normal CHECK (normal IN ('debit', 'credit'))
)
""",
    """
CREATE TABLE book (
    book TEXT NOT NULL,
    currency TEXT NOT NULL,
    created_at TEXT NOT NULL,
    CONSTRAINT pk_book PRIMARY KEY (book),
    CONSTRAINT ck_book_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_book_name CHECK (length(book) BETWEEN 1 AND 255)
)
""",
    """
CREATE TABLE order_facts (
    book TEXT NOT NULL,
    order_no TEXT NOT NULL,
    version BIGINT NOT NULL,
    facts_json TEXT NOT NULL,
    source TEXT,
    op_no BIGINT NOT NULL,
    CONSTRAINT pk_order_facts PRIMARY KEY (book, order_no, version),
    CONSTRAINT uq_order_facts_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_order_facts_version CHECK (version >= 1)
)
""",
    """
CREATE TABLE period_event (
    book TEXT NOT NULL,
    period TEXT NOT NULL,
    version BIGINT NOT NULL,
    action TEXT NOT NULL,
    entries BIGINT NOT NULL,
    debit_fen BIGINT NOT NULL,
    credit_fen BIGINT NOT NULL,
    figures_json TEXT NOT NULL,
    reason TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    CONSTRAINT pk_period_event PRIMARY KEY (book, period, version),
    CONSTRAINT uq_period_event_op_no UNIQUE (book, op_no),
    CONSTRAINT ck_period_event_action CHECK (action IN ('close', 'reopen')),
    CONSTRAINT ck_period_event_version CHECK (version >= 1),
    CONSTRAINT ck_period_event_turns CHECK (((version & 1) = 1) = (action = 'close')),
    CONSTRAINT ck_period_event_balanced CHECK (debit_fen = credit_fen),
    CONSTRAINT ck_period_event_period CHECK (period LIKE '____-__')
)
""",
    """
CREATE TABLE rulebook (
    book TEXT NOT NULL,
    digest TEXT NOT NULL,
    text TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    CONSTRAINT pk_rulebook PRIMARY KEY (book, digest),
    CONSTRAINT uq_rulebook_op_no UNIQUE (book, op_no)
)
""",
    """
CREATE TABLE statement (
    book TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    name TEXT NOT NULL,
    layout TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    line_count BIGINT NOT NULL,
    CONSTRAINT pk_statement PRIMARY KEY (book, op_no),
    CONSTRAINT uq_statement_sha256 UNIQUE (book, sha256),
    CONSTRAINT ck_statement_sha256 CHECK (length(sha256) = 64),
    CONSTRAINT ck_statement_line_count CHECK (line_count >= 0)
)
""",
    """
CREATE TABLE operation (
    book TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    command TEXT NOT NULL,
    subject TEXT NOT NULL,
    digest TEXT NOT NULL,
    head_seq BIGINT NOT NULL,
    head_hash TEXT NOT NULL,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_operation PRIMARY KEY (book, op_no),
    CONSTRAINT fk_operation_book FOREIGN KEY(book) REFERENCES book (book),
    CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen')),
    CONSTRAINT ck_operation_digest CHECK (length(digest) = 64),
    CONSTRAINT ck_operation_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_operation_hash CHECK (length(hash) = 64)
)
""",
    """
CREATE TABLE statement_line (
    book TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    row_no BIGINT NOT NULL,
    reference TEXT,
    line_json TEXT NOT NULL,
    CONSTRAINT pk_statement_line PRIMARY KEY (book, op_no, row_no),
    CONSTRAINT fk_statement_line_statement FOREIGN KEY(book, op_no) REFERENCES statement (book, op_no)
)
""",
    """
CREATE INDEX ix_statement_line_reference ON statement_line (book, reference) WHERE reference IS NOT NULL
""",
    """
CREATE TABLE journal_entry (
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    effective_on TEXT NOT NULL,
    period TEXT NOT NULL,
    voucher_no BIGINT,
    narration TEXT NOT NULL,
    order_no TEXT,
    claim_no TEXT,
    reverses BIGINT,
    command TEXT NOT NULL,
    key TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    source TEXT,
    actor TEXT NOT NULL,
    recorded_at TEXT NOT NULL,
    op_no BIGINT NOT NULL,
    CONSTRAINT pk_journal_entry PRIMARY KEY (book, seq),
    CONSTRAINT fk_journal_entry_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no),
    CONSTRAINT fk_journal_entry_reverses FOREIGN KEY(book, reverses) REFERENCES journal_entry (book, seq),
    CONSTRAINT uq_journal_entry_command UNIQUE (book, command, key),
    CONSTRAINT uq_journal_entry_reverses UNIQUE (book, reverses),
    CONSTRAINT uq_journal_entry_period UNIQUE (book, period, voucher_no),
    CONSTRAINT ck_journal_entry_kind CHECK (kind IN ('opening', 'order_paid', 'order_confirmed', 'order_delivered', 'statement', 'payment', 'settlement', 'memorandum', 'reversal', 'closing')),
    CONSTRAINT ck_journal_entry_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_journal_entry_seq CHECK (seq >= 1),
    CONSTRAINT ck_journal_entry_effective_on CHECK (effective_on LIKE '____-__-__'),
    CONSTRAINT ck_journal_entry_period CHECK (period = substr(effective_on, 1, 7)),
    CONSTRAINT ck_journal_entry_voucher_no CHECK (voucher_no >= 1),
    CONSTRAINT ck_journal_entry_memorandum CHECK ((kind = 'memorandum') = (voucher_no IS NULL)),
    CONSTRAINT ck_journal_entry_reverses CHECK (reverses IS NULL OR kind IN ('reversal', 'memorandum')),
    CONSTRAINT ck_journal_entry_reversal CHECK (kind <> 'reversal' OR reverses IS NOT NULL),
    CONSTRAINT ck_journal_entry_reverses_earlier CHECK (reverses < seq),
    CONSTRAINT ck_journal_entry_key CHECK (length(key) BETWEEN 1 AND 255)
)
""",
    """
CREATE INDEX ix_journal_entry_order_no ON journal_entry (book, order_no) WHERE order_no IS NOT NULL
""",
    """
CREATE TABLE entry_seal (
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    CONSTRAINT pk_entry_seal PRIMARY KEY (book, seq),
    CONSTRAINT fk_entry_seal_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT ck_entry_seal_prev_hash CHECK (length(prev_hash) = 64),
    CONSTRAINT ck_entry_seal_hash CHECK (length(hash) = 64)
)
""",
    """
CREATE TABLE posting (
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    line BIGINT NOT NULL,
    account TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount_fen BIGINT NOT NULL,
    narration TEXT NOT NULL,
    CONSTRAINT pk_posting PRIMARY KEY (book, seq, line),
    CONSTRAINT fk_posting_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_posting_account FOREIGN KEY(book, account) REFERENCES account (book, code),
    CONSTRAINT ck_posting_line CHECK (line >= 1),
    CONSTRAINT ck_posting_currency CHECK (currency = 'CNY'),
    CONSTRAINT ck_posting_amount_fen CHECK (amount_fen <> 0 AND amount_fen BETWEEN -1000000000000 AND 1000000000000)
)
""",
    """
CREATE TABLE refund_step (
    book TEXT NOT NULL,
    subject TEXT NOT NULL,
    bucket TEXT NOT NULL,
    step BIGINT NOT NULL,
    prev_step BIGINT,
    seq BIGINT NOT NULL,
    paid_fen BIGINT NOT NULL,
    before_fen BIGINT NOT NULL,
    after_fen BIGINT NOT NULL,
    CONSTRAINT pk_refund_step PRIMARY KEY (book, subject, bucket, step),
    CONSTRAINT fk_refund_step_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_refund_step_prev FOREIGN KEY(book, subject, bucket, prev_step, before_fen, paid_fen) REFERENCES refund_step (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT uq_refund_step_subject UNIQUE (book, subject, bucket, step, after_fen, paid_fen),
    CONSTRAINT ck_refund_step_before_fen CHECK (before_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_after_fen CHECK (after_fen BETWEEN 0 AND paid_fen),
    CONSTRAINT ck_refund_step_paid_fen CHECK (paid_fen <= 1000000000000),
    CONSTRAINT ck_refund_step_step CHECK (step >= 1 AND (step = 1) = (prev_step IS NULL)),
    CONSTRAINT ck_refund_step_prev_step CHECK (prev_step = step - 1),
    CONSTRAINT ck_refund_step_first CHECK (step > 1 OR before_fen = 0)
)
""",
    """
CREATE INDEX ix_refund_step_seq ON refund_step (book, seq)
""",
    """
CREATE TABLE settlement (
    book TEXT NOT NULL,
    seq BIGINT NOT NULL,
    claim_no TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    case_json TEXT NOT NULL,
    answer_json TEXT NOT NULL,
    answer_digest TEXT NOT NULL,
    rulebook_digest TEXT NOT NULL,
    request_digest TEXT NOT NULL,
    CONSTRAINT pk_settlement PRIMARY KEY (book, seq),
    CONSTRAINT fk_settlement_journal_entry FOREIGN KEY(book, seq) REFERENCES journal_entry (book, seq),
    CONSTRAINT fk_settlement_rulebook FOREIGN KEY(book, rulebook_digest) REFERENCES rulebook (book, digest),
    CONSTRAINT uq_settlement_claim_no UNIQUE (book, claim_no),
    CONSTRAINT ck_settlement_request_digest CHECK (length(request_digest) = 64),
    CONSTRAINT ck_settlement_claim_no CHECK (length(claim_no) BETWEEN 1 AND 255)
)
""",
    """
CREATE INDEX ix_settlement_subject ON settlement (book, subject)
""",
    """
ALTER TABLE account ADD CONSTRAINT fk_account_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE order_facts ADD CONSTRAINT fk_order_facts_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE period_event ADD CONSTRAINT fk_period_event_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE rulebook ADD CONSTRAINT fk_rulebook_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE statement ADD CONSTRAINT fk_statement_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE journal_entry ADD CONSTRAINT fk_journal_entry_entry_seal FOREIGN KEY(book, seq) REFERENCES entry_seal (book, seq) DEFERRABLE INITIALLY DEFERRED
""",
    """
CREATE FUNCTION book_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM book t WHERE t.book = NEW.book) THEN RAISE EXCEPTION 'settle: book is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER book_insert BEFORE INSERT ON book FOR EACH ROW EXECUTE FUNCTION book_insert()
""",
    """
CREATE FUNCTION book_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: book is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER book_update BEFORE UPDATE ON book FOR EACH ROW EXECUTE FUNCTION book_update()
""",
    """
CREATE FUNCTION book_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: book is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER book_delete BEFORE DELETE ON book FOR EACH ROW EXECUTE FUNCTION book_delete()
""",
    """
CREATE FUNCTION book_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: book is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER book_truncate BEFORE TRUNCATE ON book FOR EACH STATEMENT EXECUTE FUNCTION book_truncate()
""",
    """
CREATE FUNCTION account_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: an account comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.code = NEW.code) THEN RAISE EXCEPTION 'settle: account is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER account_insert BEFORE INSERT ON account FOR EACH ROW EXECUTE FUNCTION account_insert()
""",
    """
CREATE FUNCTION account_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: account is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER account_update BEFORE UPDATE ON account FOR EACH ROW EXECUTE FUNCTION account_update()
""",
    """
CREATE FUNCTION account_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: account is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER account_delete BEFORE DELETE ON account FOR EACH ROW EXECUTE FUNCTION account_delete()
""",
    """
CREATE FUNCTION account_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: account is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER account_truncate BEFORE TRUNCATE ON account FOR EACH STATEMENT EXECUTE FUNCTION account_truncate()
""",
    """
CREATE FUNCTION rulebook_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a rulebook comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.digest = NEW.digest) THEN RAISE EXCEPTION 'settle: rulebook is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER rulebook_insert BEFORE INSERT ON rulebook FOR EACH ROW EXECUTE FUNCTION rulebook_insert()
""",
    """
CREATE FUNCTION rulebook_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: rulebook is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER rulebook_update BEFORE UPDATE ON rulebook FOR EACH ROW EXECUTE FUNCTION rulebook_update()
""",
    """
CREATE FUNCTION rulebook_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: rulebook is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER rulebook_delete BEFORE DELETE ON rulebook FOR EACH ROW EXECUTE FUNCTION rulebook_delete()
""",
    """
CREATE FUNCTION rulebook_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: rulebook is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER rulebook_truncate BEFORE TRUNCATE ON rulebook FOR EACH STATEMENT EXECUTE FUNCTION rulebook_truncate()
""",
    """
CREATE FUNCTION order_facts_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a fact comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.version <> 1 + COALESCE((SELECT MAX(f.version) FROM order_facts f WHERE f.book = NEW.book AND f.order_no = NEW.order_no), 0) THEN RAISE EXCEPTION 'settle: the versions of facts have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER order_facts_insert BEFORE INSERT ON order_facts FOR EACH ROW EXECUTE FUNCTION order_facts_insert()
""",
    """
CREATE FUNCTION order_facts_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: order_facts is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER order_facts_update BEFORE UPDATE ON order_facts FOR EACH ROW EXECUTE FUNCTION order_facts_update()
""",
    """
CREATE FUNCTION order_facts_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: order_facts is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER order_facts_delete BEFORE DELETE ON order_facts FOR EACH ROW EXECUTE FUNCTION order_facts_delete()
""",
    """
CREATE FUNCTION order_facts_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: order_facts is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER order_facts_truncate BEFORE TRUNCATE ON order_facts FOR EACH STATEMENT EXECUTE FUNCTION order_facts_truncate()
""",
    """
CREATE FUNCTION statement_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a statement comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.sha256 = NEW.sha256) THEN RAISE EXCEPTION 'settle: statement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER statement_insert BEFORE INSERT ON statement FOR EACH ROW EXECUTE FUNCTION statement_insert()
""",
    """
CREATE FUNCTION statement_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_update BEFORE UPDATE ON statement FOR EACH ROW EXECUTE FUNCTION statement_update()
""",
    """
CREATE FUNCTION statement_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_delete BEFORE DELETE ON statement FOR EACH ROW EXECUTE FUNCTION statement_delete()
""",
    """
CREATE FUNCTION statement_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_truncate BEFORE TRUNCATE ON statement FOR EACH STATEMENT EXECUTE FUNCTION statement_truncate()
""",
    """
CREATE FUNCTION statement_line_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a statement line comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER statement_line_insert BEFORE INSERT ON statement_line FOR EACH ROW EXECUTE FUNCTION statement_line_insert()
""",
    """
CREATE FUNCTION statement_line_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement_line is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_line_update BEFORE UPDATE ON statement_line FOR EACH ROW EXECUTE FUNCTION statement_line_update()
""",
    """
CREATE FUNCTION statement_line_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement_line is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_line_delete BEFORE DELETE ON statement_line FOR EACH ROW EXECUTE FUNCTION statement_line_delete()
""",
    """
CREATE FUNCTION statement_line_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: statement_line is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER statement_line_truncate BEFORE TRUNCATE ON statement_line FOR EACH STATEMENT EXECUTE FUNCTION statement_line_truncate()
""",
    """
CREATE FUNCTION period_event_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a period event comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p WHERE p.book = NEW.book AND p.period = NEW.period), 0) THEN RAISE EXCEPTION 'settle: the versions of a period have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '') > NEW.period THEN RAISE EXCEPTION 'settle: a later period is closed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.period < NEW.period AND e.period > COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '')) THEN RAISE EXCEPTION 'settle: an earlier period is open' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER period_event_insert BEFORE INSERT ON period_event FOR EACH ROW EXECUTE FUNCTION period_event_insert()
""",
    """
CREATE FUNCTION period_event_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: period_event is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER period_event_update BEFORE UPDATE ON period_event FOR EACH ROW EXECUTE FUNCTION period_event_update()
""",
    """
CREATE FUNCTION period_event_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: period_event is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER period_event_delete BEFORE DELETE ON period_event FOR EACH ROW EXECUTE FUNCTION period_event_delete()
""",
    """
CREATE FUNCTION period_event_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: period_event is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER period_event_truncate BEFORE TRUNCATE ON period_event FOR EACH STATEMENT EXECUTE FUNCTION period_event_truncate()
""",
    """
CREATE FUNCTION operation_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF NEW.op_no <> 1 + COALESCE((SELECT MAX(o.op_no) FROM operation o WHERE o.book = NEW.book), 0) THEN RAISE EXCEPTION 'settle: the operations have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.prev_hash <> COALESCE((SELECT o.hash FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no - 1), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION 'settle: the operation does not link to the one before' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.head_seq <> COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) OR NEW.head_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.head_seq), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION 'settle: the operation does not link to the head' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.recorded_at < (SELECT b.recorded_at FROM operation b WHERE b.book = NEW.book AND b.op_no = NEW.op_no - 1) THEN RAISE EXCEPTION 'settle: the clock runs backwards' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command = 'open') <> EXISTS (SELECT 1 FROM account t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: open and account go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command = 'facts') <> EXISTS (SELECT 1 FROM order_facts t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: facts and order_facts go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command = 'rulebook') <> EXISTS (SELECT 1 FROM rulebook t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: rulebook and rulebook go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command = 'statement') <> EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: statement and statement go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command IN ('close', 'reopen')) <> EXISTS (SELECT 1 FROM period_event t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: close or reopen and period_event go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no AND t.line_count <> (SELECT COUNT(*) FROM statement_line l WHERE l.book = t.book AND l.op_no = t.op_no)) THEN RAISE EXCEPTION 'settle: lines of the statement are missing' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER operation_insert BEFORE INSERT ON operation FOR EACH ROW EXECUTE FUNCTION operation_insert()
""",
    """
CREATE FUNCTION operation_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: operation is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER operation_update BEFORE UPDATE ON operation FOR EACH ROW EXECUTE FUNCTION operation_update()
""",
    """
CREATE FUNCTION operation_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: operation is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER operation_delete BEFORE DELETE ON operation FOR EACH ROW EXECUTE FUNCTION operation_delete()
""",
    """
CREATE FUNCTION operation_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: operation is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER operation_truncate BEFORE TRUNCATE ON operation FOR EACH STATEMENT EXECUTE FUNCTION operation_truncate()
""",
    """
CREATE FUNCTION journal_entry_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: an entry comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.command = NEW.command AND t.key = NEW.key) THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.reverses = NEW.reverses) THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry t WHERE t.book = NEW.book AND t.period = NEW.period AND t.voucher_no = NEW.voucher_no) THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER journal_entry_insert BEFORE INSERT ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_insert()
""",
    """
CREATE FUNCTION journal_entry_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER journal_entry_update BEFORE UPDATE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_update()
""",
    """
CREATE FUNCTION journal_entry_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER journal_entry_delete BEFORE DELETE ON journal_entry FOR EACH ROW EXECUTE FUNCTION journal_entry_delete()
""",
    """
CREATE FUNCTION journal_entry_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: journal_entry is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER journal_entry_truncate BEFORE TRUNCATE ON journal_entry FOR EACH STATEMENT EXECUTE FUNCTION journal_entry_truncate()
""",
    """
CREATE FUNCTION posting_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: a posting comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM posting t WHERE t.book = NEW.book AND t.seq = NEW.seq AND t.line = NEW.line) THEN RAISE EXCEPTION 'settle: posting is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER posting_insert BEFORE INSERT ON posting FOR EACH ROW EXECUTE FUNCTION posting_insert()
""",
    """
CREATE FUNCTION posting_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: posting is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER posting_update BEFORE UPDATE ON posting FOR EACH ROW EXECUTE FUNCTION posting_update()
""",
    """
CREATE FUNCTION posting_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: posting is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER posting_delete BEFORE DELETE ON posting FOR EACH ROW EXECUTE FUNCTION posting_delete()
""",
    """
CREATE FUNCTION posting_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: posting is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER posting_truncate BEFORE TRUNCATE ON posting FOR EACH STATEMENT EXECUTE FUNCTION posting_truncate()
""",
    """
CREATE FUNCTION settlement_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: a settlement comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no) THEN RAISE EXCEPTION 'settle: settlement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER settlement_insert BEFORE INSERT ON settlement FOR EACH ROW EXECUTE FUNCTION settlement_insert()
""",
    """
CREATE FUNCTION settlement_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: settlement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER settlement_update BEFORE UPDATE ON settlement FOR EACH ROW EXECUTE FUNCTION settlement_update()
""",
    """
CREATE FUNCTION settlement_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: settlement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER settlement_delete BEFORE DELETE ON settlement FOR EACH ROW EXECUTE FUNCTION settlement_delete()
""",
    """
CREATE FUNCTION settlement_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: settlement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER settlement_truncate BEFORE TRUNCATE ON settlement FOR EACH STATEMENT EXECUTE FUNCTION settlement_truncate()
""",
    """
CREATE FUNCTION refund_step_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: a refund step comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step) THEN RAISE EXCEPTION 'settle: refund_step is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL) THEN RAISE EXCEPTION 'settle: only a reversal lowers what was refunded' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER refund_step_insert BEFORE INSERT ON refund_step FOR EACH ROW EXECUTE FUNCTION refund_step_insert()
""",
    """
CREATE FUNCTION refund_step_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: refund_step is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER refund_step_update BEFORE UPDATE ON refund_step FOR EACH ROW EXECUTE FUNCTION refund_step_update()
""",
    """
CREATE FUNCTION refund_step_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: refund_step is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER refund_step_delete BEFORE DELETE ON refund_step FOR EACH ROW EXECUTE FUNCTION refund_step_delete()
""",
    """
CREATE FUNCTION refund_step_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: refund_step is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER refund_step_truncate BEFORE TRUNCATE ON refund_step FOR EACH STATEMENT EXECUTE FUNCTION refund_step_truncate()
""",
    """
CREATE FUNCTION entry_seal_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: there is no entry to seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) THEN RAISE EXCEPTION 'settle: the chain has no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION 'settle: the seal does not link to the head' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind <> 'memorandum' AND (SELECT COUNT(*) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq) < 2) THEN RAISE EXCEPTION 'settle: an entry has two postings or more' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.kind = 'memorandum' AND EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq)) THEN RAISE EXCEPTION 'settle: a memorandum has no postings' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0) THEN RAISE EXCEPTION 'settle: the entry does not balance' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: the lines have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version))) THEN RAISE EXCEPTION 'settle: the period is closed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1)) THEN RAISE EXCEPTION 'settle: the vouchers have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)) THEN RAISE EXCEPTION 'settle: a settlement is missing' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)) THEN RAISE EXCEPTION 'settle: a settlement stands with an entry of another kind' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1)) THEN RAISE EXCEPTION 'settle: the clock runs backwards' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book)) THEN RAISE EXCEPTION 'settle: the entry does not link to the last operation' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL)) THEN RAISE EXCEPTION 'settle: a reversal is not reversed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0)) THEN RAISE EXCEPTION 'settle: a reversal takes back all of its entry' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)) THEN RAISE EXCEPTION 'settle: a reversal takes back all refund steps' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq)) THEN RAISE EXCEPTION 'settle: a refund step stands without a settlement' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER entry_seal_insert BEFORE INSERT ON entry_seal FOR EACH ROW EXECUTE FUNCTION entry_seal_insert()
""",
    """
CREATE FUNCTION entry_seal_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: entry_seal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER entry_seal_update BEFORE UPDATE ON entry_seal FOR EACH ROW EXECUTE FUNCTION entry_seal_update()
""",
    """
CREATE FUNCTION entry_seal_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: entry_seal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER entry_seal_delete BEFORE DELETE ON entry_seal FOR EACH ROW EXECUTE FUNCTION entry_seal_delete()
""",
    """
CREATE FUNCTION entry_seal_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: entry_seal is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER entry_seal_truncate BEFORE TRUNCATE ON entry_seal FOR EACH STATEMENT EXECUTE FUNCTION entry_seal_truncate()
""",
    """
DO $path$
DECLARE guard regprocedure;
BEGIN
  FOR guard IN SELECT oid FROM pg_proc
    WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype
  LOOP
    EXECUTE 'ALTER FUNCTION ' || guard || ' SET search_path TO ' || quote_ident(current_schema()) || ', pg_temp';
  END LOOP;
END
$path$
""",
)


def upgrade() -> None:
    """Run the statements of the database's own dialect, exactly as written here."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement.strip())


def downgrade() -> None:
    """A ledger is never taken apart; restore a backup instead."""
    raise RuntimeError("the first revision cannot be undone: it would delete the book; restore a backup")
