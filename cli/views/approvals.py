"""What waits for a second person and what was said, as people read it and as machines do."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.days import SHANGHAI
from cli.approving import DIGEST_MIN, Pending
from cli.recording import reasons_of
from cli.views.settlement import headline, show_settlement
from cli.words import word
from ledger.reports import ApprovalRow

_ACTIONS = {"ask": ("请求", "asked by"), "grant": ("批准", "granted by"), "refuse": ("拒绝", "refused by")}


def pending_table(waiting: Iterable[tuple[Pending, Mapping[str, Any] | None]], language: str) -> Table:
    """Everything that waits, oldest first, each with the start of the digest that an approver names."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("matter", "order_no", "asked_by", "asked_at", "amount"):
        table.add_column(word(heading, language), overflow="fold")
    table.add_column(word("why", language), overflow="fold")
    table.add_column(word("digest", language), no_wrap=True)
    for one, answer in waiting:
        said, asked = one.word, (one.word.actor, clock_time(one.word.recorded_at))
        order, amount, why = _of_claim(one, answer, language) if answer else _of_month(one, language)
        table.add_row(said.subject, order, *asked, amount, why, said.digest[:DIGEST_MIN])
    return table


def show_pending(one: Pending, answer: Mapping[str, Any] | None, console: Console, language: str) -> None:
    """One thing that waits in full, and what to type next."""
    if answer is not None:
        show_settlement(dict(answer), console, language)
    console.print(Text(words_line([one.word], language)), soft_wrap=True)
    console.print(Text(next_line(one.word, language), style="dim"), soft_wrap=True)


def waiting_line(said: ApprovalRow, answer: Mapping[str, Any], language: str) -> str:
    """That a claim was asked and waits, why, and what a second person types."""
    if language == "zh":
        return f"{said.subject}：待审批，未入账。{reasons_of(answer)}。{next_line(said, language)}"
    return (
        f"{said.subject}: waits for approval, not recorded. {reasons_of(answer)}. {next_line(said, language)}"
    )


def next_line(said: ApprovalRow, language: str) -> str:
    """What another person types to grant it."""
    command = f"settle approve {said.subject} --digest {said.digest[:DIGEST_MIN]}"
    if language == "zh":
        return f"请由 {said.actor} 以外的人审批：{command}"
    return f"Somebody other than {said.actor} approves it: {command}"


def words_line(words: Iterable[ApprovalRow], language: str) -> str:
    """Who asked, granted and refused, and when, in one line."""
    return "  ".join(_said(one, language) for one in words)


def for_machines(said: ApprovalRow) -> dict[str, Any]:
    """One word as `--json` says it."""
    return {
        "action": said.action,
        "actor": said.actor,
        "at": said.recorded_at.isoformat(),
        "digest": said.digest,
        "reason": said.reason,
    }


def pending_for_machines(one: Pending, answer: Mapping[str, Any] | None) -> dict[str, Any]:
    """One thing that waits as `--json` says it."""
    said = {
        "matter": one.word.matter,
        "subject": one.word.subject,
        "asked_by": one.word.actor,
        "asked_at": one.word.recorded_at.isoformat(),
        "reason": one.word.reason,
        "digest": one.word.digest,
    }
    return said | {"order_no": one.subject.order_no, "answer": answer} if answer is not None else said


def clock_time(moment: datetime) -> str:
    """A moment to the minute, in Shanghai."""
    return moment.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def _of_claim(one: Pending, answer: Mapping[str, Any], language: str) -> tuple[str, str, str]:
    return one.subject.order_no or "", headline(answer, language), reasons_of(answer)


def _of_month(one: Pending, language: str) -> tuple[str, str, str]:
    return "", "", f"{word('reopen', language)}: {one.word.reason}"


def _said(one: ApprovalRow, language: str) -> str:
    reason = f" ({one.reason})" if one.reason else ""
    zh, en = _ACTIONS[one.action]
    return f"{zh if language == 'zh' else en} {one.actor} {clock_time(one.recorded_at)}{reason}"
