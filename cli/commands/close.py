"""`settle close`: look at a month's gates, seal it and write its workbook."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from calculators.days import business_day
from calculators.rulebook import Rulebook
from cli import exits
from cli.anchoring import anchor_path
from cli.clock import now
from cli.closing import Closing, MonthEnd, close_month, write_closed
from cli.gates import Exports, look_at, read_exports, with_anchors
from cli.moments import month_of
from cli.options import Actor, AnchorFile, AsJson, BookName, Db, Lang, To
from cli.progress import waiting
from cli.rulebooks import rulebook_in_use
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, either, language
from cli.views.close_delta import delta_for_machines, show_close_delta
from cli.views.gates import gates_json, passed_json, passed_line, show_gates
from cli.views.ledger_views import trial_balance_table
from exports.package import refuse_place
from ledger.gates import month_gates
from ledger.reports_of_gates import MonthGates

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to close")]
Check = Annotated[
    bool, typer.Option("--check", help="只看各道关口，不结账 / look at the gates, write nothing")
]
DespiteGates = Annotated[
    bool, typer.Option("--despite-gates", help="写明原因越过未清的关口 / go past open gates, for a reason")
]
Reason = Annotated[
    str | None, typer.Option("--reason", help="越过的原因，记入账簿 / why; it stands in the book")
]
FilesOf = Annotated[
    list[Path] | None,
    typer.Option(
        "--files", help="本月导出文件或文件夹，逐个核对 / the month's exports, each to be in the book"
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]


@app.command()
def close(
    period: Period,
    check: Check = False,
    despite_gates: DespiteGates = False,
    reason: Reason = None,
    files: FilesOf = None,
    to: To = None,
    overwrite: Overwrite = False,
    anchor: AnchorFile = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """结账并导出 Excel；--check 只看关口。 / Close a month, or see by --check what still stands in its gates.

    settle close 2026-10 --check --files exports/
    settle close 2026-10 --to 2026-10.xlsx
    settle close 2026-10 --despite-gates --reason 等平台答复
    """
    month, tongue, who, where = month_of(period), language(lang), actor_name(actor), place(db, book)
    despite = _despite(despite_gates, reason)
    exports = read_exports(files) if files else Exports()
    anchors = anchor_path(anchor, where.url)
    by = Closing(
        actor=who, now=now(), on=business_day(now()), anchors=anchors, exports=exports, despite=despite
    )
    if check:
        _refuse_beside_check(to, despite)
        _say_gates(_looked_at(where, month, by, rulebook_in_use()), tongue, in_json=as_json)
        return
    if to is not None:
        refuse_place(to, overwrite=overwrite)
    with where.open() as opened, waiting(either(tongue, "结账", "closing")):
        done = close_month(opened, month, rulebook_in_use(), by)
        if to is not None:
            write_closed(opened, month, to, overwrite=overwrite)
    if as_json:
        named = {"workbook": str(to) if to else None, "anchors": str(anchors) if anchors else None}
        typer.echo(json.dumps(_as_json(done) | named, ensure_ascii=False))
        return
    _say_closed(done, tongue)
    if to is not None:
        console().print(Text(str(to)), soft_wrap=True)


def _despite(despite_gates: bool, reason: str | None) -> str | None:
    """Why to go past open gates; `BadOption` for a reason without that wish, or the wish without a reason."""
    if despite_gates != bool(reason and reason.strip()):
        raise BadOption(
            "越过未清的关口须同时给出 --despite-gates 和 --reason 原因。",
            "going past open gates takes both --despite-gates and --reason WHY.",
        )
    return reason if despite_gates else None


def _refuse_beside_check(to: Path | None, despite: str | None) -> None:
    if to is not None or despite is not None:
        raise BadOption(
            "--check 只看不写，不能与 --to、--despite-gates 同用。",
            "--check only looks; it goes neither with --to nor with --despite-gates.",
        )


def _looked_at(where: Place, month: str, by: Closing, rulebook: Rulebook) -> MonthGates:
    with where.open(read_only=True) as opened, opened.reading() as reader:
        look = look_at(reader, month, rulebook, by.on, by.exports)
        return with_anchors(month_gates(reader, look), reader, by.anchors)


def _say_gates(gates: MonthGates, tongue: str, *, in_json: bool) -> None:
    """The gates; a script learns by the exit code whether one is open."""
    if in_json:
        typer.echo(json.dumps(gates_json(gates, tongue), ensure_ascii=False))
    else:
        show_gates(gates, console(), tongue)
    if gates.open:
        raise typer.Exit(exits.DIFFERS)


def _say_closed(done: MonthEnd, tongue: str) -> None:
    console().print(trial_balance_table(done.trial_balance, tongue))
    console().print(Text(closed_line(done, tongue)), soft_wrap=True)
    if done.passed is not None:
        console().print(Text(passed_line(done.passed, tongue)), soft_wrap=True)
    if done.waiting:
        console().print(Text(waiting_line(done.waiting, tongue)), soft_wrap=True)
    if done.delta is not None:
        show_close_delta(done.delta, done.reopenings, console(), tongue)


def closed_line(done: MonthEnd, tongue: str) -> str:
    """What closing did, in one line."""
    closed = done.closed
    if tongue == "zh":
        state = "早已结账" if closed.again else f"已结账，完成订单 {done.finished} 个"
        return f"{closed.period} {state}，凭证 {closed.entries} 张，链首 #{done.head.seq} {done.head.hash}"
    state = "was closed already" if closed.again else f"closed, {done.finished} orders finished"
    return f"{closed.period} {state}; {closed.entries} entries, head #{done.head.seq} {done.head.hash}"


def waiting_line(count: int, tongue: str) -> str:
    """That claims up to the month wait, and cannot be booked into it any more."""
    if tongue == "zh":
        return f"还有 {count} 件申请待审批（settle approve）；本月已结，须反结账后才能入账"
    return f"still waiting for approval: {count} (settle approve); the month is closed to them until it is reopened"


def _as_json(done: MonthEnd) -> dict[str, object]:
    closed = done.closed
    return {
        "period": closed.period,
        "again": closed.again,
        "entries": closed.entries,
        "finished_orders": done.finished,
        "head": {"seq": done.head.seq, "hash": done.head.hash},
        "waiting": done.waiting,
        "passed": passed_json(done.passed) if done.passed else None,
        "delta": delta_for_machines(done.delta, done.reopenings) if done.delta else None,
    }
