"""Opening balances: the book's first entry, balanced against paid-in capital."""

from collections.abc import Mapping
from datetime import date

from ledger.chart import CAPITAL
from ledger.journal import JournalEntry, Posting


def opening_entry(balances: Mapping[str, int], on: date) -> JournalEntry:
    """The entry of opening balances (fen, debit positive) of a day; `BadEntry` for an account that cannot be."""
    lines = {account: fen for account, fen in balances.items() if fen and account != CAPITAL}
    lines[CAPITAL] = -sum(lines.values())
    postings = tuple(Posting(account=account, amount_fen=fen) for account, fen in lines.items() if fen)
    return JournalEntry(kind="opening", effective_on=on, narration="期初余额", postings=postings)
