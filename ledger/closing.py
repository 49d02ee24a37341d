"""Closing: the events that shut a month and open it again, each with the figures it saw.

An event is an operation like any other: it names the chain's head, and the next entry commits to it. What a
close sealed stands as a version; a reopening adds one and takes none away.
"""

from calculators.days import parse_month
from ledger import periods, queries
from ledger import tables as t
from ledger.chain import Chain, Row
from ledger.errors import PeriodOrder
from ledger.journal import check_text
from ledger.reading import moment
from ledger.recordings import Closed
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


def reopen(chain: Chain, period: str, reason: str) -> Closed:
    """Open the last closed month again; `PeriodOrder` for any other, or without a reason."""
    last = periods.last_event(chain.reader, parse_month(period))
    if last is None or last["action"] != "close":
        raise PeriodOrder(f"{period} is not closed, so there is nothing to reopen.")
    _check_last(chain, period)
    check_text("reason", reason)
    if not reason.strip():
        raise PeriodOrder(f"{period} cannot be reopened without a reason.")
    return _event(chain, period, "reopen", reason, last["version"] + 1)


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
