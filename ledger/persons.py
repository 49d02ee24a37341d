"""People: what the book knows of them outside the chain, in the one table that can be erased.

A row is a buyer as an order report names one, or words that somebody wrote. The chain holds no more than its key,
a digest salted with what the row alone keeps; once the row is gone, nobody can try names against the key. A
buyer's row is found by what the chain says of the order, so that an erased one is not noted a second time.
"""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from ledger import inserting
from ledger import tables as t
from ledger.canonical import digest
from ledger.chain import Chain
from ledger.journal import check_text
from ledger.reading import E, Reader, S, moment

LINK = "buyer"
REMARK = "said"
_PAYEE = "payee:"
_REMARK_LENGTH = 24
_REMARK_KEY = re.compile(r"[0-9a-f]{24}")
_REFERENCE = re.compile(r"附言 ([0-9a-f]{24})")
_SHORT_KEY = re.compile(r"[0-9a-f]{12,63}")
_NAME_MIN = 2
_BATCH = 500
_C = t.person.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """A buyer as a report names one: the nick, masked or not, and the account money can go back to."""

    nick: str = ""
    payee: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One row of the side table: a buyer with nick and account, or as `nick` the words that somebody wrote."""

    person_key: str
    nick: str | None
    payee: str | None
    noted_at: datetime

    @property
    def is_remark(self) -> bool:
        """Whether it is not a buyer but what somebody wrote."""
        return bool(_REMARK_KEY.fullmatch(self.person_key))


def may_know(reader: Reader) -> bool:
    """Whether whoever asks may see people at all; an auditor on PostgreSQL may not."""
    if reader.connection.dialect.name == "sqlite":
        return True
    asked = sa.func.has_table_privilege(t.person.name, "SELECT")
    return bool(reader.connection.execute(sa.select(asked)).scalar())


def person_key(salt: str, *said: str) -> str:
    """The key under which the chain knows a person: a digest nobody can guess who has not the salt."""
    return digest(("settle person 1", salt, *said))


def person(reader: Reader, key: str) -> Person | None:
    """The row of a key, or of its first twelve digits or more; None where it is erased or never was."""
    return next(iter(_persons(reader, _keyed(key))), None)


def buyer_of(reader: Reader, order_no: str) -> Person | None:
    """The buyer of an order; None where no report named one or where the buyer is erased."""
    key = buyers(reader, [order_no]).get(order_no)
    return person(reader, key) if key else None


def payee_of(reader: Reader, order_no: str) -> str | None:
    """The account to pay an order's buyer by: the one noted last for the order, else the one its report gave."""
    noted = _persons(reader, _C.person_key.startswith(_payee_key(order_no), autoescape=True))
    if noted:
        return max(noted, key=lambda one: (len(one.person_key), one.person_key)).payee
    buyer = buyer_of(reader, order_no)
    return buyer.payee if buyer else None


def payees(reader: Reader, order_nos: Collection[str]) -> dict[str, str]:
    """By order, the account to pay its buyer by, as `payee_of` has it; nothing for whoever may not know people."""
    if not order_nos or not may_know(reader):
        return {}
    bought = buyers(reader, order_nos)
    keys = _batches(set(bought.values()))
    accounts = {
        one.person_key: one.payee for batch in keys for one in _persons(reader, _C.person_key.in_(batch))
    }
    found = {order_no: accounts.get(key) for order_no, key in bought.items()}
    notes = _persons(reader, _C.person_key.startswith(_PAYEE, autoescape=True))
    for one in sorted(notes, key=lambda one: (len(one.person_key), one.person_key)):
        order_no = one.person_key.removeprefix(_PAYEE).rpartition(":")[0]
        found |= {order_no: one.payee} if order_no in order_nos else {}
    return {order_no: account for order_no, account in found.items() if account}


def buyers(reader: Reader, order_nos: Collection[str]) -> dict[str, str]:
    """By order, the key of its buyer as the chain has it, also of one who is erased."""
    c = t.statement_line.c
    found: dict[str, str] = {}
    for batch in _batches(order_nos):
        select = sa.select(c.reference, c.line_json).where(c.book == reader.book, c.reference.in_(batch))
        for row in reader.rows(select.order_by(c.op_no.desc(), c.row_no.desc())):
            found |= _link(row)
    return found


def known_as(reader: Reader, name: str) -> tuple[Person, ...]:
    """Everybody known under a name: a nick, an account, a key or an order number.

    With them come all rows of the same nick, and the words that name one of them.
    """
    key = buyers(reader, [name]).get(name, name)
    of_order = _C.person_key.startswith(_payee_key(name), autoescape=True)
    which = [_keyed(key), of_order, *([_C.nick == name, _C.payee == name] if is_telling(name) else [])]
    found = _persons(reader, sa.or_(*which))
    people = [one for one in found if not one.is_remark]
    nicks = {one.nick for one in people if is_telling(one.nick)}
    names = {name, *nicks, *(one.payee for one in people)}
    same = _persons(reader, sa.or_(_C.nick.in_(nicks), *_in_words(names)))
    return tuple({one.person_key: one for one in (*found, *same)}.values())


def remarks_about(reader: Reader, order_no: str) -> tuple[Person, ...]:
    """The words kept aside that stand with the order's lines, entries, claims and matches."""
    found = {key for text in _texts(reader, order_no) for key in _REFERENCE.findall(text)}
    return _persons(reader, _C.person_key.in_(found)) if found else ()


def is_telling(name: str | None) -> bool:
    """Whether a name tells one person from another: a platform's masked one does not."""
    return bool(name) and "*" not in str(name)


def reference(key: str) -> str:
    """How the chain refers to words that are kept aside."""
    return f"附言 {key}"


def note_buyers(chain: Chain, named: Mapping[str, Buyer], salts: Iterator[str]) -> dict[str, str]:
    """Note who bought each order, once a person; answers the key of each, that of an erased one unchanged.

    A masked nick tells nobody from another, so it is a person of its own with every order.
    """
    keys = buyers(chain.reader, named)
    known = _known(chain.reader, [one for order_no, one in named.items() if order_no not in keys])
    for order_no, one in named.items():
        if order_no in keys or one == Buyer():
            continue
        key = known.get(one)
        if key is None:
            salt = next(salts)
            key = person_key(salt, one.nick, one.payee)
            _note(chain, (key, salt), one)
        if is_telling(one.nick):
            known[one] = key
        keys[order_no] = key
    return {order_no: key for order_no, key in keys.items() if order_no in named}


def note_payee(chain: Chain, order_no: str, payee: str, salt: str) -> None:
    """Note the account that an order's buyer asked to be paid by; the one noted last counts."""
    if payee_of(chain.reader, order_no) == payee:
        return
    found = _persons(chain.reader, _C.person_key.startswith(_payee_key(order_no), autoescape=True))
    _note(chain, (f"{_payee_key(order_no)}{len(found) + 1}", salt), Buyer(payee=payee))


def note_remark(chain: Chain, words: str, salt: str) -> str:
    """Keep words aside; answers how the chain is to refer to them."""
    key = person_key(salt, words)[:_REMARK_LENGTH]
    _note(chain, (key, salt), Buyer(nick=words))
    return reference(key)


def write_anew(reader: Reader) -> None:
    """Write the people who are left into new pages of a SQLite file; a server does so in its own time.

    `secure_delete` overwrites a row that is deleted, but not the copies of it that pages keep in their unused
    parts when rows move between them. A table that is emptied gives back all its pages, overwritten whole.
    """
    if reader.connection.dialect.name != "sqlite":
        return
    select = sa.select(t.person).order_by(*t.person.primary_key)
    rows = [dict(row) for row in reader.rows(select)]
    reader.connection.exec_driver_sql("DELETE FROM person")
    if rows:
        inserting.insert(reader.connection, t.person, rows)


def _note(chain: Chain, key: tuple[str, str], one: Buyer) -> None:
    check_text("nick", one.nick)
    check_text("payee", one.payee)
    row = {
        "book": chain.reader.book,
        "person_key": key[0],
        "salt": key[1],
        "nick": one.nick or None,
        "payee": one.payee or None,
        "noted_at": chain.recorded_at,
    }
    chain.insert(t.person, [row])


def _known(reader: Reader, named: Iterable[Buyer]) -> dict[Buyer, str]:
    """The keys of those who are noted already, of the ones whose nick tells them from others."""
    nicks = {one.nick for one in named if is_telling(one.nick)}
    found = (one for batch in _batches(nicks) for one in _persons(reader, _C.nick.in_(batch)))
    return {
        Buyer(nick=one.nick or "", payee=one.payee or ""): one.person_key
        for one in found
        if not one.is_remark
    }


def _payee_key(order_no: str) -> str:
    return f"{_PAYEE}{order_no}:"


def _in_words(names: Iterable[str | None]) -> list[sa.ColumnElement[bool]]:
    """The words in which one of the names stands; too short a one would stand in anybody's."""
    is_remark = sa.func.length(_C.person_key) == _REMARK_LENGTH
    telling = (name for name in names if name and is_telling(name) and len(name) >= _NAME_MIN)
    return [is_remark & _C.nick.contains(name, autoescape=True) for name in telling]


def _keyed(key: str) -> sa.ColumnElement[bool]:
    is_short = _SHORT_KEY.fullmatch(key)
    return _C.person_key.startswith(key) if is_short else _C.person_key == key


def _persons(reader: Reader, which: sa.ColumnElement[bool]) -> tuple[Person, ...]:
    select = sa.select(_C.person_key, _C.nick, _C.payee, _C.noted_at)
    rows = reader.rows(select.where(_C.book == reader.book, which).order_by(_C.person_key))
    return tuple(Person(**{**row, "noted_at": moment(row["noted_at"])}) for row in rows)


def _link(row: sa.RowMapping) -> dict[str, str]:
    key = json.loads(row["line_json"]).get(LINK)
    return {row["reference"]: key} if key else {}


def _texts(reader: Reader, order_no: str) -> Iterator[str]:
    """Whatever the chain says about an order in which words kept aside may be referred to."""
    line, match, asked = t.statement_line.c, t.line_match.c, t.approval.c
    claims = sa.select(S.claim_no).where(S.book == reader.book, S.subject == order_no)
    about = (
        (E.narration, E.order_no == order_no),
        (match.reason, match.order_no == order_no),
        (asked.reason, (asked.matter == "claim") & asked.subject.in_(claims)),
        (line.line_json, line.reference == order_no),
    )
    for column, which in about:
        select = sa.select(column.label("text")).where(column.table.c.book == reader.book, which)
        said = (row["text"] for row in reader.rows(select))
        yield from (
            said if column is not line.line_json else (json.loads(text).get(REMARK, "") for text in said)
        )


def _batches(names: Collection[str]) -> Iterator[list[str]]:
    listed = sorted(names)
    return (listed[start : start + _BATCH] for start in range(0, len(listed), _BATCH))
