"""`settle suspense`: what stands in suspense (1221.09), for how long, and the words of each line."""

import json
from typing import Annotated

import typer

from cli.moments import day_on
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from cli.views.suspense import show_suspense, suspense_json
from ledger import queries
from ledger.chart import SUSPENSE
from ledger.imported import suspense

app = typer.Typer()

On = Annotated[str | None, typer.Option("--on", help="账龄算到哪天 / the day to count ages to, else today")]


@app.command("suspense")
def suspense_(
    on: On = None,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """查看待查款项 1221.09：账龄、文件、行、金额、原文。 / List what stands in suspense, oldest first."""
    tongue = language(lang)
    day = day_on(on)
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        rows, balance_fen = suspense(reader), queries.balance(reader, SUSPENSE)
    if as_json:
        typer.echo(json.dumps(suspense_json(rows, balance_fen, day), ensure_ascii=False))
    else:
        show_suspense(rows, balance_fen, day, (console(), tongue))
