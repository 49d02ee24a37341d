"""Forms: single sheets that leave the house, a batch of payments for Alipay or a statement for a distributor.

A form has a head of its own above its list, prints on A4 paper, and is otherwise made like every sheet of ours:
each cell's type forced, each list a named table, the same form the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from openpyxl.utils import get_column_letter

from exports import cells, package, paper
from exports.cells import Formula, Line, Value, shown
from exports.sheets import Area, Tab
from exports.styles import Style


@dataclass(frozen=True, slots=True, kw_only=True)
class FormTable:
    """A named table on a form: its name, the row of its headings, the headings, and how many rows follow."""

    name: str
    heading_row: int
    headings: tuple[str, ...]
    count: int

    @property
    def area(self) -> Area:
        """The list with its headings; an empty one keeps one blank row, for a table must have one."""
        last = self.heading_row + max(self.count, 1)
        cells = f"A{self.heading_row}:{get_column_letter(len(self.headings))}{last}"
        return Area(name=self.name, cells=cells, headings=self.headings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One sheet to be sent: its name, its lines, its columns' widths, its lists, and how it lies on A4 paper."""

    title: str
    on: date
    lines: tuple[Line, ...]
    widths: tuple[int, ...]
    tables: tuple[FormTable, ...] = ()
    upright: bool = True


def write_form(form: Form, to: Path, *, overwrite: bool) -> None:
    """Write a form at `to`, whole or not at all; `ExportError` for a place or a value that cannot be."""
    package.refuse_place(to, overwrite=overwrite)
    book = package.new_book(datetime(form.on.year, form.on.month, form.on.day, tzinfo=UTC), shown(form.title))
    tab = Tab(title=form.title, lines=lambda: form.lines, last_row=len(form.lines), widths=form.widths)
    sheet = package.add_tab(book, tab)
    paper.lay_on_a4(sheet, upright=form.upright)
    for table in form.tables:
        paper.add_table(sheet, table.area)
    package.save(book, to, [tab], overwrite=overwrite)


def line(*pairs: tuple[Style, Value]) -> Line:
    """A row of pairs of style and value."""
    return Line(styles=tuple(style for style, _ in pairs), values=tuple(value for _, value in pairs))


def summed(table: FormTable, heading: str, fen: Sequence[int]) -> Formula:
    """The live total of a table's column of fen."""
    letter = get_column_letter(table.headings.index(heading) + 1)
    first = table.heading_row + 1
    whole = f"{letter}{first}:{letter}{table.heading_row + max(table.count, 1)}"
    return Formula(expression=f"SUM({whole})", shows=cells.yuan_digits(sum(fen)))
