"""The rules that a month's settlements went by: every value used, and every clause that gave something.

They are gathered from the recorded answers, not from the rulebook of today; the manual's words come from the
rulebook that was stored when the settlement was recorded, the last one where several say the same.
"""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

import sqlalchemy as sa

from calculators.errors import BadRulebook
from calculators.layers import MANUALS
from calculators.rulebook import Rulebook
from ledger import queries
from ledger.quoting import rulebook_from_text
from ledger.reading import SETTLED, E, Reader, S
from ledger.reports_of_closes import ClauseRow, ParameterRow

_NO_RULEBOOK = Rulebook(text="", digest="")


class _Use(NamedTuple):
    """One value as an answer names it."""

    rule: str
    name: str
    value: str
    layer: str
    since: str
    citation: str


def rules_in_force(reader: Reader, period: str) -> tuple[tuple[ParameterRow, ...], tuple[ClauseRow, ...]]:
    """The parameters and the clauses of a month's settlements, in the order of their clauses."""
    uses: Counter[_Use] = Counter()
    stored: dict[_Use | str, str] = {}
    for digest, item in _items(reader, period):
        used = [_use(name, one) for name, one in item.get("parameters", {}).items()]
        uses.update(used)
        stored |= dict.fromkeys([*used, item["rule"]], digest)
    books = {digest: stored_rulebook(reader, digest) or _NO_RULEBOOK for digest in set(stored.values())}
    clauses = sorted(rule for rule in stored if isinstance(rule, str))
    return (
        tuple(_parameter(books[stored[use]], use, uses[use]) for use in sorted(uses)),
        tuple(_clause(books[stored[rule]], rule) for rule in clauses),
    )


def stored_rulebook(reader: Reader, digest: str) -> Rulebook | None:
    """The rulebook of a digest; nothing where today's program cannot read what an older one stored."""
    try:
        return rulebook_from_text(queries.rulebook_text(reader, digest) or "")
    except BadRulebook:
        return None


def _items(reader: Reader, period: str) -> Iterator[tuple[str, dict[str, Any]]]:
    select = sa.select(S.answer_json, S.rulebook_digest).select_from(SETTLED)
    where = (E.book == reader.book, E.period == period)
    for row in reader.pages(select.where(*where).order_by(E.seq)):
        for item in json.loads(row["answer_json"]).get("items", ()):
            yield row["rulebook_digest"], item


def _use(name: str, used: dict[str, Any]) -> _Use:
    since, citation = used.get("from") or "", used.get("citation", "")
    return _Use(used["rule"], name, used["value"], used["layer"], since, citation)


def _parameter(book: Rulebook, use: _Use, uses: int) -> ParameterRow:
    defined, clause = book.defined(use.name), _clause(book, use.rule)
    return ParameterRow(
        rule=use.rule,
        name=use.name,
        value=use.value,
        unit=defined.unit if defined else "",
        layer=use.layer,
        since_on=date.fromisoformat(use.since) if use.since else None,
        uses=uses,
        document=clause.document if use.layer == MANUALS else "",
        quotation=use.citation or clause.quotation,
    )


def _clause(book: Rulebook, rule: str) -> ClauseRow:
    known_rule = book.rules.get(rule)
    if known_rule is None:
        return ClauseRow(rule=rule, document="", quotation="")
    document = book.documents.get(known_rule.document)
    return ClauseRow(
        rule=rule,
        document=document.title if document else "",
        quotation=" / ".join(known_rule.quotations) or known_rule.citation,
    )
