"""The types of sealed rows: what they say of each column is what its table says.

That their order never changes is held by a hash (test_sealing.py).
"""

from typing import NamedTuple, get_type_hints

import pytest
import sqlalchemy as sa

from ledger import tables as t
from ledger.sealed_rows import EntryRow, PostingRow, SealRow, SettlementRow, StepRow


@pytest.mark.parametrize(
    ("row", "table"),
    [
        (EntryRow, t.journal_entry),
        (PostingRow, t.posting),
        (SettlementRow, t.settlement),
        (StepRow, t.refund_step),
        (SealRow, t.entry_seal),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_a_row_has_every_column_of_its_table_and_its_type(row: type[NamedTuple], table: sa.Table) -> None:
    columns = {name: column.type.python_type for name, column in table.c.items()}
    assert get_type_hints(row) == {
        name: kind | None if table.c[name].nullable else kind for name, kind in columns.items()
    }
