"""How hard the properties are tried: 100 examples a law on a desk, SETTLE_EXAMPLES of them where that is set.

In continuous integration the examples are derived from the test alone, so that a red run is red for everyone; with
SETTLE_SEED, as by night, they are new each time, and `--hypothesis-seed` makes them again.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("SETTLE_EXAMPLES", "100"))
IN_CI = 1000
# A law that needs a book of its own for every example is tried less often.
OF_A_BOOK = 100 if EXAMPLES >= IN_CI else 30
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("desk", max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "integration", max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW, derandomize=True
)
IS_REPEATED = "SETTLE_EXAMPLES" in os.environ and "SETTLE_SEED" not in os.environ
settings.load_profile("integration" if IS_REPEATED else "desk")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each group of faults answers with one line, whichever process it ran in."""
    reports = (report for listed in terminalreporter.stats.values() for report in listed)
    for report in reports:
        if getattr(report, "when", "") == "call":
            for line in (line for name, line in report.user_properties if name == "faults"):
                terminalreporter.write_line(line)
