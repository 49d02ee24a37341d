"""`settle payables`: what is owed by Alipay transfer, how long, and the sheet for a batch transfer."""

import json
from dataclasses import asdict
from datetime import date
from typing import Annotated, Any

import typer
from rich.text import Text

from calculators.days import business_day
from cli.clock import now
from cli.moments import day_on
from cli.options import AsJson, BookName, Db, Lang, To
from cli.session import place
from cli.speech import console, language
from cli.views.payables import ages, doubt_line, payee_shown, show_payables
from exports.batch_transfer import write_batch_transfer
from exports.package import refuse_place
from ledger import payables as questions
from ledger.reports_of_payables import OpenPayables

app = typer.Typer()

AsOf = Annotated[str | None, typer.Option("--as-of", help="截止日 / at the end of a day; else all there is")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]


@app.command()
def payables(
    as_of: AsOf = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """待付款与账龄;--to 导出批量付款表。 / What is owed by transfer; --to writes the sheet for a batch."""
    tongue = language(lang)
    until = day_on(as_of) if as_of else None
    if to is not None:
        refuse_place(to, overwrite=overwrite)
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        found = questions.open_payables(reader, until)
    today = until or business_day(now())
    if to is not None:
        write_batch_transfer(found, today, to, overwrite=overwrite)
    if as_json:
        said = {"workbook": str(to) if to else None, **_as_json(found, today)}
        typer.echo(json.dumps(said, ensure_ascii=False, default=str))
        return
    show_payables(found, today, console(), tongue)
    if found.doubtful:
        console().print(Text(doubt_line(found, tongue)), soft_wrap=True)
    if to is not None:
        console().print(Text(str(to)), soft_wrap=True)


def _as_json(found: OpenPayables, today: date) -> dict[str, Any]:
    rows = [
        {
            **asdict(row),
            "days": row.days(today),
            "payee": payee_shown(found, row),
            "doubtful": row.seq in found.doubtful,
        }
        for row in found.rows
    ]
    return {"as_of": today, "rows": rows, "open_fen": found.totals, "ages": ages(found.rows, today)}
