"""Matching: which open payable an Alipay transfer pays, where exactly one fits.

A transfer is told by what it says of itself: the claim number in its remark, else its order. One that says
neither is told by its sum and its day, if nothing else was sent or owed alike. The sum must always be what is
open, and whatever is in doubt is left for a person: a wrong match would hide a double payment.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.reports_of_payables import UNMATCHED, PayableRow

CLAIM_WORD = "申请号"
REMARK_MAX = 100  # Alipay takes no longer reason for a payment.
_WHOLE = r"(?<![0-9A-Za-z_-]){}(?![0-9A-Za-z_-])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """One transfer out of Alipay as a statement tells it: positive fen, and what names whom it is for."""

    serial: str
    on: date
    fen: int
    order_no: str | None = None
    remark: str = ""
    source: str | None = None


def remark(row: PayableRow) -> str:
    """What a payment of a row says of itself, so that the statement tells us again which claim it pays."""
    said = f"{CLAIM_WORD}{row.name}"
    full = f"{said} 条款{row.rules}" if row.rules else said
    return full if len(full) <= REMARK_MAX else said


def fits(transfers: Iterable[Transfer], payables: Iterable[PayableRow]) -> dict[str, PayableRow]:
    """The payable of each transfer that exactly one fits, by the transfer's serial; each payable once."""
    rows = [row for row in payables if row.kind != UNMATCHED and row.open_fen > 0]
    by_name, by_order = _grouped(rows)
    found: dict[str, PayableRow] = {}
    taken: set[int] = set()
    silent: list[Transfer] = []
    for transfer in sorted(transfers, key=lambda one: (one.on, one.serial)):
        named = _named(transfer.remark, by_name)
        if named or transfer.order_no or CLAIM_WORD in transfer.remark:
            ours = [row for name in named for row in by_name[name]] or by_order[transfer.order_no or ""]
            fit = _told(transfer, [row for row in ours if row.seq not in taken])
            found |= {transfer.serial: fit} if fit else {}
            taken |= {fit.seq} if fit else set()
        else:
            silent.append(transfer)
    return found | _by_day(silent, [row for row in rows if row.seq not in taken])


def _grouped(rows: Iterable[PayableRow]) -> tuple[dict[str, list[PayableRow]], dict[str, list[PayableRow]]]:
    by_name: dict[str, list[PayableRow]] = defaultdict(list)
    by_order: dict[str, list[PayableRow]] = defaultdict(list)
    for row in rows:
        by_name[row.name].append(row)
        by_order[row.order_no or ""].append(row)
    by_order[""] = []
    return by_name, by_order


def _named(said: str, names: Iterable[str]) -> list[str]:
    """The claims whose whole number stands in a remark."""
    return [name for name in names if name in said and re.search(_WHOLE.format(re.escape(name)), said)]


def _told(transfer: Transfer, ours: Sequence[PayableRow]) -> PayableRow | None:
    """The one open row of the claim or the order that the transfer names, of several that of its own day."""
    fitting = [row for row in ours if row.open_fen == transfer.fen]
    return _only(fitting) or _only([row for row in fitting if row.since_on == transfer.on])


def _by_day(transfers: Sequence[Transfer], rows: Sequence[PayableRow]) -> dict[str, PayableRow]:
    """Transfers that name nobody: by sum and day, where one was sent so and one is owed so."""
    sent = Counter((transfer.on, transfer.fen) for transfer in transfers)
    owed = Counter((row.since_on, row.open_fen) for row in rows)
    alone = {(row.since_on, row.open_fen): row for row in rows if owed[row.since_on, row.open_fen] == 1}
    return {
        transfer.serial: alone[transfer.on, transfer.fen]
        for transfer in transfers
        if sent[transfer.on, transfer.fen] == 1 and (transfer.on, transfer.fen) in alone
    }


def _only(rows: Sequence[PayableRow]) -> PayableRow | None:
    return rows[0] if len(rows) == 1 else None
