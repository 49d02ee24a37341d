"""`settle audit-bundle`: a month's chain with all that its hashes cover, and the program that checks it."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.handing import asked_month, handed, refuse_own_file
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from exports.audit_bundle import write_audit_bundle
from ledger.bundles import audit_bundle
from ledger.canonical import short
from ledger.month_rows import vouchers_and_lines

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to audit")]
To = Annotated[Path, typer.Option("--to", help="写到 zip 文件 / the zip to write")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]


@app.command()
def audit_bundle_(
    period: Period,
    to: To,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """导出审计包,内附独立校验程序。 / Write an audit bundle with a verifier that needs none of our code."""
    month, where = asked_month(period), place(db, book)
    refuse_own_file(to, where)
    with where.open(read_only=True) as opened, opened.reading() as reader:
        bundle = audit_bundle(reader, month)
        write_audit_bundle(bundle, to, overwrite=overwrite)
        counts = vouchers_and_lines(reader, month)
    done = handed(to, bundle.closed_at, bundle.head, counts)
    if as_json:
        typer.echo(json.dumps(done.as_json(), ensure_ascii=False))
        return
    tongue = language(lang)
    console().print(Text(done.sentence(tongue)), soft_wrap=True)
    how = "校验:取出 verify.py,运行" if tongue == "zh" else "to check it, take verify.py out and run"
    console().print(
        Text(f"{how} python verify.py {to.name} --head {short(bundle.head.hash)}"), soft_wrap=True
    )
