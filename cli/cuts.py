"""Cuts from the command line: until which day or entry a book is looked at."""

import re

from calculators.days import parse_day
from cli.moments import read_option
from ledger.states import Until

_ENTRY = re.compile(r"#?[0-9]{1,15}", re.ASCII)


def until_of(until: str | None) -> Until:
    """The cut that `--until` says: a day, or an entry's number; `BadOption` for what is neither."""
    if until is None:
        return Until()
    if _ENTRY.fullmatch(until):
        return Until(entry=int(until.lstrip("#")))
    return Until(day=read_option("--until", parse_day, until))
