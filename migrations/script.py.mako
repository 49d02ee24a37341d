"""${message}

Revision ${up_revision}, after ${down_revision | comma,n}.
"""

from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None

SQLITE: tuple[str, ...] = ()
POSTGRESQL: tuple[str, ...] = ()


def upgrade() -> None:
    """Run the statements of the database's own dialect, exactly as written here."""
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    """A ledger is never taken apart; restore a backup instead."""
    raise RuntimeError("a ledger's revision cannot be undone; restore a backup")
