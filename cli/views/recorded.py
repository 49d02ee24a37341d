"""What was recorded, as people read it: one claim in a line, many in a table with what was held back and why."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.recording import Outcome
from cli.words import word
from ledger.canonical import short


def show_outcome(outcome: Outcome, console: Console, language: str) -> None:
    """One recorded claim: where it stands in the book."""
    posted = outcome.posted
    if posted is None:
        return
    zh, en = ("早已入账，未重复", "recorded before, nothing added") if posted.again else ("入账", "recorded")
    where = f"{outcome.claim_no} → #{posted.seq} {posted.voucher} {short(posted.hash)}"
    console.print(Text(f"{zh if language == 'zh' else en} {where}"), soft_wrap=True)


def show_outcomes(outcomes: Sequence[Outcome], console: Console, language: str) -> None:
    """What became of a file of claims, and each one that was not recorded with its reason."""
    recorded = [outcome for outcome in outcomes if outcome.posted]
    new = sum(not outcome.posted.again for outcome in recorded if outcome.posted)
    decisions = Counter(outcome.decision for outcome in outcomes if not outcome.posted)
    held = "  ".join(f"{word(decision, language)} {count}" for decision, count in sorted(decisions.items()))
    said = (
        f"入账 {len(recorded)} 件（新 {new}）"
        if language == "zh"
        else f"{len(recorded)} recorded ({new} new)"
    )
    console.print(Text(f"{said}  {held}"))
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("claim_no", "decision", "clause"):
        table.add_column(word(heading, language))
    table.add_column("", overflow="fold")
    for outcome in outcomes:
        if outcome.posted is None:
            table.add_row(
                outcome.claim_no, word(outcome.decision, language), *_first_reason(outcome, language)
            )
    if table.row_count:
        console.print(table)


def _first_reason(outcome: Outcome, language: str) -> tuple[str, str]:
    answer, said = outcome.answer(language), outcome.said
    if said is not None and not outcome.waits:
        zh = f"{said.actor} 已拒绝：{said.reason}"
        return "", zh if language == "zh" else f"{said.actor} refused it: {said.reason}"
    notes = answer["awaits"] or answer["approvals"] or answer["not_applied"]
    return (notes[0]["rule"], notes[0].get("text") or notes[0]["why"]) if notes else ("", "")
