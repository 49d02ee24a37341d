"""The shop's files into the book: read whole, then stored and posted in one turn, or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from calculators.answer_json import canonical
from calculators.days import business_day
from calculators.masking import redacted
from calculators.rulebook import Rulebook
from cli.chance import salts
from cli.continuity import check_joins
from cli.errors import Fault
from cli.gathering import WrongFiles, files_in, read_files
from cli.progress import watched
from cli.readers import NOT_READ, ReadFile, assemble_orders
from cli.readers.keeping import kept
from cli.readers.rows import Row
from cli.readers.rows import StatementLine as ReadLine
from cli.recognised import Recognised, facts_of, recognise
from cli.remarks import said_of_lines
from ledger.desk import Desk
from ledger.imported import booked_lines, facts_line, is_imported
from ledger.order_life import paid
from ledger.payment_matching import Transfer
from ledger.persons import LINK, REMARK, Buyer
from ledger.recordings import KeyedEntry, OrderFacts, Statement, StatementLine
from ledger.statement_postings import SUSPENDED, statement_entry

__all__ = ["Imported", "WrongFiles", "files_in", "import_files", "read_files"]

ROWS = {
    "order_report": "orders",
    "item_report": "items",
    "refund_report": "refunds",
    "alipay_statement": "lines",
    "alipay_trades": "rows",
    "goods_income": "rows",
    "price_protection": "rows",
    "courier_bill": "rows",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What one file brought: what it was recognised as, whether it was new, the orders and entries it added.

    `suspended` are the lines that it put into suspense; `told` is what a person should know of it. Of a statement's
    new transfers `paid` were assigned to what they pay, `unmatched` pay no claim yet.
    """

    file: Recognised
    new_file: bool
    orders: int = 0
    entries: int = 0
    suspended: tuple[ReadLine, ...] = ()
    told: tuple[Fault, ...] = ()
    paid: int = 0
    unmatched: int = 0

    @property
    def name(self) -> str:
        """The file's name, with the sheet or member of it that was read."""
        return self.file.name

    @property
    def layout(self) -> str:
        """The name of its layout."""
        return self.file.layout

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.file.rows


def import_files(desk: Desk, files: Sequence[ReadFile], rulebook: Rulebook) -> list[Imported]:
    """Store and post what the files hold, in their order; a file the book already has adds nothing."""
    for file in files:
        if file.layout not in ROWS and file.layout != NOT_READ:
            raise WrongFiles(
                f"{file.name} 是售后登记，不是报表；请用 settle record --cases {file.name} 入账。",
                f"{file.name} holds claims, not a report; book them with settle record --cases {file.name}.",
            )
    orders = _orders(desk, files, rulebook)
    imported = {id(file): _import_file(desk, file, orders) for file in sorted(files, key=_first_on)}
    return [imported[id(file)] for file in files]


def _first_on(file: ReadFile) -> date:
    """Statements go in by their days, so that each finds the one before it."""
    return file.statement.first_on if file.statement else date.max


def _orders(desk: Desk, files: Sequence[ReadFile], rulebook: Rulebook) -> dict[str, tuple[int, int]]:
    """Facts and payments of the orders, by the digest of their report: how many orders and entries were new."""
    reports = [file for file in files if file.layout == "order_report"]
    items = [file for file in files if file.layout == "item_report"]
    added: dict[str, tuple[int, int]] = {}
    for report, item in _pairs(reports, items):
        if report.sha256 not in added:
            added[report.sha256] = _store(desk, report, item, rulebook)
    return added


def _pairs(reports: Sequence[ReadFile], items: Sequence[ReadFile]) -> list[tuple[ReadFile, ReadFile]]:
    """Each order report with the item report that holds lines of its orders; `WrongFiles` where one is alone."""
    left = list(items)
    pairs = []
    for report in reports:
        numbers = {row.order_no for row in report.orders}
        held = [item for item in left if any(row.order_no in numbers for row in item.items)]
        found = next(iter(held or left), None)
        if found is not None:
            left.remove(found)
            pairs.append((report, found))
    if left or len(pairs) < len(reports):
        raise WrongFiles(
            "订单报表和宝贝报表须一起导入，一份配一份：订单的商品明细在宝贝报表里。请在同一条命令里给出这两个文件。",
            "give each order report together with its item report: the lines of an order are in the item report. "
            "Name both files in one command.",
        )
    return pairs


def _store(desk: Desk, report: ReadFile, items: ReadFile, rulebook: Rulebook) -> tuple[int, int]:
    if all(is_imported(desk.reader, file.sha256) for file in (report, items)):
        return 0, 0
    rows = {row.order_no: row.row for row in report.orders}
    stored, entries = 0, []
    for order in watched(assemble_orders(report, items).orders, report.name):
        order_no = order["order_no"]
        source = _source(report, rows[order_no])
        facts = OrderFacts(order_no=order_no, facts_json=canonical(order), source=source)
        stored += desk.store_facts(facts)
        entries.append((paid(order, rulebook), source))
    keyed = [
        KeyedEntry(entry=entry.entry, key=entry.key, source=source)
        for entry, source in watched(entries, report.name)
        if entry is not None
    ]
    return stored, sum(not posted.again for posted in desk.post_many(keyed))


def _import_file(desk: Desk, file: ReadFile, orders: Mapping[str, tuple[int, int]]) -> Imported:
    seen = recognise(file)
    told = (*seen.told, *check_joins(desk.reader, file))
    stored, posted = orders.get(file.sha256, (0, 0))
    known = Imported(file=seen, new_file=False, orders=stored, entries=posted, told=told)
    if file.layout == NOT_READ or is_imported(desk.reader, file.sha256):
        return known
    aside = _beside(desk, file)
    lines = [_statement_line(file.layout, row, aside.get(row.row, {})) for row in file.rows]
    if file.statement:
        facts_json = json.dumps(facts_of(file.statement), ensure_ascii=False, sort_keys=True)
        lines.insert(0, facts_line(facts_json))
    desk.store_statement(
        Statement(name=redacted(file.name), layout=file.layout, sha256=file.sha256, lines=tuple(lines))
    )
    if not file.lines:
        return replace(known, new_file=True)
    return _with_statement(desk, file, replace(known, new_file=True))


def _beside(desk: Desk, file: ReadFile) -> dict[int, dict[str, str]]:
    """By row, what is kept beside the ledger: the key of a buyer, and of words that nobody understands."""
    if file.layout == "order_report":
        named = {row.order_no: Buyer(nick=row.nick, payee=row.payee) for row in file.orders}
        keys = desk.note_buyers(named, salts())
        return {row.row: {LINK: keys[row.order_no]} for row in file.orders if row.order_no in keys}
    return {row: {REMARK: words} for row, words in said_of_lines(desk, file.lines).items()}


def _with_statement(desk: Desk, file: ReadFile, brought: Imported) -> Imported:
    """Book what no earlier file has booked; rules that have changed since do not book a line again."""
    booked = booked_lines(desk.reader, (line.serial for line in file.lines))
    posting: list[KeyedEntry | Transfer] = []
    suspended: list[ReadLine] = []
    for line in watched(file.lines, file.name):
        found = _posting(line, file) if booked.get(line.serial) != line.in_fen + line.out_fen else None
        if found is not None:
            posting.append(found)
            suspended += [line] if line.meaning in SUSPENDED else []
    matched = desk.post_statement(posting)
    return replace(
        brought,
        entries=matched.posted,
        suspended=tuple(suspended),
        paid=len(matched.assigned),
        unmatched=len(matched.unmatched),
    )


def _posting(line: ReadLine, file: ReadFile) -> KeyedEntry | Transfer | None:
    """What is booked of a line: a transfer to whom we owe, another entry, or nothing."""
    if is_transfer(line):
        return transfer_of(line, _source(file, line.row))
    net_fen = line.in_fen + line.out_fen
    entry = statement_entry(line.serial, line.meaning, business_day(line.at), (net_fen, line.order_no))
    return KeyedEntry(entry=entry.entry, key=entry.key, source=_source(file, line.row)) if entry else None


def is_transfer(line: ReadLine) -> bool:
    """Whether a statement's line is money sent to somebody whom the shop owes."""
    return line.meaning == "buyer_transfer" and line.in_fen + line.out_fen < 0


def transfers_of(file: ReadFile) -> list[Transfer]:
    """The transfers of a statement, to be booked once and matched."""
    return [transfer_of(line, _source(file, line.row)) for line in file.lines if is_transfer(line)]


def transfer_of(line: ReadLine, source: str) -> Transfer:
    """A statement's line as a transfer to be booked once and matched."""
    return Transfer(
        serial=line.serial,
        on=business_day(line.at),
        fen=-(line.in_fen + line.out_fen),
        order_no=line.order_no,
        remark=line.remark,
        source=source,
    )


def _source(file: ReadFile, row: int) -> str:
    """Where an entry or a fact comes from; no telephone or address that somebody put into the file's name."""
    return f"{redacted(file.name)} row {row} sha256 {file.sha256}"


def _statement_line(layout: str, row: Row, aside: Mapping[str, str]) -> StatementLine:
    """A row as the book keeps it: no more of it than `kept.toml` says, and the keys of what is kept beside."""
    said = {**kept(layout, row), **aside}
    line_json = json.dumps(said, ensure_ascii=False, sort_keys=True, default=_plain)
    return StatementLine(row_no=row.row, reference=getattr(row, "order_no", None), line_json=line_json)


def _plain(value: Any) -> str:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a statement line")
