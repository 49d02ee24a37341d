"""`settle record`: book what a quote said, once, and only as the book stands now."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.days import parse_moment
from cli.claim_options import read_claim
from cli.clock import now
from cli.importing import read_files
from cli.options import Actor, AsJson, At, BookName, Db, Lang
from cli.recording import Approval, NotRecordable, Outcome, case_of, record_case, record_row, why_not
from cli.rulebooks import default_rulebook
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, language
from cli.views.recorded import show_outcome, show_outcomes
from ledger.claims import Subject

app = typer.Typer()

Order = Annotated[str | None, typer.Argument(help="订单号 / an imported order", show_default=False)]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="售后登记,一行一件 / claims as agents noted them")
]
Digest = Annotated[
    str | None, typer.Option("--digest", help="测算的摘要码 / the digest of the quote in hand")
]
ApprovedBy = Annotated[str | None, typer.Option("--approved-by", help="审批人 / who approved it")]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def record(
    ctx: typer.Context,
    order: Order = None,
    cases: Cases = None,
    digest: Digest = None,
    approved_by: ApprovedBy = None,
    at: At = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """把测算入账;同一申请号只入一次。 / Record a claim in the book; a claim number is booked once.

    settle record ORDER_NO --claim-no 17001 --kind return --cause quality --received --digest …
    """
    who, where, tongue = actor_name(actor), place(db, book), language(lang)
    approval = Approval(digest=digest, approved_by=_second_person(approved_by, who))
    if cases is not None:
        outcomes = _record_file(cases, where, who, approval)
        _say_all(outcomes, tongue, as_json=as_json)
        return
    if order is None:
        raise BadOption("给出订单号或 --cases / give an order number or --cases")
    outcome = _record_one(order, (ctx.args, at), where, who, approval)
    if outcome.posted is None:
        raise why_not(outcome)
    _say_one(outcome, tongue, as_json=as_json)


def _second_person(approved_by: str | None, who: str) -> str | None:
    if approved_by == who:
        raise NotRecordable(
            f"审批人须是另一人 / {who} records it and cannot approve it: a second person must"
        )
    return approved_by


def _record_one(
    order_no: str, asked: tuple[list[str], str | None], where: Place, who: str, approval: Approval
) -> Outcome:
    words, at = asked
    claim = read_claim(words)
    if "claim_no" not in claim:
        raise BadOption("缺少 --claim-no / --claim-no is missing: a claim is booked under its number, once")
    try:
        moment = parse_moment(at) if at else now()
    except ValueError as problem:
        raise BadOption(f"--at: {problem}") from None
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        case = case_of(desk, order_no, claim, moment)
        subject = Subject(claim_no=claim["claim_no"], order_no=order_no)
        return record_case(desk, case, subject, default_rulebook(), approval)


def _record_file(cases: Path, where: Place, who: str, approval: Approval) -> list[Outcome]:
    """Every line of the agents' notes in one turn: what may be paid is recorded, the rest is reported."""
    rows = [row for file in read_files([cases]) for row in file.claims]
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        return [record_row(desk, row, default_rulebook(), approval) for row in rows]


def _say_all(outcomes: list[Outcome], tongue: str, *, as_json: bool) -> None:
    if as_json:
        for outcome in outcomes:
            typer.echo(json.dumps(_as_json(outcome), ensure_ascii=False))
    else:
        show_outcomes(outcomes, console(), tongue)


def _say_one(outcome: Outcome, tongue: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(_as_json(outcome), ensure_ascii=False))
    else:
        show_outcome(outcome, console(), tongue)


def _as_json(outcome: Outcome) -> dict[str, Any]:
    posted = outcome.posted
    said: dict[str, Any] = {
        "claim_no": outcome.claim_no,
        "decision": outcome.answer["decision"],
        "recorded": bool(posted),
    }
    if posted is not None:
        said |= {"entry": posted.seq, "voucher": posted.voucher, "hash": posted.hash, "again": posted.again}
    return said | {"answer": outcome.answer}
