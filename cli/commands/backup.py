"""`settle backup`: a proven copy of the whole database in a new file, with an anchor beside it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli.clock import now
from cli.options import AsJson, Db, Lang
from cli.session import place
from cli.speech import language
from ledger.backup import back_up

app = typer.Typer()

ToFile = Annotated[Path, typer.Option("--to", help="新的备份文件 / the new file to back up into")]


@app.command()
def backup(to: ToFile, db: Db = None, lang: Lang = None, as_json: AsJson = False) -> None:
    """备份整个账套文件并校验。 / Copy the database while others work, verified; never over a file."""
    made = back_up(place(db, "main").url, to.absolute(), now())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in made], ensure_ascii=False))
        return
    for one in made:
        zh = f"{to}: 账套 {one.book} 已备份并校验,链首 #{one.head.seq} {one.head.hash}"
        en = f"{to}: book {one.book} backed up and verified, head #{one.head.seq} {one.head.hash}"
        typer.echo(zh if language(lang) == "zh" else en)
