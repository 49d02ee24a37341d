"""Closing: the events that shut a month and open it again, each with the figures it saw.

An event is an operation like any other: it names the chain's head, and the next entry commits to it. What a
close sealed stands as a version; a reopening adds one and takes none away.
"""

import json

from calculators.days import parse_month
from ledger import approving, periods, queries
from ledger import tables as t
from ledger.chain import Chain, Row
from ledger.errors import NotApproved, PeriodOrder
from ledger.journal import check_text
from ledger.reading import moment
from ledger.recordings import Approval, Closed
from ledger.sealing import PERIOD_EVENT, content_digest


def close(chain: Chain, period: str, reason: str) -> Closed:
    """Close a month; answers the standing close of a closed one, `PeriodOrder` out of turn."""
    last = periods.last_event(chain.reader, parse_month(period))
    if last and last["action"] == "close":
        return _closed(dict(last), again=True)
    _check_last(chain, period)
    left_open = periods.first_left_open(chain.reader, period)
    if left_open:
        raise PeriodOrder(f"{period} cannot be closed while {left_open} is open. Close {left_open} first.")
    check_text("reason", reason)
    return _event(chain, period, "close", reason, last["version"] + 1 if last else 1)


def ask_reopening(chain: Chain, period: str, reason: str) -> str:
    """Ask to open the last closed month again, once for a reason; answers the digest to be granted.

    `PeriodOrder` for any other month, or without a reason.
    """
    last = _standing_close(chain, period)
    check_text("reason", reason)
    if not reason.strip():
        raise PeriodOrder(f"{period} cannot be reopened without a reason.")
    digest = approving.close_digest(chain.reader, period) or ""
    standing = approving.last_word(chain.reader, "reopen", period)
    if standing and (standing.action, standing.digest, standing.reason) == ("ask", digest, reason):
        return digest
    asked = json.dumps({"period": period, "version": last["version"]}, sort_keys=True, separators=(",", ":"))
    word = Approval(
        matter="reopen", subject=period, action="ask", digest=digest, content_json=asked, reason=reason
    )
    approving.store_approval(chain, word)
    return digest


def reopen(chain: Chain, period: str, digest: str) -> Closed:
    """Grant what another person asked under that digest, and open the month again for the reason they gave.

    `PeriodOrder` for a month that is not the last closed one, `NotApproved` where nobody else asked for this.
    """
    last = _standing_close(chain, period)
    if digest != approving.close_digest(chain.reader, period):
        raise NotApproved(
            f"{digest} is not the digest of the close of {period} that stands now. Ask with `settle reopen`."
        )
    asked = approving.last_word(chain.reader, "reopen", period)
    grant = Approval(matter="reopen", subject=period, action="grant", digest=digest)
    approving.store_approval(chain, grant)
    return _event(chain, period, "reopen", asked.reason if asked else "", last["version"] + 1)


def _standing_close(chain: Chain, period: str) -> Row:
    last = periods.last_event(chain.reader, parse_month(period))
    if last is None or last["action"] != "close":
        raise PeriodOrder(f"{period} is not closed, so there is nothing to reopen.")
    _check_last(chain, period)
    return dict(last)


def _check_last(chain: Chain, period: str) -> None:
    if chain.closed > period:
        raise PeriodOrder(
            f"{chain.closed} stands closed, and its opening is the closing of {period}. "
            f"Reopen {chain.closed} first."
        )


def _event(chain: Chain, period: str, action: str, reason: str, version: int) -> Closed:
    balances = queries.trial_balance(chain.reader, period)
    row: Row = {
        "book": chain.reader.book,
        "period": period,
        "version": version,
        "action": action,
        "entries": periods.entry_count(chain.reader, period),
        "debit_fen": sum(line.debit_fen for line in balances),
        "credit_fen": sum(line.credit_fen for line in balances),
        "figures_json": periods.figures_json(balances),
        "reason": reason,
        "op_no": chain.op_no + 1,
    }
    chain.insert(t.period_event, [row])
    chain.seal_operation(action, period, content_digest(PERIOD_EVENT, [row]))
    chain.closed = periods.last_closed(chain.reader)
    return _closed({**row, "recorded_at": chain.recorded_at, "head_seq": chain.seq}, again=False)


def _closed(row: Row, *, again: bool) -> Closed:
    kept = ("period", "version", "action", "entries", "debit_fen", "credit_fen", "head_seq")
    return Closed(**{name: row[name] for name in kept}, recorded_at=moment(row["recorded_at"]), again=again)
