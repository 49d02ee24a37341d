"""The ledger beside its model, step by step: laws 42 to 57, 61 to 66 and 68 to 70 on whatever was done before.

2,000 steps on a desk, 100,000 in continuous integration, as many as SETTLE_STEPS says by night.
"""

import logging
import os
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import EXAMPLES
from tests.faults.tally import SEED
from tests.ledger.machine import LedgerMachine

IN_CI = 1000
STEPS = int(os.environ.get("SETTLE_STEPS", "100000" if EXAMPLES >= IN_CI else "2000"))
STEPS_OF_A_RUN = 80
RUNS_OF_A_BATCH = 250
PHASES = (Phase.generate, Phase.shrink)


def test_the_book_answers_every_step_as_the_model_foretold(
    template: Path, request: pytest.FixtureRequest
) -> None:
    LedgerMachine.template, LedgerMachine.acts = template, 0
    logging.getLogger("settle.ledger").setLevel(logging.ERROR)
    began, batch = time.monotonic(), 0
    while LedgerMachine.acts < STEPS:
        _play(SEED + batch, min(RUNS_OF_A_BATCH, 1 + (STEPS - LedgerMachine.acts) // STEPS_OF_A_RUN))
        batch += 1
    seconds = time.monotonic() - began
    line = f"faults {LedgerMachine.acts} lost 0 wrong 0 seconds {seconds:.1f} seed {SEED} (stateful steps)"
    request.node.user_properties.append(("faults", line))


def _play(number: int, runs: int) -> None:
    """So many runs by dice of that number; batches keep Hypothesis from remembering millions of draws."""
    seed(number)(LedgerMachine)
    run_state_machine_as_test(
        LedgerMachine,
        settings=settings(
            max_examples=runs,
            stateful_step_count=STEPS_OF_A_RUN,
            database=None,
            deadline=None,
            phases=PHASES,
            suppress_health_check=list(HealthCheck),
        ),
    )
