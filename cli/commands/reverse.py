"""`settle reverse`: take an entry back, in red within its year and in blue after it; nothing is ever changed."""

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
from ledger import queries
from ledger.corrections import RED

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
    """冲销一张凭证:当年红字,以前年度蓝字更正;月份已结账的落在第一个未结账的月份。 / Reverse one entry.

    Within its year an entry is taken back in red, after it in blue; where the month is closed, in the first open one.
    """
    tongue, day = language(lang), day_on(on)
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        posted = desk.reverse(entry, day, kept_reason(desk, reason))
        done = queries.entry(desk.reader, posted.seq)
    if as_json:
        lands = {"colour": done.colour, "effective_on": done.effective_on.isoformat()}
        typer.echo(json.dumps({"reversed": entry, **asdict(posted), **lands}, ensure_ascii=False))
        return
    line = f"#{posted.seq} {posted.voucher}".rstrip() + f" {done.effective_on}"
    zh = "红字注销" if done.colour == RED else "蓝字更正"
    en = f"in {done.colour}"
    typer.echo(either(tongue, f"#{entry} 已冲销 → {line} {zh}", f"#{entry} reversed by {line} {en}"))
