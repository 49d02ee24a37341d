"""Programs that some tests need beside Python, and what becomes of those tests where one is missing.

On a developer's machine such a test is skipped, with its reason in the closing lines. Where
SETTLE_REQUIRE_ALL=1 is set, as in continuous integration, a missing program is a failure: a check that never
runs must not look like one that passed.
"""

import os
import shutil
from typing import NoReturn

import pytest


def needs(program: str) -> str:
    """The path of `program`; skips the calling test where it is missing, fails it where all are required."""
    return shutil.which(program) or missing(program)


def missing(what: str) -> NoReturn:
    """Skip the calling test because `what` is not installed; fail it where all are required."""
    refuse = pytest.fail if os.environ.get("SETTLE_REQUIRE_ALL") == "1" else pytest.skip
    refuse(f"{what} is not installed")
