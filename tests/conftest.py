"""How hard the properties are tried: 100 examples a law on a desk, SETTLE_EXAMPLES of them where that is set.

In continuous integration the examples are derived from the test alone, so that a red run is red for everyone.
"""

import os

import pytest
from hypothesis import HealthCheck, settings

EXAMPLES = int(os.environ.get("SETTLE_EXAMPLES", "100"))
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]

settings.register_profile("desk", max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
settings.register_profile(
    "integration", max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW, derandomize=True
)
settings.load_profile("integration" if "SETTLE_EXAMPLES" in os.environ else "desk")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Each group of faults answers with one line, whichever process it ran in."""
    reports = (report for listed in terminalreporter.stats.values() for report in listed)
    for report in reports:
        if getattr(report, "when", "") == "call":
            for line in (line for name, line in report.user_properties if name == "faults"):
                terminalreporter.write_line(line)
