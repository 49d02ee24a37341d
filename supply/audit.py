"""The audit: whether a package of a lock is known to be vulnerable, and for how many of them that could be asked.

pip-audit says "no known vulnerabilities found" and ends well where it could ask about nothing. Here such an audit is
"not run" and ends with 2, one that could not ask about some with 1, and only one that asked about all and found none
with 0. A lock is audited for every machine, whichever this is.

    python -m supply.audit
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from supply.locks import LOCKS, Pin, pins

NONE_FOUND, FOUND, NOT_RUN = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What one lock's audit found: its packages, those that could be asked about, and what is known of which."""

    lock: str
    packages: int
    audited: int
    known: tuple[str, ...]
    why_not: str

    @property
    def code(self) -> int:
        """0 where all were asked about and nothing is known, 2 where none was, else 1."""
        if not self.audited:
            return NOT_RUN
        return FOUND if self.known or self.audited < self.packages else NONE_FOUND

    def told(self) -> Iterable[str]:
        """The audit in lines for people."""
        if not self.audited:
            yield f"{self.lock}: not run: 0 packages audited of {self.packages}"
        else:
            known = f"{len(self.known)} known vulnerabilities"
            yield f"{self.lock}: {self.audited} packages audited of {self.packages}, {known}"
        yield from (f"  {one}" for one in self.known)
        if self.audited < self.packages:
            yield f"  {self.why_not or 'some are missing in the answer'}"


def audit(lock: Path, program: str) -> Audited:
    """One lock asked about by that pip-audit."""
    wanted = pins(lock)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / lock.name
        plain.write_text("\n".join(map(_plain, wanted)) + "\n", "utf-8")
        words = [program, "--disable-pip", "--require-hashes", "--requirement", str(plain)]
        asked = subprocess.run(
            [*words, "--format", "json", "--progress-spinner", "off"],
            capture_output=True,
            text=True,
            check=False,
        )
    return read_answer(lock.name, wanted, asked.stdout, asked.stderr)


def read_answer(lock: str, wanted: list[Pin], answer: str, said: str) -> Audited:
    """What pip-audit's JSON says of the packages wanted; one that it skipped or left out was not audited."""
    try:
        listed: list[dict[str, Any]] = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        listed = []
    asked = {(one["name"], one["version"]): one["vulns"] for one in listed if "vulns" in one}
    reasons = [one["skip_reason"] for one in listed if "skip_reason" in one] or said.strip().splitlines()[-1:]
    known = [
        f"{name} {version}: {vulnerability['id']}, mended in {', '.join(vulnerability['fix_versions']) or 'none'}"
        for (name, version), vulnerabilities in asked.items()
        for vulnerability in vulnerabilities
    ]
    return Audited(
        lock=lock,
        packages=len(wanted),
        audited=sum((pin.name, pin.version) in asked for pin in wanted),
        known=tuple(known),
        why_not=reasons[0] if reasons else "",
    )


def _plain(pin: Pin) -> str:
    """A pin without its marker, for what is wanted on another machine is audited too."""
    return " ".join([f"{pin.name}=={pin.version}", *(f"--hash=sha256:{one}" for one in sorted(pin.sha256s))])


def run(root: Path) -> int:
    """Audit every lock, say what was found, and end with the worst of them."""
    program = str(Path(sys.executable).with_name("pip-audit"))
    found = [audit(root / lock, program) for lock in LOCKS]
    for one in found:
        sys.stdout.write("".join(f"{line}\n" for line in one.told()))
    return max(one.code for one in found)


if __name__ == "__main__":
    sys.exit(run(Path()))
