"""`settle import`: the shop's export files into the book, each whole or not at all."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.clock import now
from cli.importing import Imported, files_in, import_files, read_files
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.rulebooks import rulebook_in_use
from cli.session import actor_name, place
from cli.speech import console, language
from cli.words import word

app = typer.Typer()

Files = Annotated[list[Path], typer.Argument(help="导出文件或文件夹 / export files, or a folder of them")]


@app.command()
def import_(
    files: Files,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """导入订单、宝贝、退款报表和支付宝账务明细。 / Import the shop's reports; the same file twice adds nothing."""
    tongue = language(lang)
    read = read_files(files_in(files))
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        imported = import_files(desk, read, rulebook_in_use())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in imported], ensure_ascii=False))
    else:
        console().print(imported_table(imported, tongue))


def imported_table(imported: list[Imported], tongue: str) -> Table:
    """What was recognised in each file and what it added."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("file", "layout"):
        table.add_column(word(heading, tongue), overflow="fold")
    for heading in ("rows", "orders", "entries"):
        table.add_column(word(heading, tongue), justify="right")
    for one in imported:
        added = [str(one.rows), f"+{one.orders}", f"+{one.entries}"]
        table.add_row(one.name, word(one.layout, tongue), *added)
    return table
