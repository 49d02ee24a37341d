"""`settle forget`: erase what the book knows of a person beside the chain; no entry and no hash changes."""

import json
from typing import Annotated

import typer

from calculators.masking import mask_number
from cli.clock import now
from cli.errors import ShellError
from cli.known_people import shown
from cli.options import Actor, AsJson, BookName, Db, Lang
from cli.session import actor_name, place
from cli.speech import BadOption, console, either, language
from cli.views.people import show_person
from ledger.persons import Person, known_as, remarks_about
from ledger.reading import Reader
from ledger.sealing import ERASURES

app = typer.Typer()


Who = Annotated[
    str,
    typer.Argument(help="订单号、买家昵称、收款账号或键 / an order number, a nick, an account or a key"),
]
Reason = Annotated[
    str,
    typer.Option(
        "--reason",
        help="asked 本人要求,expired 保存期满,mistaken 误录 / they asked, kept long enough, noted by mistake",
    ),
]


DryRun = Annotated[bool, typer.Option("--dry-run", help="只列出,不删除 / list them, erase nothing")]


class NobodyThere(ShellError):
    """A name or number under which the book knows nobody."""


@app.command()
def forget(
    who: Who,
    reason: Reason = ERASURES[0],
    dry_run: DryRun = False,
    db: Db = None,
    book: BookName = "main",
    actor: Actor = None,
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """删除账外登记的个人信息,凭证与链首不变。 / Erase a person; every entry and the head stay."""
    tongue = language(lang)
    _check(reason)
    with place(db, book).open() as opened, opened.writing(actor=actor_name(actor), now=now()) as desk:
        found = [shown(one) for one in _known(desk.reader, who)]
        for one in () if dry_run else found:
            desk.erase_person(one["person_key"], reason)
    if as_json:
        typer.echo(json.dumps({"erased": not dry_run, "people": found}, ensure_ascii=False))
        return
    for one in found:
        show_person(one, console(), tongue)
    typer.echo(_said(len(found), tongue, dry_run=dry_run))


def _check(reason: str) -> None:
    """`BadOption` for a reason in words of one's own, which could name the person again and is not repeated."""
    if reason not in ERASURES:
        listed = ", ".join(ERASURES)
        raise BadOption(f"--reason：只有 {listed}。", f"--reason: only {listed}.")


def _said(count: int, tongue: str, *, dry_run: bool) -> str:
    if dry_run:
        return either(tongue, f"共 {count} 条，未删除", f"{count} rows, nothing erased")
    return either(
        tongue,
        f"已删除 {count} 条个人信息，凭证与链首不变",
        f"{count} rows of people erased; the head is as it was",
    )


def _known(reader: Reader, who: str) -> list[Person]:
    """Everybody known as that, and what was written about the order; `NobodyThere` for none."""
    found = {one.person_key: one for one in (*known_as(reader, who), *remarks_about(reader, who))}
    if not found:
        shown_as = mask_number(who)
        raise NobodyThere(
            f"{shown_as}：账套里没有登记这个人，或已删除。请核对订单号、昵称、账号或键。",
            f"{shown_as}: the book knows nobody by that, or has erased them. Check the order, nick, account or key.",
        )
    return list(found.values())
