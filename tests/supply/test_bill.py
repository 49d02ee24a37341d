"""The bill of materials: all of the lock, with versions and hashes, in the same bytes every time."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from supply import bill
from supply.locks import LOCKS, pins
from tests.needs import needs

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def program() -> str:
    """The tool that `make sbom` installs."""
    beside = ROOT / ".venv-supply" / "bin" / "cyclonedx-py"
    return str(beside) if beside.exists() else needs("cyclonedx-py")


def test_every_package_of_the_lock_is_in_the_bill_with_its_version_and_hashes(
    program: str, tmp_path: Path
) -> None:
    count = bill.write_bill(ROOT, tmp_path / "settle.cdx.json", program)
    made = json.loads((tmp_path / "settle.cdx.json").read_text("utf-8"))
    assert (made["bomFormat"], made["metadata"]["component"]["name"]) == ("CycloneDX", "settle")
    there = {component["purl"]: json.dumps(component) for component in made["components"]}
    locked = pins(ROOT / LOCKS[0])
    assert count == len(there) == len(locked)
    for pin in locked:
        assert all(sha256 in there[f"pkg:pypi/{pin.name}@{pin.version}"] for sha256 in pin.sha256s)


def test_the_bill_has_the_same_bytes_on_another_day_on_another_machine(program: str, tmp_path: Path) -> None:
    bill.write_bill(ROOT, tmp_path / "here.json", program)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for name in (LOCKS[0], "pyproject.toml", "README.md"):
        shutil.copy(ROOT / name, elsewhere)
    os.utime(elsewhere / LOCKS[0], (0, 0))
    script = "import sys; from pathlib import Path; from supply.bill import write_bill as w; "
    script += "w(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])"
    words = [sys.executable, "-c", script, str(elsewhere), str(tmp_path / "there.json"), program]
    machine = {
        "PYTHONPATH": str(ROOT),
        "TZ": "America/New_York",
        "PYTHONHASHSEED": "7",
        "SOURCE_DATE_EPOCH": "9",
    }
    subprocess.run(words, check=True, cwd=elsewhere, env={**os.environ, **machine})
    content = (tmp_path / "here.json").read_bytes()
    assert (tmp_path / "there.json").read_bytes() == content
    assert b"timestamp" not in content
    assert b"serialNumber" not in content
    assert str(ROOT).encode() not in content


COMPONENT = {
    "name": "alembic",
    "version": "1.20.1",
    "externalReferences": [{"hashes": [{"alg": "SHA-256", "content": "a" * 64}]}],
}


def _tool(folder: Path, *components: object) -> str:
    """A tool that makes a bill of those components, whatever it is asked."""
    made = json.dumps({"components": components})
    program = folder / "cyclonedx-py"
    program.write_text(
        f"#!{sys.executable}\nimport sys\nopen(sys.argv[sys.argv.index('--output-file') + 1], 'w').write({made!r})\n"
    )
    program.chmod(0o755)
    return str(program)


def _lock(folder: Path) -> Path:
    (folder / LOCKS[0]).write_text("alembic==1.20.1 --hash=sha256:" + "a" * 64 + "\n", "utf-8")
    return folder


def test_a_bill_of_the_same_packages_is_counted(tmp_path: Path) -> None:
    assert bill.write_bill(_lock(tmp_path), tmp_path / "dist" / "b.json", _tool(tmp_path, COMPONENT)) == 1


@pytest.mark.parametrize(
    "components",
    [
        [],
        [COMPONENT | {"version": "1.20.2"}],
        [COMPONENT | {"externalReferences": []}],
        [COMPONENT, COMPONENT | {"name": "stowaway"}],
    ],
    ids=["of nothing", "another version", "no hash", "one too many"],
)
def test_a_bill_that_is_not_the_locks_is_refused(components: list[object], tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"the bill and requirements\.lock differ: (alembic|stowaway) 1"):
        bill.write_bill(_lock(tmp_path), tmp_path / "b.json", _tool(tmp_path, *components))


def test_a_tool_that_fails_is_quoted(tmp_path: Path) -> None:
    program = tmp_path / "cyclonedx-py"
    program.write_text("#!/bin/sh\necho 'no such option' >&2\nexit 2\n")
    program.chmod(0o755)
    with pytest.raises(ValueError, match="no such option"):
        bill.write_bill(_lock(tmp_path), tmp_path / "b.json", str(program))
