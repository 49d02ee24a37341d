"""`settle record`: book what a quote said, once, and only as the book stands now."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from calculators.masking import is_account
from calculators.rulebook import Rulebook
from cli import exits
from cli.case_files import read_json
from cli.claim_options import none_but, read_claim
from cli.clock import now
from cli.importing import read_files
from cli.moments import asked_at
from cli.options import Actor, AsJson, At, BookName, Db, Lang, Packs, Rules
from cli.progress import watched
from cli.recording import InHand, Outcome, case_of, note_payee, record_case, record_row, why_not
from cli.rulebooks import rulebook_in_use
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, language
from cli.views.approvals import for_machines, waiting_line
from cli.views.recorded import show_outcome, show_outcomes
from cli.whole_cases import record_whole_case
from ledger.claims import Subject

app = typer.Typer()

Order = Annotated[str | None, typer.Argument(help="订单号 / an imported order", show_default=False)]
CaseFile = Annotated[
    Path | None, typer.Option("--case", help="一个完整案例的 JSON / one whole case with its own order")
]
Key = Annotated[
    str | None, typer.Option("--key", help="无订单问题的号码 / the number of a question without an order")
]
Cases = Annotated[
    Path | None, typer.Option("--cases", help="售后登记,一行一件 / claims as agents noted them")
]
Digest = Annotated[
    str | None, typer.Option("--digest", help="测算的摘要码 / the digest of the quote in hand")
]
AskAgain = Annotated[
    bool, typer.Option("--ask-again", help="被拒绝后再次请求审批 / ask once more after a refusal")
]

Payee = Annotated[
    str | None,
    typer.Option(
        "--payee",
        help="买家要求的收款账号,只存账外 / the account the buyer asked for, kept beside the ledger",
    ),
]
Under = tuple[Rulebook, InHand]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def record(
    ctx: typer.Context,
    order: Order = None,
    case: CaseFile = None,
    cases: Cases = None,
    key: Key = None,
    digest: Digest = None,
    ask_again: AskAgain = False,
    payee: Payee = None,
    at: At = None,
    rules: Rules = None,
    pack: Packs = None,
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
    under = rulebook_in_use(rules, pack), InHand(digest=digest, ask_again=ask_again)
    _check_company((order, case, cases), key, payee)
    if order is None:
        none_but(ctx.args, at)
    if cases is not None:
        _say_all(_record_file(cases, where, who, under), tongue, as_json=as_json)
        return
    if case is not None:
        outcome = _record_case(case, key, where, who, under)
    else:
        outcome = _record_one(str(order), (ctx.args, at, payee), where, who, under)
    if outcome.posted is None and not outcome.waits:
        raise why_not(outcome)
    _say_one(outcome, tongue, as_json=as_json)
    if outcome.waits:
        raise typer.Exit(exits.WAITING)


def _check_company(
    asked: tuple[str | None, Path | None, Path | None], key: str | None, payee: str | None
) -> None:
    """`BadOption` for more or fewer than one question, and for an option that does not go with it."""
    order = asked[0]
    if asked.count(None) != 2:  # noqa: PLR2004 - exactly one of three is given
        raise BadOption(
            "请给出订单号、--case 或 --cases 之一。", "give an order number, --case or --cases, one of them."
        )
    if payee is not None and (order is None or not is_account(payee)):
        raise BadOption(
            "--payee：须为邮箱、手机号或支付宝账号，且与订单号一起给出。",
            "--payee: must be an e-mail address, a mobile or an Alipay account number, beside an order number.",
        )
    if key is not None and order is not None:
        raise BadOption("--key 只用于 --case 里没有订单的问题。", "--key is only for a question in --case.")


def _record_one(
    order_no: str, asked: tuple[list[str], str | None, str | None], where: Place, who: str, under: Under
) -> Outcome:
    words, at, payee = asked
    claim = read_claim(words)
    if "claim_no" not in claim:
        raise BadOption(
            "缺少 --claim-no：申请按号码入账，同一号码只入一次。",
            "--claim-no is missing: a claim is booked under its number, once.",
        )
    moment = asked_at(at)
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        case = case_of(desk, order_no, claim, moment)
        subject = Subject(claim_no=claim["claim_no"], order_no=order_no)
        outcome = record_case(desk, case, subject, *under)
        note_payee(desk, outcome, order_no, payee)
        return outcome


def _record_file(cases: Path, where: Place, who: str, under: Under) -> list[Outcome]:
    """Every line of the agents' notes in one turn: what may be paid is recorded, the rest is reported."""
    rows = [row for file in read_files([cases]) for row in file.claims]
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        return [record_row(desk, row, *under) for row in watched(rows, cases.name)]


def _record_case(case: Path, key: str | None, where: Place, who: str, under: Under) -> Outcome:
    asked = read_json(case)
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        outcome = record_whole_case(desk, asked, key, *under)
        if outcome.posted is None and not outcome.waits:
            raise why_not(outcome)
        return outcome


def _say_all(outcomes: list[Outcome], tongue: str, *, as_json: bool) -> None:
    if as_json:
        for outcome in outcomes:
            typer.echo(json.dumps(outcome_for_machines(outcome), ensure_ascii=False))
    else:
        show_outcomes(outcomes, console(), tongue)


def _say_one(outcome: Outcome, tongue: str, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(outcome_for_machines(outcome), ensure_ascii=False))
    elif outcome.said is not None:
        console().print(Text(waiting_line(outcome.said, outcome.answer(tongue), tongue)), soft_wrap=True)
    else:
        show_outcome(outcome, console(), tongue)


def outcome_for_machines(outcome: Outcome) -> dict[str, Any]:
    """What came of a claim as `--json` says it."""
    posted = outcome.posted
    said: dict[str, Any] = {
        "claim_no": outcome.claim_no,
        "decision": outcome.decision,
        "recorded": bool(posted),
        "waiting": outcome.waits,
    }
    if outcome.said is not None:
        said["approval"] = for_machines(outcome.said)
    if posted is not None:
        said |= {"entry": posted.seq, "voucher": posted.voucher, "hash": posted.hash, "again": posted.again}
    return said | {"answer": outcome.answer()}
