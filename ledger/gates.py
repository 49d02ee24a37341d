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

from calculators.days import end_of_day, last_of
from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from calculators.wording import say
from ledger import approving, periods, queries
from ledger.canonical import short
from ledger.chart import SUSPENSE
from ledger.distributor_months import DUE, Asking, distributor_rows
from ledger.expected_files import missing_reports, uncovered_days
from ledger.gates_told import notices, of_rows
from ledger.imported import suspense
from ledger.reading import SEALED, E, Reader, voucher
from ledger.reconciling import reconciliation
from ledger.reports import SuspenseRow
from ledger.reports_of_gates import Gate, GateName, MonthGates, Standing, gate_of, named
from ledger.reports_of_months import Reconciliation


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is looked at: a month, as of a day, by a rulebook; and the files that the shell knows to have failed."""

    period: str
    rulebook: Rulebook
    on: date
    files: tuple[Standing, ...] = ()


def month_gates(reader: Reader, look: Look) -> MonthGates:
    """Every gate of a month, and what is told of it beside."""
    reconciled = reconciliation(reader, look.period, look.rulebook)
    told = notices(reader, look.period, look.rulebook, reconciled)
    return _found(reader, look.period, (*_gates(reader, look, reconciled), *told))


def gates_to_close(reader: Reader, look: Look) -> MonthGates:
    """Every gate of a month and no notices, which is all that a close goes by."""
    reconciled = reconciliation(reader, look.period, look.rulebook)
    return _found(reader, look.period, tuple(_gates(reader, look, reconciled)))


def _found(reader: Reader, period: str, gates: tuple[Gate, ...]) -> MonthGates:
    return MonthGates(period=period, closed=period <= periods.last_closed(reader), gates=gates)


def _gates(reader: Reader, look: Look, reconciled: Reconciliation) -> Iterator[Gate]:
    yield _earlier_open(reader, look.period)
    yield _voucher_gaps(reader, look.period)
    yield _not_over(look.period, look.on)
    yield _files(reader, look.period, look.files)
    yield _statement(reader, look.period, reconciled)
    yield of_rows(GateName.UNMATCHED, reconciled.open_rows, look.period)
    yield _suspense(reader, look.period)
    yield _approvals(reader, look.period)
    yield _distributors(reader, look.period, look.rulebook)


def _earlier_open(reader: Reader, period: str) -> Gate:
    closed = periods.last_closed(reader)
    months = [row.period for row in periods.periods(reader) if closed < row.period < period and row.entries]
    return gate_of(GateName.EARLIER_OPEN, map(named, months), summed=False)


def _voucher_gaps(reader: Reader, period: str) -> Gate:
    """Numbers from 1 to the last that no voucher of the month has, and those that more than one has."""
    select = sa.select(E.voucher_no).select_from(SEALED)
    where = (E.book == reader.book, E.period == period, E.voucher_no.is_not(None))
    numbers = [row["voucher_no"] for row in reader.listed(select.where(*where).order_by(E.voucher_no))]
    wrong = sorted(_missing(numbers) | _doubled(numbers))
    return gate_of(GateName.VOUCHER_GAPS, (named(voucher(number)) for number in wrong), summed=False)


def _missing(numbers: list[int]) -> set[int]:
    return set(range(1, max(numbers, default=0) + 1)) - set(numbers)


def _doubled(numbers: list[int]) -> set[int]:
    return {number for number, after in pairwise(numbers) if number == after}


def _not_over(period: str, on: date) -> Gate:
    last = last_of(period)
    stand = [named(last.isoformat(), f"{last} 才到期末", f"it ends on {last}")] if on <= last else []
    return gate_of(GateName.NOT_OVER, stand, summed=False)


def _files(reader: Reader, period: str, known: Iterable[Standing]) -> Gate:
    missing = (Standing(name="", text=said) for said in missing_reports(reader, period))
    return gate_of(GateName.FILES, [*known, *missing], summed=False)


def _statement(reader: Reader, period: str, reconciled: Reconciliation) -> Gate:
    """Days of the month that the statements leave out, and what moved between two of them unseen."""
    days = [_days(*between) for between in uncovered_days(reader, period)]
    if reconciled.gap_fen:
        days.append(
            Standing(name="", text=say("账单之间不衔接", "statements do not join"), fen=reconciled.gap_fen)
        )
    return gate_of(GateName.STATEMENT, days, summed=bool(reconciled.gap_fen))


def _days(first: date, last: date) -> Standing:
    return named(f"{first}" if first == last else f"{first}…{last}")


def _suspense(reader: Reader, period: str) -> Gate:
    """What stands in suspense at the month's end; its sum is the account's, whoever booked there."""
    last = last_of(period)
    stand = [_in_suspense(row) for row in suspense(reader) if row.effective_on <= last]
    rest_fen = queries.balance(reader, SUSPENSE, last) - sum(one.fen for one in stand)
    if rest_fen:
        text = say(f"{SUSPENSE} 其他凭证", f"{SUSPENSE} by other entries")
        stand.append(Standing(name="", text=text, fen=rest_fen))
    return gate_of(GateName.SUSPENSE, stand)


def _in_suspense(row: SuspenseRow) -> Standing:
    serial = str(json.loads(row.line_json).get("serial", ""))
    shown = serial or row.voucher
    name = f"{row.effective_on:%Y-%m} --line {serial}" if serial else ""
    return Standing(name=name, text=say(shown, shown), fen=row.amount_fen)


def _approvals(reader: Reader, period: str) -> Gate:
    """Claims up to the month that wait for a second person; once it is closed they cannot be booked into it."""
    asked = (word for word in approving.waiting(reader) if word.matter == "claim")
    claims = [(word, json.loads(word.content_json)) for word in asked]
    return gate_of(
        GateName.APPROVALS,
        (
            Standing(
                name=f"{word.subject} --digest {short(word.digest)}",
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
    asking = Asking(rulebook=rulebook, at=end_of_day(last_of(period)), shop=reader.book)
    rows = [row for row in distributor_rows(reader, period, asking) if row.state in DUE]
    return gate_of(
        GateName.DISTRIBUTORS,
        (
            Standing(name=row.distributor, text=say(row.distributor, row.distributor), fen=row.due_fen)
            for row in rows
        ),
    )
