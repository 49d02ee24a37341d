"""What the ledger refuses, and why.

    LedgerError
    ├── BadEntry         an entry that breaks the rules of any entry: unbalanced, too short, unknown account
    ├── KeyConflict      a key or claim number that already stands for something else; names both digests
    ├── UnknownEntry     an entry or claim that the book does not have
    ├── UnknownAccount   an account, or the beginning of one, that the book's chart does not have
    ├── NotReversible    an entry already reversed, or itself a reversal
    ├── PeriodClosed     a posting dated in a closed period
    ├── PeriodOrder      a close or reopening that would leave the months out of order
    ├── StaleQuote       a settlement that starts from figures the book has left behind
    ├── OverRefund       a settlement that gives back more than was paid
    ├── NotOwed          a payment of what is not owed, or of more than is open
    ├── PaidAlready      a payment of what was paid before, or by a transfer that is booked; names it
    ├── TransferConflict a transfer that the book has with another sum, month or meaning
    ├── BadDecision      a word on a statement line that cannot be said of it
    ├── NotApproved      what a second person has to grant, and has not, or may not
    ├── BadAnchor        an anchor file that is not there, or a line of it that is no anchor
    ├── AnchorMismatch   a book that is not the one its anchors were taken of
    ├── BadBackup        a backup that cannot be made, or a copy that did not prove itself
    └── BookError        the book cannot be used at all
        ├── NoBook           there is no such file or no such book in it
        ├── BookExists       a book of that name is already there
        ├── SchemaMismatch   the tables are older or newer than this program
        ├── GuardBroken      a trigger, table or index is missing or altered; names each
        ├── BookBusy         another writer holds the book
        ├── NotAllowed       the database role has no right to it
        └── StorageFailed    the disk or the server refused

All are the user's to mend, and each message says what, why and what next. A slip of ours raises the built-in
exceptions.
"""


class LedgerError(Exception):
    """The root of what the ledger refuses."""


class BadEntry(LedgerError):
    """An entry that breaks the rules of any entry."""


class KeyConflict(LedgerError):
    """A key that already stands for something else; `stored` and `given` are the two request digests."""

    def __init__(self, key: str, stored: str, given: str) -> None:
        super().__init__(
            f"{key!r} is already in the book with other content: stored {stored}, given {given}. "
            "Use another number for another question."
        )
        self.key = key
        self.stored = stored
        self.given = given


class UnknownEntry(LedgerError):
    """An entry or claim that the book does not have."""


class UnknownAccount(LedgerError):
    """An account, or the beginning of one, that the book's chart does not have."""


class NotReversible(LedgerError):
    """An entry already reversed, or itself a reversal."""


class PeriodClosed(LedgerError):
    """A posting dated in a closed period; `first_open` is the first month that still takes postings."""

    def __init__(self, period: str, first_open: str) -> None:
        super().__init__(
            f"{period} is closed. Date the entry in {first_open}, or reopen {period} with a reason."
        )
        self.period = period
        self.first_open = first_open


class PeriodOrder(LedgerError):
    """A close or reopening that would leave the months out of order."""


class StaleQuote(LedgerError):
    """A settlement that starts from figures the book has left behind."""


class OverRefund(LedgerError):
    """A settlement that gives back more than was paid."""


class NotOwed(LedgerError):
    """A payment of what is not owed, or of more than is open."""


class PaidAlready(LedgerError):
    """A payment of what was paid before, or by a transfer that pays something else."""


class TransferConflict(LedgerError):
    """A transfer that the book has with another sum, month or meaning."""


class BadDecision(LedgerError):
    """A word on a statement line that cannot be said of it: no such line, order or difference, or settled."""


class NotApproved(LedgerError):
    """What a second person has to grant, and has not, or may not."""


class BadAnchor(LedgerError):
    """An anchor file that is not there, or a line of it that is no anchor."""


class AnchorMismatch(LedgerError):
    """A book that is not the one its anchors were taken of."""


class BadBackup(LedgerError):
    """A backup that cannot be made, or a copy that did not prove itself."""


class BookError(LedgerError):
    """The book cannot be used at all."""


class NoBook(BookError):
    """There is no such file, or no such book in it."""


class BookExists(BookError):
    """A book of that name is already there."""


class SchemaMismatch(BookError):
    """The tables are older or newer than this program."""


class GuardBroken(BookError):
    """A trigger, table or index is missing or altered; `names` lists each with what is wrong."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(
            f"the database's guards are not the ones it was made with: {'; '.join(names)}. "
            "Somebody changed it by hand: restore a backup, or have an auditor replay it."
        )
        self.names = names


class BookBusy(BookError):
    """Another writer holds the book."""


class NotAllowed(BookError):
    """The database role has no right to what was asked."""


class StorageFailed(BookError):
    """The disk or the server refused."""
