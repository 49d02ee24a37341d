"""The 售后汇总: the detail by kind, clause, channel and day, in live sums, with a chart for each that needs one.

Every figure is a SUMIFS over 售后明细, so whoever changes an amount there sees it move here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from openpyxl.chart._chart import ChartBase

from calculators.days import first_of, last_of
from exports.cells import Formula, Line, Value, yuan_digits
from exports.expressions import countifs, criterion, sumifs
from exports.sheets import CONTENTS, TITLE_HEIGHT, Area, Place, Tab, link, wrapped_height
from exports.styles import Style
from exports.tabs import detail
from exports.tabs.charts import Stretch, bars, line
from exports.tallies import Month, Sums

TITLE = "售后汇总"
HEADINGS = ("申请数", "项目数", "付给买家", "向买家收回", "买家净额", "店内")
NET, CLAIMS = "买家净额", "申请数"
CHART_ROWS = 17
WORDS = "条款原文"
_WIDTHS = (22, 10, 10, 16, 16, 16, 14, 70)
_ABOUT = "按业务类型、渠道、条款与日期汇总售后明细，全部为活公式"
_COLUMNS = ("B", "C", "D", "E", "F", "G")


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One table of the sheet: its key's heading, a row for each key, and where it begins."""

    heading: str
    table: str
    column: str
    sums: tuple[tuple[str | date, Sums], ...]
    first: int
    more: Callable[[str | date], Value] | None = None

    @property
    def last(self) -> int:
        """The last row of its list; an empty one keeps a blank row."""
        return self.first + max(len(self.sums), 1) - 1

    @property
    def after(self) -> int:
        """The row in which the next table may begin: its total stands above, its list below, then a blank."""
        return self.last + 2

    def cells(self, letter: str) -> str:
        """The address of one of its columns."""
        return f"'{TITLE}'!${letter}${self.first}:${letter}${self.last}"


def summary_tab(month: Month) -> Tab:
    """The sheet 售后汇总."""
    made = blocks(month)
    return Tab(
        title=TITLE,
        lines=lambda: _lines(month, made),
        last_row=made[-1].last,
        widths=_WIDTHS,
        tables=tuple(_area(block) for block in made),
        charts=lambda: _charts(made),
        rows=sum(len(block.sums) for block in made),
        total=_whole(made[0]),
        about=_ABOUT,
    )


def blocks(month: Month) -> tuple[Block, ...]:
    """The tables of the sheet from top to bottom."""
    items = month.items
    words = {row.rule: row.quotation for row in month.report.clauses}
    days = [(day, items.days.get(day, Sums())) for day in days_of(month.report.period)]
    kinds = _largest(items.kinds.items())
    wanted = (
        ("业务类型", "by_kind", detail.KIND, kinds, None),
        ("渠道", "by_channel", detail.CHANNEL, _largest(items.channels.items()), None),
        (
            "条款",
            "by_clause",
            detail.CLAUSE,
            sorted(items.clauses.items()),
            lambda rule: words.get(str(rule)),
        ),
        ("日期", "by_day", detail.DAY, days, None),
    )
    made: list[Block] = []
    first = CHART_ROWS + 4
    for heading, table, column, sums, more in wanted:
        block = Block(heading=heading, table=table, column=column, sums=tuple(sums), first=first, more=more)
        made.append(block)
        first = block.after + 2
    return tuple(made)


def days_of(period: str) -> list[date]:
    """Every day of a month."""
    first = first_of(period)
    return [first + timedelta(days=number) for number in range(last_of(period).day)]


def _largest(sums: Iterable[tuple[str, Sums]]) -> list[tuple[str, Sums]]:
    return sorted(sums, key=lambda one: (-abs(one[1].all_fen), one[0]))


def _lines(month: Month, made: tuple[Block, ...]) -> Iterator[Line]:
    yield Line(
        styles=(Style.TITLE, Style.NOTE, Style.LINK, Style.NOTE),
        values=(TITLE, None, link(CONTENTS, "返回封面"), _ABOUT),
        height=TITLE_HEIGHT,
    )
    at = 1
    for block in made:
        for _ in range(block.first - 3 - at):
            yield Line(styles=(), values=())
        yield from _block_lines(month, block)
        at = block.last


def _block_lines(month: Month, block: Block) -> Iterator[Line]:
    """The totals, the headings, and a row for each key."""
    more = () if block.more is None else (WORDS,)
    yield Line(styles=_TOTALS, values=("合计", *_totals(block)))
    headings = (block.heading, *HEADINGS, *more)
    yield Line(styles=_HEADINGS[: len(headings)], values=headings)
    key_style = Style.DAY if block.column == detail.DAY else Style.TEXT
    for number, (key, sums) in enumerate(block.sums, block.first):
        said = () if block.more is None else (block.more(key),)
        styles = (key_style, *_FIGURES, Style.PROSE)[: 1 + len(HEADINGS) + len(said)]
        values: tuple[Value, ...] = (key, *_figures(month, block, number, sums), *said)
        yield Line(styles=styles, values=values, height=_height(values))
    if not block.sums:
        yield Line(styles=(), values=())


def _height(values: tuple[Value, ...]) -> int | None:
    last = len(_WIDTHS) - 1
    return wrapped_height(values, [(last, _WIDTHS[last])]) if len(values) > last else None


_TOTALS = (Style.TOTAL_TEXT, *(Style.TOTAL_NUMBER,) * 2, *(Style.TOTAL,) * 4)
_HEADINGS = (Style.HEADING, *(Style.HEADING_OF_NUMBERS,) * 6, Style.HEADING)
_FIGURES = (*(Style.NUMBER,) * 2, *(Style.AMOUNT,) * 4)


def _figures(month: Month, block: Block, number: int, sums: Sums) -> tuple[Formula, ...]:
    """A row's figures, each asked of the detail by the key that stands in the row."""
    listed = detail.detail_sheet(month)
    address = f"'{TITLE}'!$A${number}"
    key = block.sums[number - block.first][0]
    mine = (block.column, criterion(key, address) if isinstance(key, str) else address)
    buyer, shop = (detail.SIDE, f'"{detail.BUYER}"'), (detail.SIDE, f'"{detail.SHOP}"')
    given, taken = (detail.AMOUNT, '">0"'), (detail.AMOUNT, '"<0"')
    expressions = (
        sumifs(listed, detail.CLAIMS, mine),
        countifs(listed, mine),
        sumifs(listed, detail.AMOUNT, mine, buyer, given),
        sumifs(listed, detail.AMOUNT, mine, buyer, taken),
        sumifs(listed, detail.AMOUNT, mine, buyer),
        sumifs(listed, detail.AMOUNT, mine, shop),
    )
    shows = _shows(sums)
    return tuple(Formula(expression=one, shows=shown) for one, shown in zip(expressions, shows, strict=True))


def _totals(block: Block) -> tuple[Formula, ...]:
    whole = Sums(*(sum(part) for part in zip(Sums(), *(sums for _, sums in block.sums), strict=True)))
    return tuple(
        Formula(expression=f"SUM({block.cells(letter)})", shows=shown)
        for letter, shown in zip(_COLUMNS, _shows(whole), strict=True)
    )


def _shows(sums: Sums) -> tuple[str, ...]:
    counts = (str(sums.claims), str(sums.items))
    amounts = (sums.given_fen, sums.taken_fen, sums.net_fen, sums.beside_fen)
    return (*counts, *map(yuan_digits, amounts))


def _whole(block: Block) -> Formula:
    """The first table's net total, for the contents."""
    return Formula(expression=f"'{TITLE}'!$F${block.first - 2}", shows=_totals(block)[4].shows)


def _area(block: Block) -> Area:
    more = () if block.more is None else (WORDS,)
    last = "G" if block.more is None else "H"
    return Area(
        name=block.table,
        cells=f"A{block.first - 1}:{last}{block.last}",
        headings=(block.heading, *HEADINGS, *more),
    )


def _charts(made: tuple[Block, ...]) -> list[tuple[Place, ChartBase]]:
    """Net by kind and by channel as bars, what each day brought as a line."""
    kinds, channels, _, days = made
    return [
        (("A2", "E18"), bars("按业务类型：买家净额（元）", _stretch(kinds))),
        (("E2", "H18"), bars("按渠道：买家净额（元）", _stretch(channels))),
        (("H2", "I18"), line("按日：买家净额（元）", _stretch(days))),
    ]


def _stretch(block: Block) -> Stretch:
    return Stretch(
        keys=block.cells("A"),
        figures=block.cells("F"),
        name=NET,
        points=tuple((key, yuan_digits(sums.net_fen)) for key, sums in block.sums),
    )
