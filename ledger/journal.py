"""Journal entries: what may be posted, refused here before a database is asked.

An entry is balanced, has two postings or more, no zero line, and names leaves of the chart only. A
`memorandum` moves no money: it puts a recorded settlement into the chain, because caps and once-only rules
count it. Amounts are fen of yuan, debit positive, credit negative.
"""

from dataclasses import dataclass
from datetime import date

from calculators.masking import mask_number
from ledger.chart import ACCOUNTS
from ledger.corrections import colour, narration
from ledger.errors import BadEntry

CURRENCY = "CNY"
AMOUNT_MAX_FEN = 10**12
POSTINGS_MIN = 2
KEY_MAX = 255
KINDS = (
    "opening",
    "order_paid",
    "order_confirmed",
    "order_delivered",
    "statement",
    "payment",
    "settlement",
    "memorandum",
    "reversal",
    "closing",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Posting:
    """One signed line of an entry: debit positive, credit negative; `BadEntry` for what may not be posted."""

    account: str
    amount_fen: int
    narration: str = ""

    def __post_init__(self) -> None:
        if self.account not in ACCOUNTS:
            raise BadEntry(
                f"{mask_number(self.account)!r} is not an account that can be posted to; see the chart"
            )
        if type(self.amount_fen) is not int or not 0 < abs(self.amount_fen) <= AMOUNT_MAX_FEN:
            raise BadEntry(
                f"{self.account}: {self.amount_fen!r} is not an amount of 1 to {AMOUNT_MAX_FEN} fen"
            )
        check_text("the posting's narration", self.narration)


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """An entry as it is to be posted; `BadEntry` where it breaks the rules above."""

    kind: str
    effective_on: date
    narration: str
    postings: tuple[Posting, ...]
    order_no: str | None = None
    claim_no: str | None = None
    reverses: int | None = None

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadEntry(f"{self.kind!r} is not a kind of entry")
        if type(self.effective_on) is not date:
            raise BadEntry(f"{self.effective_on!r} is not a day")
        for name in ("narration", "order_no", "claim_no"):
            check_text(name, getattr(self, name) or "")
        _check_reverses(self)
        _check_postings(self)


def reversal(entry: JournalEntry, seq: int, voucher: str, effective_on: date, reason: str) -> JournalEntry:
    """What takes entry `seq` back, in red or blue by its year: every line with the other sign, naming it."""
    ink = colour(effective_on, entry.effective_on)
    return JournalEntry(
        kind="reversal" if entry.postings else "memorandum",
        effective_on=effective_on,
        narration=narration(ink, (seq, voucher, entry.effective_on), reason),
        postings=tuple(
            Posting(account=line.account, amount_fen=-line.amount_fen, narration=line.narration)
            for line in entry.postings
        ),
        order_no=entry.order_no,
        claim_no=entry.claim_no,
        reverses=seq,
    )


def check_text(name: str, text: str) -> None:
    """`BadEntry` for what a database cannot keep as it stands: NUL and broken Unicode."""
    if not isinstance(text, str) or "\0" in text:
        raise BadEntry(f"{name}: this is not a text that can be kept")
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise BadEntry(f"{name}: the text is broken Unicode") from broken


def check_key(name: str, key: str) -> None:
    """`BadEntry` unless the key has 1 to 255 characters."""
    check_text(name, key)
    if not 1 <= len(key) <= KEY_MAX:
        raise BadEntry(f"{name}: a key has 1 to {KEY_MAX} characters, this one {len(key)}")


def _check_reverses(entry: JournalEntry) -> None:
    if entry.kind == "reversal" and entry.reverses is None:
        raise BadEntry("a reversal names the entry that it reverses")
    if entry.reverses is not None and entry.kind not in ("reversal", "memorandum"):
        raise BadEntry(f"an entry of kind {entry.kind} reverses nothing")


def _check_postings(entry: JournalEntry) -> None:
    if entry.kind == "memorandum":
        if entry.postings:
            raise BadEntry("a memorandum has no postings")
        return
    if len(entry.postings) < POSTINGS_MIN:
        raise BadEntry(f"an entry has {POSTINGS_MIN} postings or more, this one {len(entry.postings)}")
    off_fen = sum(line.amount_fen for line in entry.postings)
    if off_fen:
        raise BadEntry(f"the entry does not balance: debits exceed credits by {off_fen} fen")
