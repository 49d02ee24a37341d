"""`settle verify`: whether the book still is what was posted; names what is not, and exits 1."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from cli import exits
from cli.anchoring import anchor_head, known_anchors
from cli.clock import now
from cli.options import AnchorFile, AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from cli.views.verified import show_verified
from ledger.verify import verify

app = typer.Typer()

WriteAnchor = Annotated[
    Path | None,
    typer.Option(
        "--write-anchor", help="校验一致后把链首写入文件 / once verified, append the head to a file"
    ),
]


@app.command()
def verify_(
    anchor: AnchorFile = None,
    write_anchor: WriteAnchor = None,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """校验全账:文件、保护、链、余额、锚点。 / Check file, guards, chain, balances, anchors; exit 1 on a finding."""
    tongue, where = language(lang), place(db, book)
    done = verify(where.url, where.book, known_anchors(anchor, where.url, book))
    if as_json:
        said = asdict(done) | {"needs_anchor": done.needs_anchor}
        typer.echo(json.dumps(said, ensure_ascii=False))
    else:
        show_verified(done, console(), tongue)
    if done.findings:
        raise typer.Exit(exits.DIFFERS)
    if write_anchor is not None:
        with where.open(read_only=True) as opened:
            anchor_head(opened, write_anchor, now())
