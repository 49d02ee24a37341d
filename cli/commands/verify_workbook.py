"""`settle verify-workbook`: whether every cell of a workbook still follows from the ledger; exits 1 where not."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli import exits
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from cli.verifying import verified_workbook
from cli.views.verified_workbook import show_verified_workbook

app = typer.Typer()

Workbook = Annotated[Path, typer.Argument(help="工作簿 .xlsx / the workbook to verify")]


@app.command()
def verify_workbook_(
    workbook: Workbook, db: Db = None, book: BookName = "main", lang: Lang = None, as_json: AsJson = False
) -> None:
    """逐格校验工作簿。 / Name each cell of a workbook that no longer follows from the ledger."""
    tongue = language(lang)
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        done = verified_workbook(reader, workbook)
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False))
    else:
        show_verified_workbook(done, console(), tongue)
    if done.findings:
        raise typer.Exit(exits.DIFFERS)
