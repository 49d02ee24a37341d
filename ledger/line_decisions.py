"""What people decided of single lines: matched by hand, explained, parked with an owner, or undone again."""

from collections.abc import Mapping
from dataclasses import dataclass

from ledger.matching import Target
from ledger.reading import Reader

Place = tuple[int, int]  # the operation that stored the file, and the row in it


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """The last word on a line: `match`, `explain` or `park`, by whom and why."""

    action: str
    reason: str
    actor: str
    against_seq: int | None = None
    order_no: str | None = None
    owner: str | None = None

    @property
    def target(self) -> Target:
        """What the line was matched with."""
        return Target(order_no=self.order_no) if self.order_no else Target(seq=self.against_seq)


def standing_decisions(reader: Reader) -> Mapping[Place, Decision]:
    """The decisions that stand, by the line's place; what was undone is not among them."""
    return {}
