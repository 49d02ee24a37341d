"""The ledger beside its model, step by step: laws 42 to 57, 61 to 66 and 68 to 70 on whatever was done before.

2,000 steps on a desk, 100,000 in continuous integration, as many as SETTLE_STEPS says by night.
"""

import logging
import os
import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.conftest import EXAMPLES, IN_CI
from tests.faults.tally import SEED
from tests.ledger.foretold import BlankBook
from tests.ledger.machine import STEPS, LedgerMachine

TARGET = int(os.environ.get("SETTLE_STEPS", "100000" if EXAMPLES >= IN_CI else "2000"))
PARTS = 4  # so that no process of several is left with all of them
OF_A_RUN = 100
RUNS_OF_A_BATCH = 250
RUNS = settings(
    max_examples=RUNS_OF_A_BATCH,
    database=None,
    derandomize=False,
    phases=(Phase.generate, Phase.shrink),
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def blank(template: Path) -> BlankBook:
    logging.getLogger("settle.ledger").setLevel(logging.ERROR)  # the clock runs back on purpose
    return BlankBook(template)


@pytest.mark.parametrize("part", range(PARTS))
def test_the_book_answers_every_step_as_the_model_foretold(
    blank: BlankBook, request: pytest.FixtureRequest, part: int
) -> None:
    began, played, target = time.monotonic(), 0, -(-TARGET // PARTS)
    for batch in count(part, PARTS):
        played += _play(blank, SEED + batch, min(RUNS_OF_A_BATCH, 3 + (target - played) // OF_A_RUN))
        if played >= target:
            break
    seconds = time.monotonic() - began
    named = f"stateful steps, part {part + 1} of {PARTS}"
    line = f"faults {played} lost 0 wrong 0 seconds {seconds:.1f} seed {SEED} ({named})"
    request.node.user_properties.append(("faults", line))


def _play(blank: BlankBook, number: int, runs: int) -> int:
    """So many runs by dice of that number; in batches, for Hypothesis remembers what it drew."""
    played = 0

    @seed(number)
    @settings(RUNS, max_examples=runs)
    @given(st.lists(STEPS, min_size=OF_A_RUN, max_size=OF_A_RUN))
    def run(steps: list[tuple[str, int]]) -> None:
        nonlocal played
        played += LedgerMachine(blank).play(steps)

    run()
    return played
