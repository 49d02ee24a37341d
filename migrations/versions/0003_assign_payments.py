"""Assign payments: the guards know which transfer pays which claim, and finance may say so.

Revision 0003. An assignment is an entry whose steps take from what one entry sent what they give to what another
owes. No table changes, only two guards of each database and one policy. The statements are frozen as they were
released; they import nothing and never change.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE_UP = (
    """
DROP TRIGGER refund_step_insert
""",
    """
CREATE TRIGGER refund_step_insert BEFORE INSERT ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a refund step comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: refund_step is append-only') WHERE EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step);
  SELECT RAISE(ABORT, 'settle: only a reversal lowers what was refunded') WHERE NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL);
  SELECT RAISE(ABORT, 'settle: a payment is of what an entry owes or has sent') WHERE NEW.bucket IN ('2241.02', '2241.03') AND (NEW.paid_fen <= 0 OR NOT EXISTS (SELECT 1 FROM journal_entry e JOIN posting p ON p.book = e.book AND p.seq = e.seq WHERE e.book = NEW.book AND e.seq = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND e.seq < NEW.seq AND e.reverses IS NULL GROUP BY e.seq HAVING NEW.subject = 'owed:' || e.seq AND SUM(CASE WHEN p.account = NEW.bucket THEN p.amount_fen ELSE 0 END) = -NEW.paid_fen OR NEW.subject = 'sent:' || e.seq AND SUM(CASE WHEN p.account = NEW.bucket THEN p.amount_fen ELSE 0 END) = NEW.paid_fen AND SUM(CASE WHEN p.account IN ('1012.01', '1221.09') THEN p.amount_fen ELSE 0 END) = -NEW.paid_fen));
  SELECT RAISE(ABORT, 'settle: an assignment is not paid itself') WHERE NEW.bucket IN ('2241.02', '2241.03') AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND r.bucket IN ('2241.02', '2241.03'));
  SELECT RAISE(ABORT, 'settle: what was taken back is not paid') WHERE NEW.bucket IN ('2241.02', '2241.03') AND NEW.after_fen > NEW.before_fen AND EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = NEW.book AND v.reverses = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND v.seq < NEW.seq);
END
""",
    """
DROP TRIGGER entry_seal_insert
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
  SELECT RAISE(ABORT, 'settle: a settlement is missing') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND NOT EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')));
  SELECT RAISE(ABORT, 'settle: a settlement stands with an entry of another kind') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: the clock runs backwards') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1));
  SELECT RAISE(ABORT, 'settle: the entry does not link to the last operation') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book));
  SELECT RAISE(ABORT, 'settle: a reversal is not reversed') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all of its entry') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a reversal takes back all refund steps') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0));
  SELECT RAISE(ABORT, 'settle: a refund step stands without a settlement') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket NOT IN ('2241.02', '2241.03')));
  SELECT RAISE(ABORT, 'settle: a settlement does not pay') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq));
  SELECT RAISE(ABORT, 'settle: an assignment takes from a transfer what it gives to a claim') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) <> 0);
  SELECT RAISE(ABORT, 'settle: an assignment moves what its steps say') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND ((SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.02') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq AND p.account = '2241.02') OR (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.03') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq AND p.account = '2241.03')));
  SELECT RAISE(ABORT, 'settle: what is paid is not reversed before its payment') WHERE EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.subject IN ('owed:' || e.reverses, 'sent:' || e.reverses) AND r.seq < e.seq AND r.bucket IN ('2241.02', '2241.03') GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0));
END
""",
)

POSTGRESQL_UP = (
    """
CREATE OR REPLACE FUNCTION refund_step_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: a refund step comes after the seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step) THEN RAISE EXCEPTION 'settle: refund_step is append-only' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL) THEN RAISE EXCEPTION 'settle: only a reversal lowers what was refunded' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.bucket IN ('2241.02', '2241.03') AND (NEW.paid_fen <= 0 OR NOT EXISTS (SELECT 1 FROM journal_entry e JOIN posting p ON p.book = e.book AND p.seq = e.seq WHERE e.book = NEW.book AND e.seq = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND e.seq < NEW.seq AND e.reverses IS NULL GROUP BY e.seq HAVING NEW.subject = 'owed:' || e.seq AND SUM(CASE WHEN p.account = NEW.bucket THEN p.amount_fen ELSE 0 END) = -NEW.paid_fen OR NEW.subject = 'sent:' || e.seq AND SUM(CASE WHEN p.account = NEW.bucket THEN p.amount_fen ELSE 0 END) = NEW.paid_fen AND SUM(CASE WHEN p.account IN ('1012.01', '1221.09') THEN p.amount_fen ELSE 0 END) = -NEW.paid_fen)) THEN RAISE EXCEPTION 'settle: a payment is of what an entry owes or has sent' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.bucket IN ('2241.02', '2241.03') AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND r.bucket IN ('2241.02', '2241.03')) THEN RAISE EXCEPTION 'settle: an assignment is not paid itself' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.bucket IN ('2241.02', '2241.03') AND NEW.after_fen > NEW.before_fen AND EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = NEW.book AND v.reverses = CASE WHEN NEW.bucket IN ('2241.02', '2241.03') THEN CAST(substr(NEW.subject, 6) AS BIGINT) END AND v.seq < NEW.seq) THEN RAISE EXCEPTION 'settle: what was taken back is not paid' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE OR REPLACE FUNCTION entry_seal_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND NOT EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03'))) THEN RAISE EXCEPTION 'settle: a settlement is missing' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)) THEN RAISE EXCEPTION 'settle: a settlement stands with an entry of another kind' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1)) THEN RAISE EXCEPTION 'settle: the clock runs backwards' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book)) THEN RAISE EXCEPTION 'settle: the entry does not link to the last operation' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL)) THEN RAISE EXCEPTION 'settle: a reversal is not reversed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0)) THEN RAISE EXCEPTION 'settle: a reversal takes back all of its entry' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)) THEN RAISE EXCEPTION 'settle: a reversal takes back all refund steps' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket NOT IN ('2241.02', '2241.03'))) THEN RAISE EXCEPTION 'settle: a refund step stands without a settlement' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)) THEN RAISE EXCEPTION 'settle: a settlement does not pay' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) <> 0) THEN RAISE EXCEPTION 'settle: an assignment takes from a transfer what it gives to a claim' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03')) AND ((SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.02') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq AND p.account = '2241.02') OR (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.03') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq AND p.account = '2241.03'))) THEN RAISE EXCEPTION 'settle: an assignment moves what its steps say' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.subject IN ('owed:' || e.reverses, 'sent:' || e.reverses) AND r.seq < e.seq AND r.bucket IN ('2241.02', '2241.03') GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)) THEN RAISE EXCEPTION 'settle: what is paid is not reversed before its payment' USING ERRCODE = 'integrity_constraint_violation'; END IF;
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

ROLES_UP = (
    """
DROP POLICY IF EXISTS add_settle_finance ON journal_entry
""",
    """
CREATE POLICY add_settle_finance ON journal_entry FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (reverses IS NOT NULL OR kind IN ('payment', 'closing', 'memorandum') OR kind = 'settlement' AND EXISTS (SELECT 1 FROM approval a WHERE a.book = journal_entry.book AND a.matter = 'claim' AND a.subject = journal_entry.claim_no AND a.action = 'grant')))
""",
)

SQLITE_DOWN = (
    """
DROP TRIGGER refund_step_insert
""",
    """
CREATE TRIGGER refund_step_insert BEFORE INSERT ON refund_step FOR EACH ROW BEGIN
  SELECT RAISE(ABORT, 'settle: a refund step comes after the seal') WHERE EXISTS (SELECT 1 FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq);
  SELECT RAISE(ABORT, 'settle: refund_step is append-only') WHERE EXISTS (SELECT 1 FROM refund_step t WHERE t.book = NEW.book AND t.subject = NEW.subject AND t.bucket = NEW.bucket AND t.step = NEW.step);
  SELECT RAISE(ABORT, 'settle: only a reversal lowers what was refunded') WHERE NEW.after_fen < NEW.before_fen AND NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq AND e.reverses IS NOT NULL);
END
""",
    """
DROP TRIGGER entry_seal_insert
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
)

POSTGRESQL_DOWN = (
    """
CREATE OR REPLACE FUNCTION refund_step_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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
CREATE OR REPLACE FUNCTION entry_seal_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
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

ROLES_DOWN = (
    """
DROP POLICY IF EXISTS add_settle_finance ON journal_entry
""",
    """
CREATE POLICY add_settle_finance ON journal_entry FOR INSERT TO settle_finance WITH CHECK (book IN (SELECT m.book FROM book_member m WHERE m.member = current_user) AND (reverses IS NOT NULL OR kind IN ('payment', 'closing') OR kind IN ('settlement', 'memorandum') AND EXISTS (SELECT 1 FROM approval a WHERE a.book = journal_entry.book AND a.matter = 'claim' AND a.subject = journal_entry.claim_no AND a.action = 'grant')))
""",
)

ASSIGNED = "SELECT COUNT(*) FROM refund_step WHERE bucket IN ('2241.02', '2241.03')"


def upgrade() -> None:
    """Run the statements of the database's own dialect, exactly as written here."""
    if _is_sqlite():
        _run(SQLITE_UP)
    else:
        _run((*POSTGRESQL_UP, *(ROLES_UP if _has_roles() else ())))


def downgrade() -> None:
    """Put the guards of before back where no payment was ever assigned; they would refuse those that were."""
    held = int(op.get_bind().exec_driver_sql(ASSIGNED).scalar_one())
    if held:
        raise RuntimeError(
            f"the database holds {held} steps of payments, for which revision 0002 has no place. Nothing was changed. "
            "Keep the program of revision 0003, or restore the backup from before the upgrade."
        )
    if _is_sqlite():
        _run(SQLITE_DOWN)
    else:
        _run((*(ROLES_DOWN if _has_roles() else ()), *POSTGRESQL_DOWN))


def _run(statements: tuple[str, ...]) -> None:
    for statement in statements:
        op.get_bind().exec_driver_sql(statement.strip())


def _is_sqlite() -> bool:
    return bool(op.get_bind().dialect.name == "sqlite")


def _has_roles() -> bool:
    return op.get_bind().exec_driver_sql("SELECT to_regclass('book_member')").scalar() is not None
