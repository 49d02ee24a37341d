"""The tables of people: what they decided, and who they are.

An approval and a match are words that are only ever added, each sealed by its operation. `person` alone is
outside the chain and has no guard: whoever is in it has a right to be erased. They are reached through `tables`.
"""

import sqlalchemy as sa

from ledger.columns import digits, one_of, reference, sealed_alone, table, text, whole
from ledger.journal import KEY_MAX

approval = table(
    "approval",
    text("matter"),
    text("subject"),
    whole("version"),
    text("action"),
    text("digest"),
    text("content_json"),
    text("reason"),
    *sealed_alone(),
    one_of("matter", ("claim", "reopen")),
    one_of("action", ("ask", "grant", "refuse")),
    digits("digest"),
    sa.CheckConstraint("version >= 1", name="version"),
    sa.CheckConstraint(f"length(subject) BETWEEN 1 AND {KEY_MAX}", name="subject"),
    sa.CheckConstraint("action <> 'refuse' OR trim(reason) <> ''", name="reason"),
    key="matter subject version",
)

line_match = table(
    "line_match",
    whole("line_op_no"),
    whole("row_no"),
    whole("version"),
    text("action"),
    whole("against_seq", null=True),
    text("order_no", null=True),
    text("reason"),
    text("owner", null=True),
    *sealed_alone(),
    reference("line_op_no row_no", "statement_line", to="op_no row_no"),
    reference("against_seq", "journal_entry", to="seq"),
    one_of("action", ("match", "explain", "park", "undo")),
    sa.CheckConstraint("version >= 1", name="version"),
    sa.CheckConstraint("trim(reason) <> ''", name="reason"),
    sa.CheckConstraint(
        "action <> 'match' OR against_seq IS NOT NULL OR order_no IS NOT NULL", name="against"
    ),
    sa.CheckConstraint("action <> 'park' OR (owner IS NOT NULL AND trim(owner) <> '')", name="owner"),
    key="line_op_no row_no version",
)

person = table(
    "person",
    text("person_key"),
    text("salt"),
    text("nick", null=True),
    text("payee", null=True),
    text("noted_at"),
    sa.ForeignKeyConstraint(["book"], ["book.book"]),
    key="person_key",
)
