"""`settle quote`: how much, by which channel, under which clause, what is awaited. Quoting never writes."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from calculators.errors import BadCase
from calculators.readings import Alternative, alternatives
from cli import exits
from cli.case_files import case_lines, read_json
from cli.claim_options import kinds_listed, none_but, read_claim
from cli.moments import asked_at
from cli.options import AsJson, At, BookName, Db, Lang, Packs, Rules
from cli.refusals import case_message
from cli.rulebooks import rulebook_in_use
from cli.speech import BadOption, console, language
from cli.views.settlement import show_settlement
from cli.views.why import show_alternatives
from ledger.quoting import answer_or_error

app = typer.Typer()

Order = Annotated[str | None, typer.Argument(help="订单号 / an imported order", show_default=False)]
CaseFile = Annotated[Path | None, typer.Option("--case", help="一个案例的 JSON / one case")]
CasesFile = Annotated[Path | None, typer.Option("--cases", help="一行一个案例 / one case a line")]

Readings = Annotated[
    bool,
    typer.Option(
        "--readings", help="列出其他读法及差额 / other readings of the manuals, with the difference"
    ),
]
Kinds = Annotated[
    bool, typer.Option("--kinds", help="列出每种申请的选项 / every kind's options, and no quote")
]


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def quote(
    ctx: typer.Context,
    order: Order = None,
    case: CaseFile = None,
    cases: CasesFile = None,
    at: At = None,
    rules: Rules = None,
    pack: Packs = None,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
    kinds: Kinds = False,
    readings: Readings = False,
) -> None:
    """测算应退多少、走哪个渠道、依据哪一条。不入账。 / What is due and why; nothing is written.

    On an imported order: settle quote ORDER_NO --kind return --cause quality --received --return-postage 12.00.
    Every key of a claim in the case format is an option of the same name; --kinds lists them.
    """
    tongue = language(lang)
    if kinds:
        typer.echo(kinds_listed(tongue))
        return
    if order is None:
        none_but(ctx.args, at)
    asked = _gather(order, case, cases)
    if asked is None:
        asked = iter([_on_order(str(order), ctx.args, at, (db, book))])
    rulebook, failed = rulebook_in_use(rules, pack), False
    for one in asked:
        answer = answer_or_error(one, rulebook, "en" if as_json and not lang else tongue)
        failed = failed or "error" in answer
        others = alternatives(one, rulebook) if readings and "error" not in answer else None
        _say(answer, others, tongue if lang or not as_json else "en", as_json=as_json)
    if failed and cases is None:
        raise typer.Exit(exits.BAD_INPUT)


def _gather(order: str | None, case: Path | None, cases: Path | None) -> Any:
    """The cases of the files; None where the question is about an imported order."""
    if [order, case, cases].count(None) != 2:  # noqa: PLR2004 - exactly one of three is given
        raise BadOption(
            "请给出订单号、--case 或 --cases 之一。", "give an order number, --case or --cases, one of them."
        )
    if case is not None:
        return iter([read_json(case)])
    return case_lines(cases) if cases is not None else None


def _on_order(
    order_no: str, words: list[str], at: str | None, where: tuple[str | None, str]
) -> dict[str, Any]:
    from cli.booked_cases import booked_case
    from cli.session import place

    moment, claim = asked_at(at), read_claim(words)
    with place(*where).open(read_only=True) as book, book.reading() as reader:
        return booked_case(reader, order_no, claim, moment)


def _say(answer: dict[str, Any], others: Sequence[Alternative] | None, tongue: str, *, as_json: bool) -> None:
    """One answer, with the other readings where they were asked for."""
    if "error" in answer:
        answer = {"error": {**answer["error"], "message": case_message(answer["error"]["message"], tongue)}}
    if as_json:
        shown = {} if others is None else {"readings": [asdict(other) for other in others]}
        typer.echo(json.dumps(answer | shown, ensure_ascii=False))
    elif "error" in answer:
        typer.echo(str(BadCase(answer["error"]["path"], answer["error"]["message"])), err=True)
    else:
        show_settlement(answer, console(), tongue)
        if others is not None:
            show_alternatives(others, console(), tongue)
