"""`settle log`: everything that was done to the book, searchable by person, time and content."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from itertools import islice
from typing import Annotated, Any

import typer

from calculators.days import SHANGHAI
from cli.moments import before, since
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import BadOption, console, language
from cli.views.log import show_log
from ledger.log import Sought, kinds_of_deeds, log
from ledger.reading import Reader
from ledger.reports_of_deeds import Deed

app = typer.Typer()

LINES = 50
By = Annotated[str, typer.Option("--by", help="只看此人 / only what this person did")]
Since = Annotated[str | None, typer.Option("--since", help="从哪天或哪一刻起 / from this day or moment on")]
Until = Annotated[
    str | None, typer.Option("--until", help="到哪天或哪一刻为止(含) / up to this day or moment, included")
]
About = Annotated[
    str,
    typer.Option(
        "--about",
        help="订单号、申请号、摘要、文件名、原因等所含文字;#12 为分录,记-12 为凭证 "
        "/ text in an order, claim, narration, file, reason; #12 an entry, 记-12 a voucher",
    ),
]
Kind = Annotated[
    list[str] | None,
    typer.Option("--kind", help="操作或凭证类型,可多次 / a kind of deed or entry, many times"),
]
Limit = Annotated[
    int | None,
    typer.Option("--limit", min=0, help="最多几条,0 为全部;缺省 50,--json 全部 / at most so many, 0 for all"),
]


@app.command()
def log_(
    by: By = "",
    since_: Since = None,
    until: Until = None,
    about: About = "",
    kind: Kind = None,
    limit: Limit = None,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """操作日志:谁、何时、做了什么,新的在前。 / Who did what when, newest first; --json one line each."""
    tongue = language(lang)
    most = limit if limit is not None else (0 if as_json else LINES)
    sought = Sought(
        actor=by,
        since=since(since_),
        before=before(until),
        about=about,
        kinds=tuple(kind or ()),
        limit=most + 1 if most else None,
    )
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        _check_kinds(reader, sought.kinds)
        deeds = log(reader, sought)
        if as_json:
            _say_lines(islice(deeds, most or None))
        else:
            show_log(deeds, most, console(), tongue)


def _check_kinds(reader: Reader, asked: tuple[str, ...]) -> None:
    """`BadOption` for a kind of which the book has nothing, rather than an empty log."""
    there = kinds_of_deeds(reader) if asked else ()
    strange = [one for one in asked if one not in there]
    if strange:
        listed = ", ".join(there)
        raise BadOption(
            f"--kind：账中没有这种操作；只有 {listed}。",
            f"--kind: the book has none of that; it has {listed}.",
        )


def _say_lines(deeds: Iterator[Deed]) -> None:
    for deed in deeds:
        typer.echo(json.dumps(_as_json(deed), ensure_ascii=False))


def _as_json(deed: Deed) -> dict[str, Any]:
    moment = deed.recorded_at.astimezone(SHANGHAI)
    return asdict(deed) | {"recorded_at": moment.isoformat(timespec="microseconds")}
