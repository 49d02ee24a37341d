"""The shop's files into the book: read whole, then stored and posted in one turn, or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from calculators.answer_json import canonical
from calculators.days import business_day
from calculators.masking import redacted
from calculators.rulebook import Rulebook
from cli.chance import salts
from cli.errors import BadFile, Fault, ShellError
from cli.progress import watched
from cli.readers import ReadFile, assemble_orders, read_file
from cli.readers.keeping import kept
from cli.readers.rows import Row
from cli.readers.rows import StatementLine as StatementRow
from cli.refusals import in_chinese
from cli.remarks import said_of_lines
from ledger.desk import Desk
from ledger.order_life import paid
from ledger.persons import LINK, REMARK, Buyer
from ledger.recordings import KeyedEntry, OrderFacts, Statement, StatementLine
from ledger.statement_postings import statement_entry

ROWS = {
    "order_report": "orders",
    "item_report": "items",
    "refund_report": "refunds",
    "alipay_statement": "lines",
}


class WrongFiles(ShellError):
    """Files that cannot be imported in this company."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one file brought: rows read, whether the file was new, orders and entries it added."""

    name: str
    layout: str
    rows: int
    new_file: bool
    orders: int = 0
    entries: int = 0


def read_files(paths: Iterable[Path]) -> list[ReadFile]:
    """Every file read and checked; `BadFile` with the faults of all of them."""
    files: list[ReadFile] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            files.append(read_file(path.name, path.read_bytes()))
        except BadFile as problem:
            faults.extend(problem.faults)
        except OSError as problem:
            why = problem.strerror or str(problem)
            raise WrongFiles(
                f"{path}：读不了（{in_chinese(why, 'OSError')}）。请检查文件名后重试；什么都没有导入。",
                f"{path} cannot be read: {why}. Check its name and try again; nothing was imported.",
            ) from None
    if faults:
        raise BadFile(faults)
    return files


def import_files(desk: Desk, files: Sequence[ReadFile], rulebook: Rulebook) -> list[Imported]:
    """Store and post what the files hold; a file the book already has adds nothing."""
    for file in files:
        if file.layout not in ROWS:
            raise WrongFiles(
                f"{file.name} 是售后登记，不是报表；请用 settle record --cases {file.name} 入账。",
                f"{file.name} holds claims, not a report; book them with settle record --cases {file.name}.",
            )
    orders = _orders(desk, files, rulebook)
    return [_import_file(desk, file, orders) for file in files]


def _orders(desk: Desk, files: Sequence[ReadFile], rulebook: Rulebook) -> dict[str, tuple[int, int]]:
    """Facts and payments of the orders, by the name of their report: how many orders and entries were new."""
    reports = [file for file in files if file.layout == "order_report"]
    items = [file for file in files if file.layout == "item_report"]
    if len(reports) != len(items) or len(reports) > 1:
        raise WrongFiles(
            "订单报表和宝贝报表须一起导入，各一份：订单的商品明细在宝贝报表里。请在同一条命令里给出这两个文件。",
            "give one order report together with its item report: the lines of an order are in the item report. "
            "Name both files in one command.",
        )
    return {
        report.name: _store(desk, report, item, rulebook) for report, item in zip(reports, items, strict=True)
    }


def _store(desk: Desk, report: ReadFile, items: ReadFile, rulebook: Rulebook) -> tuple[int, int]:
    rows = {row.order_no: row.row for row in report.orders}
    stored, entries = 0, []
    for order in watched(assemble_orders(report, items).orders, report.name):
        order_no = order["order_no"]
        source = source_of(report, rows[order_no])
        facts = OrderFacts(order_no=order_no, facts_json=canonical(order), source=source)
        stored += desk.store_facts(facts)
        entries.append((paid(order, rulebook), source))
    keyed = [
        KeyedEntry(entry=entry.entry, key=entry.key, source=source)
        for entry, source in watched(entries, report.name)
        if entry is not None
    ]
    return stored, sum(not posted.again for posted in desk.post_many(keyed))


def _import_file(desk: Desk, file: ReadFile, orders: dict[str, tuple[int, int]]) -> Imported:
    rows = getattr(file, ROWS[file.layout])
    aside = _beside(desk, file)
    lines = tuple(_statement_line(file.layout, row, aside.get(row.row, {})) for row in rows)
    statement = Statement(name=file_name(file), layout=file.layout, sha256=file.sha256, lines=lines)
    new_file = desk.store_statement(statement)
    stored, posted = orders.get(file.name, (0, 0))
    if file.layout == "alipay_statement":
        posted = _post_statement(desk, file)
    return Imported(
        name=file.name, layout=file.layout, rows=len(rows), new_file=new_file, orders=stored, entries=posted
    )


def _beside(desk: Desk, file: ReadFile) -> dict[int, dict[str, str]]:
    """By row, what is kept beside the ledger: the key of a buyer, and of words that nobody understands."""
    if file.layout == "order_report":
        named = {row.order_no: Buyer(nick=row.nick, payee=row.payee) for row in file.orders}
        keys = desk.note_buyers(named, salts())
        return {row.row: {LINK: keys[row.order_no]} for row in file.orders if row.order_no in keys}
    said = said_of_lines(desk, file.lines, {line.row: _key(line) for line in file.lines})
    return {row: {REMARK: words} for row, words in said.items()}


def _key(line: StatementRow) -> str:
    return f"alipay:{line.serial}"


def _post_statement(desk: Desk, file: ReadFile) -> int:
    entries = []
    for line in watched(file.lines, file.name):
        entry = statement_entry(
            line.serial, line.meaning, business_day(line.at), (line.in_fen + line.out_fen, line.order_no)
        )
        if entry is not None:
            entries.append(KeyedEntry(entry=entry.entry, key=entry.key, source=source_of(file, line.row)))
    return sum(not posted.again for posted in desk.post_many(entries))


def file_name(file: ReadFile) -> str:
    """A file's name as the book keeps it: without a telephone or an address that somebody put into it."""
    return redacted(file.name)


def source_of(file: ReadFile, row: int) -> str:
    """Where an entry or a fact comes from: the file, the row as a spreadsheet counts it, and the digest."""
    return f"{file_name(file)} row {row} sha256 {file.sha256}"


def _statement_line(layout: str, row: Row, aside: dict[str, str]) -> StatementLine:
    line_json = json.dumps(kept(layout, row) | aside, ensure_ascii=False, sort_keys=True, default=_plain)
    return StatementLine(row_no=row.row, reference=getattr(row, "order_no", None), line_json=line_json)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a statement line")


def files_in(paths: Sequence[Path]) -> list[Path]:
    """The files that paths name; of a folder its CSV files, by name, and `WrongFiles` where it has none."""
    return [file for path in paths for file in (_reports_in(path) if path.is_dir() else [path])]


def _reports_in(folder: Path) -> list[Path]:
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    if not found:
        raise WrongFiles(
            f"{folder} 里没有 CSV 文件。请给出放导出文件的文件夹，或直接给出文件。",
            f"{folder} holds no CSV file. Name the folder of the exports, or the files themselves.",
        )
    return found
