"""`settle approve`: what waits for a second person, and that person's answer to it."""

import json
from dataclasses import dataclass
from typing import Annotated, Any

import typer
from rich.text import Text

from cli.approving import Pending, answer_of, grant_claim, pending, pending_on, refuse
from cli.clock import now
from cli.commands.record import outcome_for_machines
from cli.commands.reopen import reopened_for_machines, reopened_line
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, either, language
from cli.views.approvals import pending_for_machines, pending_table, show_pending
from cli.views.recorded import show_outcome

app = typer.Typer()

What = Annotated[
    str | None, typer.Argument(help="申请号或月份 / a claim number, or a month", show_default=False)
]
Digest = Annotated[
    str | None,
    typer.Option("--digest", help="所批内容的摘要码,至少 12 位 / the digest you approve, 12 digits or more"),
]
Refuse = Annotated[bool, typer.Option("--refuse", help="拒绝 / refuse instead")]
Reason = Annotated[str | None, typer.Option("--reason", help="拒绝原因 / why it is refused")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a command answers: in which language, or for machines."""

    tongue: str
    as_json: bool


@app.command()
def approve(
    what: What = None,
    digest: Digest = None,
    refuse_it: Refuse = False,
    reason: Reason = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """审批:列出、查看、批准或拒绝;请求人不能自批。 / List, look at, grant or refuse what waits; never one's own.

    settle approve · settle approve SH2026-1 · settle approve SH2026-1 --digest … · settle approve 2026-10 --digest …
    """
    where, manner = place(db, book), Manner(tongue=language(lang), as_json=as_json)
    _check_options(what, digest, reason, refuse_it=refuse_it)
    if what is None:
        _list(where, manner)
    elif refuse_it:
        _refuse(where, (what, digest), (actor_name(actor), str(reason)), manner)
    elif digest is None:
        _look(where, what, manner)
    else:
        _grant(where, (what, digest), actor_name(actor), manner)


def _check_options(what: str | None, digest: str | None, reason: str | None, *, refuse_it: bool) -> None:
    if what is None and (digest or reason or refuse_it):
        raise BadOption("缺少申请号或月份。", "a claim number or a month is missing.")
    if refuse_it != bool(reason and reason.strip()):
        raise BadOption(
            "--refuse 须与 --reason 一起用：拒绝要写明原因。",
            "--refuse and --reason go together: a refusal says why.",
        )


def _list(where: Place, manner: Manner) -> None:
    with where.open(read_only=True) as opened, opened.reading() as reader:
        waiting = [(one, answer_of(reader, one, manner.tongue)) for one in pending(reader)]
    if manner.as_json:
        _say([pending_for_machines(one, answer) for one, answer in waiting])
    elif waiting:
        console().print(pending_table(waiting, manner.tongue))
    else:
        typer.echo(either(manner.tongue, "没有待审批的事项", "nothing waits for approval"))


def _look(where: Place, what: str, manner: Manner) -> None:
    with where.open(read_only=True) as opened, opened.reading() as reader:
        one = pending_on(reader, what, None)
        answer = answer_of(reader, one, manner.tongue)
    if manner.as_json:
        _say(pending_for_machines(one, answer))
    else:
        show_pending(one, answer, console(), manner.tongue)


def _refuse(where: Place, what: tuple[str, str | None], who: tuple[str, str], manner: Manner) -> None:
    actor, reason = who
    with where.open() as opened, opened.writing(actor=actor, now=now()) as desk:
        one = pending_on(desk.reader, *what)
        refuse(desk, one, reason)
    if manner.as_json:
        _say({"subject": one.word.subject, "matter": one.word.matter, "refused": True, "reason": reason})
    else:
        typer.echo(either(manner.tongue, f"{what[0]} 已拒绝：{reason}", f"{what[0]} refused: {reason}"))


def _grant(where: Place, what: tuple[str, str], actor: str, manner: Manner) -> None:
    with where.open() as opened, opened.writing(actor=actor, now=now()) as desk:
        one = pending_on(desk.reader, *what)
        if one.is_claim:
            outcome = grant_claim(desk, one)
        else:
            reopened = desk.reopen(one.word.subject, one.word.digest)
    if one.is_claim and manner.as_json:
        _say(outcome_for_machines(outcome) | _people(one, actor))
    elif one.is_claim:
        show_outcome(outcome, console(), manner.tongue)
    elif manner.as_json:
        _say(reopened_for_machines(reopened) | _people(one, actor))
    else:
        console().print(Text(reopened_line(reopened, manner.tongue)), soft_wrap=True)


def _people(one: Pending, actor: str) -> dict[str, Any]:
    return {"asked_by": one.word.actor, "approved_by": actor}


def _say(said: Any) -> None:
    typer.echo(json.dumps(said, ensure_ascii=False))
