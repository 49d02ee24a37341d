"""The sheet for Alipay's batch transfer (批量付款): whom to pay how much, and the claim each payment names.

The reason of each payment is what the statement will say of it, and by which it is matched to its claim again.
Names are left to whoever pays: a ledger keeps none.
"""

from datetime import date
from pathlib import Path

from exports.capitals import in_capitals
from exports.cells import Line
from exports.errors import TooManyRows
from exports.forms import Form, FormTable, line, summed, write_form
from exports.styles import Style
from ledger.payment_matching import remark
from ledger.reports_of_payables import OpenPayables

TITLE = "批量付款"
ROWS_MAX = 3000  # Alipay takes no longer list in one file.
HEADINGS = ("序号", "收款方支付宝账号", "收款方姓名", "金额（元）", "备注")
_HEADING_ROW = 5
_WIDTHS = (16, 32, 16, 16, 60)
_ROW_STYLES = (Style.NUMBER, Style.TEXT, Style.TEXT, Style.AMOUNT, Style.TEXT)


def write_batch_transfer(found: OpenPayables, on: date, to: Path, *, overwrite: bool = False) -> None:
    """Write the sheet of everything that is due, as of a day; `TooManyRows` above what one file may hold."""
    write_form(batch_form(found, on), to, overwrite=overwrite)


def batch_form(found: OpenPayables, on: date) -> Form:
    """The sheet: totals, count and the sum in capitals above the list."""
    due = found.due
    if len(due) > ROWS_MAX:
        raise TooManyRows(
            f"{TITLE} has {len(due)} rows and a sheet takes {ROWS_MAX};"
            " ask for a shorter period or one shop at a time"
        )
    table = FormTable(name="batch_transfer", heading_row=_HEADING_ROW, headings=HEADINGS, count=len(due))
    total_fen = sum(row.open_fen for row in due)
    total = summed(table, "金额（元）", [row.open_fen for row in due])
    head = (
        line(
            (Style.TOTAL_TEXT, f"支付宝{TITLE}"),
            (Style.TEXT, found.book),
            (Style.TEXT, None),
            (Style.DAY, on),
        ),
        line((Style.TOTAL_TEXT, "总笔数"), (Style.NUMBER, len(due))),
        line((Style.TOTAL_TEXT, "总金额（元）"), (Style.TOTAL, total)),
        line((Style.TOTAL_TEXT, "大写"), (Style.TEXT, in_capitals(total_fen))),
    )
    rows = tuple(
        Line(styles=_ROW_STYLES, values=(number, found.payees.get(row.seq), None, row.open_fen, remark(row)))
        for number, row in enumerate(due, 1)
    )
    headings = line(*((Style.HEADING, title) for title in HEADINGS))
    return Form(
        title=TITLE, on=on, lines=(*head, headings, *rows), widths=_WIDTHS, tables=(table,), upright=False
    )
