from dataclasses import replace
from datetime import date

import pytest

from calculators.days import parse_day
from cli.closing import Closing, close_month, write_month
from cli.gates import GatesOpen
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.month_rows import MonthJournal
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell, dump

BY = Closing(actor="wang", now=STANDS_AT, on=STANDS_AT.date(), despite="等平台答复")


def test_the_months_confirmed_orders_are_finished_and_the_figures_balance(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        with book.reading() as reader:
            before = queries.head(reader).seq
        end = close_month(book, "2026-10", default_rulebook(), BY)
        with book.reading() as reader:
            finished = [line for line in MonthJournal(reader=reader, period="2026-10") if line.seq > before]
    assert end.finished == len({line.seq for line in finished}) > 0
    assert {line.kind for line in finished} == {"order_confirmed", "order_delivered"}
    assert all(date(2026, 10, 1) <= line.effective_on <= parse_day("2026-10-31") for line in finished)
    assert sum(row.closing_fen for row in end.trial_balance) == 0
    assert sum(row.debit_fen - row.credit_fen for row in end.trial_balance) == 0


def test_a_month_that_is_closed_is_answered_as_it_was(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        first = close_month(book, "2026-10", default_rulebook(), BY)
        again = close_month(book, "2026-10", default_rulebook(), BY)
    assert (first.closed.again, again.closed.again, again.finished) == (False, True, 0)
    assert (again.head, again.trial_balance) == (first.head, first.trial_balance)


def test_the_workbook_of_the_same_month_is_the_same_to_the_byte(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        close_month(book, "2026-10", default_rulebook(), BY)
        write_month(book, "2026-10", booked.folder / "a.xlsx", overwrite=False)
        write_month(book, "2026-10", booked.folder / "b.xlsx", overwrite=False)
    assert (booked.folder / "a.xlsx").read_bytes() == (booked.folder / "b.xlsx").read_bytes()


def test_a_month_with_an_open_gate_is_not_closed_without_a_reason(booked: Shell) -> None:
    before = dump(booked.folder / "settle.db")
    with open_book(sqlite_url(booked.folder / "settle.db")) as book, pytest.raises(GatesOpen):
        close_month(book, "2026-10", default_rulebook(), replace(BY, despite=None))
    assert dump(booked.folder / "settle.db") == before


def test_no_reason_goes_past_a_gate_that_stops(booked: Shell) -> None:
    with (
        open_book(sqlite_url(booked.folder / "settle.db")) as book,
        pytest.raises(GatesOpen, match="2026-10"),
    ):
        close_month(book, "2026-11", default_rulebook(), BY)


def test_a_close_with_every_gate_clear_keeps_no_reason(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        end = close_month(book, "2026-09", default_rulebook(), BY)
    assert (end.passed, end.reopenings, end.delta) == (None, (), None)
