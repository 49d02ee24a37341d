"""`settle move`: a book into another database, every number and hash as it was."""

import json
from typing import Annotated

import typer

from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import language
from ledger.moving import move

app = typer.Typer()

ToUrl = Annotated[
    str, typer.Option("--to", help="目标文件或数据库 URL / the file or database URL to move to")
]


@app.command()
def move_(
    to: ToUrl, db: Db = None, book: BookName = "main", lang: Lang = None, as_json: AsJson = False
) -> None:
    """把账套搬到另一个数据库,链首不变。 / Copy a book into another database; its head stays the same."""
    head = move(place(db, book).url, place(to, book).url, book)
    if as_json:
        typer.echo(json.dumps({"book": book, "seq": head.seq, "hash": head.hash}))
        return
    zh = f"账套 {book} 已搬到新库并校验,链首 #{head.seq} {head.hash}。今后请用新库,原库未改动。"
    en = (
        f"book {book} is in the new database, verified, head #{head.seq} {head.hash}. "
        "Use the new one from now on; the old one is unchanged."
    )
    typer.echo(zh if language(lang) == "zh" else en)
