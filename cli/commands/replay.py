"""`settle replay`: compute the whole book once more from its facts and rulebooks, and name the first difference."""

import json
from collections.abc import Sequence
from dataclasses import asdict

import typer
from rich.text import Text

from cli import exits
from cli.options import AsJson, BookName, Db, Lang
from cli.progress import Bar, counted
from cli.refusals import in_chinese
from cli.session import place
from cli.speech import console, either, language
from ledger import queries
from ledger.claims import recompute
from ledger.differences import Difference
from ledger.replay import Replayed, replay

app = typer.Typer()


@app.command("replay")
def replay_(
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """重放全账:每一分钱按当时的规则重算。 / Recompute every fen; exit 1 where anything differs."""
    tongue = language(lang)
    opened, broken = place(db, book).audit()
    with opened, opened.reading() as reader:
        bar = Bar(either(tongue, "重放", "replaying"), queries.counts(reader).settlements)
        try:
            done = replay(reader, counted(recompute, bar))
        finally:
            bar.end()
    if as_json:
        typer.echo(json.dumps({"guards": broken, **asdict(done)}, ensure_ascii=False, default=str))
    else:
        say_guards(broken, tongue)
        say_replayed(done, tongue)
    if broken or done.first_difference is not None:
        raise typer.Exit(exits.DIFFERS)


def say_guards(broken: Sequence[str], tongue: str) -> None:
    """Each guard of the database that is not as it was made; nothing where all stand."""
    for name in broken:
        said = in_chinese(name, "Guard") if tongue == "zh" else name
        console().print(Text(either(tongue, "保护：", "guard: ") + said, style="red"), soft_wrap=True)


def say_replayed(done: Replayed, tongue: str) -> None:
    """What replay walked through and the first difference, if any."""
    counts = (done.entries, done.settlements, done.head.seq, done.head.hash)
    walked = either(
        tongue, "凭证 {} 张、结算单 {} 份，链首 #{} {}", "{} entries, {} settlements, head #{} {}"
    ).format(*counts)
    if done.first_difference is None:
        said = Text(either(tongue, "重放一致：", "replay agrees: ") + walked, style="green")
        console().print(said, soft_wrap=True)
        return
    differs = either(tongue, "重放不一致：", "replay differs: ") + difference_said(
        done.first_difference, tongue
    )
    console().print(Text(differs, style="red"), soft_wrap=True)
    console().print(Text(walked, style="dim"), soft_wrap=True)


def difference_said(found: Difference, tongue: str) -> str:
    """One difference in words: where, which table and column, what is stored and what it must be."""
    if tongue == "en":
        return str(found)
    places = (("凭证", found.seq), ("操作", found.op_no), ("申请", found.claim_no))
    where = "，".join(f"{name} {value}" for name, value in places if value is not None) or "全账"
    return f"{where}：{found.table}.{found.column} 账上是 {found.stored}，重算是 {found.recomputed}"
