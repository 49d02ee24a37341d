"""Silence: SQLAlchemy's log is kept from saying what stands in a row.

`hide_parameters` keeps what is written out of its log and exceptions. The rows that are read it still logs at
DEBUG, names and accounts among them.
"""

import logging


def keep_rows_out_of_logs() -> None:
    """Drop the log's lines about rows, at any level and for every engine; harmless when called again."""
    logging.getLogger("sqlalchemy.engine.Engine").addFilter(_says_no_row)


def _says_no_row(logged: logging.LogRecord) -> bool:
    return not str(logged.msg).startswith("Row ")
