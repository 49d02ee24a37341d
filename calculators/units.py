"""The units of rulebook parameters: how a value of each is read from TOML or from a case's `policy`.

One table serves both, so that an override is held to exactly what the rulebook itself is held to.
"""

from datetime import date
from fractions import Fraction
from itertools import pairwise
from typing import Any

from calculators.errors import BadCase
from calculators.reading import Key, Reader, count, day, flag, many, moment, pieces, rate, record, text, yuan
from calculators.rulebook import Campaign, Tier

_CAMPAIGN = {
    "name": Key(read=text, required=True),
    "begins_at": Key(read=moment, required=True),
    "ends_at": Key(read=moment, required=True),
    "protected_until": Key(read=moment, required=True),
}
SPAN_MAX = 9999
DAYS_OF_MONTH_MAX = 31


def tiers(read_bound: Reader) -> Reader:
    """A reader of tiers that follow on each other, with bounds of the given unit."""
    keys = {
        "from": Key(read=read_bound, field="bottom", required=True),
        "includes_from": Key(read=flag, field="includes_bottom", required=True),
        "to": Key(read=read_bound, field="top"),
        "includes_to": Key(read=flag, field="includes_top"),
        "factor": Key(read=rate, required=True),
    }
    read_all = many(record(Tier, keys), least=1)

    def read(value: Any, path: str) -> tuple[Tier, ...]:
        steps: tuple[Tier, ...] = read_all(value, path)
        for place, step in enumerate(steps):
            if step.top is not None and "includes_to" not in value[place]:
                raise BadCase(f"{path}[{place}].includes_to", "a tier must say which bound it includes")
            if step.top is not None and step.top <= step.bottom:
                raise BadCase(f"{path}[{place}].to", "must lie above where the tier begins")
        for place, (lower, upper) in enumerate(pairwise(steps), start=1):
            if lower.top != upper.bottom or not (lower.includes_top or upper.includes_bottom):
                raise BadCase(f"{path}[{place}].from", "must begin where the tier before it ends")
        return steps

    return read


def _band(value: Any, path: str) -> tuple[Fraction, Fraction]:
    ends = many(rate)(value, path)
    if len(ends) != len(("lower", "upper")) or ends[0] > ends[1]:
        raise BadCase(path, "must be a pair of factors, the lower first")
    return ends[0], ends[1]


def _up_to(most: int) -> Reader:
    """A reader of a whole number that no calendar runs out of."""

    def read(value: Any, path: str) -> int:
        if count(value, path) > most:
            raise BadCase(path, f"must be at most {most}")
        return int(value)

    return read


def _day_of_month(value: Any, path: str) -> int:
    if _up_to(DAYS_OF_MONTH_MAX)(value, path) == 0:
        raise BadCase(path, "must be a day of the month")
    return int(value)


def _word(value: Any, path: str) -> str:
    if not isinstance(value, str) or not value:
        raise BadCase(path, "must be the name of a reading")
    return value


def _days_or_word(value: Any, path: str) -> tuple[date, ...] | str:
    if isinstance(value, list):
        days: tuple[date, ...] = many(day)(value, path)
        return days
    return _word(value, path)


UNITS: dict[str, Reader] = {
    "yuan": yuan,
    "rate": rate,
    "days": _up_to(SPAN_MAX),
    "hours": _up_to(SPAN_MAX),
    "months": _up_to(SPAN_MAX),
    "count": count,
    "points": count,
    "per_yuan": pieces,
    "day_of_month": _day_of_month,
    "choice": _word,
    "days_or_choice": _days_or_word,
    "switch": flag,
    "band": _band,
    "steps": many(yuan, least=1),
    "day": day,
    "campaign": record(Campaign, _CAMPAIGN),
    "tiers": tiers(yuan),
    "piece_tiers": tiers(count),
}
