"""Which files a month must have before it is closed: the reports that book it, and a statement for every day.

A file that was refused leaves no trace in the book, for an import writes whole or not at all; what it lacks then
shows. A report is expected where the book has had one of its kind, or where the month's statement has lines that
only such a report explains.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from calculators.days import SHANGHAI, first_of, last_of
from calculators.wording import Text, say
from ledger import imported, queries
from ledger.chart import ALIPAY
from ledger.reading import Reader
from ledger.reports import StatementSpan
from ledger.statement_lines import LAYOUT

# layout -> (the day that makes a row of it the month's, the statement lines that ask for it, its words)
_REPORTS = {
    "order_report": ("created_at", "receipt", say("订单报表、宝贝报表", "order and item report")),
    "refund_report": ("applied_at", "refund", say("退款报表", "refund report")),
}
_STATEMENT = say("支付宝账务明细", "Alipay statement")
_DAY = timedelta(days=1)


def missing_reports(reader: Reader, period: str) -> tuple[Text, ...]:
    """The reports that are expected of a month and have no row of it in the book; none before its first entry."""
    begun = queries.trial_balance(reader, period)
    if not begun and not _covering(reader, period):
        return ()
    had = {row.layout for row in queries.statements(reader)}
    lacking = [
        words
        for layout, (day, meaning, words) in _REPORTS.items()
        if (layout in had or _has_lines(reader, period, meaning))
        and not _has_rows(reader, layout, day, period)
    ]
    is_used = any(row.account == ALIPAY for row in begun)
    if not _covering(reader, period) and (LAYOUT in had or is_used):
        lacking.append(_STATEMENT)
    return tuple(lacking)


def uncovered_days(reader: Reader, period: str) -> tuple[tuple[date, date], ...]:
    """The first and last day of every span of a month that the statements of an account leave out.

    Nothing where the whole month has no statement, which is a missing file.
    """
    found = _covering(reader, period)
    accounts = sorted({span.account_digest for span in found})
    spans = [
        _between(_open_days([span for span in found if span.account_digest == one], period))
        for one in accounts
    ]
    return tuple(sorted({between for one in spans for between in one}))


def _has_rows(reader: Reader, layout: str, day: str, period: str) -> bool:
    return imported.has_line(reader, layout, f'"{day}": "{period}-')


def _has_lines(reader: Reader, period: str, meaning: str) -> bool:
    """Whether the month's statement has a line of that meaning."""
    return imported.has_line(reader, LAYOUT, f'"at": "{period}-', f'"meaning": "{meaning}"')


def _covering(reader: Reader, period: str) -> list[StatementSpan]:
    first, last = first_of(period), last_of(period)
    return [span for span in imported.spans(reader) if span.first_on <= last and span.last_on >= first]


def _open_days(spans: list[StatementSpan], period: str) -> Iterator[date]:
    day, last = first_of(period), last_of(period)
    while day <= last:
        if not any(_is_covered(span, day) for span in spans):
            yield day
        day += _DAY


def _is_covered(span: StatementSpan, day: date) -> bool:
    """Whether a statement holds a whole day: the one of its own export it holds in part."""
    over_at = datetime.combine(day + _DAY, time(), SHANGHAI)
    return span.first_on <= day <= span.last_on and over_at <= span.covered_until


def _between(days: Iterator[date]) -> list[tuple[date, date]]:
    """Days in a row as their first and last."""
    spans: list[tuple[date, date]] = []
    for day in days:
        if spans and spans[-1][1] + _DAY == day:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
