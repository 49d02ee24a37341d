"""What can go wrong in the shell, between the shop's files and the ledger.

    ShellError
    ├── BadFile       a shop's file that may not be taken in; carries every fault found in it
    ├── BadCell       one cell or mark that is not what it should be; the reader turns it into a Fault
    └── ClosedOnly    a month that was closed, while its anchor, figures or workbook failed

All of them are the user's to mend, so each fault says what is wrong, why it matters and what to do next, in
Chinese and in English. The sentences are data (`fault_texts.toml`). A slip of ours raises the built-in
exceptions and is never caught.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from calculators.masking import redacted
from cli import exits

LANGUAGES = ("zh", "en")


class ShellError(Exception):
    """The root of what the shell refuses; said in Chinese and in English where two sentences are given."""

    exit_code = exits.BAD_INPUT

    def __init__(self, zh: str = "", en: str = "") -> None:
        super().__init__(en or zh)
        self.zh = zh

    def said(self, language: str) -> str:
        """The whole refusal in `zh` or `en`: what is wrong, why, what to do next."""
        return self.zh if language == "zh" else str(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultText:
    """What people read of a fault, in one language."""

    what: str
    why: str
    next_step: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing wrong in a file: the place as a spreadsheet shows it, the value masked, and which fault.

    `row` counts from 1 and is 0 for the whole file; `detail` completes the sentence (names of columns, sums). A
    telephone that has come among any of them is masked, also one that was added to amounts or runs into a day.
    """

    code: str
    file: str
    row: int = 0
    column: str = ""
    value: str = ""
    detail: str = ""

    def __post_init__(self) -> None:
        for name in ("column", "value", "detail"):
            object.__setattr__(self, name, redacted(getattr(self, name)))

    def text(self, language: str = "zh") -> FaultText:
        """The fault's three sentences in `zh` or `en`."""
        said = _texts()[self.code][language]
        return FaultText(what=said["what"], why=said["why"], next_step=said["next"])

    def sentence(self, language: str = "zh") -> str:
        """The fault on one line: place, what, value, detail, why and what to do next."""
        text = self.text(language)
        place = [self.file, _row_words(self.row, language), self.column]
        shown = [f"「{self.value}」" if self.value else "", self.detail]
        about = " ".join(part for part in [text.what, *shown] if part)
        return f"{' '.join(part for part in place if part)}: {about} {text.why} {text.next_step}"


class BadFile(ShellError):
    """A shop's file that is refused whole: every fault found, in the order of the file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = ("\n".join(fault.sentence(language) for fault in faults) for language in LANGUAGES)
        super().__init__(*lines)
        self.faults = tuple(faults)


class BadCell(ShellError):
    """A cell that is not what its column says: the fault's code, and a detail for people."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class ClosedOnly(ShellError):
    """A month that stands closed, while what comes after it failed: `why` in both languages, `kind` for machines."""

    def __init__(self, period: str, why: tuple[str, str], kind: str, code: int) -> None:
        zh, en = why
        super().__init__(
            f"{period} 已经结账，仍然有效；其后的一步没有做成：{zh.rstrip('。')}。排除后再次运行 settle close {period}"
            "（必要时换 --to 或 --anchor），只补写缺的文件，不会重复入账。",
            f"{period} is closed and stays closed, but what comes after it failed: {en.rstrip('.')}. When that is "
            f"mended, run `settle close {period}` again, if need be with another --to or --anchor: it writes what "
            "is missing and books nothing twice.",
        )
        self.closed, self.after, self.exit_code = period, kind, code


def fault_codes() -> frozenset[str]:
    """Every fault there is a sentence for."""
    return frozenset(_texts())


def _row_words(row: int, language: str) -> str:
    if row == 0:
        return ""
    return f"第 {row} 行" if language == "zh" else f"row {row}"


@cache
def _texts() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(Path(__file__).with_name("fault_texts.toml").read_text("utf-8"))
