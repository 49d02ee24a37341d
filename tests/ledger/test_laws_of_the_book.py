"""Laws that need both a calculator and a book, and those that every command of the desk must keep."""

import contextlib
import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cli.rulebooks import default_rulebook
from ledger import approving, periods, queries
from ledger.book import Book
from ledger.chart import ACCOUNTS
from ledger.claims import Subject, case_of_claim, recording
from ledger.desk import Desk
from ledger.errors import NotReversible, StaleQuote
from ledger.journal import AMOUNT_MAX_FEN
from ledger.paying import Payment
from ledger.persons import Buyer
from ledger.quoting import Quote, quote
from ledger.reading import Reader
from ledger.recordings import KeyedEntry, Match, OrderFacts, Statement, StatementLine
from ledger.replay import replay
from tests.calculators.asking import AS_OFTEN_AS_WANTED, Json
from tests.calculators.strategies import lives, orders, pieces_of
from tests.conftest import OF_A_BOOK
from tests.ledger.owing import owed, sent
from tests.ledger.samples import (
    DAY,
    NOW,
    NewBook,
    a_recording,
    an_entry,
    ask,
    dump,
    handed_to,
    post,
    reopen,
    to_be_approved,
)

AT = "2017-03-08T10:00:00+08:00"
FEW = settings(max_examples=OF_A_BOOK, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SOLD: Json = {"payment": "online", "confirmed_at": "2017-03-05T09:00"}
RULES = default_rulebook()


def _quoted(desk: Desk, order: Json, claim: Json) -> tuple[Quote, Json]:
    """The quote of a claim on an order as the book stands, and its case."""
    history = desk.history(order["order_no"])
    case = case_of_claim(order, history, claim, AT) | {"policy": AS_OFTEN_AS_WANTED}
    return quote(case, RULES), case


def _record(desk: Desk, order: Json, claim: Json, claim_no: str) -> Quote | None:
    """Quote and record a claim; nothing for one that is refused, held or to be approved."""
    asked, case = _quoted(desk, order, claim | {"claim_no": claim_no})
    if asked.settlement.decision != "pay":
        return None
    desk.record(recording(asked, case, Subject(claim_no=claim_no, order_no=order["order_no"])))
    return asked


def _refunded(desk: Desk, order: Json) -> dict[str, int]:
    rows = queries.refunded(desk.reader, order["order_no"])
    return {row.bucket: row.refunded_fen for row in rows if row.refunded_fen}


@st.composite
def part_returned(draw: st.DrawFn) -> tuple[Json, Json]:
    """An order, and a claim that brings some of its pieces back."""
    made = draw(orders(**SOLD))
    numbers = draw(st.permutations(pieces_of(made)))[: draw(st.integers(1, 4))]
    lines = [{"line": one, "qty": numbers.count(one)} for one in sorted(set(numbers))]
    return made, {"kind": "return", "cause": "quality", "received": True, "lines": lines}


@FEW
@given(returned=part_returned())
def test_law_26_a_refund_taken_back_and_made_again_is_the_refund_once(
    new_book: NewBook, returned: tuple[Json, Json]
) -> None:
    made, claim = returned
    with new_book() as book, book.writing(actor="wang", now=NOW) as desk:
        first = _record(desk, made, claim, "C1")
        assume(first is not None)
        once = _refunded(desk, made), _balances(desk.reader)
        desk.reverse(queries.head(desk.reader).seq, DAY, "退款取消")
        assert _refunded(desk, made) == {}
        again = _record(desk, made, claim, "C2")
        assert first is not None
        assert again is not None
        assert again.answer()["to_buyer"] == first.answer()["to_buyer"]
        assert (_refunded(desk, made), _balances(desk.reader)) == once


def _balances(reader: Reader) -> dict[str, int]:
    return {
        row.account: row.closing_fen for row in queries.trial_balance(reader, "9999-12") if row.closing_fen
    }


@FEW
@given(lived=lives(**SOLD), other=lives(**SOLD), data=st.data())
def test_law_27_what_happens_to_another_order_changes_no_answer(
    new_book: NewBook, lived: tuple[Json, list[Json]], other: tuple[Json, list[Json]], data: st.DataObject
) -> None:
    (made, claims), (stranger, others) = lived, other
    stranger = {**stranger, "order_no": "STRANGER"}
    in_between = data.draw(st.lists(st.integers(0, len(claims)), min_size=len(others), max_size=len(others)))
    with new_book() as alone, new_book() as beside:
        with alone.writing(actor="wang", now=NOW) as desk:
            expected = [_record(desk, made, claim, f"C{n}") for n, claim in enumerate(claims)]
        with beside.writing(actor="wang", now=NOW) as desk:
            answers = []
            for place, claim in enumerate(claims):
                for number, at in enumerate(in_between):
                    if at == place:
                        _record(desk, stranger, others[number], f"S{number}")
                answers.append(_record(desk, made, claim, f"C{place}"))
    assert [one and one.answer() for one in answers] == [one and one.answer() for one in expected]


@FEW
@given(returned=part_returned(), fen=st.integers(1, 50), is_between=st.booleans())
def test_law_30_what_is_booked_is_what_was_quoted_or_the_quote_is_stale(
    new_book: NewBook, returned: tuple[Json, Json], fen: int, is_between: bool
) -> None:
    made, claim = returned
    with new_book() as book, book.writing(actor="wang", now=NOW) as desk:
        asked, case = _quoted(desk, made, claim | {"claim_no": "C1"})
        assume(asked.settlement.decision == "pay" and any(one.after_fen for one in asked.settlement.ceilings))
        drafted = recording(asked, case, Subject(claim_no="C1", order_no=made["order_no"]))
        between = is_between and _record(desk, made, claim, "C0")
        if not between:
            report = queries.entry(desk.reader, desk.record(drafted).seq)
            assert tuple((row.account, row.amount_fen) for row in report.postings) == tuple(
                (line.account, line.amount_fen) for line in drafted.entry.postings
            )
            return
        before = queries.head(desk.reader), _refunded(desk, made)
        with pytest.raises(StaleQuote):
            desk.record(drafted)
        assert (queries.head(desk.reader), _refunded(desk, made)) == before


# Law 50. What each command of the desk may change, and nothing else: a command that is not here fails the test.

BY_FIGURES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("balances",): ("post", "post_many"),
    ("balances", "paid"): ("post_statement", "match_transfers", "pay"),
    ("balances", "refunded"): ("record", "approve", "reverse"),
    ("closed",): ("close",),
    ("closed", "words"): ("reopen",),
    ("words",): ("ask", "ask_reopening", "store_approval"),
    (): (
        *("store_facts", "store_statement", "store_match", "history", "facts", "finish"),
        *("note_buyers", "note_payee", "note_remark", "erase_person"),
    ),
}
MAY_CHANGE = {command: set(figures) for figures, commands in BY_FIGURES.items() for command in commands}
LINE = StatementLine(row_no=1, reference="O1", line_json="{}")
COMMANDS: dict[str, Callable[[Desk], Any]] = {
    "post": lambda desk: desk.post(an_entry(), key="new"),
    "post_many": lambda desk: desk.post_many([KeyedEntry(entry=an_entry(), key="many")]),
    "post_statement": lambda desk: desk.post_statement([sent("S1", 700, "O1")]),
    "match_transfers": lambda desk: desk.match_transfers([sent("S2", 700, "O1")]),
    "pay": lambda desk: desk.pay(Payment(claims=("P1",), serial="S3", on=DAY)),
    "record": lambda desk: desk.record(a_recording("C9", 20, before=50)),
    "approve": lambda desk: desk.approve(to_be_approved("A1", before=50)),
    "reverse": lambda desk: desk.reverse(2, DAY, "退款取消"),
    "close": lambda desk: desk.close("2026-10"),
    "reopen": lambda desk: reopen(desk, "2026-09"),
    "ask": lambda desk: desk.ask(to_be_approved("A9", before=50)),
    "ask_reopening": lambda desk: desk.ask_reopening("2026-09", "又漏记"),
    "store_approval": lambda desk: desk.store_approval(ask("A7")),
    "store_facts": lambda desk: desk.store_facts(OrderFacts(order_no="O1", facts_json="{}")),
    "store_statement": lambda desk: desk.store_statement(
        Statement(name="b", layout="alipay", sha256="b" * 64, lines=(LINE,))
    ),
    "store_match": lambda desk: desk.store_match(
        Match(line_op_no=_file(desk.reader), row_no=1, action="explain", reason="手续费")
    ),
    "note_buyers": lambda desk: desk.note_buyers({"O2": Buyer(nick="李四")}, iter("st")),
    "note_payee": lambda desk: desk.note_payee("O1", "a@b.cn", "s"),
    "note_remark": lambda desk: desk.note_remark("谢谢", "s"),
    "erase_person": lambda desk: desk.erase_person(desk.note_remark("再见", "s")),
    "history": lambda desk: desk.history("O1"),
    "facts": lambda desk: desk.facts("O1"),
    "finish": lambda desk: desk.finish(),
}


def _file(reader: Reader) -> int:
    select = "SELECT op_no FROM statement"
    return int(reader.connection.exec_driver_sql(select).scalar() or 0)


def _prepare(book: Book) -> None:
    """A book in which every command has something to do."""
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(), key="first")
        desk.record(a_recording("C1", 50))
        desk.record(owed("P1", 700))
        desk.ask(to_be_approved("A1", before=50))
        desk.store_statement(Statement(name="a", layout="alipay", sha256="a" * 64, lines=(LINE,)))
        desk.close("2026-09")
        desk.ask_reopening("2026-09", "漏记")


def _figures(reader: Reader) -> dict[str, Any]:
    return {
        "balances": _balances(reader),
        "refunded": [queries.refunded(reader, one) for one in ("O1", "O2")],
        "paid": [queries.refunded(reader, f"owed:{seq}") for seq in range(1, 9)],
        "closed": periods.last_closed(reader),
        "words": [
            approving.words(reader, *one) for one in (("claim", "A7"), ("claim", "A9"), ("reopen", "2026-09"))
        ],
    }


@pytest.mark.parametrize("command", sorted(MAY_CHANGE))
def test_law_50_a_command_changes_what_it_is_for_and_nothing_else(book: Book, command: str) -> None:
    _prepare(book)
    with book.writing(actor="wang", now=NOW) as desk:
        before = _figures(desk.reader)
        with handed_to(desk, "li") if command in {"approve", "reopen"} else contextlib.nullcontext():
            COMMANDS[command](desk)
        after = _figures(desk.reader)
    changed = {name for name, figure in after.items() if figure != before[name]}
    assert changed == MAY_CHANGE[command]


def test_law_50_every_command_of_the_desk_is_among_them() -> None:
    public = {name for name, _ in inspect.getmembers(Desk, inspect.isfunction) if not name.startswith("_")}
    assert public == MAY_CHANGE.keys() == COMMANDS.keys()


@FEW
@given(
    fens=st.lists(st.integers(AMOUNT_MAX_FEN - 5, AMOUNT_MAX_FEN), min_size=1, max_size=5),
    account=st.sampled_from(sorted(ACCOUNTS)),
)
def test_law_54_the_largest_sums_are_exact_and_a_million_of_them_stay_within_64_bits(
    new_book: NewBook, fens: list[int], account: str
) -> None:
    assert 10**6 * AMOUNT_MAX_FEN < 2**63
    other = "1002" if account != "1002" else "1405"
    with new_book() as book:
        for number, fen in enumerate(fens):
            entry = an_entry(fen)
            lines = tuple(
                type(line)(account=code, amount_fen=line.amount_fen)
                for code, line in zip((account, other), entry.postings, strict=True)
            )
            post(book, an_entry(postings=lines), str(number))
        with book.reading() as reader:
            assert queries.balance(reader, account) == sum(fens)
            assert queries.balance(reader, other) == -sum(fens)
            assert replay(reader).first_difference is None


class _Lost(Exception):
    """What the caller sees of an answer that never came."""


@pytest.mark.parametrize("command", ["post", "record", "reverse", "pay", "close"])
def test_law_58_whoever_lost_the_answer_asks_again_and_gets_what_was_stored(book: Book, command: str) -> None:
    _prepare(book)

    def done(now: int) -> Any:
        with book.writing(actor="wang", now=NOW + timedelta(days=now)) as desk:
            return COMMANDS[command](desk)

    with pytest.raises(_Lost):
        _lose(done(0))
    before = dump(book)
    if command == "reverse":  # it has no key but its entry, and names the reversal that stands
        with book.reading() as reader:
            standing = queries.entry(reader, 2).reversed_by
        with pytest.raises(NotReversible, match=f"already reversed by entry {standing}"):
            done(1)
    else:
        assert done(1).again
    assert dump(book) == before


def _lose(answer: object) -> None:
    raise _Lost from None
