"""What people decided of single lines: matched by hand, explained, parked with an owner, or undone again."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from ledger import tables as t
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
    c, o = t.line_match.c, t.operation.c
    joined = t.line_match.join(t.operation, (c.book == o.book) & (c.op_no == o.op_no))
    kept = (c.action, c.reason, c.against_seq, c.order_no, c.owner, o.actor)
    select = sa.select(c.line_op_no, c.row_no, *kept).select_from(joined).where(c.book == reader.book)
    last = {(row["line_op_no"], row["row_no"]): row for row in reader.rows(select.order_by(c.op_no))}
    return {
        place: Decision(**{column.name: row[column.name] for column in kept})
        for place, row in last.items()
        if row["action"] != "undo"
    }
