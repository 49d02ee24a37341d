"""`settle reverse`: take an entry back with its red-letter twin; nothing is ever changed or deleted."""

from typing import Annotated

import typer

from calculators.days import business_day
from cli.clock import now
from cli.options import Actor, BookName, Db, Lang
from cli.session import actor_name, place
from cli.speech import language

app = typer.Typer()

Seq = Annotated[int, typer.Argument(help="分录序号 / the number of the entry")]
Reason = Annotated[str, typer.Option("--reason", help="冲销原因 / why")]


@app.command()
def reverse(
    entry: Seq,
    reason: Reason,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
) -> None:
    """红字冲销一张凭证。 / Reverse one entry."""
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        posted = desk.reverse(entry, business_day(now()), reason)
    zh, en = (
        f"#{entry} 已冲销 → #{posted.seq} {posted.voucher}",
        f"#{entry} reversed by #{posted.seq} {posted.voucher}",
    )
    typer.echo(zh if language(lang) == "zh" else en)
