"""The operation log as people read it: one deed a line, in Shanghai time."""

from collections.abc import Iterator
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from calculators.days import SHANGHAI
from cli.speech import either
from cli.views.gates import reason_of_close
from cli.views.people import one_line
from cli.words import word
from ledger.reports_of_deeds import Deed

_SHA_SHOWN = 12
_SHA_LENGTH = 64


def show_log(deeds: Iterator[Deed], most: int, console: Console, language: str) -> None:
    """The first `most` deeds in a table (0 for all), and whether there are more."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("when", "who", "deed", "number", "about"):
        table.add_column(word(heading, language), no_wrap=heading in ("when", "number"), overflow="fold")
    table.add_column("", overflow="fold")
    for deed in islice(deeds, most or None):
        table.add_row(*(Text(cell) for cell in _cells(deed, language)))
    if not table.row_count:
        console.print(either(language, "没有符合条件的操作", "nothing of that kind was done"))
        return
    console.print(table)
    if next(deeds, None) is not None:
        more = either(
            language,
            f"只列出最近 {most} 条；--limit 0 列出全部",
            f"the newest {most} only; --limit 0 lists them all",
        )
        console.print(Text(more, style="dim"))


def _cells(deed: Deed, language: str) -> tuple[str, ...]:
    done = word(f"did {deed.deed}", language).removeprefix("did ")
    words = one_line(deed.words)
    number = f"#{deed.seq} {deed.voucher}".rstrip() if deed.seq else f"({deed.op_no})"
    return (
        deed.recorded_at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M:%S"),
        deed.actor,
        done,
        number,
        deed.claim_no or deed.order_no or _short(deed.subject),
        reason_of_close(words, language) if deed.deed == "close" else words,
    )


def _short(subject: str) -> str:
    """A digest by its first digits, anything else whole."""
    return f"{subject[:_SHA_SHOWN]}…" if len(subject) == _SHA_LENGTH else subject
