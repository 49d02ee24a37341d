"""The driver: `python -m tests.fuzz.drive TARGET FOLDER -max_total_time=600` feeds a target by coverage, with atheris.

FOLDER holds what it has found to be new; it is begun with the seeds and the kept inputs. An input that fails is
written beside it as `FOLDER-crash-…`. Whatever else stands on the line is libFuzzer's.
"""

import hashlib
import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found,unused-ignore]

with atheris.instrument_imports(include=["calculators", "cli", "ledger", "exports"]):
    from tests.fuzz.targets import TARGETS, kept


def main() -> None:
    """Fuzz until the time is over or an input fails."""
    name, folder, *words = sys.argv[1:]
    target = TARGETS[name]
    found = Path(folder)
    found.mkdir(parents=True, exist_ok=True)
    for content in (*target.seeds(), *(path.read_bytes() for path in kept(name))):
        (found / hashlib.sha256(content).hexdigest()[:16]).write_bytes(content)
    atheris.Setup([sys.argv[0], folder, f"-artifact_prefix={folder}-", *words], target.one)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
