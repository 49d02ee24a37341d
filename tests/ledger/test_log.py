"""The operation log on both engines: everything that was done, in the order in which it was done."""

from datetime import UTC, datetime, timedelta

import pytest

from ledger.book import Book
from ledger.log import Sought, kinds_of_deeds, log
from ledger.recordings import OrderFacts, Statement, StatementLine
from ledger.reports_of_deeds import Deed
from tests.ledger.samples import DAY, NOW, a_recording, an_entry

SHA256 = "ab" * 32
LATER = NOW + timedelta(days=1)


@pytest.fixture
def done(book: Book) -> Book:
    """A book in which two people did eight things on two days."""
    with book.writing(actor="wang", now=NOW) as desk:
        desk.store_facts(OrderFacts(order_no="O1", facts_json="{}", source="Orders_50%.csv row 2"))
        desk.post(an_entry(order_no="O1"), key="paid:O1", source="Orders_50%.csv row 2")
        line = StatementLine(row_no=1, reference=None, line_json="{}")
        desk.store_statement(
            Statement(name="账务明细.csv", layout="alipay_statement", sha256=SHA256, lines=(line,))
        )
        desk.post(an_entry(order_no="O2"), key="paid:O2")
    with book.writing(actor="Li", now=LATER) as desk:
        desk.record(a_recording("RET-7"))
        desk.reverse(2, DAY, "重复入账")
        desk.close("2026-10")
    return book


def _log(book: Book, **asked: object) -> list[Deed]:
    with book.reading() as reader:
        return list(log(reader, Sought(**asked)))  # type: ignore[arg-type]


def _names(deeds: list[Deed]) -> list[tuple[str, int | None]]:
    return [(deed.deed, deed.seq or deed.op_no) for deed in deeds]


ALL = [
    ("close", 5),
    ("reverse", 4),
    ("record", 3),
    ("rulebook", 4),
    ("post", 2),
    ("import", 3),
    ("post", 1),
    ("facts", 2),
    ("open", 1),
]


def test_everything_that_was_done_stands_in_the_log_newest_first(done: Book) -> None:
    assert _names(_log(done)) == ALL


def test_a_deed_says_who_when_what_and_about_what(done: Book) -> None:
    reversal, posted = _log(done, about="重复入账")[0], _log(done, about="paid:O1")[0]
    assert (reversal.actor, reversal.recorded_at, reversal.voucher) == ("Li", LATER, "记-4")
    assert reversal.words == "注销10月12日记-2号凭证(第 2 号): 重复入账"
    assert (posted.order_no, posted.subject, posted.source) == ("O1", "paid:O1", "Orders_50%.csv row 2")
    assert (posted.kind, posted.op_no) == ("order_paid", None)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"actor": "Li"}, ALL[:4]),
        ({"actor": "nobody"}, []),
        ({"since": LATER}, ALL[:4]),
        ({"before": LATER}, ALL[4:]),
        ({"since": LATER - timedelta(seconds=1), "before": LATER}, []),
        ({"kinds": ("close", "order_paid")}, [ALL[0], ALL[4], ALL[6]]),
        ({"about": "ret-7"}, [("record", 3)]),
        ({"about": "账务明细"}, [("import", 3)]),
        ({"about": SHA256[:12].upper()}, [("import", 3)]),
        ({"about": "o1"}, [("record", 3), ("post", 1), ("facts", 2)]),
        ({"about": "2026-10"}, [("close", 5)]),
        ({"about": "50%"}, [("post", 1), ("facts", 2)]),
        ({"about": "_50"}, [("post", 1), ("facts", 2)]),
        ({"about": "5_%"}, []),
        ({"about": "%"}, [("post", 1), ("facts", 2)]),
        ({"about": "#2"}, [("post", 2)]),
        ({"about": "记-3"}, [("record", 3)]),
        ({"limit": 2}, ALL[:2]),
        ({"actor": "Li", "kinds": ("record",), "about": "RET", "since": LATER}, [("record", 3)]),
    ],
)
def test_the_log_is_searched_by_person_time_kind_and_content(
    done: Book, asked: dict[str, object], found: list[tuple[str, int]]
) -> None:
    assert _names(_log(done, **asked)) == found


def test_a_moment_without_an_offset_is_a_slip_of_ours(done: Book) -> None:
    with pytest.raises(ValueError, match="without an offset"):
        _log(done, since=datetime(2026, 10, 12))


def test_the_kinds_are_those_that_the_book_has(done: Book) -> None:
    with done.reading() as reader:
        found = kinds_of_deeds(reader)
    assert found == tuple(sorted({name for name, _ in ALL} | {"order_paid", "settlement", "reversal"}))


def test_a_long_log_is_read_as_it_is_taken(book: Book) -> None:
    with book.writing(actor="wang", now=NOW.astimezone(UTC)) as desk:
        for number in range(1200):
            desk.post(an_entry(), key=str(number))
    with book.reading() as reader:
        newest = log(reader, Sought())
        assert [next(newest).seq for _ in range(3)] == [1200, 1199, 1198]
    assert len(_log(book)) == 1201
