"""Pages: what the book says of a month, an account or an order, as of a day and as known at an entry.

What is known at an entry never changes; what is true as of a day can, for an entry may be posted late.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import accumulate

import sqlalchemy as sa

from calculators.days import period_of
from calculators.masking import mask_number
from ledger import month_rows, queries
from ledger.corrections import ink_of, sides
from ledger.errors import UnknownAccount
from ledger.hand_over import accounts
from ledger.page_reports import (
    AccountPage,
    JournalPage,
    OrderAccount,
    OrderPage,
    PageLine,
    Span,
    TrialBalancePage,
)
from ledger.reading import (
    ACCOUNT_ZH,
    IS_DEBIT,
    LINES,
    NAMED,
    NARRATION,
    SEALED,
    E,
    P,
    Reader,
    dated,
    known,
    voucher,
)
from ledger.reports import AccountRow

_LEVELS = "—"


def span_of(
    reader: Reader, period: str | None = None, as_of: date | None = None, known_at: int | None = None
) -> Span:
    """The span asked for: else the month of the day, else the last month that has entries; `UnknownEntry` beyond."""
    if known_at is not None:
        queries.entry(reader, known_at)
    month = period or (period_of(as_of) if as_of else _last_month(reader, known_at))
    return Span(book=reader.book, period=month, as_of=as_of, known_at=known_at)


def trial_balance_page(reader: Reader, span: Span) -> TrialBalancePage:
    """The trial balance of a span."""
    return TrialBalancePage(
        span=span, rows=queries.trial_balance(reader, span.period, span.known_at, span.as_of)
    )


def journal_page(reader: Reader, span: Span) -> JournalPage:
    """The journal of a span, in the order in which it was recorded, whatever any clock said."""
    return JournalPage(span=span, rows=month_rows.journal(reader, span.period, span.known_at, span.as_of))


def account_page(reader: Reader, code: str, span: Span) -> AccountPage:
    """An account's lines by day with a running balance, or those of all accounts below it; else `UnknownAccount`."""
    named = _named(reader, code)
    of_account, month = _of_account(code), E.period == span.period
    opening = reader.number(
        sa.select(sa.func.sum(P.amount_fen))
        .select_from(LINES)
        .where(E.book == reader.book, of_account, E.period < span.period, *known(span.known_at))
    )
    rows = list(_rows(reader, span, of_account, month))
    moved = [sides(row["amount_fen"], _ink(row)) for row in rows]
    balances = list(accumulate((row["amount_fen"] for row in rows), initial=opening))
    year = _year(reader, span, of_account)
    return AccountPage(
        span=span,
        account=code,
        name_zh=named.name_zh,
        name_en=named.name_en,
        opening_fen=opening,
        lines=tuple(_line(row, balance) for row, balance in zip(rows, balances[1:], strict=True)),
        debit_fen=sum(debit for debit, _ in moved),
        credit_fen=sum(credit for _, credit in moved),
        closing_fen=balances[-1],
        year_debit_fen=year[0],
        year_credit_fen=year[1],
    )


def order_page(reader: Reader, order_no: str, span: Span) -> OrderPage:
    """Every line about an order from its first day on; the span's month does not limit it, its day and entry do."""
    balances: dict[str, int] = defaultdict(int)
    lines = []
    for row in _rows(reader, span, E.order_no == order_no):
        balances[row["account"]] += row["amount_fen"]
        lines.append(_line(row, balances[row["account"]]))
    names = {row.code: row for row in accounts(reader)}
    held = tuple(
        OrderAccount(account=code, name_zh=names[code].name_zh, name_en=names[code].name_en, balance_fen=fen)
        for code, fen in sorted(balances.items())
    )
    left = queries.refunded(reader, order_no, span.known_at, span.as_of)
    return OrderPage(
        span=replace(span, period=""), order_no=order_no, lines=tuple(lines), accounts=held, left=left
    )


def _last_month(reader: Reader, known_at: int | None) -> str:
    select = sa.select(sa.func.max(E.period)).select_from(SEALED)
    return reader.connection.execute(select.where(E.book == reader.book, *known(known_at))).scalar() or ""


def _named(reader: Reader, code: str) -> AccountRow:
    """The account of that code; of one that has others below it, the name that these share."""
    below = [row for row in accounts(reader) if row.code == code or row.code.startswith(f"{code}.")]
    if not below:
        raise UnknownAccount(
            f"book {reader.book} has no account {mask_number(code)}. `settle report trial-balance` lists those in use."
        )
    if below[0].code == code:
        return below[0]
    shared = below[0].name_zh.split(_LEVELS)[0]
    return AccountRow(code=code, name_zh=shared, name_en=f"{code}.*", normal=below[0].normal)


def _of_account(code: str) -> sa.ColumnElement[bool]:
    return sa.or_(P.account == code, P.account.startswith(f"{code}.", autoescape=True))


def _rows(reader: Reader, span: Span, *which: sa.ColumnElement[bool]) -> Iterator[sa.RowMapping]:
    """Lines by day, and within a day in the order in which they were recorded."""
    of_entry = (E.seq, E.voucher_no, E.effective_on, E.order_no, E.claim_no, E.reverses)
    select = (
        sa.select(*of_entry, P.account, P.amount_fen, NARRATION, ACCOUNT_ZH)
        .select_from(NAMED)
        .where(E.book == reader.book, *which, *known(span.known_at), *dated(span.as_of))
        .order_by(E.effective_on, E.seq, P.line)
    )
    return reader.rows(select)


def _ink(row: sa.RowMapping) -> str:
    return ink_of(row["narration"], row["reverses"])


def _line(row: sa.RowMapping, balance_fen: int) -> PageLine:
    ink = _ink(row)
    debit, credit = sides(row["amount_fen"], ink)
    return PageLine(
        seq=row["seq"],
        voucher=voucher(row["voucher_no"]),
        effective_on=date.fromisoformat(row["effective_on"]),
        narration=row["narration"],
        account=row["account"],
        account_zh=row["account_zh"],
        debit_fen=debit,
        credit_fen=credit,
        balance_fen=balance_fen,
        order_no=row["order_no"],
        claim_no=row["claim_no"],
        reverses=row["reverses"],
        colour=ink,
    )


def _year(reader: Reader, span: Span, of_account: sa.ColumnElement[bool]) -> tuple[int, int]:
    """All debits and credits from January of the span's year to its end."""
    january = f"{span.period[:4]}-01"
    amount = P.amount_fen
    row = reader.first(
        sa.select(
            sa.func.sum(sa.case((IS_DEBIT, amount), else_=0)).label("debit_fen"),
            sa.func.sum(sa.case((~IS_DEBIT, -amount), else_=0)).label("credit_fen"),
        )
        .select_from(LINES)
        .where(
            E.book == reader.book,
            of_account,
            E.period.between(january, span.period),
            *known(span.known_at),
            *dated(span.as_of),
        )
    )
    return (int(row["debit_fen"] or 0), int(row["credit_fen"] or 0)) if row else (0, 0)
