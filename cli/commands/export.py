"""`settle export`: a month's vouchers or journal, in the form that another program takes in."""

import json
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli.handing import Handed, asked_month, handed, refuse_own_file
from cli.options import AsJson, BookName, Db, Lang
from cli.progress import watched_lines
from cli.session import place
from cli.speech import console, language
from exports.gbt24589 import write_gbt24589
from exports.journal_beancount import write_beancount
from exports.journal_hledger import write_hledger
from exports.vouchers_jingdouyun import write_jingdouyun
from exports.vouchers_kis import write_kis
from exports.vouchers_u8 import write_u8
from exports.workbook import write_workbook
from ledger.hand_over import hand_over
from ledger.month_reports import period_report
from ledger.month_rows import vouchers_and_lines
from ledger.reading import Reader

app = typer.Typer()


class Form(StrEnum):
    """The forms a month can be handed over in."""

    KIS = "kis"
    JINGDOUYUN = "jingdouyun"
    U8 = "u8"
    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    GBT24589 = "gbt24589"
    XLSX = "xlsx"


Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to export")]
As = Annotated[Form, typer.Option("--as", help="格式 / the form")]
To = Annotated[Path, typer.Option("--to", help="写到文件 / the file to write")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the file")]

_WRITERS: dict[Form, Callable[..., None]] = {
    Form.KIS: write_kis,
    Form.JINGDOUYUN: write_jingdouyun,
    Form.U8: write_u8,
    Form.HLEDGER: write_hledger,
    Form.BEANCOUNT: write_beancount,
    Form.GBT24589: write_gbt24589,
}


@app.command()
def export(
    period: Period,
    form: As,
    to: To,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """导出凭证或日记账给其他软件。 / Hand a month over to another program."""
    month, where = asked_month(period), place(db, book)
    refuse_own_file(to, where)
    with where.open(read_only=True) as opened, opened.reading() as reader:
        done = _write(reader, month, form, to, overwrite)
    if as_json:
        typer.echo(json.dumps(done.as_json() | {"as": form.value}, ensure_ascii=False))
    else:
        console().print(Text(done.sentence(language(lang))), soft_wrap=True)


def _write(reader: Reader, month: str, form: Form, to: Path, overwrite: bool) -> Handed:
    if form is Form.XLSX:
        report = period_report(reader, month)
        write_workbook(report, to, overwrite=overwrite, watch=watched_lines)
        counts = vouchers_and_lines(reader, month)
        return handed(to, report.closed_at, report.head, counts)
    given = hand_over(reader, month)
    _WRITERS[form](given, to, overwrite=overwrite)
    lines = sum(len(entry.postings) for entry in given.entries)
    return handed(to, given.closed_at, given.head, (len(given.entries), lines))
