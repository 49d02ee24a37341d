"""Late lines: what is booked of a statement line whose month was closed before the line was known.

A closed month takes no postings and is never silently changed, so such a line is booked on the first open day
and says which day it belongs to. A line that stands in the book keeps the day it was booked on.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import sqlalchemy as sa

from ledger import keys
from ledger.periods import landing_day, last_closed
from ledger.reading import E, Reader
from ledger.recordings import KeyedEntry

_BATCH = 500


def on_open_days(reader: Reader, entries: Iterable[KeyedEntry]) -> list[KeyedEntry]:
    """The entries of statement lines, each on the day it is or can be booked on."""
    entries = list(entries)
    closed, booked = last_closed(reader), _booked_days(reader, [entry.key for entry in entries])
    return [
        _on(entry, booked.get(entry.key) or landing_day(entry.entry.effective_on, closed))
        for entry in entries
    ]


def _on(keyed: KeyedEntry, day: date) -> KeyedEntry:
    own = keyed.entry.effective_on
    if day == own:
        return keyed
    narration = f"{keyed.entry.narration}（{own} 的流水，结账后才到）"
    return replace(keyed, entry=replace(keyed.entry, effective_on=day, narration=narration))


def _booked_days(reader: Reader, given: list[str]) -> dict[str, date]:
    """The day on which each of the keys that the book has is booked."""
    days: dict[str, date] = {}
    for first in range(0, len(given), _BATCH):
        known = keys.known(reader, "post", given[first : first + _BATCH])
        seqs = [posted.seq for _, posted in known.values()]
        select = sa.select(E.key, E.effective_on).where(E.book == reader.book, E.seq.in_(seqs))
        days |= {row["key"]: date.fromisoformat(row["effective_on"]) for row in reader.rows(select)}
    return days
