"""Alembic's environment: runs the revisions on the connection it is given, in one transaction.

The ledger hands over its connection. From the `alembic` command line the database is named by
`-x url=sqlite:///book.db`.
"""

import sqlalchemy as sa
from alembic import context

from ledger.connections import open_store
from ledger.tables import METADATA


def run_on(connection: sa.Connection) -> None:
    """Run the revisions on a connection that is already in a transaction."""
    context.configure(connection=connection, target_metadata=METADATA, transactional_ddl=True)
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run_on(given)
else:
    store = open_store(context.get_x_argument(as_dictionary=True)["url"], read_only=False)
    with store.upgrading() as opened:
        run_on(opened)
