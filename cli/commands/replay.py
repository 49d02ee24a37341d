"""`settle replay`: compute the whole book once more from its facts and rulebooks, and name the first difference."""

import json
from dataclasses import asdict

import typer
from rich.text import Text

from cli import exits
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from ledger.claims import recompute
from ledger.replay import Replayed, replay

app = typer.Typer()


@app.command()
def replay_(
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """重放全账:每一分钱按当时的规则重算。 / Recompute every fen; exit 1 where anything differs."""
    tongue = language(lang)
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        done = replay(reader, recompute)
    if as_json:
        typer.echo(json.dumps(asdict(done), ensure_ascii=False, default=str))
    else:
        say_replayed(done, tongue)
    if done.first_difference is not None:
        raise typer.Exit(exits.DIFFERS)


def say_replayed(done: Replayed, tongue: str) -> None:
    """What replay walked through and the first difference, if any."""
    counts = (done.entries, done.settlements, done.head.seq, done.head.hash)
    if tongue == "zh":
        walked = "凭证 {} 张、结算单 {} 份,链首 #{} {}".format(*counts)
    else:
        walked = "{} entries, {} settlements, head #{} {}".format(*counts)
    if done.first_difference is None:
        console().print(Text(("重放一致:" if tongue == "zh" else "replay agrees: ") + walked, style="green"))
        return
    differs = "重放不一致:" if tongue == "zh" else "replay differs: "
    console().print(Text(f"{differs}{done.first_difference}", style="red"))
    console().print(Text(walked, style="dim"))
