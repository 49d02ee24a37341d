from datetime import date

from calculators.days import parse_day
from cli.closing import close_month, write_month
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.month_rows import MonthJournal
from tests.cli.conftest import STANDS_AT
from tests.cli.shell import Shell

WHO = ("wang", STANDS_AT)


def test_the_months_confirmed_orders_are_finished_and_the_figures_balance(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        with book.reading() as reader:
            before = queries.head(reader).seq
        end = close_month(book, "2026-10", default_rulebook(), WHO)
        with book.reading() as reader:
            finished = [line for line in MonthJournal(reader=reader, period="2026-10") if line.seq > before]
    assert end.finished == len({line.seq for line in finished}) > 0
    assert {line.kind for line in finished} == {"order_confirmed", "order_delivered"}
    assert all(date(2026, 10, 1) <= line.effective_on <= parse_day("2026-10-31") for line in finished)
    assert sum(row.closing_fen for row in end.trial_balance) == 0
    assert sum(row.debit_fen - row.credit_fen for row in end.trial_balance) == 0


def test_a_month_that_is_closed_is_answered_as_it_was(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        first = close_month(book, "2026-10", default_rulebook(), WHO)
        again = close_month(book, "2026-10", default_rulebook(), WHO)
    assert (first.closed.again, again.closed.again, again.finished) == (False, True, 0)
    assert (again.head, again.trial_balance) == (first.head, first.trial_balance)


def test_the_workbook_of_the_same_month_is_the_same_to_the_byte(booked: Shell) -> None:
    with open_book(sqlite_url(booked.folder / "settle.db")) as book:
        close_month(book, "2026-10", default_rulebook(), WHO)
        write_month(book, "2026-10", booked.folder / "a.xlsx", overwrite=False)
        write_month(book, "2026-10", booked.folder / "b.xlsx", overwrite=False)
    assert (booked.folder / "a.xlsx").read_bytes() == (booked.folder / "b.xlsx").read_bytes()
