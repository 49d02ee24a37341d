"""`settle why`: every fen with its clause, what binds the amount, and the smallest fact that would change it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from calculators.masking import mask_number
from calculators.readings import alternatives
from calculators.rulebook import Rulebook
from calculators.what_if import bindings, nearest_changes
from cli.case_files import read_json
from cli.errors import ShellError
from cli.options import AsJson, BookName, Db, Lang, Packs, Rules
from cli.rulebooks import rulebook_in_use
from cli.speech import BadOption, console, language
from cli.views.approvals import for_machines, words_line
from cli.views.why import show_alternatives, show_bindings, show_changes, show_tree
from ledger.quoting import quote, rulebook_from_text
from ledger.reports import ApprovalRow

app = typer.Typer()

What = Annotated[
    str | None, typer.Argument(help="申请号或分录序号 / a recorded claim or entry", show_default=False)
]
CaseFile = Annotated[Path | None, typer.Option("--case", help="一个案例的 JSON / one case")]
Readings = Annotated[
    bool, typer.Option("--readings", help="列出其他读法 / every other reading of the manuals")
]


@app.command()
def why(
    what: What = None,
    case: CaseFile = None,
    readings: Readings = False,
    rules: Rules = None,
    pack: Packs = None,
    db: Db = None,
    book: BookName = "main",
    lang: Lang = None,
    as_json: AsJson = False,
) -> None:
    """为什么是这个数、为什么不能更多。 / Why this amount, why not more, and what would change it."""
    tongue = language(lang)
    if (what is None) == (case is None):
        raise BadOption(
            "请给出申请号、分录序号或 --case 之一。",
            "give a claim number, an entry number or --case, one of them.",
        )
    asked, rulebook, words = (
        _of_book(str(what), db, book) if case is None else (read_json(case), rulebook_in_use(rules, pack), ())
    )
    answer = quote(asked, rulebook).answer(tongue)
    bound, changes = bindings(asked, rulebook), nearest_changes(asked, rulebook)
    others = alternatives(asked, rulebook) if readings else ()
    if as_json:
        said = {
            "answer": answer,
            "binds": [asdict(one) for one in bound],
            "changes": [asdict(one) for one in changes],
            "readings": [asdict(one) for one in others],
        }
        said |= {"approval": [for_machines(one) for one in words]} if words else {}
        typer.echo(json.dumps(said, ensure_ascii=False))
        return
    to = console()
    show_tree(answer, to, tongue)
    if words:
        to.print(Text(words_line(words, tongue)), soft_wrap=True)
    show_bindings(bound, to, tongue)
    show_changes(changes, to, tongue)
    if readings:
        show_alternatives(others, to, tongue)


def _of_book(
    what: str, db: str | None, book: str
) -> tuple[dict[str, Any], Rulebook, tuple[ApprovalRow, ...]]:
    """The recorded case of a claim or entry, with its rulebook, and who asked and approved it."""
    from cli.session import place
    from ledger import approving, queries

    with place(db, book).open(read_only=True) as opened, opened.reading() as reader:
        stored = queries.settlement(reader, what)
        if stored is None and what.lstrip("#").isdigit():
            entry = queries.entry(reader, int(what.lstrip("#")))
            stored = queries.settlement(reader, entry.claim_no) if entry.claim_no else None
        if stored is None:
            what = mask_number(what)
            raise ShellError(
                f"{what} 不是已入账的申请。请用 settle show 查看订单的凭证。",
                f"{what} is no recorded claim. settle show ORDER lists an order's entries.",
            )
        text = queries.rulebook_text(reader, stored.rulebook_digest) or ""
        words = approving.words(reader, "claim", stored.claim_no)
        return json.loads(stored.case_json), rulebook_from_text(text), words
