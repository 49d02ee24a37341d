"""`settle distributors`: what each distributor has earned in a month, booked and sent to them."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.days import end_of_day, last_of
from calculators.masking import redacted
from calculators.rulebook import Rulebook
from cli.clock import now
from cli.errors import ShellError
from cli.moments import asked_at, month_of
from cli.options import Actor, AsJson, At, BookName, Db, Lang, Packs, Rules
from cli.readers.distributor_facts import read_distributor_facts
from cli.recording import InHand, Outcome, record_case
from cli.refusals import in_chinese
from cli.rulebooks import rulebook_in_use
from cli.session import Place, actor_name, place
from cli.speech import console, language
from cli.views.distributors import show_distributors
from cli.views.recorded import show_outcomes
from exports.distributor_statement import statement_files, write_statements
from ledger.claims import Subject, without_free_text
from ledger.desk import Desk
from ledger.distributor_facts import MonthFacts
from ledger.distributor_months import DUE, AskedMonth, Asking, distributor_months, next_claim_no
from ledger.periods import last_closed
from ledger.reading import Reader

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="月份 YYYY-MM / the month")]
Facts = Annotated[
    Path | None,
    typer.Option("--facts", help="代购事实,JSON 或 CSV / the month's facts, else the book's orders"),
]
Record = Annotated[bool, typer.Option("--record", help="入账 / book what is due")]
ToFolder = Annotated[Path | None, typer.Option("--to", help="对账单文件夹 / the folder for the statements")]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="覆盖已有文件 / write over the files")]


class NoFile(ShellError):
    """A file of facts that cannot be read."""


@app.command()
def distributors(
    period: Period,
    facts: Facts = None,
    record: Record = False,
    at: At = None,
    to: ToFolder = None,
    overwrite: Overwrite = False,
    rules: Rules = None,
    pack: Packs = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """代购月结:档位、退货率、违约、优惠、追回与对账单。 / Distributors' months and their statements."""
    month, tongue, who, where = month_of(period), language(lang), actor_name(actor), place(db, book)
    given = read_facts(facts, month) if facts else {}
    rulebook = rulebook_in_use(rules, pack)
    outcomes: list[Outcome] = []
    asked = _asked(where, month, (rulebook, at), given)
    if to is not None:
        statement_files([one.statement for one in asked], to, overwrite=overwrite)
    if record:
        with where.open() as opened, opened.writing(actor=who, now=now()) as desk:
            asking = Asking(rulebook=rulebook, at=_moment(desk.reader, month, at), shop=book)
            outcomes = record_months(desk, month, asking, given)
        asked = _asked(where, month, (rulebook, at), given)
    files = write_statements([one.statement for one in asked], to, overwrite=overwrite) if to else []
    if as_json:
        typer.echo(json.dumps(_as_json(asked, outcomes, files), ensure_ascii=False, default=str))
        return
    if record:
        show_outcomes(outcomes, console(), tongue)
    show_distributors([one.statement for one in asked], console(), tongue)
    for file in files:
        typer.echo(str(file))


def _asked(
    where: Place, month: str, terms: tuple[Rulebook, str | None], given: dict[str, MonthFacts]
) -> tuple[AskedMonth, ...]:
    """What the month is worth as the book stands now, under a rulebook and asked at a moment."""
    rulebook, at = terms
    with where.open(read_only=True) as opened, opened.reading() as reader:
        asking = Asking(rulebook=rulebook, at=_moment(reader, month, at), shop=where.book)
        return distributor_months(reader, month, asking, given)


def record_months(desk: Desk, month: str, asking: Asking, given: dict[str, MonthFacts]) -> list[Outcome]:
    """Book whatever is due of a month, each distributor's under subject and month, all in one turn.

    What needs a second person is asked, and recorded by whoever approves it.
    """
    outcomes = []
    for one in distributor_months(desk.reader, month, asking, given):
        row = one.statement.row
        if row.state in DUE:
            claim_no = next_claim_no(desk.reader, row.distributor, month)
            case = without_free_text(one.case)
            outcomes.append(record_case(desk, case, Subject(claim_no=claim_no), asking.rulebook, InHand()))
    return outcomes


def read_facts(path: Path, month: str) -> dict[str, MonthFacts]:
    """The facts of a file; `NoFile` where it cannot be read."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        why = problem.strerror or str(problem)
        raise NoFile(
            f"{redacted(str(path))}：读不了（{in_chinese(why, 'OSError')}）。请检查文件名。",
            f"{redacted(str(path))} cannot be read: {why}. Check its name.",
        ) from None
    return read_distributor_facts(path.name, content, month)


def _moment(reader: Reader, month: str, at: str | None) -> datetime:
    """When the month is asked: `--at`, else its last second while it is over and open, else now."""
    present, last = now(), end_of_day(last_of(month))
    over_and_open = present > last and last_closed(reader) < month
    return last if at is None and over_and_open else asked_at(at)


def _as_json(
    asked: Sequence[AskedMonth], outcomes: Sequence[Outcome], files: Sequence[Path]
) -> dict[str, Any]:
    return {
        "distributors": [_month_json(one) for one in asked],
        "recorded": [
            {
                "claim_no": one.claim_no,
                "decision": one.decision,
                "waiting": one.waits,
                "entry": one.posted and one.posted.seq,
            }
            for one in outcomes
        ],
        "files": [str(file) for file in files],
    }


def _month_json(one: AskedMonth) -> dict[str, Any]:
    said = asdict(one.statement)
    row = said.pop("row")
    return {**row, "claw_back_fen": one.statement.row.claw_back_fen, **said}
