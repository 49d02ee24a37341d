"""Whether a statement joins those before and after it: one closes with what the next one opens with."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from calculators.money import format_yuan
from cli.errors import BadFile, Fault
from cli.readers import ReadFile
from cli.readers.rows import StatementFacts
from ledger.imported import serials_of, spans
from ledger.reading import Reader
from ledger.reports import StatementSpan

_DAY = timedelta(days=1)


def check_joins(reader: Reader, file: ReadFile) -> tuple[Fault, ...]:
    """What a person should know of the days between statements; `BadFile` where balances do not join.

    Only statements of the same layout and account are neighbours. Where one overlaps another, both must have the
    same lines there: the same days in another layout have other serials, and would be booked a second time.
    """
    said = file.statement
    if said is None:
        return ()
    others = [
        span
        for span in spans(reader)
        if (span.layout, span.account_digest) == (file.layout, said.account_digest)
        and span.sha256 != file.sha256
    ]
    torn = [*_torn(file.name, others, said), *_doubled(reader, file, others)]
    if torn:
        raise BadFile(torn)
    return tuple(_missing(file.name, others, said))


def _torn(name: str, others: Iterable[StatementSpan], said: StatementFacts) -> Iterable[Fault]:
    for other in others:
        if other.last_on + _DAY == said.first_on:
            closing, opening = other.closing_fen, said.opening_fen
        elif said.last_on + _DAY == other.first_on:
            closing, opening = said.closing_fen, other.opening_fen
        else:
            continue
        if closing is not None and opening is not None and closing != opening:
            detail = f"({other.name}: {format_yuan(closing)} ≠ {format_yuan(opening)})"
            yield Fault(code="months_do_not_join", file=name, detail=detail)


def _doubled(reader: Reader, file: ReadFile, others: Iterable[StatementSpan]) -> Iterable[Fault]:
    for other in others:
        within = [
            line for line in file.lines if other.first_on <= line.at.date() and line.at < other.covered_until
        ]
        known = serials_of(reader, other.sha256) if within else frozenset()
        strange = [line for line in within if line.serial not in known]
        if strange:
            detail = f"({other.name}: {len(strange)})"
            yield Fault(code="overlap_differs", file=file.name, row=strange[0].row, detail=detail)


def _missing(name: str, others: Sequence[StatementSpan], said: StatementFacts) -> Iterable[Fault]:
    """The days before this statement that none covers, since the last one that ended before it."""
    covers = any(other.first_on <= said.first_on - _DAY <= other.last_on for other in others)
    ended = [other.last_on for other in others if other.last_on < said.first_on]
    if ended and not covers:
        lacking = f"({max(ended) + _DAY} … {said.first_on - _DAY})"
        yield Fault(code="month_missing", file=name, detail=lacking)
