"""`settle import`: the shop's export files into the book, each whole or not at all."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.clock import now
from cli.importing import Imported, files_in, import_files, read_files
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.readers import ReadFile
from cli.recognised import recognise
from cli.rulebooks import rulebook_in_use
from cli.session import Place, actor_name, place
from cli.speech import console, either, language
from cli.views.imported import imported_json, show_imported
from ledger.errors import NoBook

app = typer.Typer()

Files = Annotated[
    list[Path],
    typer.Argument(
        help="导出文件（CSV、.xlsx、.zip）或文件夹 / export files (CSV, .xlsx, .zip), or a folder"
    ),
]
Check = Annotated[bool, typer.Option("--check", help="只试读，不写入 / read and show, write nothing")]
Partial = Annotated[
    bool, typer.Option("--partial", help="接受不足一个月的账单 / take a statement of part of a month")
]


class _Rehearsed(Exception):
    """Ends a writing turn that was only tried; nothing of it is kept."""


@app.command()
def import_(
    files: Files,
    check: Check = False,
    partial: Partial = False,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """导入报表、支付宝明细、货款收入、价保和快递账单。 / Import the shop's files; the same file twice adds nothing."""
    tongue = language(lang)
    read = read_files(files_in(files), partial=partial)
    where, who = place(db, book), actor_name(actor)
    imported = _checked(where, who, read) if check else _imported(where, who, read)
    if as_json:
        typer.echo(json.dumps([imported_json(one) for one in imported], ensure_ascii=False))
        return
    show_imported(imported, console(), tongue)
    if check:
        console().print(
            Text(either(tongue, "试读完毕，什么都没有写入。", "Checked only; nothing was written."))
        )


def _imported(where: Place, who: str, read: Sequence[ReadFile]) -> list[Imported]:
    with where.open() as opened, opened.writing(actor=who, now=now()) as desk:
        return import_files(desk, read, rulebook_in_use())


def _checked(where: Place, who: str, read: Sequence[ReadFile]) -> list[Imported]:
    """What importing would do: done in a turn that is taken back. Where there is no book, what was recognised."""
    imported: list[Imported] = []
    try:
        with where.open() as opened, opened.writing(actor=who, now=now()) as desk:
            imported += import_files(desk, read, rulebook_in_use())
            raise _Rehearsed
    except _Rehearsed:
        return imported
    except NoBook:
        seen = [recognise(file) for file in read]
        return [Imported(file=one, new_file=True, told=one.told) for one in seen]
