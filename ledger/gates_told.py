"""What a month's gates tell beside: nothing of it holds up a close, and whoever signs should have seen it."""

from collections.abc import Iterable, Iterator

import sqlalchemy as sa

from calculators.days import last_of
from calculators.rulebook import Rulebook
from calculators.wording import say
from ledger import queries
from ledger.chart import ALIPAY, COUPONS, STOCK
from ledger.orders import finishing_entries
from ledger.payables import payables
from ledger.reading import LINES, E, P, Reader
from ledger.reports_of_gates import Gate, GateName, Standing, gate_of
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State
from ledger.reports_of_payables import UNMATCHED


def notices(reader: Reader, period: str, rulebook: Rulebook, reconciled: Reconciliation) -> Iterator[Gate]:
    """Every notice of a month, those with nothing to tell among them."""
    yield _confirmations(reader, period, rulebook)
    yield from _payables(reader, period)
    yield of_rows(GateName.NOT_ARRIVED, _waiting(reconciled), period)
    yield of_rows(GateName.PARKED, reconciled.of(State.PARKED), period)
    yield _coupons(reader, period)
    yield _stock(reader, period)


def of_rows(name: GateName, rows: Iterable[ReconciliationRow], period: str) -> Gate:
    """The gate in which rows of a month's reconciliation stand."""
    return gate_of(name, (_of_row(row, period) for row in rows))


def _of_row(row: ReconciliationRow, period: str) -> Standing:
    shown = row.serial or row.order_no or f"#{row.seq}"
    text = say(f"{shown} {row.state.zh}", f"{shown} {row.state.value.replace('_', ' ')}")
    name = f"{period} --line {row.serial}" if row.serial else period
    return Standing(name=name, text=text, fen=row.difference_fen or row.statement_fen)


def _waiting(reconciled: Reconciliation) -> list[ReconciliationRow]:
    rows = reconciled.of(State.NOT_ARRIVED)
    return [row for row in rows if not row.is_open and row.settled_on is None]


def _confirmations(reader: Reader, period: str, rulebook: Rulebook) -> Gate:
    entries = [keyed.entry for keyed in finishing_entries(reader, period, rulebook)]
    return gate_of(
        GateName.CONFIRMATIONS,
        (
            Standing(
                name=entry.order_no or "",
                text=say(entry.order_no or "", entry.order_no or ""),
                fen=sum(line.amount_fen for line in entry.postings if line.account == ALIPAY),
            )
            for entry in entries
        ),
    )


def _payables(reader: Reader, period: str) -> Iterator[Gate]:
    """What is owed at the month's end, and what was sent that pays no claim yet."""
    rows = payables(reader, last_of(period))
    for name, is_sent in ((GateName.PAYABLES, False), (GateName.TRANSFERS, True)):
        yield gate_of(
            name,
            (
                Standing(name=shown, text=say(shown, shown), fen=row.open_fen)
                for row in rows
                if (row.kind == UNMATCHED) is is_sent
                for shown in [(row.serial if is_sent else row.claim_no) or f"#{row.seq}"]
            ),
        )


def _coupons(reader: Reader, period: str) -> Gate:
    """What the shop owes in coupons at the month's end; those that have expired are for a person to record."""
    owed_fen = -queries.balance(reader, COUPONS, last_of(period))
    stand = [Standing(name=COUPONS, text=say(COUPONS, COUPONS), fen=owed_fen)] if owed_fen else []
    return gate_of(GateName.COUPONS, stand)


def _stock(reader: Reader, period: str) -> Gate:
    """What goods lost, sent again or given away moved on the stock accounts; their cost is the main ledger's."""
    moved = sa.func.sum(P.amount_fen).label("fen")
    select = sa.select(P.account, moved).select_from(LINES).group_by(P.account).order_by(P.account)
    where = (E.book == reader.book, E.period == period, E.kind != "opening", P.account.in_(STOCK))
    names, rows = queries.account_names(reader), reader.listed(select.where(*where))
    return gate_of(
        GateName.STOCK,
        (
            Standing(
                name=row["account"],
                text=say(*(f"{row['account']} {name}" for name in names[row["account"]])),
                fen=int(row["fen"]),
            )
            for row in rows
        ),
    )
