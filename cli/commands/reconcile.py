"""`settle reconcile`: a month's statement against the ledger, and what a person decides of a line left open."""

import json
from dataclasses import asdict, replace
from typing import Annotated, Any

import typer
from rich.text import Text

from calculators.masking import mask
from cli import exits
from cli.clock import now
from cli.moments import month_of
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.progress import waiting
from cli.remarks import kept_reason
from cli.rulebooks import rulebook_in_use
from cli.session import Place, actor_name, place
from cli.speech import BadOption, console, either, language
from cli.views.reconciled import SETTLED_QUIETLY, as_json, show_reconciliation
from cli.wishes import Said, wish_of
from ledger.deciding import Decided, Wish, decide
from ledger.reconciling import reconciliation
from ledger.reports_of_months import Reconciliation, ReconciliationRow, State

app = typer.Typer()

Period = Annotated[str, typer.Argument(help="会计期间 YYYY-MM / the month to reconcile")]
OfState = Annotated[
    list[str] | None,
    typer.Option(
        "--state", help="只看这些状态,如 差额 或 difference / only rows of these states, many times"
    ),
]
OfOrder = Annotated[str | None, typer.Option("--order", help="只看这个订单 / only rows of this order")]
OneLine = Annotated[
    str | None, typer.Option("--line", help="流水号或 文件名:行号 / the line by its serial, or FILE:ROW")
]
MatchWith = Annotated[
    str | None,
    typer.Option("--match", help="强制核销到订单号或凭证序号 / match it with an order or an entry"),
]
Explain = Annotated[bool, typer.Option("--explain", help="说明这一行 / explain it")]
Park = Annotated[bool, typer.Option("--park", help="挂账待查 / park it with an owner")]
Undo = Annotated[bool, typer.Option("--undo", help="撤销之前的处理 / undo what was decided of it")]
Owner = Annotated[str | None, typer.Option("--owner", help="谁负责查 / who looks into a parked line")]
Account = Annotated[
    str | None, typer.Option("--account", help="差额入账的科目 / the account that the difference belongs to")
]
Reason = Annotated[str | None, typer.Option("--reason", help="原因,必填 / why; always needed")]


@app.command()
def reconcile(
    period: Period,
    state: OfState = None,
    order: OfOrder = None,
    line: OneLine = None,
    match: MatchWith = None,
    explain: Explain = False,
    park: Park = False,
    undo: Undo = False,
    owner: Owner = None,
    account: Account = None,
    reason: Reason = None,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """支付宝对账:逐行核销,按差额大小列出。 / Reconcile a month; ends with 1 while anything is open.

    settle reconcile 2026-10 --line 2026101700000000361 --explain --account 5601.05 --reason 公益宝贝捐赠
    """
    month, tongue, where = month_of(period), language(lang), place(db, book)
    said = Said(
        match=match, explain=explain, park=park, undo=undo, owner=owner, account=account, reason=reason
    )
    wish = wish_of(said, line)
    if wish is not None:
        who = actor_name(actor)
        _say_decided(_decide(where, month, str(line), wish, who), tongue, in_json=as_json)
        return
    wanted = [_state(one) for one in state or []]
    heading = either(tongue, "对账", "reconciling")
    with where.open(read_only=True) as opened, opened.reading() as reader, waiting(heading):
        done = reconciliation(reader, month, rulebook_in_use())
    _say(done, _chosen(done, wanted, order), tongue, in_json=as_json)
    if done.open_rows:
        raise typer.Exit(exits.DIFFERS)


def _decide(where: Place, month: str, line: str, wish: Wish, who: str) -> Decided:
    with where.open() as book, book.writing(actor=who, now=now()) as desk:
        kept = replace(wish, reason=kept_reason(desk, wish.reason))
        return decide(desk, month, line, kept, rulebook_in_use())


def _state(said: str) -> State:
    """The state of its word in either language; `BadOption` for no such state."""
    found = [state for state in State if said in (state.value, state.zh)]
    if not found:
        words = [(state.value, state.zh) for state in State]
        raise BadOption(
            f"--state {mask(said)}：只有 {'、'.join(zh for _, zh in words)}。",
            f"--state {mask(said)}: only {', '.join(en for en, _ in words)}.",
        )
    return found[0]


def _chosen(done: Reconciliation, states: list[State], order: str | None) -> list[ReconciliationRow]:
    """The rows asked for: of those states, of that order."""
    rows = [row for row in done.rows if not states or row.state in states]
    return [row for row in rows if order is None or row.order_no == order]


def _say(done: Reconciliation, rows: list[ReconciliationRow], tongue: str, *, in_json: bool) -> None:
    """Machines get every row; people not those that are matched or booked, unless they asked for them."""
    if in_json:
        typer.echo(json.dumps(as_json(done, rows, tongue), ensure_ascii=False))
        return
    asked_for = len(rows) < len(done.rows)
    shown = rows if asked_for else [row for row in rows if row.state not in SETTLED_QUIETLY]
    show_reconciliation(done, shown, console(), tongue)


def _say_decided(done: Decided, tongue: str, *, in_json: bool) -> None:
    line, posted = done.line, done.posted
    if in_json:
        told: dict[str, Any] = {"line": line.serial, "file": line.file, "row": line.row_no}
        told |= {"action": done.wish.action, "reason": done.wish.reason, "owner": done.wish.owner}
        told["posted"] = asdict(posted) if posted else None
        typer.echo(json.dumps(told, ensure_ascii=False))
        return
    entry = f" → #{posted.seq} {posted.voucher}".rstrip() if posted else ""
    zh, en = _DONE[done.wish.action]
    console().print(Text(f"{line.serial} {either(tongue, zh, en)}{entry}"), soft_wrap=True)


_DONE = {
    "match": ("已强制核销", "matched"),
    "explain": ("已说明", "explained"),
    "park": ("已挂账待查", "parked"),
    "undo": ("已撤销", "undone"),
}
