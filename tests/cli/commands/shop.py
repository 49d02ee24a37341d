"""The demo's month on the disk, and how a user calls `settle` about it."""

import subprocess
import sys
from pathlib import Path

from tests.house.source import ROOT

_RUN = "from cli.main import run; run()"


def settle(*words: str, folder: Path) -> "subprocess.CompletedProcess[str]":
    """What `settle` answers in a folder, in English."""
    environment = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "COLUMNS": "200"}
    command = [sys.executable, "-c", _RUN, *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
