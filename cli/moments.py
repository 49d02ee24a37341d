"""Days, months and moments from the command line: what `--at`, `--on` and a period may say."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from calculators.days import business_day, parse_day, parse_moment, parse_month
from cli.clock import now
from cli.speech import BadOption

_Read = TypeVar("_Read")


def asked_at(at: str | None) -> datetime:
    """The moment that `--at` says, else now; `BadOption` for what is no moment."""
    return read_option("--at", parse_moment, at) if at else now()


def day_on(on: str | None) -> date:
    """The day that `--on` says, else today in Shanghai; `BadOption` for what is no day."""
    return read_option("--on", parse_day, on) if on else business_day(now())


def month_of(period: str) -> str:
    """The month that a period names; `BadOption` for what is no month."""
    return read_option("period", parse_month, period)


def read_option(option: str, parse: Callable[[str], _Read], text: str) -> _Read:
    """What an option's text means; `BadOption` where `parse` finds that it means nothing."""
    try:
        return parse(text)
    except ValueError as problem:
        from cli.refusals import in_chinese

        said = str(problem)
        raise BadOption(f"{option}：{in_chinese(said, 'ValueError')}。", f"{option}: {said}.") from None
