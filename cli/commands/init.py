"""`settle init`: make a book, with its opening balances as the first entry."""

import json
from typing import Annotated

import typer

from calculators.errors import BadMoney
from calculators.masking import mask, mask_number
from calculators.money import parse_yuan
from cli.clock import now
from cli.moments import day_on
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.refusals import in_chinese
from cli.session import actor_name, place
from cli.speech import BadOption, either, language
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
    as_json: AsJson = False,
) -> None:
    """新建账套;旧版数据库先升级。 / Make a new book; an older database is brought up to date first."""
    where, who, tongue = place(db, book), actor_name(actor), language(lang)
    entry = opening_entry(dict(_balance(text) for text in opening), day_on(on)) if opening else None
    upgraded = where.upgrade()
    if upgraded is None or entry is not None or not where.has_book():
        with where.create(who, now()) as made:
            if entry is not None:
                with made.writing(actor=who, now=now()) as desk:
                    desk.post(entry, key="opening", command="init")
    if as_json:
        said = {"book": book, "opening": entry is not None}
        said |= {"upgraded": dict(zip(("from", "to"), upgraded, strict=True))} if upgraded else {}
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    if upgraded:
        typer.echo(_upgraded(upgraded, tongue))
    typer.echo(either(tongue, f"账套 {book} 已建立", f"the book {book} is ready"))


def _upgraded(revisions: tuple[str, str], tongue: str) -> str:
    old, new = revisions
    zh = f"数据库已由 {old} 版升级到 {new} 版，凭证与链首不变"
    return either(
        tongue, zh, f"the database was brought from version {old} to {new}; every head is as it was"
    )


def _balance(text: str) -> tuple[str, int]:
    account, _, yuan = text.partition("=")
    shown = f"{mask_number(account)}={mask(yuan)}"
    try:
        return account, parse_yuan(yuan)
    except BadMoney as problem:
        said = str(problem)
        raise BadOption(
            f"--opening {shown}：应为 科目=金额，如 1012.01=50000.00；{in_chinese(said, 'BadMoney')}。",
            f"--opening {shown}: must be ACCOUNT=YUAN such as 1012.01=50000.00; {said}.",
        ) from None
