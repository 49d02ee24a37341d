"""The words of a statement line as they may be shown: the platform's own, and where to find what people wrote."""

from collections.abc import Mapping

from cli.readers.keeping import known_words
from ledger.persons import REMARK
from ledger.statement_postings import FACING

_SAID = ("kind", "remark", "description")


def shown_words(said: Mapping[str, object]) -> str:
    """Kind, remark and description of a line, "…" for what people wrote, and under which key it is kept aside."""
    order_no = str(said.get("order_no") or "")
    words = [known_words(str(said.get(name) or ""), order_no) for name in _SAID]
    return " · ".join(part for part in (*words, str(said.get(REMARK) or "")) if part)


def meaning_words(meaning: str, tongue: str) -> str:
    """What a meaning is called."""
    return FACING[meaning][1] if tongue == "zh" else meaning.replace("_", " ")
