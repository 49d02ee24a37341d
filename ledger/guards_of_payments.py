"""What the database holds of payments: nothing is paid twice, and no transfer pays more than it moved.

What entry 57 owes on an account is the subject `owed:57`, with the account as its bucket; what entry 81 sent
from Alipay to it, at once or by way of suspense, is `sent:81`. An assignment is an entry with a step in the
chain of either. The chains are those of refunds, so that constraints alone keep each within its sum; here stands
what the sums are, and that an assignment takes from the one exactly what it gives to the other.
"""

# The conditions below are put together from constants of this file and the chart alone.
# ruff: noqa: S608

from ledger.chart import ALIPAY, SUSPENSE, TO_BUYERS, TO_DISTRIBUTORS

OWED, SENT = "owed:", "sent:"
OWED_ON = (TO_BUYERS, TO_DISTRIBUTORS)
SENT_FROM = (ALIPAY, SUSPENSE)

_IS_STEP = f"NEW.bucket IN {OWED_ON}"
_NAMED = f"CASE WHEN {_IS_STEP} THEN CAST(substr(NEW.subject, {len(OWED) + 1}) AS BIGINT) END"
_STEPS = f"FROM refund_step r WHERE r.book = NEW.book AND r.seq = NEW.seq AND r.bucket IN {OWED_ON}"
_SIGN = f"CASE WHEN substr(r.subject, 1, {len(OWED)}) = '{OWED}' THEN 1 ELSE -1 END"
PAYS = f"EXISTS (SELECT 1 {_STEPS})"


def _posted(accounts: str) -> str:
    return f"SUM(CASE WHEN p.account {accounts} THEN p.amount_fen ELSE 0 END)"


def _assigned(where: str) -> str:
    return f"(SELECT COALESCE(SUM({_SIGN} * (r.after_fen - r.before_fen)), 0) {_STEPS}{where})"


def _misses(account: str) -> str:
    lines = f"FROM posting p WHERE p.book = NEW.book AND p.seq = NEW.seq AND p.account = '{account}'"
    steps = _assigned(f" AND r.bucket = '{account}'")
    return f"{steps} <> (SELECT COALESCE(SUM(p.amount_fen), 0) {lines})"


_FROM_ALIPAY = _posted(f"IN {SENT_FROM}")

# message -> condition over the refund step that is about to be inserted
STEP_REFUSALS: tuple[tuple[str, str], ...] = (
    (
        "a payment is of what an entry owes or has sent",
        f"{_IS_STEP} AND (NEW.paid_fen <= 0 OR NOT EXISTS (SELECT 1 FROM journal_entry e JOIN posting p "
        f"ON p.book = e.book AND p.seq = e.seq WHERE e.book = NEW.book AND e.seq = {_NAMED} "
        "AND e.seq < NEW.seq AND e.reverses IS NULL GROUP BY e.seq "
        f"HAVING NEW.subject = '{OWED}' || e.seq AND {_posted('= NEW.bucket')} = -NEW.paid_fen "
        f"OR NEW.subject = '{SENT}' || e.seq AND {_posted('= NEW.bucket')} = NEW.paid_fen "
        f"AND {_FROM_ALIPAY} = -NEW.paid_fen))",
    ),
    (
        "an assignment is not paid itself",
        f"{_IS_STEP} AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = NEW.book AND r.seq = {_NAMED} "
        f"AND r.bucket IN {OWED_ON})",
    ),
    (
        "what was taken back is not paid",
        f"{_IS_STEP} AND NEW.after_fen > NEW.before_fen AND EXISTS (SELECT 1 FROM journal_entry v "
        f"WHERE v.book = NEW.book AND v.reverses = {_NAMED} AND v.seq < NEW.seq)",
    ),
)

# message -> condition over the entry `e` that is about to be sealed
SEAL_REFUSALS: tuple[tuple[str, str], ...] = (
    (
        "a settlement does not pay",
        f"{PAYS} AND EXISTS (SELECT 1 FROM settlement s WHERE s.book = NEW.book AND s.seq = NEW.seq)",
    ),
    (
        "an assignment takes from a transfer what it gives to a claim",
        f"e.reverses IS NULL AND {PAYS} AND {_assigned('')} <> 0",
    ),
    (
        "an assignment moves what its steps say",
        f"e.reverses IS NULL AND {PAYS} AND ({' OR '.join(map(_misses, OWED_ON))})",
    ),
    (
        "what is paid is not reversed before its payment",
        "e.reverses IS NOT NULL AND EXISTS (SELECT 1 FROM refund_step r WHERE r.book = e.book "
        f"AND r.subject IN ('{OWED}' || e.reverses, '{SENT}' || e.reverses) AND r.seq < e.seq "
        f"AND r.bucket IN {OWED_ON} GROUP BY r.subject, r.bucket HAVING SUM(r.after_fen - r.before_fen) <> 0)",
    ),
)
