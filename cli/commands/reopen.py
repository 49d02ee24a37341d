"""`settle reopen`: ask that the last closed month be opened again; another person grants it."""

import json
from typing import Annotated, Any

import typer

from cli import exits
from cli.approving import pending_on
from cli.clock import now
from cli.moments import month_of
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.session import actor_name, place
from cli.speech import language
from cli.views.approvals import next_line, pending_for_machines
from ledger.recordings import Closed

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to open again")]
Reason = Annotated[str, typer.Option("--reason", help="反结账原因 / why")]


@app.command()
def reopen(
    period: Period,
    reason: Reason,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """请求反结账,由另一人用 settle approve 批准。 / Ask to reopen a month; another grants it by settle approve."""
    month, tongue = month_of(period), language(lang)
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        digest = desk.ask_reopening(month, reason)
        asked = pending_on(desk.reader, month, digest)
    if as_json:
        said = {"period": month, "reopened": False, "waiting": True}
        typer.echo(json.dumps(said | pending_for_machines(asked, None), ensure_ascii=False))
    else:
        typer.echo(asked_line(month, tongue) + next_line(asked.word, tongue))
    raise typer.Exit(exits.WAITING)


def asked_line(month: str, tongue: str) -> str:
    """That a reopening waits."""
    return f"{month} 反结账待审批。" if tongue == "zh" else f"the reopening of {month} waits for approval. "


def reopened_line(closed: Closed, tongue: str) -> str:
    """That a month is open again, as which version."""
    command = f"settle close {closed.period}"
    if tongue == "zh":
        return f"{closed.period} 已反结账，改完后请重新结账：{command}"
    return f"{closed.period} is open again; when it is right, close it anew: {command}"


def reopened_for_machines(closed: Closed) -> dict[str, Any]:
    """The reopening as `--json` says it."""
    return {"period": closed.period, "reopened": True, "waiting": False, "version": closed.version}
