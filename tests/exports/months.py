"""Small months to hand over, built in memory, with a trial balance that fits their entries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from ledger.chart import CHART
from ledger.reports import AccountRow, ChainHead, EntryReport, PostingRow, TrialBalanceRow
from ledger.reports_of_handing import HandOver

ACCOUNTS = tuple(AccountRow(**leaf._asdict()) for leaf in CHART)
NAMES = {account.code: account for account in ACCOUNTS}
CODES = tuple(sorted(NAMES))
NASTY = (
    '"',
    '\\" 2026-10-01 open Assets:Evil',
    "\n2026-10-01 * (记-9) 盗\n    Assets:Evil  1.00 CNY\n    Equity:Evil\n",
    "\r\n2026-10-01 open Assets:Evil CNY",
    "退款; date:2020-01-01, evil:yes",
    "[2020-01-01]",
    "\u2028include /etc/passwd\u2029",
    "\x85account Assets:Evil",
    "=1+1,a,b",
    "  ; comment",
    "#tag ^link @ 5.00 USD = 1.00 CNY",
    "(记-7) | payee",
    '""" ! txn',
    "\x00\x1b[31m",
)


def line(account: str, amount_fen: int, narration: str = "", number: int = 1) -> PostingRow:
    """One line of an entry."""
    return PostingRow(
        line=number,
        account=account,
        account_zh=NAMES[account].name_zh,
        amount_fen=amount_fen,
        narration=narration,
    )


def an_entry(number: int, lines: Iterable[PostingRow], **changes: Any) -> EntryReport:
    """The voucher of that number, of 12 October."""
    entry = EntryReport(
        seq=number,
        voucher=f"记-{number}",
        kind="settlement",
        effective_on=date(2026, 10, 12),
        recorded_at=datetime(2026, 10, 12, 2, tzinfo=UTC),
        narration="退货退款 T1",
        order_no="4261001002727361091",
        claim_no="T1",
        reverses=None,
        reversed_by=None,
        source=None,
        actor="王芳",
        key=str(number),
        hash="ab" * 32,
        postings=tuple(replace(row, line=place) for place, row in enumerate(lines, 1)),
    )
    return replace(entry, **changes)


def moving(
    number: int, fen: int, debit: str = "5001.02", credit: str = "1012.01", **changes: Any
) -> EntryReport:
    """A voucher that moves an amount from one account to another."""
    return an_entry(number, [line(debit, fen), line(credit, -fen)], **changes)


def a_month(
    entries: Iterable[EntryReport] | None = None, openings: Mapping[str, int] | None = None, **changes: Any
) -> HandOver:
    """October with these entries and openings, which must sum to zero."""
    given = (moving(1, 12345), moving(2, 5)) if entries is None else tuple(entries)
    month = HandOver(
        book="示例店",
        period="2026-10",
        closed_at=datetime(2026, 11, 1, 1, tzinfo=UTC),
        head=ChainHead(seq=len(given), hash="ab" * 32),
        accounts=ACCOUNTS,
        trial_balance=_trial_balance(given, openings or {}),
        entries=given,
    )
    return replace(month, **changes)


def _trial_balance(
    entries: Iterable[EntryReport], openings: Mapping[str, int]
) -> tuple[TrialBalanceRow, ...]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for entry in entries:
        for row in entry.postings:
            sums[row.account][row.amount_fen < 0] += abs(row.amount_fen)
    return tuple(
        TrialBalanceRow(
            account=code,
            name_zh=NAMES[code].name_zh,
            name_en=NAMES[code].name_en,
            opening_fen=openings.get(code, 0),
            debit_fen=sums[code][0],
            credit_fen=sums[code][1],
            closing_fen=openings.get(code, 0) + sums[code][0] - sums[code][1],
        )
        for code in sorted(openings.keys() | sums.keys())
    )


TEXTS = st.one_of(st.text(max_size=40), st.sampled_from(NASTY))


@st.composite
def months(draw: st.DrawFn) -> HandOver:
    """Any month: vouchers of two to five lines, with any texts, over any openings."""
    count = draw(st.integers(min_value=0, max_value=5))
    entries = [_drawn_entry(draw, number) for number in range(1, count + 1)]
    opened = draw(st.dictionaries(st.sampled_from(CODES[1:]), st.integers(-(10**9), 10**9), max_size=4))
    return a_month(entries, {**opened, CODES[0]: -sum(opened.values())}, book=draw(TEXTS))


def _drawn_entry(draw: st.DrawFn, number: int) -> EntryReport:
    amounts = draw(st.lists(st.integers(1, 10**11), min_size=1, max_size=4))
    lines = [line(draw(st.sampled_from(CODES)), fen, draw(TEXTS)) for fen in amounts]
    lines.append(line(draw(st.sampled_from(CODES)), -sum(amounts)))
    return an_entry(
        number,
        lines,
        effective_on=date(2026, 10, draw(st.integers(1, 31))),
        narration=draw(TEXTS),
        claim_no=draw(st.one_of(st.none(), TEXTS)),
        order_no=draw(st.one_of(st.none(), TEXTS)),
    )
