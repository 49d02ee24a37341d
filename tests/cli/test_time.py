"""Time zones of the machine (T2, T4): whatever it believes, days are Shanghai's and every file has the same bytes."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.shell import DESPITE, Shell, asked, noted

ROOT = Path(__file__).parents[2]
MACHINES = [("UTC", "0"), ("America/New_York", "1"), ("Asia/Shanghai", "2"), (None, "3")]
_FILES = """
import hashlib, sys
from pathlib import Path
from cli.main import app

def settle(*words):
    app([*words, "--lang", "zh"], standalone_mode=False)

for form in ("kis", "jingdouyun", "hledger", "beancount", "gbt24589", "xlsx"):
    settle("export", "2026-10", "--as", form, "--to", f"{form}.out", "--overwrite")
settle("export", "2026-10", "--as", "u8", "--to", "u8-experimental.out", "--overwrite")
settle("audit-bundle", "2026-10", "--to", "bundle.out", "--overwrite")
settle("report", "journal", "--to", "journal.csv", "--overwrite")
settle("report", "trial-balance", "--to", "balance.xlsx", "--overwrite")
settle("report", "account", "1012.01", "--as-of", "2026-10-20", "--to", "account.csv", "--overwrite")
settle("replay", "--until", "2026-10-20", "--to", "state.out", "--overwrite")
settle("replay", "--pack", "tmall-2026", "--to", "rehearsal.json", "--overwrite")
settle("quote", "--cases", "cases.jsonl", "--json")
print({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(Path().iterdir())
       if path.suffix in (".out", ".csv", ".xlsx", ".json")})
"""
_DAYS = """
from calculators.days import business_day, parse_moment, period_of
from cli.clock import now
for text in ("2026-01-31T15:59:59Z", "2026-01-31T16:00:00Z", "2026-12-31T16:00:00Z", "2026-01-31T23:59:59",
             "2028-02-28T16:00:00Z", "1988-07-01T15:00:00Z"):
    print(period_of(business_day(parse_moment(text))), business_day(parse_moment(text)))
assert str(now().tzinfo) == "Asia/Shanghai"
"""


def _machine(folder: Path, script: str, zone: str | None, seed: str, **more: str) -> str:
    """What a machine of that zone prints; without one, of no zone at all."""
    environment = {name: value for name, value in os.environ.items() if name != "TZ"}
    environment |= {"PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT), **more}
    environment |= {"TZ": zone} if zone else {}
    words = [sys.executable, "-c", script]
    return subprocess.run(words, cwd=folder, env=environment, capture_output=True, check=True).stdout.decode()


def test_every_export_has_the_same_bytes_on_every_machine(booked: Shell, notes: list[dict[str, Any]]) -> None:
    booked("record", *asked(noted(notes, kind="return", cause="quality", received=True)))
    booked("record", *asked(noted(notes, kind="late_shipment")))
    booked("reverse", "1104", "--reason", "twice", "--on", "2026-10-31")
    booked("close", "2026-10", *DESPITE)
    case = '{"at": "2026-01-31T16:00:00Z", "staff": {"what": "complaint", "amount": "50.00"}}\n'
    (booked.folder / "cases.jsonl").write_text(case)
    told = [_machine(booked.folder, _FILES, *machine) for machine in MACHINES[:3]]
    assert told == [told[0]] * 3
    assert told[0].count(": '") == 13


@pytest.mark.parametrize(("zone", "seed"), MACHINES)
def test_the_month_turns_at_midnight_in_shanghai_on_every_machine(
    tmp_path: Path, zone: str | None, seed: str
) -> None:
    assert _machine(tmp_path, _DAYS, zone, seed).split() == [
        *("2026-01", "2026-01-31"),
        *("2026-02", "2026-02-01"),
        *("2027-01", "2027-01-01"),
        *("2026-01", "2026-01-31"),
        *("2028-02", "2028-02-29"),
        *("1988-07", "1988-07-02"),
    ]


def test_shanghai_is_known_where_the_system_knows_no_zones(tmp_path: Path) -> None:
    """The zones come with a package of their own, pinned like every other."""
    assert _machine(tmp_path, _DAYS, "UTC", "0", PYTHONTZPATH="").split()[3] == "2026-02-01"
    assert "tzdata==" in (ROOT / "requirements.lock").read_text("utf-8")
