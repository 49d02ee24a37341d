"""`settle show`: an order, a claim or an entry, as the book has it."""

import json
import re
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.text import Text

from calculators.masking import mask_number
from cli.approving import answer_of, last_asked
from cli.errors import ShellError
from cli.known_people import shown_buyer, shown_person
from cli.options import AsJson, BookName, Db, Lang
from cli.session import place
from cli.speech import console, language
from cli.views.approvals import for_machines, words_line
from cli.views.ledger_views import show_entry, show_left
from cli.views.people import show_person
from cli.views.settlement import show_settlement
from ledger import approving, queries
from ledger.quoting import quote, rulebook_from_text
from ledger.reading import Reader
from ledger.reports import ApprovalRow, EntryReport

app = typer.Typer()

_ENTRY = re.compile(r"#?[0-9]{1,9}")
What = Annotated[
    str,
    typer.Argument(
        help="订单号、申请号、分录序号或附言键 / an order, a claim, an entry number or a person's key"
    ),
]
Unmasked = Annotated[
    bool,
    typer.Option(
        "--unmasked", help="显示个人信息原文,须有正当用途 / people in full, for whoever has a reason"
    ),
]


class NothingThere(ShellError):
    """A number that is neither an order nor a claim nor an entry of the book."""


@app.command()
def show(
    what: What,
    unmasked: Unmasked = False,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """查看订单、申请或凭证。 / Show an order, a claim or an entry."""
    tongue = language(lang)
    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        found = _found(reader, what, unmasked=unmasked)
        if as_json:
            typer.echo(json.dumps(found, ensure_ascii=False, default=str))
            return
        if "claim" in found and tongue == "zh":
            found |= {"claim": _in_chinese(reader, what, found["claim"])}
        _show(reader, found, tongue)
        said = approving.words(reader, "claim", what) if "approval" in found else ()
        if said:
            console().print(Text(words_line(said, tongue)), soft_wrap=True)


def _found(reader: Reader, what: str, *, unmasked: bool) -> dict[str, Any]:
    """The claim, order, entry or person of that number or key; `NothingThere` for none of them."""
    words = approving.words(reader, "claim", what)
    settlement = queries.settlement(reader, what)
    if settlement is not None:
        entry = queries.entry(reader, settlement.seq)
        return {"claim": json.loads(settlement.answer_json), "entries": [asdict(entry)], **_said(words)}
    asked = last_asked(reader, what)
    if asked is not None:
        return {"claim": asked.asked["answer"], "entries": [], **_said(words)}
    facts = queries.facts(reader, what)
    if facts is not None:
        entries = queries.entries_of_order(reader, what)
        return {
            "order": json.loads(facts.facts_json),
            "buyer": shown_buyer(reader, what, unmasked=unmasked),
            "left": [asdict(row) for row in queries.refunded(reader, what)],
            "entries": [asdict(entry) for entry in entries],
        }
    if _ENTRY.fullmatch(what):
        return {"entries": [asdict(queries.entry(reader, int(what.lstrip("#"))))]}
    known = shown_person(reader, what, unmasked=unmasked)
    if known is not None:
        return {"person": known, "entries": []}
    what = mask_number(what)
    raise NothingThere(
        f"{what}：账中没有这个订单号、申请号或分录序号。请核对号码。",
        f"{what}: no order, claim or entry of that number is in the book. Check the number.",
    )


def _said(words: tuple[ApprovalRow, ...]) -> dict[str, Any]:
    """Who asked and who answered, where the claim needed a second person."""
    return {"approval": [for_machines(one) for one in words]} if words else {}


def _in_chinese(reader: Reader, claim_no: str, stored: dict[str, Any]) -> dict[str, Any]:
    """The stored answer with Chinese reasons; as it stands where the same question is answered otherwise today."""
    settlement = queries.settlement(reader, claim_no)
    if settlement is None:
        asked = last_asked(reader, claim_no)
        return dict(answer_of(reader, asked, "zh") or stored) if asked else stored
    text = queries.rulebook_text(reader, settlement.rulebook_digest)
    if text is None:
        return stored
    again = quote(json.loads(settlement.case_json), rulebook_from_text(text)).answer("zh")
    return again if again["digest"] == stored["digest"] else stored


def _show(reader: Reader, found: dict[str, Any], tongue: str) -> None:
    to = console()
    if "claim" in found:
        show_settlement(found["claim"], to, tongue)
    if "order" in found:
        to.print_json(json.dumps(found["order"], ensure_ascii=False))
        show_person(found["buyer"], to, tongue)
        show_left(queries.refunded(reader, found["order"]["order_no"]), to, tongue)
    show_person(found.get("person"), to, tongue)
    for entry in found["entries"]:
        stored: EntryReport = queries.entry(reader, entry["seq"])
        show_entry(stored, to, tongue)
