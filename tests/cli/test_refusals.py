"""Every refusal of the layers below has its Chinese, found by reading their source."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from calculators.errors import BadCase, BadRulebook
from cli import exits, refusals
from cli.errors import BadFile, Fault, ShellError
from exports.errors import BadPlace
from ledger.errors import BookBusy, GuardBroken, KeyConflict, LedgerError, NoBook, PeriodClosed
from tests.house.source import modules

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_OURS = {
    *(
        "BadEntry",
        "UnknownEntry",
        "UnknownAccount",
        "NotReversible",
        "PeriodOrder",
        "StaleQuote",
        "OverRefund",
        "NoBook",
        "NotApproved",
    ),
    *("BookExists", "SchemaMismatch", "BookBusy", "StorageFailed", "BadPlace", "BadCell", "TooManyRows"),
    "BadWorkbook",
    *("BadCase", "BadMoney"),
}


def _sentences() -> Iterator[tuple[str, str, str]]:
    """Each refusal raised with a sentence of its own: where, its class, and the sentence with X for each figure."""
    for module in modules("ledger", "exports", "calculators"):
        for node in ast.walk(module.tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in _OURS
                and node.args
            ):
                said = _text(node.args[-1])
                if said is not None:
                    yield f"{module.path}:{node.lineno}", node.func.id, said


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.Constant) else "X" for part in node.values]
        return "".join(map(str, parts))
    return None


SENTENCES = sorted(set(_sentences()))


def test_the_source_is_read() -> None:
    assert len(SENTENCES) > 60
    assert {"BadEntry", "BadCase", "StorageFailed", "BadPlace"} <= {kind for _, kind, _ in SENTENCES}


@pytest.mark.parametrize(("where", "kind", "said"), SENTENCES, ids=[where for where, _, _ in SENTENCES])
def test_every_sentence_has_its_chinese_in_refusals_toml(where: str, kind: str, said: str) -> None:
    chinese = refusals.in_chinese(said, kind)
    assert _CHINESE.search(chinese), f"{where}: add {said!r} to [{kind}] in cli/refusals.toml"
    assert chinese != said
    assert said not in chinese, f"{where}: add {said!r} to [{kind}] in cli/refusals.toml"


def test_figures_and_paths_are_the_messages_own() -> None:
    problem = PeriodClosed("2026-10", "2026-11")
    assert refusals.sentence(problem, "en") == str(problem)
    assert refusals.sentence(problem, "zh") == (
        "2026-10 已结账，不能再记入。请把日期放在 2026-11，或写明原因后反结账 2026-10。"
    )
    conflict = refusals.sentence(KeyConflict("17", "aa", "bb"), "zh")
    assert "'17'" in conflict
    assert "账中 aa，这次 bb" in conflict


def test_the_system_inside_a_sentence_speaks_chinese_too() -> None:
    place = BadPlace("x.xlsx cannot be written: No space left on device; nothing was left there")
    assert "磁盘已满" in refusals.sentence(place, "zh")
    assert "posting_update 不见了；a 被改动过" in refusals.sentence(
        GuardBroken(("posting_update is missing", "a is altered")), "zh"
    )


def test_a_sentence_nobody_has_translated_is_shown_as_it_stands_behind_its_classs_own() -> None:
    assert refusals.sentence(NoBook("a brand new sentence"), "zh") == "没有这个账套：a brand new sentence"
    assert refusals.sentence(LedgerError("other"), "zh") == "账套不接受：other"
    assert refusals.sentence(BadCase("a", "is odd"), "zh") == "a: 这一项不对：is odd"


def test_every_fault_of_a_rulebook_is_told() -> None:
    problem = BadRulebook(["rules[0].unit: is missing", "rules[1].value: must be a text"])
    assert refusals.sentence(problem, "zh") == "rules[0].unit：缺少这一项\nrules[1].value：须是文字（加引号）"
    assert refusals.sentence(problem, "en") == str(problem)


def test_every_fault_of_a_file_is_told_in_the_language() -> None:
    problem = BadFile([Fault(code="empty_file", file="a.csv"), Fault(code="nul", file="b.csv", row=3)])
    assert refusals.sentence(problem, "zh").splitlines() == [fault.sentence("zh") for fault in problem.faults]
    assert refusals.sentence(problem, "en").splitlines() == [fault.sentence("en") for fault in problem.faults]
    told = refusals.for_machines(problem, "zh")["error"]
    assert [(fault["file"], fault["row"]) for fault in told["faults"]] == [("a.csv", 0), ("b.csv", 3)]


def test_a_bad_case_stands_behind_its_path() -> None:
    problem = BadCase("claim.cause", "is missing")
    assert refusals.sentence(problem, "zh") == "claim.cause: 缺少这一项"
    assert refusals.sentence(BadCase("", "a case must be an object"), "en") == "a case must be an object"
    assert refusals.for_machines(problem, "en") == {
        "error": {"kind": "BadCase", "message": "is missing", "path": "claim.cause"}
    }


@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (BadCase("a", "b"), exits.BAD_INPUT),
        (BadPlace("x"), exits.BAD_INPUT),
        (ShellError("x"), exits.BAD_INPUT),
        (PeriodClosed("2026-10", "2026-11"), exits.REFUSED),
        (BookBusy("x"), exits.NO_BOOK),
        (PermissionError(13, "Permission denied"), exits.NO_BOOK),
        (BrokenPipeError(), None),
        (KeyError("ours"), None),
    ],
)
def test_each_refusal_ends_with_its_code_and_a_fault_of_ours_with_none(
    problem: Exception, code: int | None
) -> None:
    assert refusals.exit_code(problem) == code


def test_what_the_system_refuses_names_the_path() -> None:
    problem = PermissionError(13, "Permission denied", str(Path("a") / "b.db"))
    assert refusals.sentence(problem, "zh") == "a/b.db：没有权限。请检查路径、权限和磁盘空间后再试。"
    assert refusals.sentence(problem, "en").startswith("a/b.db: Permission denied.")
