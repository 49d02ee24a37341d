"""What a person is shown of a file that was read: what it is, which days it covers, and its money in and out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from calculators.days import business_day
from cli.errors import Fault
from cli.readers import ReadFile
from cli.readers.layouts import Layout, layout_named
from cli.readers.rows import CourierRow, StatementFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A file as it was recognised; days and balances are None where its layout has none, amounts are fen.

    `out_fen` is money out and never positive; `whole_months` is None for what is no statement.
    """

    name: str
    layout: str
    variant: str
    columns: int
    rows: int
    first_on: date | None = None
    last_on: date | None = None
    whole_months: bool | None = None
    account: str = ""
    in_fen: int | None = None
    out_fen: int | None = None
    opening_fen: int | None = None
    closing_fen: int | None = None
    new_columns: tuple[str, ...] = ()
    told: tuple[Fault, ...] = ()


def recognise(file: ReadFile) -> Recognised:
    """What is to be shown of a file; columns no year has had and waybills that stand twice are told."""
    layout = layout_named(file.layout)
    days = _days(file, layout)
    said = file.statement
    money = (said.in_fen, said.out_fen) if said else _money(file, layout)
    return Recognised(
        name=file.name,
        layout=file.layout,
        variant=file.variant,
        columns=file.width,
        rows=len(file.rows),
        first_on=said.first_on if said else min(days, default=None),
        last_on=said.last_on if said else max(days, default=None),
        whole_months=said.whole_months if said else None,
        account=said.account if said else "",
        in_fen=money[0],
        out_fen=money[1],
        opening_fen=said.opening_fen if said else None,
        closing_fen=said.closing_fen if said else None,
        new_columns=file.new_columns,
        told=(*file.told, *_told(file)),
    )


def facts_of(said: StatementFacts) -> dict[str, object]:
    """What a statement says of itself, as the book keeps it beside its lines."""
    return {
        "account": said.account,
        "account_digest": said.account_digest,
        "first_on": said.first_on.isoformat(),
        "last_on": said.last_on.isoformat(),
        "whole_months": said.whole_months,
        "covered_until": said.covered_until.isoformat(),
        "opening_fen": said.opening_fen,
        "closing_fen": said.closing_fen,
        "in_fen": said.in_fen,
        "in_count": said.in_count,
        "out_fen": said.out_fen,
        "out_count": said.out_count,
    }


def _days(file: ReadFile, layout: Layout | None) -> list[date]:
    if layout is None or not layout.at or file.statement:
        return []
    moments = (getattr(row, layout.at) for row in file.rows)
    return [business_day(at) for at in moments if isinstance(at, datetime)]


def _money(file: ReadFile, layout: Layout | None) -> tuple[int | None, int | None]:
    if layout is None:
        return None, None
    income, outgo = (_sum(file, field) for field in (layout.income, layout.outgo))
    return income, None if outgo is None else -abs(outgo)


def _sum(file: ReadFile, field: str) -> int | None:
    return sum(getattr(row, field) or 0 for row in file.rows) if field else None


def _told(file: ReadFile) -> Iterable[Fault]:
    if file.new_columns:
        yield Fault(code="new_columns", file=file.name, detail="、".join(file.new_columns))
    waybills = [row.waybill for row in file.rows if isinstance(row, CourierRow)]
    twice = len(waybills) - len(set(waybills))
    if twice:
        yield Fault(code="repeated_waybills", file=file.name, detail=f"({twice})")
