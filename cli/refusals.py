"""Refusals: what a user is told when a command will not do it, in Chinese or English, and with which exit code.

The layers below speak English and know no language. Their sentences stand by class in `refusals.toml`, each
beside its Chinese, with the same figures and paths; a sentence that is not there is shown as it stands behind
a Chinese one for its class. The shell's own refusals bring both languages with them.
"""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from calculators.errors import BadCase, BadRulebook, CalculatorError
from cli import exits
from cli.errors import BadFile, ShellError
from exports.errors import ExportError
from ledger.errors import BookError, LedgerError

_NAMED = re.compile(r"\\\{(\w+)\\\}")
_INSIDE = ("OSError", "Guard", "BadMoney", "ValueError", "Payment")
_SAID_WITH = ("path", "names", "stored", "given", "first_open", "closed", "after")


def sentence(problem: Exception, language: str) -> str:
    """What the user reads of a refusal: what, why and what next, in `zh` or `en`."""
    if isinstance(problem, ShellError):
        return problem.said(language)
    if isinstance(problem, OSError):
        return _of_system(problem, language)
    if isinstance(problem, BadCase):
        said = case_message(problem.message, language)
        return f"{problem.path}: {said}" if problem.path else said
    if language == "en":
        return str(problem)
    if isinstance(problem, BadRulebook):
        return "\n".join(_rulebook_fault(fault) for fault in problem.faults)
    return in_chinese(str(problem), *_classes(problem))


def _rulebook_fault(fault: str) -> str:
    """One fault of a rulebook in Chinese: its place as it stands, then what is wrong there."""
    path, colon, said = fault.partition(": ")
    return f"{path}：{case_message(said, 'zh')}" if colon else case_message(path, "zh")


def case_message(text: str, language: str) -> str:
    """The message of a bad case, in `zh` or `en`."""
    return in_chinese(text, "BadCase", "BadMoney", "ValueError") if language == "zh" else text


def exit_code(problem: Exception) -> int | None:
    """The exit code of a user's fault; None for a fault of ours, which is to be seen whole."""
    if isinstance(problem, ShellError):
        return problem.exit_code
    if isinstance(problem, BrokenPipeError):
        return None
    if isinstance(problem, BookError | OSError):
        return exits.NO_BOOK
    if isinstance(problem, LedgerError):
        return exits.REFUSED
    return exits.BAD_INPUT if isinstance(problem, CalculatorError | ExportError) else None


def for_machines(problem: Exception, language: str) -> dict[str, Any]:
    """The refusal as `--json` answers it: its kind, its sentence, and what a program may act upon."""
    kind = "OSError" if isinstance(problem, OSError) else type(problem).__name__
    error: dict[str, Any] = {"kind": kind, "message": sentence(problem, language)}
    error |= {name: getattr(problem, name) for name in _SAID_WITH if hasattr(problem, name)}
    if isinstance(problem, BadCase):
        error["message"] = case_message(problem.message, language)
    if isinstance(problem, BadFile):
        error["faults"] = [_fault(fault, language) for fault in problem.faults]
    return {"error": error}


def in_chinese(text: str, *classes: str) -> str:
    """A sentence of one of the classes in Chinese; where none of them lists it, as it stands behind theirs."""
    for name in classes:
        said = _matched(text, name)
        if said is not None:
            return said
    before = next((_listed()[name]["otherwise"] for name in classes if "otherwise" in _listed()[name]), "")
    return f"{before}{text}"


def _inner(value: str) -> str:
    """What stands inside a sentence, in Chinese where it is a sentence of the system or of a guard itself."""
    parts = value.split("; ")
    said = [next((zh for zh in (_matched(part, name) for name in _INSIDE) if zh), part) for part in parts]
    return "；".join(said)


def _matched(text: str, name: str) -> str | None:
    """The Chinese of a text that one of the class's sentences fits; None where none does."""
    for pattern, zh in _patterns(name):
        found = pattern.fullmatch(text)
        if found:
            return zh.format(**{key: _inner(value) for key, value in found.groupdict().items()})
    return None


def _of_system(problem: OSError, language: str) -> str:
    why = problem.strerror or str(problem)
    if language == "zh":
        named = f"{problem.filename}：" if problem.filename else ""
        return f"{named}{in_chinese(why, 'OSError')}。请检查路径、权限和磁盘空间后再试。"
    named = f"{problem.filename}: " if problem.filename else ""
    return f"{named}{why}. Check the path, its permissions and the space on the disk, and try again."


def _fault(fault: Any, language: str) -> dict[str, Any]:
    text = fault.text(language)
    return {
        "code": fault.code,
        "file": fault.file,
        "row": fault.row,
        "column": fault.column,
        "value": fault.value,
        "what": " ".join(part for part in (text.what, fault.detail) if part),
        "why": text.why,
        "next": text.next_step,
    }


def _classes(problem: Exception) -> list[str]:
    """The problem's class and those above it, nearest first."""
    return [kind.__name__ for kind in type(problem).__mro__ if kind.__name__ in _listed()]


@cache
def _patterns(name: str) -> list[tuple[re.Pattern[str], str]]:
    said = _listed().get(name, {}).get("said", [])
    return [
        (re.compile(_NAMED.sub(r"(?P<\1>.+)", re.escape(one["en"])), re.DOTALL), one["zh"]) for one in said
    ]


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))
