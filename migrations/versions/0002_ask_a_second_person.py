"""Ask a second person: approvals, matches of statement lines, and the one table of people that may be erased.

Revision 0002. A grant or refusal is another actor's answer to exactly what was asked; a settlement to be
approved and the reopening of a month need one. What was recorded before stays as it is: guards look at what is
inserted, not at what is there. The statements are frozen as they were released; they import nothing and never
change.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# SQLite cannot alter a CHECK, so `operation` is built anew under its own name, with its rows and its guards. Its
# name stays, so that what refers to it is left alone; whether all of it still finds its row is seen at commit.
SQLITE_UP = (
    """
PRAGMA defer_foreign_keys = ON
""",
    """
CREATE TEMP TABLE operation_kept AS SELECT book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash FROM operation
""",
    """
DROP TABLE operation
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
	CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen', 'approval', 'match', 'erase')), 
	CONSTRAINT ck_operation_digest CHECK (length(digest) = 64), 
	CONSTRAINT ck_operation_prev_hash CHECK (length(prev_hash) = 64), 
	CONSTRAINT ck_operation_hash CHECK (length(hash) = 64)
)
 STRICT
""",
    """
INSERT INTO operation (book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash) SELECT book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash FROM temp.operation_kept ORDER BY book, op_no
""",
    """
DROP TABLE temp.operation_kept
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
  SELECT RAISE(ABORT, 'settle: approval and approval go together') WHERE (NEW.command = 'approval') <> EXISTS (SELECT 1 FROM approval t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: match and line_match go together') WHERE (NEW.command = 'match') <> EXISTS (SELECT 1 FROM line_match t WHERE t.book = NEW.book AND t.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: whoever asked cannot approve') WHERE NEW.command = 'approval' AND EXISTS (SELECT 1 FROM approval g JOIN approval a ON a.book = g.book AND a.matter = g.matter AND a.subject = g.subject AND a.version = g.version - 1 JOIN operation o ON o.book = a.book AND o.op_no = a.op_no WHERE g.book = NEW.book AND g.op_no = NEW.op_no AND g.action <> 'ask' AND o.actor = NEW.actor);
  SELECT RAISE(ABORT, 'settle: an erased person is still there') WHERE NEW.command = 'erase' AND EXISTS (SELECT 1 FROM person p WHERE p.book = NEW.book AND p.person_key = NEW.subject);
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
CREATE TABLE approval (
	book TEXT NOT NULL, 
	matter TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	action TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	content_json TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	op_no INTEGER NOT NULL, 
	CONSTRAINT pk_approval PRIMARY KEY (book, matter, subject, version), 
	CONSTRAINT fk_approval_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_approval_op_no UNIQUE (book, op_no), 
	CONSTRAINT ck_approval_matter CHECK (matter IN ('claim', 'reopen')), 
	CONSTRAINT ck_approval_action CHECK (action IN ('ask', 'grant', 'refuse')), 
	CONSTRAINT ck_approval_digest CHECK (length(digest) = 64), 
	CONSTRAINT ck_approval_version CHECK (version >= 1), 
	CONSTRAINT ck_approval_subject CHECK (length(subject) BETWEEN 1 AND 255), 
	CONSTRAINT ck_approval_reason CHECK (action <> 'refuse' OR trim(reason) <> '')
)
 STRICT
""",
    """
CREATE TABLE line_match (
	book TEXT NOT NULL, 
	line_op_no INTEGER NOT NULL, 
	row_no INTEGER NOT NULL, 
	version INTEGER NOT NULL, 
	action TEXT NOT NULL, 
	against_seq INTEGER, 
	order_no TEXT, 
	reason TEXT NOT NULL, 
	owner TEXT, 
	op_no INTEGER NOT NULL, 
	CONSTRAINT pk_line_match PRIMARY KEY (book, line_op_no, row_no, version), 
	CONSTRAINT fk_line_match_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED, 
	CONSTRAINT uq_line_match_op_no UNIQUE (book, op_no), 
	CONSTRAINT fk_line_match_statement_line FOREIGN KEY(book, line_op_no, row_no) REFERENCES statement_line (book, op_no, row_no), 
	CONSTRAINT fk_line_match_journal_entry FOREIGN KEY(book, against_seq) REFERENCES journal_entry (book, seq), 
	CONSTRAINT ck_line_match_action CHECK (action IN ('match', 'explain', 'park', 'undo')), 
	CONSTRAINT ck_line_match_version CHECK (version >= 1), 
	CONSTRAINT ck_line_match_reason CHECK (trim(reason) <> ''), 
	CONSTRAINT ck_line_match_against CHECK (action <> 'match' OR against_seq IS NOT NULL OR order_no IS NOT NULL), 
	CONSTRAINT ck_line_match_owner CHECK (action <> 'park' OR (owner IS NOT NULL AND trim(owner) <> ''))
)
 STRICT
""",
    """
CREATE TABLE person (
	book TEXT NOT NULL, 
	person_key TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	nick TEXT, 
	payee TEXT, 
	noted_at TEXT NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (book, person_key), 
	CONSTRAINT fk_person_book FOREIGN KEY(book) REFERENCES book (book)
)
 STRICT
""",
    """
CREATE TRIGGER approval_insert BEFORE INSERT ON approval FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: an approval comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of an approval have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(b.version) FROM approval b WHERE b.book = NEW.book AND b.matter = NEW.matter AND b.subject = NEW.subject), 0);
  SELECT RAISE(ABORT, 'settle: a grant or refusal answers an ask of the same digest') WHERE NEW.action <> 'ask' AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = NEW.book AND b.matter = NEW.matter AND b.subject = NEW.subject AND b.version = NEW.version - 1 AND b.action = 'ask' AND b.digest = NEW.digest);
  SELECT RAISE(ABORT, 'settle: the claim is recorded already') WHERE NEW.matter = 'claim' AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.claim_no = NEW.subject);
END
""",
    """
CREATE TRIGGER approval_update BEFORE UPDATE ON approval FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: approval is append-only');
END
""",
    """
CREATE TRIGGER approval_delete BEFORE DELETE ON approval FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: approval is append-only');
END
""",
    """
CREATE TRIGGER line_match_insert BEFORE INSERT ON line_match FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a match comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of a match have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(b.version) FROM line_match b WHERE b.book = NEW.book AND b.line_op_no = NEW.line_op_no AND b.row_no = NEW.row_no), 0);
  SELECT RAISE(ABORT, 'settle: an undo takes back what stands') WHERE NEW.action = 'undo' AND NOT EXISTS (SELECT 1 FROM line_match b WHERE b.book = NEW.book AND b.line_op_no = NEW.line_op_no AND b.row_no = NEW.row_no AND b.version = NEW.version - 1 AND b.action <> 'undo');
END
""",
    """
CREATE TRIGGER line_match_update BEFORE UPDATE ON line_match FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: line_match is append-only');
END
""",
    """
CREATE TRIGGER line_match_delete BEFORE DELETE ON line_match FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: line_match is append-only');
END
""",
    """
DROP TRIGGER settlement_insert
""",
    """
CREATE TRIGGER settlement_insert BEFORE INSERT ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a settlement comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: settlement is append-only') WHERE EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no);
  SELECT RAISE(ABORT, 'settle: a settlement is neither to be paid nor granted') WHERE ((replace(NEW.answer_json, '"decision":"approve"', '') <> NEW.answer_json) OR NOT (replace(NEW.answer_json, '"decision":"pay"', '') <> NEW.answer_json)) AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.book = NEW.book AND a.matter = 'claim' AND a.subject = NEW.claim_no AND a.action = 'grant' AND a.digest = NEW.answer_digest AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = a.book AND b.matter = a.matter AND b.subject = a.subject AND b.version > a.version));
END
""",
    """
DROP TRIGGER period_event_insert
""",
    """
CREATE TRIGGER period_event_insert BEFORE INSERT ON period_event FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a period event comes after the seal') WHERE EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no);
  SELECT RAISE(ABORT, 'settle: the versions of a period have no gap') WHERE NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p WHERE p.book = NEW.book AND p.period = NEW.period), 0);
  SELECT RAISE(ABORT, 'settle: a reopening was not granted') WHERE NEW.action = 'reopen' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.book = NEW.book AND a.matter = 'reopen' AND a.subject = NEW.period AND a.action = 'grant' AND a.digest = (SELECT o.hash FROM operation o JOIN period_event c ON c.book = o.book AND c.op_no = o.op_no WHERE c.book = NEW.book AND c.period = NEW.period AND c.version = NEW.version - 1) AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = a.book AND b.matter = a.matter AND b.subject = a.subject AND b.version > a.version));
  SELECT RAISE(ABORT, 'settle: a later period is closed') WHERE COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '') > NEW.period;
  SELECT RAISE(ABORT, 'settle: an earlier period is open') WHERE NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.period < NEW.period AND e.period > COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), ''));
END
""",
)

POSTGRESQL_UP = (
    """
ALTER TABLE operation DROP CONSTRAINT ck_operation_command
""",
    """
ALTER TABLE operation ADD CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen', 'approval', 'match', 'erase'))
""",
    """
CREATE TABLE approval (
	book TEXT NOT NULL, 
	matter TEXT NOT NULL, 
	subject TEXT NOT NULL, 
	version BIGINT NOT NULL, 
	action TEXT NOT NULL, 
	digest TEXT NOT NULL, 
	content_json TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	op_no BIGINT NOT NULL, 
	CONSTRAINT pk_approval PRIMARY KEY (book, matter, subject, version), 
	CONSTRAINT uq_approval_op_no UNIQUE (book, op_no), 
	CONSTRAINT ck_approval_matter CHECK (matter IN ('claim', 'reopen')), 
	CONSTRAINT ck_approval_action CHECK (action IN ('ask', 'grant', 'refuse')), 
	CONSTRAINT ck_approval_digest CHECK (length(digest) = 64), 
	CONSTRAINT ck_approval_version CHECK (version >= 1), 
	CONSTRAINT ck_approval_subject CHECK (length(subject) BETWEEN 1 AND 255), 
	CONSTRAINT ck_approval_reason CHECK (action <> 'refuse' OR trim(reason) <> '')
)
""",
    """
CREATE TABLE line_match (
	book TEXT NOT NULL, 
	line_op_no BIGINT NOT NULL, 
	row_no BIGINT NOT NULL, 
	version BIGINT NOT NULL, 
	action TEXT NOT NULL, 
	against_seq BIGINT, 
	order_no TEXT, 
	reason TEXT NOT NULL, 
	owner TEXT, 
	op_no BIGINT NOT NULL, 
	CONSTRAINT pk_line_match PRIMARY KEY (book, line_op_no, row_no, version), 
	CONSTRAINT uq_line_match_op_no UNIQUE (book, op_no), 
	CONSTRAINT fk_line_match_statement_line FOREIGN KEY(book, line_op_no, row_no) REFERENCES statement_line (book, op_no, row_no), 
	CONSTRAINT fk_line_match_journal_entry FOREIGN KEY(book, against_seq) REFERENCES journal_entry (book, seq), 
	CONSTRAINT ck_line_match_action CHECK (action IN ('match', 'explain', 'park', 'undo')), 
	CONSTRAINT ck_line_match_version CHECK (version >= 1), 
	CONSTRAINT ck_line_match_reason CHECK (trim(reason) <> ''), 
	CONSTRAINT ck_line_match_against CHECK (action <> 'match' OR against_seq IS NOT NULL OR order_no IS NOT NULL), 
	CONSTRAINT ck_line_match_owner CHECK (action <> 'park' OR (owner IS NOT NULL AND trim(owner) <> ''))
)
""",
    """
CREATE TABLE person (
	book TEXT NOT NULL, 
	person_key TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	nick TEXT, 
	payee TEXT, 
	noted_at TEXT NOT NULL, 
	CONSTRAINT pk_person PRIMARY KEY (book, person_key), 
	CONSTRAINT fk_person_book FOREIGN KEY(book) REFERENCES book (book)
)
""",
    """
ALTER TABLE approval ADD CONSTRAINT fk_approval_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
ALTER TABLE line_match ADD CONSTRAINT fk_line_match_operation FOREIGN KEY(book, op_no) REFERENCES operation (book, op_no) DEFERRABLE INITIALLY DEFERRED
""",
    """
CREATE FUNCTION approval_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: an approval comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.version <> 1 + COALESCE((SELECT MAX(b.version) FROM approval b WHERE b.book = NEW.book AND b.matter = NEW.matter AND b.subject = NEW.subject), 0) THEN RAISE EXCEPTION 'settle: the versions of an approval have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.action <> 'ask' AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = NEW.book AND b.matter = NEW.matter AND b.subject = NEW.subject AND b.version = NEW.version - 1 AND b.action = 'ask' AND b.digest = NEW.digest) THEN RAISE EXCEPTION 'settle: a grant or refusal answers an ask of the same digest' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.matter = 'claim' AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.claim_no = NEW.subject) THEN RAISE EXCEPTION 'settle: the claim is recorded already' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER approval_insert BEFORE INSERT ON approval FOR EACH ROW EXECUTE FUNCTION approval_insert()
""",
    """
CREATE FUNCTION approval_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: approval is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER approval_update BEFORE UPDATE ON approval FOR EACH ROW EXECUTE FUNCTION approval_update()
""",
    """
CREATE FUNCTION approval_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: approval is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER approval_delete BEFORE DELETE ON approval FOR EACH ROW EXECUTE FUNCTION approval_delete()
""",
    """
CREATE FUNCTION approval_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: approval is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER approval_truncate BEFORE TRUNCATE ON approval FOR EACH STATEMENT EXECUTE FUNCTION approval_truncate()
""",
    """
CREATE FUNCTION line_match_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a match comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.version <> 1 + COALESCE((SELECT MAX(b.version) FROM line_match b WHERE b.book = NEW.book AND b.line_op_no = NEW.line_op_no AND b.row_no = NEW.row_no), 0) THEN RAISE EXCEPTION 'settle: the versions of a match have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.action = 'undo' AND NOT EXISTS (SELECT 1 FROM line_match b WHERE b.book = NEW.book AND b.line_op_no = NEW.line_op_no AND b.row_no = NEW.row_no AND b.version = NEW.version - 1 AND b.action <> 'undo') THEN RAISE EXCEPTION 'settle: an undo takes back what stands' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE TRIGGER line_match_insert BEFORE INSERT ON line_match FOR EACH ROW EXECUTE FUNCTION line_match_insert()
""",
    """
CREATE FUNCTION line_match_update() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: line_match is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER line_match_update BEFORE UPDATE ON line_match FOR EACH ROW EXECUTE FUNCTION line_match_update()
""",
    """
CREATE FUNCTION line_match_delete() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: line_match is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER line_match_delete BEFORE DELETE ON line_match FOR EACH ROW EXECUTE FUNCTION line_match_delete()
""",
    """
CREATE FUNCTION line_match_truncate() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF TRUE THEN RAISE EXCEPTION 'settle: line_match is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER line_match_truncate BEFORE TRUNCATE ON line_match FOR EACH STATEMENT EXECUTE FUNCTION line_match_truncate()
""",
    """
CREATE OR REPLACE FUNCTION operation_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
  IF (NEW.command = 'approval') <> EXISTS (SELECT 1 FROM approval t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: approval and approval go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command = 'match') <> EXISTS (SELECT 1 FROM line_match t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: match and line_match go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.command = 'approval' AND EXISTS (SELECT 1 FROM approval g JOIN approval a ON a.book = g.book AND a.matter = g.matter AND a.subject = g.subject AND a.version = g.version - 1 JOIN operation o ON o.book = a.book AND o.op_no = a.op_no WHERE g.book = NEW.book AND g.op_no = NEW.op_no AND g.action <> 'ask' AND o.actor = NEW.actor) THEN RAISE EXCEPTION 'settle: whoever asked cannot approve' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.command = 'erase' AND EXISTS (SELECT 1 FROM person p WHERE p.book = NEW.book AND p.person_key = NEW.subject) THEN RAISE EXCEPTION 'settle: an erased person is still there' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF (NEW.command IN ('close', 'reopen')) <> EXISTS (SELECT 1 FROM period_event t WHERE t.book = NEW.book AND t.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: close or reopen and period_event go together' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM statement t WHERE t.book = NEW.book AND t.op_no = NEW.op_no AND t.line_count <> (SELECT COUNT(*) FROM statement_line l WHERE l.book = t.book AND l.op_no = t.op_no)) THEN RAISE EXCEPTION 'settle: lines of the statement are missing' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE OR REPLACE FUNCTION settlement_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: a settlement comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no) THEN RAISE EXCEPTION 'settle: settlement is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF ((replace(NEW.answer_json, '"decision":"approve"', '') <> NEW.answer_json) OR NOT (replace(NEW.answer_json, '"decision":"pay"', '') <> NEW.answer_json)) AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.book = NEW.book AND a.matter = 'claim' AND a.subject = NEW.claim_no AND a.action = 'grant' AND a.digest = NEW.answer_digest AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = a.book AND b.matter = a.matter AND b.subject = a.subject AND b.version > a.version)) THEN RAISE EXCEPTION 'settle: a settlement is neither to be paid nor granted' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE OR REPLACE FUNCTION period_event_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM operation o WHERE o.book = NEW.book AND o.op_no = NEW.op_no) THEN RAISE EXCEPTION 'settle: a period event comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.version <> 1 + COALESCE((SELECT MAX(p.version) FROM period_event p WHERE p.book = NEW.book AND p.period = NEW.period), 0) THEN RAISE EXCEPTION 'settle: the versions of a period have no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.action = 'reopen' AND NOT EXISTS (SELECT 1 FROM approval a WHERE a.book = NEW.book AND a.matter = 'reopen' AND a.subject = NEW.period AND a.action = 'grant' AND a.digest = (SELECT o.hash FROM operation o JOIN period_event c ON c.book = o.book AND c.op_no = o.op_no WHERE c.book = NEW.book AND c.period = NEW.period AND c.version = NEW.version - 1) AND NOT EXISTS (SELECT 1 FROM approval b WHERE b.book = a.book AND b.matter = a.matter AND b.subject = a.subject AND b.version > a.version)) THEN RAISE EXCEPTION 'settle: a reopening was not granted' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '') > NEW.period THEN RAISE EXCEPTION 'settle: a later period is closed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.action = 'close' AND EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.period < NEW.period AND e.period > COALESCE((SELECT MAX(p.period) FROM period_event p WHERE p.book = NEW.book AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)), '')) THEN RAISE EXCEPTION 'settle: an earlier period is open' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
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

# Where roles were made, they learn of the new tables; what a role may do stands in the program's own list too.
ROLES_UP = (
    """
REVOKE ALL ON approval, line_match, person FROM settle_agent, settle_finance, settle_auditor
""",
    """
GRANT SELECT ON approval, line_match TO settle_agent, settle_finance, settle_auditor
""",
    """
GRANT SELECT ON person TO settle_agent, settle_finance
""",
    """
GRANT INSERT ON approval TO settle_agent
""",
    """
GRANT INSERT ON line_match TO settle_agent
""",
    """
GRANT INSERT ON person TO settle_agent
""",
    """
GRANT INSERT ON settlement TO settle_finance
""",
    """
GRANT INSERT ON approval TO settle_finance
""",
    """
GRANT INSERT ON line_match TO settle_finance
""",
    """
GRANT INSERT ON person TO settle_finance
""",
    """
GRANT UPDATE, DELETE ON person TO settle_finance
""",
    """
ALTER TABLE approval ENABLE ROW LEVEL SECURITY
""",
    """
CREATE POLICY read ON approval FOR SELECT TO settle_agent, settle_finance, settle_auditor USING (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY add_settle_agent ON approval FOR INSERT TO settle_agent WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (action = 'ask'))
""",
    """
CREATE POLICY add_settle_finance ON approval FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
DROP POLICY IF EXISTS add_settle_finance ON journal_entry
""",
    """
CREATE POLICY add_settle_finance ON journal_entry FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (reverses IS NOT NULL OR kind IN ('payment', 'closing') OR kind IN ('settlement', 'memorandum') AND EXISTS (SELECT 1 FROM approval a WHERE a.book = journal_entry.book AND a.matter = 'claim' AND a.subject = journal_entry.claim_no AND a.action = 'grant')))
""",
    """
ALTER TABLE line_match ENABLE ROW LEVEL SECURITY
""",
    """
CREATE POLICY read ON line_match FOR SELECT TO settle_agent, settle_finance, settle_auditor USING (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY add_settle_agent ON line_match FOR INSERT TO settle_agent WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY add_settle_finance ON line_match FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
DROP POLICY IF EXISTS add_settle_agent ON operation
""",
    """
CREATE POLICY add_settle_agent ON operation FOR INSERT TO settle_agent WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (command IN ('facts', 'rulebook', 'statement', 'approval', 'match')))
""",
    """
DROP POLICY IF EXISTS add_settle_finance ON operation
""",
    """
CREATE POLICY add_settle_finance ON operation FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (command IN ('close', 'reopen', 'approval', 'match', 'erase')))
""",
    """
ALTER TABLE person ENABLE ROW LEVEL SECURITY
""",
    """
CREATE POLICY read ON person FOR SELECT TO settle_agent, settle_finance USING (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY add_settle_agent ON person FOR INSERT TO settle_agent WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY add_settle_finance ON person FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY update ON person FOR UPDATE TO settle_finance USING (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
CREATE POLICY delete ON person FOR DELETE TO settle_finance USING (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user))
""",
    """
DROP POLICY IF EXISTS add_settle_finance ON settlement
""",
    """
CREATE POLICY add_settle_finance ON settlement FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (EXISTS (SELECT 1 FROM approval a WHERE a.book = settlement.book AND a.matter = 'claim' AND a.subject = settlement.claim_no AND a.action = 'grant' AND a.digest = settlement.answer_digest)))
""",
)

ROLES_DOWN = (
    """
DROP POLICY add_settle_finance ON journal_entry
""",
    """
CREATE POLICY add_settle_finance ON journal_entry FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (reverses IS NOT NULL OR kind IN ('payment', 'closing')))
""",
    """
DROP POLICY add_settle_agent ON operation
""",
    """
CREATE POLICY add_settle_agent ON operation FOR INSERT TO settle_agent WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (command IN ('facts', 'rulebook', 'statement')))
""",
    """
DROP POLICY add_settle_finance ON operation
""",
    """
CREATE POLICY add_settle_finance ON operation FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (command IN ('close', 'reopen')))
""",
    """
DROP POLICY add_settle_finance ON settlement
""",
    """
REVOKE INSERT ON settlement FROM settle_finance
""",
)

SQLITE_DOWN = (
    """
PRAGMA defer_foreign_keys = ON
""",
    """
CREATE TEMP TABLE operation_kept AS SELECT book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash FROM operation
""",
    """
DROP TABLE operation
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
INSERT INTO operation (book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash) SELECT book, op_no, command, subject, digest, head_seq, head_hash, actor, recorded_at, prev_hash, hash FROM temp.operation_kept ORDER BY book, op_no
""",
    """
DROP TABLE temp.operation_kept
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
DROP TRIGGER settlement_insert
""",
    """
CREATE TRIGGER settlement_insert BEFORE INSERT ON settlement FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a settlement comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: settlement is append-only') WHERE EXISTS (SELECT 1 FROM settlement t WHERE t.book = NEW.book AND t.claim_no = NEW.claim_no);
END
""",
    """
DROP TRIGGER period_event_insert
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
DROP TABLE person
""",
    """
DROP TABLE line_match
""",
    """
DROP TABLE approval
""",
)

POSTGRESQL_DOWN = (
    """
CREATE OR REPLACE FUNCTION operation_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
CREATE OR REPLACE FUNCTION settlement_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
CREATE OR REPLACE FUNCTION period_event_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
DROP TABLE person
""",
    """
DROP TABLE line_match
""",
    """
DROP TABLE approval
""",
    """
DROP FUNCTION approval_insert()
""",
    """
DROP FUNCTION approval_update()
""",
    """
DROP FUNCTION approval_delete()
""",
    """
DROP FUNCTION approval_truncate()
""",
    """
DROP FUNCTION line_match_insert()
""",
    """
DROP FUNCTION line_match_update()
""",
    """
DROP FUNCTION line_match_delete()
""",
    """
DROP FUNCTION line_match_truncate()
""",
    """
ALTER TABLE operation DROP CONSTRAINT ck_operation_command
""",
    """
ALTER TABLE operation ADD CONSTRAINT ck_operation_command CHECK (command IN ('open', 'facts', 'rulebook', 'statement', 'close', 'reopen'))
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

HELD = {
    "approvals": "SELECT COUNT(*) FROM approval",
    "matches": "SELECT COUNT(*) FROM line_match",
    "people": "SELECT COUNT(*) FROM person",
    "operations": "SELECT COUNT(*) FROM operation WHERE command IN ('approval', 'match', 'erase')",
}


def upgrade() -> None:
    """Run the statements of the database's own dialect, exactly as written here."""
    if _is_sqlite():
        _run(SQLITE_UP)
    else:
        _run((*POSTGRESQL_UP, *(ROLES_UP if _has_roles() else ())))


def downgrade() -> None:
    """Take the tables away where nothing was ever put into them; what a chain holds is never deleted."""
    held = [f"{count} {what}" for what, count in _held() if count]
    if held:
        raise RuntimeError(
            f"the database holds {', '.join(held)}, for which revision 0001 has no place. Nothing was changed. "
            "Keep the program of revision 0002, or restore the backup from before the upgrade."
        )
    if _is_sqlite():
        _run(SQLITE_DOWN)
    else:
        _run((*(ROLES_DOWN if _has_roles() else ()), *POSTGRESQL_DOWN))


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement.strip())


def _held() -> list[tuple[str, int]]:
    return [(what, int(op.get_bind().exec_driver_sql(counted).scalar_one())) for what, counted in HELD.items()]


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _has_roles() -> bool:
    return op.get_bind().exec_driver_sql("SELECT to_regclass('book_member')").scalar() is not None
