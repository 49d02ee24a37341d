"""A month's gates as people and machines see them: what stands in each, and what clears it."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text as Words

from calculators.money import format_yuan
from calculators.wording import Text, say
from cli.speech import either
from cli.words import word
from ledger.reports_of_gates import Gate, GateName, MonthGates, Passed, Weight, gates_and_reason

_EXPLAIN = say(
    "settle reconcile {first} --explain --account 科目 --reason 原因",
    "settle reconcile {first} --explain --account CODE --reason WHY",
)
_CLEARS = {
    GateName.EARLIER_OPEN: say("settle close {first}", "settle close {first}"),
    GateName.VOUCHER_GAPS: say(
        "settle verify 指出改动，再从备份恢复", "settle verify names the change; restore a backup"
    ),
    GateName.ANCHORS: say("settle verify --anchor {first}", "settle verify --anchor {first}"),
    GateName.NOT_OVER: say("{first} 以后再结", "close it after {first}"),
    GateName.FILES: say("settle import 文件", "settle import FILE"),
    GateName.STATEMENT: say("settle import 账单", "settle import STATEMENT"),
    GateName.UNMATCHED: say("settle reconcile {period}", "settle reconcile {period}"),
    GateName.SUSPENSE: say("settle suspense", "settle suspense"),
    GateName.APPROVALS: say("settle approve {first}", "settle approve {first}"),
    GateName.DISTRIBUTORS: say(
        "settle distributors {period} --record", "settle distributors {period} --record"
    ),
    GateName.CONFIRMATIONS: say("settle close {period}", "settle close {period}"),
    GateName.PAYABLES: say("settle payables", "settle payables"),
    GateName.TRANSFERS: say("settle payables", "settle payables"),
    GateName.NOT_ARRIVED: say(
        "settle reconcile {period} --state 未到账期", "settle reconcile {period} --state not_arrived"
    ),
    GateName.PARKED: say(
        "settle reconcile {period} --state 挂账待查", "settle reconcile {period} --state parked"
    ),
    GateName.COUPONS: say(
        "settle report account {first} --period {period}", "settle report account {first} --period {period}"
    ),
    GateName.STOCK: say(
        "settle export {period} --as kis --to 文件", "settle export {period} --as kis --to FILE"
    ),
}


def show_gates(gates: MonthGates, console: Console, language: str) -> None:
    """Every gate, open or clear, the notices that have something to tell, and whether the month may be closed."""
    console.print(_table(gates, language))
    console.print(Words(outcome(gates, language)), soft_wrap=True)


def gates_json(gates: MonthGates, language: str) -> dict[str, Any]:
    """Every gate for machines; amounts are yuan."""
    return {
        "period": gates.period,
        "closed": gates.closed,
        "clear": not gates.open,
        "gates": [_as_json(gate, gates.period, language) for gate in gates.gates],
    }


def passed_line(passed: Passed, language: str) -> str:
    """Which gates a close went past, why, and who answers for it, in one line."""
    shown = gates_said(passed.gates, language)
    return either(
        language,
        f"越过关口 {shown}；原因：{passed.reason}；经办：{passed.actor}",
        f"went past: {shown}; why: {passed.reason}; by {passed.actor}",
    )


def reason_of_close(text: str, language: str) -> str:
    """What stands in a close as its reason: the gates it went past in words, and why; empty for most."""
    gates, reason = gates_and_reason(text)
    shown = gates_said(gates, language)
    return either(language, f"越过关口 {shown}：{reason}", f"went past {shown}: {reason}") if gates else text


def gates_said(gates: Sequence[tuple[GateName, int]], language: str) -> str:
    """Gates with how much stood in each."""
    named = (f"{either(language, name.zh, name.en)} {count}" for name, count in gates)
    return either(language, "、", ", ").join(named)


def passed_json(passed: Passed) -> dict[str, Any]:
    """The same for machines."""
    return {
        "gates": {str(name): count for name, count in passed.gates},
        "reason": passed.reason,
        "actor": passed.actor,
        "at": passed.at.isoformat(),
    }


def clears(gate: Gate, period: str) -> Text:
    """What to type, or to do, to clear a gate; of a notice, where to look."""
    said = _EXPLAIN if _is_of_a_line(gate) else _CLEARS[gate.name]
    return say(*(text.format(first=gate.first, period=period) for text in (said.zh, said.en)))


def gate_line(gate: Gate, period: str, language: str) -> str:
    """One gate with what stands in it and what clears it, in one line."""
    name, what = either(language, gate.name.zh, gate.name.en), clears(gate, period).in_language(language)
    return f"{name} {gate.count} ({_stands(gate, language)}): {what}"


def outcome(gates: MonthGates, language: str) -> str:
    """Whether the month is closed or may be, and if not, what to do, in one line."""
    period, count = gates.period, len(gates.open)
    if gates.closed:
        return either(
            language,
            f"{period} 已结账，未清的关口 {count} 道",
            f"{period} is closed; gates open since or left open: {count}",
        )
    if not count:
        return either(
            language, f"{period} 各道关口已清，可以结账", f"{period}: every gate is clear; it can be closed"
        )
    if gates.stopping:
        zh, en = (", ".join(getattr(gate.name, tongue) for gate in gates.stopping) for tongue in ("zh", "en"))
        return either(
            language,
            f"{period} 还有 {count} 道关口未清：{zh} 不能越过，须先清掉",
            f"{period}: {_gates(count)} open; no reason goes past this: {en}",
        )
    despite = f"settle close {period} --despite-gates --reason"
    return either(
        language,
        f"{period} 还有 {count} 道关口未清：清掉再结，或写明原因越过：{despite} 原因",
        f"{period}: {_gates(count)} open; clear them, or go past them for a reason: {despite} WHY",
    )


def _table(gates: MonthGates, language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("gate", "state"):
        table.add_column(word(heading, language), no_wrap=True)
    for heading in ("count", "amount"):
        table.add_column(word(heading, language), justify="right", no_wrap=True)
    for heading in ("stands", "clears"):
        table.add_column(word(heading, language), overflow="fold")
    for gate in gates.gates:
        if gate.is_told or gate.name.weight is not Weight.TELLS:
            table.add_row(*map(Words, _cells(gate, gates.period, language)))
    return table


def _cells(gate: Gate, period: str, language: str) -> tuple[str, ...]:
    name, state = either(language, gate.name.zh, gate.name.en), word(_state(gate), language)
    if not gate.count:
        return name, state
    amount = "" if gate.amount_fen is None else format_yuan(gate.amount_fen)
    what = clears(gate, period).in_language(language)
    return name, state, str(gate.count), amount, _stands(gate, language), what


def _state(gate: Gate) -> str:
    if gate.name.weight is Weight.TELLS:
        return "notice"
    return "gate open" if gate.is_open else "gate clear"


def _stands(gate: Gate, language: str) -> str:
    more = "…" if gate.count > len(gate.stands) else ""
    return ", ".join(text.in_language(language) for text in gate.stands) + more


def _as_json(gate: Gate, period: str, language: str) -> dict[str, Any]:
    return {
        "gate": gate.name,
        "weight": gate.name.weight,
        "open": gate.is_open,
        "count": gate.count,
        "amount": None if gate.amount_fen is None else format_yuan(gate.amount_fen),
        "stands": [text.in_language(language) for text in gate.stands],
        "clears": clears(gate, period).in_language(language) if gate.count else None,
    }


def _is_of_a_line(gate: Gate) -> bool:
    return gate.name in (GateName.UNMATCHED, GateName.SUSPENSE) and "--line" in gate.first


def _gates(count: int) -> str:
    return "1 gate is" if count == 1 else f"{count} gates are"
