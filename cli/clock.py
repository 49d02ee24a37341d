"""The one clock: everything that happens now, happens at this moment in Shanghai."""

from datetime import datetime

from calculators.days import SHANGHAI


def now() -> datetime:
    """The present moment, aware, in Shanghai."""
    return datetime.now(SHANGHAI)
