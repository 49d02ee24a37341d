"""`settle reverse`: take an entry back with its red-letter twin; nothing is ever changed or deleted."""

import json
from dataclasses import asdict
from typing import Annotated

import typer

from cli.clock import now
from cli.moments import day_on
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.remarks import kept_reason
from cli.session import actor_name, place
from cli.speech import either, language

app = typer.Typer()

Seq = Annotated[int, typer.Argument(help="分录序号 / the number of the entry")]
Reason = Annotated[str, typer.Option("--reason", help="冲销原因 / why")]
On = Annotated[str | None, typer.Option("--on", help="冲销日期,缺省今天 / the day, else today")]


@app.command()
def reverse(
    entry: Seq,
    reason: Reason,
    on: On = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """红字冲销一张凭证。 / Reverse one entry."""
    tongue, day = language(lang), day_on(on)
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        posted = desk.reverse(entry, day, kept_reason(desk, reason))
    if as_json:
        typer.echo(json.dumps({"reversed": entry, **asdict(posted)}, ensure_ascii=False))
        return
    line = f"#{posted.seq} {posted.voucher}".rstrip()
    typer.echo(either(tongue, f"#{entry} 已冲销 → {line}", f"#{entry} reversed by {line}"))
