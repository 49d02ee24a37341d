"""The gates of a month: what stands between it and its close, each asked of the book as it stands.

Nothing is written and nothing decided here: whoever closes refuses, or goes past a gate with a reason. What the
book cannot know, the files of a folder and the anchors outside of it, the shell adds.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import sqlalchemy as sa

from calculators.days import end_of_day, month_end
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from calculators.wording import Text, say
from ledger import approving, periods, queries
from ledger.distributor_months import DUE, Asking, distributor_rows
from ledger.expected_files import missing_reports, uncovered_days
from ledger.imported import suspense
from ledger.orders import finishing_entries
from ledger.payables import payables
from ledger.posting_rules import ALIPAY, COUPONS
from ledger.reading import LINES, SEALED, E, P, Reader, voucher
from ledger.reconciling import reconciliation
from ledger.reports import SuspenseRow
from ledger.reports_of_gates import Gate, GateName, MonthGates
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State
from ledger.reports_of_payables import UNMATCHED
from ledger.statement_postings import SUSPENSE

FEW, DIGEST_SHOWN = 3, 12
STOCK = ("1405", "1406")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One thing that stands in a gate: its name on a command line, what people read of it, and its fen."""

    name: str
    text: Text
    fen: int = 0


def month_gates(
    reader: Reader, period: str, rulebook: Rulebook, on: date, files: Iterable[Standing] = ()
) -> MonthGates:
    """Every gate of a month as of a day; what the reconciliation and the distributors ask goes by the rulebook.

    `files` are those that somebody outside the ledger knows to have failed or to be missing.
    """
    reconciled = reconciliation(reader, period, rulebook)
    asked = (
        _earlier_open(reader, period),
        _voucher_gaps(reader, period),
        _not_over(period, on),
        _files(reader, period, files),
        _statement(reader, period, reconciled),
        _of_rows(GateName.UNMATCHED, reconciled.open_rows, period),
        _suspense(reader, period),
        _approvals(reader, period),
        _distributors(reader, period, rulebook),
        _confirmations(reader, period, rulebook),
        *_payables(reader, period),
        _of_rows(GateName.NOT_ARRIVED, _waiting(reconciled), period),
        _of_rows(GateName.PARKED, reconciled.of(State.PARKED), period),
        _coupons(reader, period),
        _stock(reader, period),
    )
    return MonthGates(period=period, closed=period <= periods.last_closed(reader), gates=asked)


def named(name: str, zh: str = "", en: str = "") -> Standing:
    """Something that stands in a gate under one name in both languages, with words around it where there are any."""
    return Standing(name=name, text=say(zh or name, en or name))


def _earlier_open(reader: Reader, period: str) -> Gate:
    closed = periods.last_closed(reader)
    months = [row.period for row in periods.periods(reader) if closed < row.period < period and row.entries]
    return _gate(GateName.EARLIER_OPEN, map(named, months), summed=False)


def _voucher_gaps(reader: Reader, period: str) -> Gate:
    """Numbers from 1 to the last that no voucher of the month has, and those that more than one has."""
    select = sa.select(E.voucher_no).select_from(SEALED)
    where = (E.book == reader.book, E.period == period, E.voucher_no.is_not(None))
    numbers = [row["voucher_no"] for row in reader.listed(select.where(*where).order_by(E.voucher_no))]
    wrong = sorted(_missing(numbers) | _doubled(numbers))
    return _gate(GateName.VOUCHER_GAPS, (named(voucher(number)) for number in wrong), summed=False)


def _missing(numbers: list[int]) -> set[int]:
    return set(range(1, max(numbers, default=0) + 1)) - set(numbers)


def _doubled(numbers: list[int]) -> set[int]:
    return {number for number, after in pairwise(numbers) if number == after}


def _not_over(period: str, on: date) -> Gate:
    last = _last_day(period)
    stand = [named(last.isoformat(), f"{last} 才到期末", f"it ends on {last}")] if on <= last else []
    return _gate(GateName.NOT_OVER, stand, summed=False)


def _files(reader: Reader, period: str, known: Iterable[Standing]) -> Gate:
    missing = (Standing(name="", text=said) for said in missing_reports(reader, period))
    return _gate(GateName.FILES, [*known, *missing], summed=False)


def _statement(reader: Reader, period: str, reconciled: Reconciliation) -> Gate:
    """Days of the month that the statements leave out, and what moved between two of them unseen."""
    days = [_days(*between) for between in uncovered_days(reader, period)]
    if reconciled.gap_fen:
        days.append(
            Standing(name="", text=say("账单之间不衔接", "statements do not join"), fen=reconciled.gap_fen)
        )
    return _gate(GateName.STATEMENT, days, summed=bool(reconciled.gap_fen))


def _days(first: date, last: date) -> Standing:
    return named(f"{first}" if first == last else f"{first}…{last}")


def _of_rows(name: GateName, rows: Iterable[ReconciliationRow], period: str) -> Gate:
    return _gate(name, (_of_row(row, period) for row in rows))


def _of_row(row: ReconciliationRow, period: str) -> Standing:
    shown = row.serial or row.order_no or f"#{row.seq}"
    text = say(f"{shown} {row.state.zh}", f"{shown} {row.state.value.replace('_', ' ')}")
    name = f"{period} --line {row.serial}" if row.serial else period
    return Standing(name=name, text=text, fen=row.difference_fen or row.statement_fen)


def _waiting(reconciled: Reconciliation) -> list[ReconciliationRow]:
    rows = reconciled.of(State.NOT_ARRIVED)
    return [row for row in rows if not row.is_open and row.settled_on is None]


def _suspense(reader: Reader, period: str) -> Gate:
    """What stands in suspense at the month's end; its sum is the account's, whoever booked there."""
    last = _last_day(period)
    stand = [_in_suspense(row) for row in suspense(reader) if row.effective_on <= last]
    rest_fen = queries.balance(reader, SUSPENSE, last) - sum(one.fen for one in stand)
    if rest_fen:
        text = say(f"{SUSPENSE} 其他凭证", f"{SUSPENSE} by other entries")
        stand.append(Standing(name="", text=text, fen=rest_fen))
    return _gate(GateName.SUSPENSE, stand)


def _in_suspense(row: SuspenseRow) -> Standing:
    serial = str(json.loads(row.line_json).get("serial", ""))
    shown = serial or row.voucher
    name = f"{row.effective_on:%Y-%m} --line {serial}" if serial else ""
    return Standing(name=name, text=say(shown, shown), fen=row.amount_fen)


def _approvals(reader: Reader, period: str) -> Gate:
    """Claims up to the month that wait for a second person; once it is closed they cannot be booked into it."""
    asked = (word for word in approving.waiting(reader) if word.matter == "claim")
    claims = [(word, json.loads(word.content_json)) for word in asked]
    return _gate(
        GateName.APPROVALS,
        (
            Standing(
                name=f"{word.subject} --digest {word.digest[:DIGEST_SHOWN]}",
                text=say(word.subject, word.subject),
                fen=_asked_fen(said),
            )
            for word, said in claims
            if said["case"]["at"][:7] <= period
        ),
    )


def _asked_fen(said: dict[str, dict[str, list[dict[str, str]]]]) -> int:
    return sum(parse_yuan(item["amount"]) for item in said["answer"].get("items", ()))


def _distributors(reader: Reader, period: str, rulebook: Rulebook) -> Gate:
    asking = Asking(rulebook=rulebook, at=end_of_day(_last_day(period)), shop=reader.book)
    rows = [row for row in distributor_rows(reader, period, asking) if row.state in DUE]
    return _gate(
        GateName.DISTRIBUTORS,
        (
            Standing(name=row.distributor, text=say(row.distributor, row.distributor), fen=row.due_fen)
            for row in rows
        ),
    )


def _confirmations(reader: Reader, period: str, rulebook: Rulebook) -> Gate:
    entries = [keyed.entry for keyed in finishing_entries(reader, period, rulebook)]
    return _gate(
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
    rows = payables(reader, _last_day(period))
    for name, is_sent in ((GateName.PAYABLES, False), (GateName.TRANSFERS, True)):
        yield _gate(
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
    owed_fen = -queries.balance(reader, COUPONS, _last_day(period))
    stand = [Standing(name=COUPONS, text=say(COUPONS, COUPONS), fen=owed_fen)] if owed_fen else []
    return _gate(GateName.COUPONS, stand)


def _stock(reader: Reader, period: str) -> Gate:
    """What goods lost, sent again or given away moved on the stock accounts; their cost is the main ledger's."""
    moved = sa.func.sum(P.amount_fen).label("fen")
    select = sa.select(P.account, moved).select_from(LINES).group_by(P.account).order_by(P.account)
    where = (E.book == reader.book, E.period == period, E.kind != "opening", P.account.in_(STOCK))
    names, rows = queries.account_names(reader), reader.listed(select.where(*where))
    return _gate(
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


def _gate(name: GateName, stand: Iterable[Standing], *, summed: bool = True) -> Gate:
    stand = list(stand)
    return Gate(
        name=name,
        count=len(stand),
        amount_fen=sum(one.fen for one in stand) if summed else None,
        stands=tuple(one.text for one in stand[:FEW]),
        first=stand[0].name if stand else "",
    )


def _last_day(period: str) -> date:
    return month_end(date.fromisoformat(f"{period}-01"))
