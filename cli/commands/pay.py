"""`settle pay`: say which transfer paid which claim, by hand or by matching a statement's own transfers."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.days import parse_month
from calculators.money import parse_yuan
from cli.clock import now
from cli.errors import ShellError
from cli.importing import read_files, transfers_of
from cli.moments import day_on
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, language
from cli.views.payables import show_matched, show_paid
from ledger import statement_lines
from ledger.paying import Paid, Payment
from ledger.statement_transfers import Matched
from ledger.transfers import told_transfers

app = typer.Typer()

Claims = Annotated[
    list[str] | None,
    typer.Argument(help="申请号,或 #分录序号 / claims, or # and an entry", show_default=False),
]
Serial = Annotated[
    str | None, typer.Option("--serial", help="支付宝账务流水号 / the transfer's Alipay serial")
]
Amount = Annotated[
    str | None, typer.Option("--amount", help="金额,缺省为全部未付 / yuan, else all that is open")
]
On = Annotated[
    str | None, typer.Option("--on", help="转账日期,缺省今天 / the day of the transfer, else today")
]
OfStatement = Annotated[
    str | None,
    typer.Option("--statement", help="月份或账务明细文件 / a month, or a statement's file, to be matched"),
]


class NoStatement(ShellError):
    """A file that is no Alipay statement."""


@app.command()
def pay(
    claims: Claims = None,
    serial: Serial = None,
    amount: Amount = None,
    on: On = None,
    statement: OfStatement = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """付款核销:同一笔不付两次。 / Book a transfer to a buyer; nothing is paid twice.

    settle pay 17001 --serial 2026…  ·  settle pay --statement 2026-10
    """
    tongue, who, where = language(lang), actor_name(actor), place(db, book)
    if statement is not None:
        if claims or serial or amount or on:
            raise _wrong_words()
        _say_matched(_match(where, who, statement), tongue, as_json=as_json)
        return
    if not claims or serial is None:
        raise _wrong_words()
    payment = Payment(
        claims=tuple(claims),
        serial=serial,
        on=day_on(on),
        amount_fen=parse_yuan(amount) if amount else None,
    )
    with where.open() as opened, opened.writing(actor=who, now=now()) as desk:
        paid = desk.pay(payment)
    _say_paid(paid, tongue, as_json=as_json)


def _wrong_words() -> BadOption:
    return BadOption(
        "请写 settle pay 申请号 --serial 流水号，或 settle pay --statement 月份或文件。",
        "write settle pay CLAIM --serial SERIAL, or settle pay --statement MONTH-OR-FILE.",
    )


def _match(where: Place, who: str, statement: str) -> Matched:
    """Match the transfers of a month's imported statements, or those of a file, imported or not."""
    period = _month(statement)
    files = [] if period else read_files([Path(statement)])
    if any(file.layout != statement_lines.LAYOUT for file in files):
        raise NoStatement(
            f"{statement} 不是支付宝账务明细。请给出账务明细文件，或月份 YYYY-MM。",
            f"{statement} is no Alipay statement. Name its file, or a month YYYY-MM.",
        )
    said = [transfer for file in files for transfer in transfers_of(file)]
    with where.open() as opened, opened.writing(actor=who, now=now()) as desk:
        return desk.match_transfers(told_transfers(desk.reader, period) if period else said)


def _month(statement: str) -> str | None:
    try:
        return parse_month(statement)
    except ValueError:
        return None


def _say_paid(paid: Paid, tongue: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(asdict(paid), ensure_ascii=False, default=str))
    else:
        show_paid(paid, console(), tongue)


def _say_matched(matched: Matched, tongue: str, *, as_json: bool) -> None:
    if as_json:
        said: dict[str, Any] = asdict(matched)
        for one in said["unmatched"]:
            del one["remark"]
        typer.echo(json.dumps(said, ensure_ascii=False, default=str))
    else:
        show_matched(matched, console(), tongue)
