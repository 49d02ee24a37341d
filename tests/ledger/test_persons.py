"""People beside the chain, on both engines: noted once, found by their orders, erased for good."""

import json
import random
from collections.abc import Iterator
from itertools import count

import pytest

from ledger import queries
from ledger.book import Book
from ledger.desk import Desk
from ledger.persons import (
    LINK,
    REMARK,
    Buyer,
    buyer_of,
    buyers,
    known_as,
    may_know,
    payee_of,
    payees,
    person,
    person_key,
    remarks_about,
)
from ledger.recordings import Statement, StatementLine
from ledger.replay import replay
from ledger.verify import verify_reader
from tests.ledger.samples import DAY, NOW, StatementFailed, an_entry, dump, failing, path_of

ALICE = Buyer(nick="alice_1990", payee="alice@example.com")
MASKED = Buyer(nick="tb***1")


def salts(of: str = "a") -> Iterator[str]:
    return (f"salt {of}{number}" for number in count())


def imported(desk: Desk, sha256: str, named: dict[str, Buyer], **more: str) -> dict[str, str]:
    """An order report as an import stores one: the buyers noted, their keys in its lines."""
    keys = desk.note_buyers(named, salts(sha256))
    lines = tuple(
        StatementLine(
            row_no=row, reference=order_no, line_json=json.dumps({LINK: keys.get(order_no), **more})
        )
        for row, order_no in enumerate(named, start=2)
    )
    desk.store_statement(Statement(name="orders.csv", layout="order_report", sha256=sha256 * 64, lines=lines))
    return keys


def written(book: Book, sha256: str, named: dict[str, Buyer], **more: str) -> dict[str, str]:
    with book.writing(actor="wang", now=NOW) as desk:
        return imported(desk, sha256, named, **more)


def test_a_buyer_is_found_by_the_order_and_the_chain_has_no_more_than_a_key(book: Book) -> None:
    keys = written(book, "a", {"O1": ALICE})
    assert keys == {"O1": person_key("salt a0", ALICE.nick, ALICE.payee)}
    with book.reading() as reader:
        found = buyer_of(reader, "O1")
        assert found is not None
        assert (found.nick, found.payee, found.is_remark) == (ALICE.nick, ALICE.payee, False)
        assert found.noted_at == NOW
        assert buyer_of(reader, "O2") is None
        (line,) = queries.statement_lines(reader, "O1")
    assert ALICE.nick not in line.line_json
    assert ALICE.payee not in line.line_json


def test_the_same_buyer_is_one_person_whose_masked_nick_is_one_an_order(book: Book) -> None:
    keys = written(book, "a", {"O1": ALICE, "O2": ALICE, "O3": MASKED, "O4": MASKED})
    assert keys["O1"] == keys["O2"]
    assert len(set(keys.values())) == 3
    later = written(book, "b", {"O5": ALICE, "O6": Buyer(nick=ALICE.nick), "O7": Buyer()})
    assert later["O5"] == keys["O1"]
    assert later["O6"] != keys["O1"]
    assert "O7" not in later


def test_another_file_with_the_same_order_adds_nobody(book: Book) -> None:
    keys = written(book, "a", {"O1": ALICE, "O2": MASKED})
    before = dump(book).count(MASKED.nick)
    assert written(book, "b", {"O1": ALICE, "O2": MASKED}) == keys
    assert dump(book).count(MASKED.nick) == before


@pytest.mark.parametrize(
    "name", ["O1", ALICE.nick, ALICE.payee, person_key("salt a0", *("alice_1990", "alice@example.com"))]
)
def test_a_person_is_known_by_order_nick_account_and_key(book: Book, name: str) -> None:
    written(book, "a", {"O1": ALICE, "O2": Buyer(nick=ALICE.nick, payee="13800138000"), "O3": MASKED})
    with book.reading() as reader:
        assert {one.payee for one in known_as(reader, name)} == {ALICE.payee, "13800138000"}
        assert known_as(reader, "nobody") == ()


def test_a_masked_nick_names_only_the_person_of_its_order(book: Book) -> None:
    written(book, "a", {"O1": MASKED, "O2": MASKED})
    with book.reading() as reader:
        (found,) = known_as(reader, "O1")
        assert known_as(reader, MASKED.nick) == ()
        assert person(reader, found.person_key[:12]) == found
        assert person(reader, found.person_key[:11]) is None


def test_an_erased_person_stays_erased_and_the_book_still_agrees(book: Book) -> None:
    keys = written(book, "a", {"O1": ALICE})
    with book.writing(actor="wang", now=NOW) as desk:
        desk.post(an_entry(order_no="O1"), key="paid")
    with book.reading() as reader:
        head = queries.head(reader)
    with book.writing(actor="li", now=NOW) as desk:
        assert desk.erase_person(keys["O1"], "expired")
        assert not desk.erase_person(keys["O1"], "expired")
    assert written(book, "b", {"O1": ALICE}) == keys
    new = written(book, "c", {"O2": ALICE})
    with book.reading() as reader:
        assert queries.head(reader) == head
        assert buyers(reader, ["O1", "O2"]) == keys | new
        assert buyer_of(reader, "O1") is None
        assert buyer_of(reader, "O2") is not None
        assert replay(reader).first_difference is None
        assert verify_reader(reader).findings == ()


def test_a_reason_that_is_none_of_the_few_is_a_slip_of_ours(book: Book) -> None:
    keys = written(book, "a", {"O1": ALICE})
    with pytest.raises(ValueError, match="no reason"), book.writing(actor="li", now=NOW) as desk:
        desk.erase_person(keys["O1"], "张三 asked")


def _post_and_swallow(desk: Desk, person_key: str) -> None:
    desk.post(an_entry(order_no="O1"), key="paid")
    broken = failing(desk.reader.connection, lambda said: said.startswith("DELETE FROM person"))
    with broken, pytest.raises(StatementFailed):
        desk.erase_person(person_key)


def test_an_erasure_that_failed_and_was_swallowed_voids_the_turn(book: Book) -> None:
    keys, before = written(book, "a", {"O1": ALICE}), dump(book)
    with pytest.raises(RuntimeError, match="nothing"), book.writing(actor="li", now=NOW) as desk:
        _post_and_swallow(desk, keys["O1"])
    assert dump(book) == before


def test_words_are_kept_aside_and_found_by_the_order_that_they_are_about(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        words = ("退给张三", "李四来电", "别的事")
        said = [desk.note_remark(one, salt) for one, salt in zip(words, salts(), strict=False)]
        desk.post(an_entry(order_no="O1"), key="paid")
        desk.reverse(1, DAY, said[0])
        imported(desk, "a", {"O1": Buyer(), "O2": Buyer()}, **{REMARK: said[1]})
    with book.reading() as reader:
        found = remarks_about(reader, "O1")
        assert {one.nick for one in found} == {"退给张三", "李四来电"}
        assert all(one.is_remark and f"附言 {one.person_key}" in said for one in found)
        assert {one.nick for one in remarks_about(reader, "O2")} == {"李四来电"}
        assert remarks_about(reader, "O9") == ()
        (other,) = known_as(reader, said[2].removeprefix("附言 "))
        assert person(reader, other.person_key) == other
    assert dump(book).count("张三") == 1


def test_words_that_name_a_person_are_known_with_the_person(book: Book) -> None:
    written(book, "a", {"O1": ALICE, "O2": MASKED})
    with book.writing(actor="wang", now=NOW) as desk:
        for number, words in enumerate(("找 alice_1990", "退到 alice@example.com", "退到 50%_9", "tb***1")):
            desk.note_remark(words, f"salt {number}")
    with book.reading() as reader:
        assert {one.nick for one in known_as(reader, "O1") if one.is_remark} == {
            "找 alice_1990",
            "退到 alice@example.com",
        }
        assert {one.nick for one in known_as(reader, "O2")} == {MASKED.nick}
        assert [one.nick for one in known_as(reader, "退到 50%_9")] == ["退到 50%_9"]
        assert known_as(reader, "到") == known_as(reader, "5_%") == ()


def test_a_nick_is_never_taken_for_words_that_are_the_same(book: Book) -> None:
    with book.writing(actor="wang", now=NOW) as desk:
        desk.note_remark(ALICE.nick, "salt")
        keys = desk.note_buyers({"O1": Buyer(nick=ALICE.nick)}, salts())
    assert len(keys["O1"]) == 64


def test_the_account_that_was_named_last_is_the_one_to_pay_by(book: Book) -> None:
    written(book, "a", {"O1": ALICE, "O2": MASKED})
    with book.writing(actor="wang", now=NOW) as desk:
        assert [payee_of(desk.reader, order_no) for order_no in ("O1", "O2", "O3")] == [
            ALICE.payee,
            None,
            None,
        ]
        for number in range(12):
            desk.note_payee("O1", f"1380013{number:04d}", f"salt {number}")
        desk.note_payee("O1", "13800130011", "the same again")
        desk.note_payee("O3", "bob@example.com", "salt 99")
        assert payee_of(desk.reader, "O1") == "13800130011"
        assert payees(desk.reader, ["O1", "O2", "O9"]) == {"O1": "13800130011"}
        assert payees(desk.reader, []) == {}
        assert len(known_as(desk.reader, "O1")) == 13
        (bob,) = known_as(desk.reader, "O3")
        assert known_as(desk.reader, "bob@example.com") == (bob,)
        assert not bob.is_remark
        for one in known_as(desk.reader, "O1"):
            desk.erase_person(one.person_key)
        assert payee_of(desk.reader, "O1") is None
        assert payees(desk.reader, ["O1", "O3"]) == {"O3": "bob@example.com"}


def test_many_orders_are_noted_in_batches(book: Book) -> None:
    named = {f"O{number}": Buyer(nick=f"nick {number % 700}") for number in range(1200)}
    keys = written(book, "a", named)
    assert len(set(keys.values())) == 700
    with book.reading() as reader:
        assert buyers(reader, named) == keys
        assert may_know(reader)


def test_no_byte_of_the_erased_is_left_in_a_file(sqlite_book: Book) -> None:
    """Rows of many sizes, some over several pages, erased among rows that stay, with new ones in between."""
    drawn = random.Random(20261122)
    named = {
        f"O{number}": Buyer(nick=f"<{number}>" + "鹿" * drawn.choice((1, 9, 60, 900, 3000)))
        for number in range(900)
    }
    keys = written(sqlite_book, "a", named)
    gone = drawn.sample(sorted(named), 600)
    for start in range(0, len(gone), 200):
        with sqlite_book.writing(actor="li", now=NOW) as desk:
            assert all(desk.erase_person(keys[order_no]) for order_no in gone[start : start + 200])
        more = {f"N{start}-{number}": Buyer(nick=f"[{start}-{number}]") for number in range(50)}
        written(sqlite_book, "bcd"[start // 200], more)
    content = path_of(sqlite_book).read_bytes()
    left = [order_no for order_no in gone if f"<{order_no[1:]}>".encode() in content]
    assert left == []
    assert content.count("鹿".encode()) == sum(
        named[one].nick.count("鹿") for one in named if one not in gone
    )
    assert sum(f"<{order_no[1:]}>".encode() in content for order_no in named) == 300
