"""Storing: what the book keeps without an entry, each thing under an operation of its own.

Facts, imported files and rulebooks are only ever added. The operation that seals them is chained, and the
next entry commits to it, so that they are as hard to change as an entry is.
"""

import sqlalchemy as sa

from ledger import queries
from ledger import tables as t
from ledger.canonical import text_digest
from ledger.chain import Chain, Row
from ledger.chart import CHART
from ledger.errors import BadEntry, KeyConflict
from ledger.journal import CURRENCY, check_key, check_text
from ledger.reading import Reader
from ledger.recordings import Match, OrderFacts, Statement, StatementLine
from ledger.sealing import (
    ERASURES,
    LINE_MATCH,
    ORDER_FACTS,
    RULEBOOK,
    content_digest,
    erasure_digest,
    opening_digest,
    statement_digest,
)


def open_book(chain: Chain) -> None:
    """Write the book's own row and its chart of accounts, as its first operation."""
    book = {"book": chain.reader.book, "currency": CURRENCY, "created_at": chain.recorded_at}
    accounts: list[Row] = [
        {**leaf._asdict(), "book": book["book"], "op_no": chain.op_no + 1}
        for leaf in sorted(CHART, key=lambda leaf: leaf.code)
    ]
    chain.insert(t.book, [book])
    chain.insert(t.account, accounts)
    chain.seal_operation("open", book["book"], opening_digest(book, accounts))


def store_facts(chain: Chain, facts: OrderFacts) -> bool:
    """Keep an order's facts as its next version; false where the last version says the same."""
    check_key("order_no", facts.order_no)
    check_text("facts_json", facts.facts_json)
    check_text("source", facts.source or "")
    known = queries.facts(chain.reader, facts.order_no)
    if known and known.facts_json == facts.facts_json:
        return False
    row = {
        "book": chain.reader.book,
        "order_no": facts.order_no,
        "version": _versions(chain, facts.order_no) + 1,
        "facts_json": facts.facts_json,
        "source": facts.source,
        "op_no": chain.op_no + 1,
    }
    chain.insert(t.order_facts, [row])
    chain.seal_operation("facts", facts.order_no, content_digest(ORDER_FACTS, [row]))
    return True


def store_rulebook(chain: Chain, digest: str, text: str) -> None:
    """Keep a rulebook's text once per digest; `KeyConflict` where the digest stands for another text."""
    check_key("rulebook_digest", digest)
    known = queries.rulebook_text(chain.reader, digest)
    if known == text:
        return
    if known is not None:
        raise KeyConflict(digest, text_digest(known), text_digest(text))
    row = {"book": chain.reader.book, "digest": digest, "text": text, "op_no": chain.op_no + 1}
    chain.insert(t.rulebook, [row])
    chain.seal_operation("rulebook", digest, content_digest(RULEBOOK, [row]))


def store_statement(chain: Chain, statement: Statement) -> bool:
    """Keep an imported file with its lines; false where a file of the same digest is there."""
    check_text("name", statement.name)
    check_text("layout", statement.layout)
    if _is_known(chain, statement.sha256):
        return False
    row = {
        "book": chain.reader.book,
        "op_no": chain.op_no + 1,
        "name": statement.name,
        "layout": statement.layout,
        "sha256": statement.sha256,
        "line_count": len(statement.lines),
    }
    lines = [_line_row(row, line) for line in sorted(statement.lines, key=lambda line: line.row_no)]
    chain.insert(t.statement, [row])
    if lines:
        chain.insert(t.statement_line, lines)
    chain.seal_operation("statement", statement.sha256, statement_digest(row, lines))
    return True


def store_match(chain: Chain, match: Match) -> int:
    """Keep a person's word on a line of a stored file as its next version, which is answered.

    `BadEntry` for a line that the book does not have, and for a word that lacks what it needs.
    """
    _check_match(match)
    line = {"line_op_no": match.line_op_no, "row_no": match.row_no}
    if not _has_line(chain, match):
        raise BadEntry(f"file {match.line_op_no} has no row {match.row_no}, so nothing can be said of it")
    last = last_match(chain.reader, match.line_op_no, match.row_no)
    if match.action == "undo" and (last is None or last["action"] == "undo"):
        raise BadEntry(f"row {match.row_no} of file {match.line_op_no} has no match that could be undone")
    row: Row = {
        "book": chain.reader.book,
        **line,
        "version": last["version"] + 1 if last else 1,
        **{name: getattr(match, name) for name in ("action", "against_seq", "order_no", "reason", "owner")},
        "op_no": chain.op_no + 1,
    }
    chain.insert(t.line_match, [row])
    chain.seal_operation("match", f"{match.line_op_no}:{match.row_no}", content_digest(LINE_MATCH, [row]))
    return int(row["version"])


def erase_person(chain: Chain, person_key: str, reason: str) -> bool:
    """Erase what is known of a person, and log that it was and why; false where nothing is known under the key."""
    check_key("person_key", person_key)
    if reason not in ERASURES:
        raise ValueError(f"{reason} is no reason to erase anybody")
    c = t.person.c
    found = chain.erase(t.person, c.book == chain.reader.book, c.person_key == person_key)
    if found:
        chain.seal_operation("erase", person_key, erasure_digest(chain.reader.book, person_key, reason))
    return found


def _check_match(match: Match) -> None:
    for name in ("action", "reason", "order_no", "owner"):
        check_text(name, getattr(match, name) or "")
    if not match.reason.strip():
        raise BadEntry("a match needs a reason")
    if match.action == "match" and match.against_seq is None and match.order_no is None:
        raise BadEntry("a match names the entry or the order that the line belongs to")
    if match.action == "park" and not (match.owner or "").strip():
        raise BadEntry("a parked line needs an owner")


def _has_line(chain: Chain, match: Match) -> bool:
    c = t.statement_line.c
    select = sa.select(c.row_no).where(
        c.book == chain.reader.book, c.op_no == match.line_op_no, c.row_no == match.row_no
    )
    return chain.reader.first(select) is not None


def _versions(chain: Chain, order_no: str) -> int:
    c = t.order_facts.c
    select = sa.select(sa.func.max(c.version))
    return chain.reader.number(select.where(c.book == chain.reader.book, c.order_no == order_no))


def _is_known(chain: Chain, sha256: str) -> bool:
    c = t.statement.c
    return (
        chain.reader.first(sa.select(c.op_no).where(c.book == chain.reader.book, c.sha256 == sha256))
        is not None
    )


def _line_row(statement: Row, line: StatementLine) -> Row:
    check_text("line_json", line.line_json)
    return {
        "book": statement["book"],
        "op_no": statement["op_no"],
        "row_no": line.row_no,
        "reference": line.reference,
        "line_json": line.line_json,
    }


def last_match(reader: Reader, line_op_no: int, row_no: int) -> sa.RowMapping | None:
    """The last word on a line of a stored file, if anybody said one."""
    c = t.line_match.c
    select = sa.select(*c).where(c.book == reader.book, c.line_op_no == line_op_no, c.row_no == row_no)
    return reader.first(select.order_by(c.version.desc()).limit(1))
