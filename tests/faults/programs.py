"""Programs of these tests that run beside pytest, and what they answer."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.needs import needs

ROOT = Path(__file__).parent.parent.parent
_PATIENCE_SECONDS = 3600


def answer_of(module: str, *given: object, within: Sequence[str] = (), **environment: str) -> Any:
    """Run a module of the tests as a program; answers the JSON of its last line, or fails with what it said.

    `within` is a command that runs it, such as one that gives it disks of its own.
    """
    done = subprocess.run(
        [*within, sys.executable, "-m", module, *map(str, given)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=_PATIENCE_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def with_own_disks(folder: Path) -> Sequence[str]:
    """The command within which a program may mount disks that nobody else sees; skips where none may."""
    mount = (needs("mount"), "-t", "tmpfs", "tmpfs", str(folder))
    unshare = (needs("unshare"), "--mount")
    for words in (unshare, (*unshare, "--map-root-user")):
        tried = subprocess.run([*words, *mount], capture_output=True, text=True, check=False)
        if tried.returncode == 0:
            return words
    # Also where every program is required: it is the machine that forbids it, and nothing to install would help.
    pytest.skip(f"no disk may be mounted here: {tried.stderr.strip()}")


def compiled(source: str, folder: Path) -> Path:
    """A C library of these tests, to be preloaded; skips where there is no compiler."""
    library = folder / f"{source}.so"
    command = [needs("cc"), "-shared", "-fPIC", "-O1", "-o", str(library)]
    subprocess.run(
        [*command, str(Path(__file__).with_name(source)), "-ldl"], check=True, cwd=ROOT, capture_output=True
    )
    return library
