"""`settle replay`: compute the whole book once more from its facts and rulebooks, and name the first difference.

With `--until` or `--to` it answers the state it has come to, the same bytes on every machine; with `--rulebook`
or `--pack` it asks the book's history again under other rules and posts nothing.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from cli import exits
from cli.cuts import until_of
from cli.handing import refuse_own_file
from cli.options import AsJson, BookName, Db, Lang, Overwrite, Packs, To
from cli.progress import Bar, counted
from cli.refusals import in_chinese
from cli.rulebooks import rulebook_to_rehearse
from cli.session import Place, place
from cli.speech import BadOption, console, either, language
from cli.views.rehearsed import show_rehearsed
from cli.views.states import show_state
from exports.package import refuse_place
from exports.rehearsals import rehearsal_json, write_rehearsal
from exports.states import state_lines, write_state
from ledger import queries
from ledger.claims import recompute
from ledger.differences import Difference
from ledger.quoting import quote
from ledger.reading import Reader
from ledger.rehearsal import rehearse
from ledger.replay import Replayed, replay
from ledger.replay_reports import Rehearsed, State
from ledger.states import state_of

app = typer.Typer()

REHEARSALS = (".xlsx", ".json")
Until = Annotated[
    str | None,
    typer.Option("--until", help="到某日或某号凭证为止 / up to the end of a day, or to an entry's number"),
]
Others = Annotated[
    list[Path] | None,
    typer.Option(
        "--rulebook",
        "--rules",
        help="按另一套规则预演:本店规则文件或整本规则 / rehearse under an override file or a whole rulebook",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """In which language and form the answer is wanted, and into which file."""

    tongue: str
    as_json: bool
    to: Path | None
    overwrite: bool


@app.command("replay")
def replay_(
    until: Until = None,
    rulebook: Others = None,
    pack: Packs = None,
    to: To = None,
    overwrite: Overwrite = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """重放全账:每一分钱按当时的规则重算;--until 给出当时的状态,--rulebook 按另一套规则预演。 / Recompute every fen.

    Exit 1 where anything differs. --until and --to answer the state of the book, in the same bytes on every
    machine. --rulebook and --pack rehearse: who would have got what; nothing is posted.
    """
    wanted, cut = Wanted(tongue=language(lang), as_json=as_json, to=to, overwrite=overwrite), until_of(until)
    where, others = place(db, book), rulebook_to_rehearse(rulebook, pack)
    _refuse_file(wanted, where, rehearses=others is not None)
    opened, broken = where.audit()
    with opened, opened.reading() as reader, _bar(reader, wanted.tongue) as bar:
        if others is not None:
            done, told = rehearse(reader, others, cut, counted(quote, bar))
            answered = told is not None and _say_rehearsed(told, wanted)
        elif until or to:
            done, state = state_of(reader, cut, counted(recompute, bar))
            answered = state is not None and _say_state(state, wanted)
        else:
            done, answered = replay(reader, counted(recompute, bar)), False
    _say_ended(done, broken, wanted, answered=answered)
    if broken or done.first_difference is not None:
        raise typer.Exit(exits.DIFFERS)


def _refuse_file(wanted: Wanted, where: Place, *, rehearses: bool) -> None:
    """Refuse a file that cannot be written before the book is walked."""
    if wanted.to is None:
        return
    refuse_own_file(wanted.to, where)
    refuse_place(wanted.to, overwrite=wanted.overwrite)
    if rehearses and wanted.to.suffix not in REHEARSALS:
        raise BadOption(
            f"--to {wanted.to}：预演只写成 .xlsx 或 .json。",
            f"--to {wanted.to}: a rehearsal is written as .xlsx or .json.",
        )


@contextmanager
def _bar(reader: Reader, tongue: str) -> Iterator[Bar]:
    bar = Bar(either(tongue, "重放", "replaying"), queries.counts(reader).settlements)
    try:
        yield bar
    finally:
        bar.end()


def _say_rehearsed(told: Rehearsed, wanted: Wanted) -> bool:
    if wanted.to is not None:
        write_rehearsal(told, wanted.to, overwrite=wanted.overwrite)
    if wanted.as_json:
        typer.echo(json.dumps(rehearsal_json(told), ensure_ascii=False))
    else:
        show_rehearsed(told, console(), wanted.tongue)
    return True


def _say_state(state: State, wanted: Wanted) -> bool:
    """Write the state or print it; its lines are made once, for its refunds can be read only once."""
    last: list[str] = []
    lines = _kept(state_lines(state), last)
    if wanted.to is not None:
        write_state(lines, wanted.to, overwrite=wanted.overwrite)
    for line in lines:
        if wanted.as_json:
            typer.echo(line, nl=False)
    if not wanted.as_json:
        show_state(state, json.loads(f"{{{last[0]}}}")["digest"], console(), wanted.tongue)
    return True


def _kept(lines: Iterator[str], last: list[str]) -> Iterator[str]:
    """The lines, of which the last two are kept aside."""
    for line in lines:
        last[:] = [*last[-1:], line]
        yield line


def _say_ended(done: Replayed, broken: Sequence[str], wanted: Wanted, *, answered: bool) -> None:
    """What replay met, where it was not answered otherwise; broken guards are always told."""
    if wanted.as_json and not answered:
        typer.echo(json.dumps({"guards": broken, **asdict(done)}, ensure_ascii=False, default=str))
        return
    say_guards(broken, wanted.tongue, aside=wanted.as_json)
    if not answered:
        say_replayed(done, wanted.tongue)


def say_guards(broken: Sequence[str], tongue: str, *, aside: bool = False) -> None:
    """Each guard of the database that is not as it was made; `aside`, on standard error, beside an answer."""
    for name in broken:
        said = either(tongue, "保护：", "guard: ") + (in_chinese(name, "Guard") if tongue == "zh" else name)
        if aside:
            typer.echo(said, err=True)
        else:
            console().print(Text(said, style="red"), soft_wrap=True)


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
