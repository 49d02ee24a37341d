"""`settle init`: make a book, with its opening balances as the first entry."""

from datetime import date
from typing import Annotated

import typer

from calculators.days import business_day, parse_day
from calculators.errors import BadMoney
from calculators.money import parse_yuan
from cli.clock import now
from cli.options import Actor, BookName, Db, Lang
from cli.session import actor_name, place
from cli.speech import BadOption, language
from ledger.engine import create_book
from ledger.opening import opening_entry

app = typer.Typer()

Opening = Annotated[
    list[str] | None,
    typer.Option("--opening", help="期初余额 科目=金额,可多次 / opening balance ACCOUNT=YUAN, many times"),
]
On = Annotated[str | None, typer.Option("--on", help="期初日期 / the day of the opening balances")]


@app.command()
def init(
    opening: Opening = None,
    on: On = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
) -> None:
    """新建账套。 / Make a new book."""
    where = place(db, book)
    entry = None
    if opening:
        entry = opening_entry(dict(_balance(text) for text in opening), _day(on))
    with create_book(where.url, where.book, actor=actor_name(actor), now=now()) as made:
        if entry is not None:
            with made.writing(actor=actor_name(actor), now=now()) as desk:
                desk.post(entry, key="opening", command="init")
    made_zh, made_en = f"账套 {book} 已建立", f"the book {book} is ready"
    typer.echo(made_zh if language(lang) == "zh" else made_en)


def _balance(text: str) -> tuple[str, int]:
    account, _, yuan = text.partition("=")
    try:
        return account, parse_yuan(yuan)
    except BadMoney as problem:
        raise BadOption(f"--opening {text}: {problem}") from None


def _day(on: str | None) -> date:
    try:
        return parse_day(on) if on else business_day(now())
    except ValueError as problem:
        raise BadOption(f"--on: {problem}") from None
