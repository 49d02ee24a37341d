"""What the ledger says of Alipay: what it moved, what it expects, and what is booked of which line."""

from datetime import date

import pytest

from ledger.account_moves import CLEARING, Booking, account_moves, clearing_key, opening_fen
from ledger.book import Book
from ledger.journal import JournalEntry, Posting
from ledger.opening import opening_entry
from ledger.statement_postings import serial_of, statement_entry
from tests.ledger.samples import NOW, a_recording

ON = date(2026, 10, 8)


def an_entry(kind: str, fen: int, debit: str, credit: str, narration: str = "x") -> JournalEntry:
    postings = (Posting(account=debit, amount_fen=fen), Posting(account=credit, amount_fen=-fen))
    return JournalEntry(kind=kind, effective_on=ON, narration=narration, postings=postings, order_no="O1")


def _told(book: Book) -> list[tuple[str, int, bool]]:
    with book.reading() as reader:
        return [(move.meaning, move.fen, move.is_on_account) for move in account_moves(reader).moves]


@pytest.mark.parametrize(
    ("entry", "told"),
    [
        (an_entry("order_confirmed", 100, "1012.01", "1122.01"), [("receipt", 100, True)]),
        (an_entry("order_delivered", 100, "1122.02", "5001.01"), [("cod_remittance", 100, False)]),
        (an_entry("settlement", 100, "5001.02", "1012.01"), [("refund", -100, True)]),
        (an_entry("settlement", 100, "1012.01", "5051.01"), [("receipt", 100, True)]),
        (an_entry("settlement", 100, "5601.03", "1012.01", "信用卡手续费"), [("card_fee", -100, True)]),
        (an_entry("settlement", 100, "1012.01", "1221.01", "收到快递理赔"), [("courier_claim", 100, True)]),
        (an_entry("settlement", 100, "5001.03", "2241.02"), [("buyer_transfer", -100, False)]),
        (an_entry("settlement", 100, "5601.06", "1012.02"), [("compensation", -100, False)]),
        (
            an_entry("payment", 100, "2241.03", "1012.01"),
            [("buyer_transfer", 100, False), ("buyer_transfer", -100, True)],
        ),
        (an_entry("settlement", 100, "5001.03", "2241.03"), [("buyer_transfer", -100, False)]),
        (an_entry("payment", 100, "1012.02", "1002"), []),
        (an_entry("settlement", 100, "5001.03", "2203.02"), []),
    ],
)
def test_each_entry_moves_or_awaits_what_the_statement_would_say(
    book: Book, entry: JournalEntry, told: list[tuple[str, int, bool]]
) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        if entry.kind == "settlement":
            settled = JournalEntry(
                kind="settlement",
                effective_on=ON,
                narration=entry.narration,
                postings=entry.postings,
                order_no="O1",
                claim_no="C1",
            )
            desk.record(a_recording(entry=settled))
        else:
            desk.post(entry, key="a")
    assert _told(book) == told


def test_a_reversal_moves_back_what_it_reverses_under_the_same_meaning(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post(an_entry("order_confirmed", 100, "1012.01", "1122.01"), key="a")
        desk.reverse(posted.seq, ON, "wrong")
    assert _told(book) == [("receipt", 100, True), ("receipt", -100, True)]


def test_each_posting_of_a_compound_entry_has_the_meaning_of_its_own_draft(book: Book) -> None:
    lines = [
        Posting(account="5001.02", amount_fen=100, narration="退货退款"),
        Posting(account="1012.01", amount_fen=-100, narration="退货退款"),
        Posting(account="5601.03", amount_fen=8, narration="信用卡手续费"),
        Posting(account="1012.01", amount_fen=-8, narration="信用卡手续费"),
    ]
    entry = JournalEntry(
        kind="settlement", effective_on=ON, narration="x", postings=tuple(lines), order_no="O1", claim_no="C1"
    )
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.record(a_recording(entry=entry))
        desk.reverse(posted.seq, ON, "wrong")
    assert [(meaning, fen) for meaning, fen, _ in _told(book)] == [
        ("refund", -100),
        ("card_fee", -8),
        ("refund", 100),
        ("card_fee", 8),
    ]


def test_a_line_is_booked_until_its_entry_is_reversed(book: Book) -> None:
    entry = statement_entry("77", "commission", ON, (-475, "O1"))
    assert entry is not None
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post_many([entry])[0]
        assert account_moves(desk.reader).booked == {"77": Booking(seq=posted.seq, on=ON, fen=-475)}
        back = desk.reverse(posted.seq, ON, "wrong")
        booked = account_moves(desk.reader).booked["77"]
    assert (booked.fen, booked.reversed_by) == (0, back.seq)
    assert _told(book) == []


def test_the_last_explanation_of_a_line_counts(book: Book) -> None:
    entry = an_entry("statement", 500, "5601.05", "1012.01")
    with book.writing(actor="wang", now=NOW) as desk:
        first = desk.post(entry, key=clearing_key("77", None), command=CLEARING)
        assert account_moves(desk.reader).cleared["77"].fen == -500
        desk.reverse(first.seq, ON, "wrong")
        taken_back = account_moves(desk.reader).cleared["77"]
        second = desk.post(entry, key=clearing_key("77", taken_back), command=CLEARING)
        cleared = account_moves(desk.reader).cleared["77"]
    assert (taken_back.fen, taken_back.reversed_by) == (0, first.seq + 1)
    assert (cleared.seq, cleared.fen, cleared.reversed_by) == (second.seq, -500, None)


def test_a_payment_by_hand_awaits_its_line_and_is_booked_once_the_line_is_known(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        posted = desk.post(an_entry("payment", 500, "2241.02", "1012.01"), key="alipay:77")
        waiting = account_moves(desk.reader)
        seen = account_moves(desk.reader, {"77"})
    assert [(move.fen, move.is_on_account) for move in waiting.moves] == [(500, False), (-500, True)]
    assert (waiting.booked, seen.moves) == ({}, [])
    assert seen.booked == {"77": Booking(seq=posted.seq, on=ON, fen=-500)}


def test_keys_tell_their_serial() -> None:
    before = Booking(seq=12, on=ON, fen=0)
    assert [serial_of(key) for key in ("alipay:7", clearing_key("7", None), clearing_key("7", before))] == [
        "7",
        "7",
        "7",
    ]


def test_a_month_opens_with_all_before_it_and_its_own_opening(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(opening_entry({"1012.01": 50_00}, date(2026, 10, 1)), key="opening", command="init")
        desk.post(an_entry("order_confirmed", 100, "1012.01", "1122.01"), key="a")
    with book.reading() as reader:
        assert [opening_fen(reader, month) for month in ("2026-09", "2026-10", "2026-11")] == [0, 5000, 5100]
