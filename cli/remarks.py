"""What people write: kept in the ledger where it can name nobody, else beside it, where it can be erased.

The ledger cannot forget. A reason made of the words of `reasons.toml` and the platform's, short numbers and marks
stands in it for good, and so does a remark of the platform's own words; of any other it has a key.
"""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from cli.chance import salt
from cli.readers.keeping import known_words, platform_words
from cli.readers.rows import StatementLine
from ledger.desk import Desk
from ledger.imported import booked_lines
from ledger.statement_postings import SUSPENDED

_TOKEN = re.compile(r"[A-Za-z]+|[0-9]+|[^\W_0-9A-Za-z]+|_+")
_NUMBER_MAX = 6


def kept_reason(desk: Desk, reason: str) -> str:
    """The reason as the ledger may keep it: as it stands, or how to find it beside the ledger."""
    return reason if names_nobody(reason) else desk.note_remark(reason, salt())


def names_nobody(reason: str) -> bool:
    """Whether a reason is made of known words, numbers of at most six digits and marks alone.

    >>> names_nobody("重复入账，见记-12"), names_nobody("Booked twice"), names_nobody("张三要求")
    (True, True, False)
    """
    return all(_is_known(token) for token in _TOKEN.findall(reason))


def said_of_lines(desk: Desk, lines: Sequence[StatementLine]) -> dict[int, str]:
    """By row, how to find what people wrote into the lines that go to suspense; those booked before are left."""
    unclear = [line for line in lines if _is_unclear(line)]
    booked = booked_lines(desk.reader, (line.serial for line in unclear))
    return {
        line.row: desk.note_remark(_written(line), salt()) for line in unclear if line.serial not in booked
    }


def _is_unclear(line: StatementLine) -> bool:
    written = (line.kind, line.remark, line.description)
    return line.meaning in SUSPENDED and any(
        known_words(text, line.order_no or "") != text for text in written
    )


def _written(line: StatementLine) -> str:
    return " | ".join(text for text in (line.kind, line.remark, line.description) if text)


def _is_known(token: str) -> bool:
    words, chinese = _words()
    if token.isdecimal() and token.isascii():
        return len(token) <= _NUMBER_MAX
    if token.isascii():
        return len(token) == 1 or token.lower() in words
    return bool(chinese.fullmatch(token))


@cache
def _words() -> tuple[frozenset[str], re.Pattern[str]]:
    listed = tomllib.loads(Path(__file__).with_name("reasons.toml").read_text("utf-8"))
    longest_first = sorted({*listed["zh"], *platform_words()}, key=lambda word: (-len(word), word))
    return frozenset(listed["en"]), re.compile(f"(?:{'|'.join(map(re.escape, longest_first))})+")
