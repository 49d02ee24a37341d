"""`settle report`: the pages of the book: its trial balance, its journal, an account, an order.

Each can be asked for as of a day and as known at an entry.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.days import parse_day, parse_month, period_of
from cli.booked_cases import NoSuchOrder
from cli.handing import refuse_own_file
from cli.moments import read_option
from cli.options import AsJson, BookName, Db, Lang, Overwrite, To
from cli.session import place
from cli.speech import BadOption, console, language
from cli.views.pages import show_page
from exports.lists import SUFFIXES, write_lists
from exports.package import refuse_place
from exports.pages import Page, page_sheets
from ledger import pages, queries
from ledger.page_reports import Span
from ledger.reading import Reader

app = typer.Typer(
    no_args_is_help=True,
    help="账页:试算平衡表、序时账、明细账、订单。 / The pages of the book.",
)

Period = Annotated[
    str | None,
    typer.Option("--period", help="会计期间 YYYY-MM,缺省最后一个月 / the month, else the last one"),
]
AsOf = Annotated[str | None, typer.Option("--as-of", help="截至哪一天 / until the end of this day")]
KnownAt = Annotated[
    int | None,
    typer.Option(
        "--known-at", min=1, help="按第几号凭证时所知 / as the book said when this entry was its last"
    ),
]
Code = Annotated[
    str, typer.Argument(help="科目代码,上级科目含其下各级 / an account, or one with others below it")
]
OrderNo = Annotated[str, typer.Argument(help="订单号 / an order")]
Ask = Callable[[Reader, Span], Page]


@app.command("trial-balance")
def trial_balance(
    period: Period = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """试算平衡表 / 科目余额表。 / Opening, movement and closing of every account."""
    answer = _answer((db, book), (period, as_of, known_at), (to, overwrite), pages.trial_balance_page)
    _say(answer, lang, as_json=as_json)


@app.command()
def journal(
    period: Period = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """序时账,按入账顺序。 / Every line of the month in the order in which it was recorded."""
    answer = _answer((db, book), (period, as_of, known_at), (to, overwrite), pages.journal_page)
    _say(answer, lang, as_json=as_json)


@app.command()
def account(
    code: Code,
    period: Period = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """一个科目的明细账,逐行余额。 / One account, line by line, with its running balance."""

    def ask(reader: Reader, span: Span) -> Page:
        return pages.account_page(reader, code, span)

    _say(_answer((db, book), (period, as_of, known_at), (to, overwrite), ask), lang, as_json=as_json)


@app.command()
def order(
    order_no: OrderNo,
    as_of: AsOf = None,
    known_at: KnownAt = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """一个订单的全部分录与可退余额。 / All lines of one order, and what is left of it."""

    def ask(reader: Reader, span: Span) -> Page:
        page = pages.order_page(reader, order_no, span)
        if not page.lines and queries.facts(reader, order_no) is None:
            raise NoSuchOrder(order_no)
        return page

    _say(_answer((db, book), (None, as_of, known_at), (to, overwrite), ask), lang, as_json=as_json)


def _answer(
    where: tuple[str | None, str],
    asked: tuple[str | None, str | None, int | None],
    file: tuple[Path | None, bool],
    ask: Ask,
) -> Page:
    """The page that is asked for, written to the file where one is named."""
    to, overwrite = file
    period, day = _month(asked[0]), _day(asked[1])
    if period and day and period_of(day) < period:
        raise BadOption(
            f"--as-of {day} 早于 --period {period}：请给出该月或之后的日期。",
            f"--as-of {day} is before --period {period}: give a day of that month or after it.",
        )
    opened_at = place(*where)
    if to is not None:
        refuse_own_file(to, opened_at)
        refuse_place(to, overwrite=overwrite)
        if to.suffix not in SUFFIXES:
            raise BadOption(
                f"--to {to}：只写成 .csv 或 .xlsx。", f"--to {to}: a page is written as .csv or .xlsx."
            )
    with opened_at.open(read_only=True) as opened, opened.reading() as reader:
        page = ask(reader, pages.span_of(reader, period, day, asked[2]))
    if to is not None:
        write_lists(to, page_sheets(page), overwrite=overwrite)
    return page


def _month(period: str | None) -> str | None:
    return read_option("--period", parse_month, period) if period else None


def _day(as_of: str | None) -> date | None:
    return read_option("--as-of", parse_day, as_of) if as_of else None


def _say(page: Page, lang: str | None, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(page), ensure_ascii=False, default=str))
    else:
        show_page(page, console(), language(lang))


def _as_json(page: Page) -> dict[str, Any]:
    """The page for machines; its journal or trial balance with the sums of both sides."""
    told = asdict(page)
    if "rows" in told:
        told["sums"] = {name: sum(row[name] for row in told["rows"]) for name in ("debit_fen", "credit_fen")}
    return told
