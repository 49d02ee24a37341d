"""Readers of the shop's files: bytes in, typed rows out, or every fault of the file.

Nothing here opens a file, knows the ledger or reads a buyer's name, telephone or address.
"""

from cli.readers.files import read_file, read_tables
from cli.readers.orders import as_known_at, assemble, assemble_orders
from cli.readers.rows import NOT_READ, ReadFile

__all__ = [
    "NOT_READ",
    "ReadFile",
    "as_known_at",
    "assemble",
    "assemble_orders",
    "read_file",
    "read_tables",
]
