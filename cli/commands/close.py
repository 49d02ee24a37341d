"""`settle close`: seal a month and write its workbook."""

import json
from typing import Annotated

import typer
from rich.text import Text

from cli.anchoring import anchor_path
from cli.clock import now
from cli.closing import MonthEnd, close_month, write_month
from cli.moments import month_of
from cli.options import Actor, AnchorFile, AsJson, BookName, Db, Lang, To
from cli.rulebooks import rulebook_in_use
from cli.session import actor_name, place
from cli.speech import console, language
from cli.views.close_delta import delta_for_machines, show_close_delta
from cli.views.ledger_views import trial_balance_table
from exports.package import refuse_place

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to close")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]


@app.command()
def close(
    period: Period,
    to: To = None,
    overwrite: Overwrite = False,
    anchor: AnchorFile = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """结账并导出 Excel。 / Close a month; with --to, write the workbook."""
    month, tongue, who = month_of(period), language(lang), actor_name(actor)
    if to is not None:
        refuse_place(to, overwrite=overwrite)
    where = place(db, book)
    anchors = anchor_path(anchor, where.url)
    with where.open() as opened:
        done = close_month(opened, month, rulebook_in_use(), (who, now()), anchors)
        if to is not None:
            write_month(opened, month, to, overwrite=overwrite)
    if as_json:
        files = {"workbook": str(to) if to else None, "anchors": str(anchors) if anchors else None}
        typer.echo(json.dumps(_as_json(done) | files, ensure_ascii=False))
        return
    console().print(trial_balance_table(done.trial_balance, tongue))
    console().print(Text(closed_line(done, tongue)), soft_wrap=True)
    if done.waiting:
        console().print(Text(waiting_line(done.waiting, tongue)), soft_wrap=True)
    if done.delta is not None:
        show_close_delta(done.delta, console(), tongue)
    if to is not None:
        console().print(Text(str(to)), soft_wrap=True)


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
        "delta": delta_for_machines(done.delta) if done.delta else None,
    }
