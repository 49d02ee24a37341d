"""Days, months and moments from the command line: what `--at`, `--on` and a period may say."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from calculators.days import SHANGHAI, business_day, parse_day, parse_moment, parse_month
from cli.clock import now
from cli.speech import BadOption

_Read = TypeVar("_Read")
_DAY_LENGTH = len("2026-10-31")


def asked_at(at: str | None) -> datetime:
    """The moment that `--at` says, else now; `BadOption` for what is no moment."""
    return read_option("--at", parse_moment, at) if at else now()


def day_on(on: str | None) -> date:
    """The day that `--on` says, else today in Shanghai; `BadOption` for what is no day."""
    return read_option("--on", parse_day, on) if on else business_day(now())


def month_of(period: str) -> str:
    """The month that a period names; `BadOption` for what is no month."""
    return read_option("period", parse_month, period)


def since(asked: str | None) -> datetime | None:
    """The first moment that `--since` asks for: of a day its midnight in Shanghai; `BadOption` for neither."""
    return read_option("--since", _first_moment, asked) if asked else None


def before(asked: str | None) -> datetime | None:
    """The moment after the last one that `--until` asks for: a day and a second count to their end."""
    return read_option("--until", _moment_after, asked) if asked else None


def _first_moment(text: str) -> datetime:
    return datetime.combine(parse_day(text), time(), SHANGHAI) if _is_day(text) else parse_moment(text)


def _moment_after(text: str) -> datetime:
    if _is_day(text):
        return datetime.combine(parse_day(text) + timedelta(days=1), time(), SHANGHAI)
    return parse_moment(text) + timedelta(seconds=1)


def _is_day(text: str) -> bool:
    return len(text) <= _DAY_LENGTH


def read_option(option: str, parse: Callable[[str], _Read], text: str) -> _Read:
    """What an option's text means; `BadOption` where `parse` finds that it means nothing."""
    try:
        return parse(text)
    except ValueError as problem:
        from cli.refusals import in_chinese

        said = str(problem)
        raise BadOption(f"{option}：{in_chinese(said, 'ValueError')}。", f"{option}: {said}.") from None
