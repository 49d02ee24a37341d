"""The shop's files into the book: read whole, then stored and posted in one turn, or not at all."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from calculators.answer_json import canonical
from calculators.days import business_day
from calculators.rulebook import Rulebook
from cli.errors import BadFile, Fault, ShellError
from cli.progress import watched
from cli.readers import ReadFile, assemble_orders, read_file
from cli.readers.rows import StatementLine as AlipayLine
from cli.refusals import in_chinese
from ledger.desk import Desk
from ledger.order_life import paid
from ledger.payment_matching import Transfer
from ledger.recordings import KeyedEntry, OrderFacts, Statement, StatementLine
from ledger.statement_postings import statement_entry

FREE_TEXT = frozenset({"note", "shop_note"})
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
    """What one file brought: rows read, whether the file was new, orders and entries it added.

    Of a statement's new transfers `paid` were assigned to what they pay, `unmatched` pay no claim yet.
    """

    name: str
    layout: str
    rows: int
    new_file: bool
    orders: int = 0
    entries: int = 0
    paid: int = 0
    unmatched: int = 0


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
        source = f"{report.name} row {rows[order_no]} sha256 {report.sha256}"
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
    lines = tuple(_statement_line(row) for row in rows)
    statement = Statement(name=file.name, layout=file.layout, sha256=file.sha256, lines=lines)
    new_file = desk.store_statement(statement)
    stored, posted = orders.get(file.name, (0, 0))
    brought = Imported(
        name=file.name, layout=file.layout, rows=len(rows), new_file=new_file, orders=stored, entries=posted
    )
    return _with_statement(desk, file, brought) if file.layout == "alipay_statement" else brought


def _with_statement(desk: Desk, file: ReadFile, brought: Imported) -> Imported:
    lines = (_posting(line, file) for line in watched(file.lines, file.name))
    matched = desk.post_statement([line for line in lines if line is not None])
    return replace(
        brought, entries=matched.posted, paid=len(matched.assigned), unmatched=len(matched.unmatched)
    )


def _posting(line: AlipayLine, file: ReadFile) -> KeyedEntry | Transfer | None:
    """What is booked of a line: a transfer to whom we owe, another entry, or nothing."""
    source = f"{file.name} row {line.row} sha256 {file.sha256}"
    net_fen, on = line.in_fen + line.out_fen, business_day(line.at)
    if line.meaning == "buyer_transfer" and net_fen < 0:
        return transfer_of(line, source)
    entry = statement_entry(line.serial, line.meaning, on, (net_fen, line.order_no))
    return KeyedEntry(entry=entry.entry, key=entry.key, source=source) if entry else None


def transfer_of(line: AlipayLine, source: str) -> Transfer:
    """A statement's line as a transfer to be booked once and matched."""
    return Transfer(
        serial=line.serial,
        on=business_day(line.at),
        fen=-(line.in_fen + line.out_fen),
        order_no=line.order_no,
        remark=line.remark,
        source=source,
    )


def _statement_line(row: Any) -> StatementLine:
    """A row as the book keeps it: what people wrote freely is left out, whatever it may hold."""
    said = {name: value for name, value in asdict(row).items() if name not in FREE_TEXT}
    line_json = json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plain)
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
