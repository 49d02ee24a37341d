"""One month, played by the same commands on SQLite and on PostgreSQL: the same rows and the same hashes."""

from datetime import date, timedelta

from ledger import queries
from ledger import tables as t
from ledger.book import Book
from ledger.recordings import KeyedEntry, Match, OrderFacts, Statement, StatementLine
from ledger.replay import replay
from tests.ledger.samples import (
    DAY,
    NOW,
    a_memorandum,
    a_recording,
    an_entry,
    ask,
    grant,
    reopen,
    to_be_approved,
)
from tests.ledger.shelves import Shelf

NAMES = ("张三丰", 'O\'Brien \\ "x"', "e\u0301 é 𝄞 \t\n", "")


def play(book: Book) -> None:
    """October: orders, an imported file, returns, a reversal, the close, its reopening and a late entry."""
    for number, name in enumerate(NAMES):
        with book.writing(actor="wang", now=NOW + timedelta(hours=number)) as desk:
            desk.post(an_entry(500 + number, narration=name, order_no=f"O{number}"), key=f"paid {number}")
            desk.store_facts(OrderFacts(order_no=f"O{number}", facts_json=f'{{"buyer":"{number}"}}'))
    lines = tuple(StatementLine(row_no=n, reference=f"O{n}", line_json="{}") for n in (3, 1, 2))
    with book.writing(actor="李", now=NOW + timedelta(days=1)) as desk:
        desk.store_statement(Statement(name="账单.csv", layout="alipay", sha256="a" * 64, lines=lines))
        desk.post_many(
            KeyedEntry(entry=an_entry(n + 1), key=f"line {n}", source="账单.csv") for n in range(600)
        )
        desk.record(a_recording("C1", 50))
        desk.record(a_memorandum("M1"))
        desk.record(a_recording("C2", 150, before=50))
    with book.writing(actor="wang", now=NOW - timedelta(days=9)) as desk:
        desk.reverse(605, DAY, "退款取消")
        desk.close("2026-10", "月结")
        desk.ask_reopening("2026-10", "漏记")
        desk.store_approval(ask("C3"))
        desk.store_match(Match(line_op_no=6, row_no=2, action="match", order_no="O2", reason="对上"))
    with book.writing(actor="李", now=NOW) as desk:
        reopen(desk, "2026-10")
        desk.store_approval(grant("C3"))
        desk.record(to_be_approved("C3", subject="O3"))
        desk.post(an_entry(7, on=date(2026, 10, 31)), key="late")
        desk.close("2026-10", "月结")
        desk.post(an_entry(9, on=date(2026, 11, 1)), key="november")


def _rows(book: Book) -> list[tuple[object, ...]]:
    with book.reading() as reader:
        return [
            (table.name, *row)
            for table in t.METADATA.sorted_tables
            for row in reader.connection.execute(table.select().order_by(*table.primary_key))
        ]


def test_the_same_commands_give_the_same_rows_and_hashes(sqlite_shelf: Shelf, postgres_shelf: Shelf) -> None:
    with sqlite_shelf.empty() as one, postgres_shelf.empty() as other:
        replayed = []
        for book in (one, other):
            play(book)
            with book.reading() as reader:
                replayed.append(replay(reader))
                assert queries.head(reader).seq == 611
        assert replayed[0].first_difference is None
        assert replayed[0] == replayed[1]
        # Texts are ordered by their bytes on both, so the rows stand in one order.
        assert _rows(one) == _rows(other)
