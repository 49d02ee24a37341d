"""Cuts from the command line: until which day or entry a book is looked at."""

import re

from calculators.days import parse_day
from cli.speech import BadOption
from ledger.states import Until

_ENTRY = re.compile(r"#?[0-9]{1,15}", re.ASCII)


def until_of(until: str | None) -> Until:
    """The cut that `--until` says: a day, or an entry's number; `BadOption` for what is neither."""
    if until is None:
        return Until()
    if _ENTRY.fullmatch(until):
        return Until(entry=int(until.lstrip("#")))
    try:
        return Until(day=parse_day(until))
    except ValueError:
        raise BadOption(
            f"--until {until}：须是日期 YYYY-MM-DD，或凭证序号。",
            f"--until {until}: give a day YYYY-MM-DD or an entry's number.",
        ) from None
