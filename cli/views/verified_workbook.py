"""What no longer follows in a workbook, as people read it: one line a cell, with what stands there and what should."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from cli.verifying import VerifiedWorkbook

KINDS = {
    "value": ("内容不符", "value"),
    "formula": ("公式被改", "formula changed"),
    "hardened": ("公式被改成数值", "formula replaced by a value"),
    "shown": ("公式结果不符", "formula shows another figure"),
    "row_missing": ("缺行", "row missing"),
    "row_added": ("多行", "row added"),
    "sheet_missing": ("缺表", "sheet missing"),
    "sheet_added": ("多表", "sheet added"),
    "sheet_hidden": ("表被隐藏", "sheet hidden"),
}
_SHOWN_MAX = 60


def show_verified_workbook(done: VerifiedWorkbook, console: Console, tongue: str) -> None:
    """The outcome first, then each finding on a line."""
    console.print(_outcome(done, tongue), soft_wrap=True)
    if done.findings:
        console.print(_table(done, tongue))
    if done.more:
        rest = "还有更多不符，未列出。" if tongue == "zh" else "There is more, which is not listed."
        console.print(Text(rest, style="yellow"))


def _outcome(done: VerifiedWorkbook, tongue: str) -> Text:
    about = (done.period, done.sheets, done.rows, done.head.seq, done.head.hash)
    if tongue == "zh":
        what = "{}：{} 张表 {} 行，按链首 #{} {} 重新算出".format(*about)
        said = f"{what}，逐格相符。" if not done.findings else f"{what}，不符 {len(done.findings)} 处："
    else:
        what = "{}: {} sheets, {} rows, made anew at head #{} {}".format(*about)
        said = f"{what}; every cell agrees." if not done.findings else f"{what}; {len(done.findings)} differ:"
    return Text(said, style="red" if done.findings else "green")


def _table(done: VerifiedWorkbook, tongue: str) -> Table:
    zh = tongue == "zh"
    table = Table(box=None, pad_edge=False, header_style="dim")
    headings = (
        ("表", "单元格", "何事", "现为", "应为") if zh else ("sheet", "cell", "what", "stands", "should be")
    )
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for one in done.findings:
        what = KINDS[one.what][0 if zh else 1]
        table.add_row(one.sheet, one.cell, what, _cut(one.found), _cut(one.due))
    return table


def _cut(text: str) -> Text:
    return Text(text if len(text) <= _SHOWN_MAX else f"{text[: _SHOWN_MAX - 1]}…")
