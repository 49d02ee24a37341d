"""The words of a statement line as they may be shown: the platform's own, with what names a person masked."""

import re
from collections.abc import Mapping

from cli.errors import mask
from ledger.statement_postings import FACING

_SAID = ("kind", "remark", "description")
_PERSONAL = re.compile(
    r"[^\s，,；;（()）\[\]{}：:]+@[^\s，,；;（()）\[\]{}：:]+|(?<![0-9])1[3-9][0-9]{9}(?![0-9])"
)
_TRANSFER = "转账"
_PLATFORM = ("支付宝转账小额打款", "货到付款", "转出到")


def shown_words(said: Mapping[str, object]) -> str:
    """Kind, remark and description of a line; what a person typed into a transfer is masked whole."""
    kind, remark, description = (str(said.get(name) or "") for name in _SAID)
    typed = _TRANSFER in kind and not remark.startswith(_PLATFORM)
    remark = mask(remark) if typed else _PERSONAL.sub(lambda found: mask(found.group()), remark)
    return " · ".join(part for part in (kind, remark, description) if part)


def meaning_words(meaning: str, tongue: str) -> str:
    """What a meaning is called."""
    return FACING[meaning][1] if tongue == "zh" else meaning.replace("_", " ")
