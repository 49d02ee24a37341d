"""Running totals: what a walk over the chain has seen so far, month by month and account by account."""

from collections import defaultdict
from collections.abc import Iterable

from ledger.canonical import GENESIS
from ledger.corrections import sides
from ledger.periods import last_standing
from ledger.sealed_rows import EntryRow, PostingRow


class Running:
    """The head, the vouchers, the closed months and the sums that the entries so far add up to."""

    def __init__(self) -> None:
        self.seq = 0
        self.hash = GENESIS
        self.recorded_at = ""
        self.entries: dict[str, int] = defaultdict(int)
        self.vouchers: dict[str, int] = defaultdict(int)
        self.events: dict[str, tuple[int, str]] = {}
        self._sums: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))

    def seal(self, entry: EntryRow, postings: Iterable[PostingRow], found: str, ink: str) -> None:
        """Take an entry in: it becomes the head, and its lines are added to its month, on the sides of its ink."""
        self.seq, self.hash, self.recorded_at = entry.seq, found, entry.recorded_at
        period = entry.period
        self.entries[period] += 1
        self.vouchers[period] += 1 if entry.voucher_no else 0
        for line in postings:
            sums, moved = self._sums[period][line.account], sides(line.amount_fen, ink)
            sums[0], sums[1] = sums[0] + moved[0], sums[1] + moved[1]

    def months(self) -> list[str]:
        """Every month that has an entry, in order."""
        return sorted(self.entries)

    def closed(self) -> str:
        """The last month that stands closed; an empty text where none does."""
        return last_standing((period, action) for period, (_, action) in self.events.items())

    def figures(self, period: str) -> dict[str, list[int]]:
        """By account, in the order of their codes: opening, debit, credit, closing; those that have any."""
        openings: dict[str, int] = defaultdict(int)
        for month in (month for month in self._sums if month < period):
            for account, (debit, credit) in self._sums[month].items():
                openings[account] += debit - credit
        moved = self._sums.get(period, {})
        rows = {
            account: _row(openings[account], *moved.get(account, (0, 0)))
            for account in sorted(openings.keys() | moved.keys())
        }
        return {account: row for account, row in rows.items() if any(row[:3])}


def _row(opening: int, debit: int, credit: int) -> list[int]:
    return [opening, debit, credit, opening + debit - credit]
