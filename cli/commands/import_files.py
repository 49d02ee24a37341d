"""`settle import`: the shop's export files into the book, each whole or not at all."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

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
        return
    console().print(imported_table(imported, tongue))
    for line in transfers_lines(imported, tongue):
        console().print(Text(line), soft_wrap=True)


def transfers_lines(imported: list[Imported], tongue: str) -> list[str]:
    """What became of new transfers to buyers, where there were any, and what to do about those left."""
    paid, left = sum(one.paid for one in imported), sum(one.unmatched for one in imported)
    if not paid + left:
        return []
    if tongue == "zh":
        hint = "。售后入账后请运行 settle pay --statement 核销" if left else ""
        return [f"转账给买家：核销 {paid} 笔，未核销 {left} 笔{hint}"]
    hint = "; once the claims are recorded, match them with settle pay --statement" if left else ""
    return [f"transfers to buyers: {paid} matched, {left} unmatched{hint}"]


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
