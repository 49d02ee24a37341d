"""Handing a file over: which month, to where not, and what is said once it is written."""

import hashlib
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from calculators.days import parse_month
from cli.session import Place
from cli.speech import BadOption
from ledger.reports import ChainHead

_SQLITE = "sqlite:///"
_BESIDE = (".lock", "-journal", "-wal", "-shm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """A file that was written: its digest, what it holds of the month, and whether that can still change."""

    file: str
    sha256: str
    closed: bool
    vouchers: int
    lines: int
    head: ChainHead

    def as_json(self) -> dict[str, object]:
        """The same for machines."""
        return asdict(self)

    def sentence(self, tongue: str) -> str:
        """The same for people, with a warning where the month is still open."""
        held = (self.file, self.vouchers, self.lines, self.sha256, self.head.seq, self.head.hash)
        if tongue == "zh":
            said = "{}:凭证 {} 张,分录 {} 行\nSHA-256 {}\n链首 #{} {}".format(*held)
            return said if self.closed else f"{said}\n注意:本月未结账,数字还会变,请勿重复移交"
        said = "{}: {} vouchers, {} lines\nSHA-256 {}\nhead #{} {}".format(*held)
        return said if self.closed else f"{said}\nnote: the month is open and its figures may still change"


def asked_month(period: str) -> str:
    """The month of the command line; `BadOption` for what is none."""
    try:
        return parse_month(period)
    except ValueError as problem:
        raise BadOption(str(problem)) from None


def refuse_own_file(to: Path, where: Place) -> None:
    """`BadOption` where the file to write is the book itself or one of the files that stand beside it."""
    if not where.url.startswith(_SQLITE):
        return
    book = Path(where.url.removeprefix(_SQLITE)).resolve()
    own = {book, *(book.with_name(book.name + tail) for tail in _BESIDE)}
    if to.resolve() in own or (to.exists() and book.exists() and to.samefile(book)):
        raise BadOption(f"--to {to}: 这是账套自己的文件,不能覆盖 / this is the book's own file; name another")


def handed(to: Path, closed_at: datetime | None, head: ChainHead, counts: tuple[int, int]) -> Handed:
    """What to say of a file just written; `counts` are its vouchers and lines."""
    with to.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Handed(
        file=str(to),
        sha256=digest,
        closed=closed_at is not None,
        vouchers=counts[0],
        lines=counts[1],
        head=head,
    )
