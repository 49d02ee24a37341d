"""Ask of many entries at once: a server's guard of seals looks at all entries that a statement has sealed together.

Revision 0004. What is refused, and in which words, stays what it was, and no table changes. SQLite's guards are what
they were. The statements are frozen as they were released; they import nothing and never change.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

POSTGRESQL_UP = (
    """
CREATE OR REPLACE FUNCTION entry_seal_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: there is no entry to seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) THEN RAISE EXCEPTION 'settle: the chain has no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION 'settle: the seal does not link to the head' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END
$guard$
""",
    """
CREATE FUNCTION entry_seal_inserted() RETURNS trigger LANGUAGE plpgsql AS $guard$
DECLARE refused text;
BEGIN
  SELECT r.message INTO refused FROM fresh CROSS JOIN LATERAL (SELECT CASE
    WHEN e.kind <> 'memorandum' AND (SELECT COUNT(*) FROM posting p WHERE p.book = e.book AND p.seq = e.seq) < 2 THEN 'an entry has two postings or more'
    WHEN e.kind = 'memorandum' AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq = e.seq) THEN 'a memorandum has no postings'
    WHEN EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq = e.seq GROUP BY p.currency HAVING SUM(p.amount_fen) <> 0) THEN 'the entry does not balance'
    WHEN (SELECT COUNT(*) <> COALESCE(MAX(p.line), 0) FROM posting p WHERE p.book = e.book AND p.seq = e.seq) THEN 'the lines have no gap'
    WHEN EXISTS (SELECT 1 FROM period_event p WHERE p.book = e.book AND p.period >= e.period AND p.action = 'close' AND NOT EXISTS (SELECT 1 FROM period_event q WHERE q.book = p.book AND q.period = p.period AND q.version > p.version)) THEN 'the period is closed'
    WHEN e.voucher_no > 1 AND NOT EXISTS (SELECT 1 FROM journal_entry v WHERE v.book = e.book AND v.period = e.period AND v.voucher_no = e.voucher_no - 1) THEN 'the vouchers have no gap'
    WHEN (e.kind = 'settlement' OR e.kind = 'memorandum' AND e.reverses IS NULL) AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = e.book AND s.seq = e.seq) AND NOT EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03')) THEN 'a settlement is missing'
    WHEN (e.kind NOT IN ('settlement', 'memorandum') OR e.reverses IS NOT NULL) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = e.book AND s.seq = e.seq) THEN 'a settlement stands with an entry of another kind'
    WHEN e.recorded_at < (SELECT b.recorded_at FROM journal_entry b WHERE b.book = e.book AND b.seq = e.seq - 1) THEN 'the clock runs backwards'
    WHEN e.op_no <> (SELECT MAX(o.op_no) FROM operation o WHERE o.book = e.book) THEN 'the entry does not link to the last operation'
    WHEN EXISTS (SELECT 1 FROM journal_entry r WHERE r.book = e.book AND r.seq = e.reverses AND r.reverses IS NOT NULL) THEN 'a reversal is not reversed'
    WHEN e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM posting p WHERE p.book = e.book AND p.seq IN (e.seq, e.reverses) GROUP BY p.account, p.currency HAVING SUM(p.amount_fen) <> 0) THEN 'a reversal takes back all of its entry'
    WHEN e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq IN (e.seq, e.reverses) GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0) THEN 'a reversal takes back all refund steps'
    WHEN e.reverses IS NULL AND NOT EXISTS (SELECT 1 FROM settlement s WHERE s.book = e.book AND s.seq = e.seq) AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket NOT IN ('2241.02', '2241.03')) THEN 'a refund step stands without a settlement'
    WHEN EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03')) AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = e.book AND s.seq = e.seq) THEN 'a settlement does not pay'
    WHEN e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03')) AND (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03')) <> 0 THEN 'an assignment takes from a transfer what it gives to a claim'
    WHEN e.reverses IS NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03')) AND ((SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.02') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = e.book AND p.seq = e.seq AND p.account = '2241.02') OR (SELECT COALESCE(SUM(CASE WHEN substr(r.subject, 1, 5) = 'owed:' THEN 1 ELSE -1 END * (r.after_fen - r.before_fen)), 0) FROM refund_step r WHERE r.book = e.book AND r.seq = e.seq AND r.bucket IN ('2241.02', '2241.03') AND r.bucket = '2241.03') <> (SELECT COALESCE(SUM(p.amount_fen), 0) FROM posting p WHERE p.book = e.book AND p.seq = e.seq AND p.account = '2241.03')) THEN 'an assignment moves what its steps say'
    WHEN e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book AND r.subject IN ('owed:' || e.reverses, 'sent:' || e.reverses) AND r.seq < e.seq AND r.bucket IN ('2241.02', '2241.03') GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0) THEN 'what is paid is not reversed before its payment'
    END AS message FROM journal_entry e WHERE e.book = fresh.book AND e.seq = fresh.seq OFFSET 0) r
    WHERE r.message IS NOT NULL LIMIT 1;
  IF refused IS NOT NULL THEN RAISE EXCEPTION USING MESSAGE = 'settle: ' || refused, ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NULL;
END
$guard$
""",
    """
CREATE TRIGGER entry_seal_inserted AFTER INSERT ON entry_seal REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entry_seal_inserted()
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

POSTGRESQL_DOWN = (
    """
DROP TRIGGER entry_seal_inserted ON entry_seal
""",
    """
DROP FUNCTION entry_seal_inserted()
""",
    """
CREATE OR REPLACE FUNCTION entry_seal_insert() RETURNS trigger LANGUAGE plpgsql AS $guard$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN RAISE EXCEPTION 'settle: a writer reads what is committed' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended(NEW.book, 0));
  IF NOT EXISTS (SELECT 1 FROM journal_entry e WHERE e.book = NEW.book AND e.seq = NEW.seq) THEN RAISE EXCEPTION 'settle: there is no entry to seal' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.seq <> 1 + COALESCE((SELECT MAX(s.seq) FROM entry_seal s WHERE s.book = NEW.book), 0) THEN RAISE EXCEPTION 'settle: the chain has no gap' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  IF NEW.prev_hash <> COALESCE((SELECT s.hash FROM entry_seal s WHERE s.book = NEW.book AND s.seq = NEW.seq - 1), '0000000000000000000000000000000000000000000000000000000000000000') THEN RAISE EXCEPTION 'settle: the seal does not link to the head' USING ERRCODE = 'integrity_constraint_violation'; END IF;
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


def upgrade() -> None:
    """Run the statements on a server, exactly as written here; a file needs none."""
    _run(POSTGRESQL_UP)


def downgrade() -> None:
    """Put the one guard of before back; every entry has passed what it asks."""
    _run(POSTGRESQL_DOWN)


def _run(statements: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.get_bind().exec_driver_sql(statement.strip())
