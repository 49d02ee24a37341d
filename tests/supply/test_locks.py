"""The locks: every package is pinned by the hashes of its files, and a file with another hash is refused."""

import hashlib
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from supply.locks import LOCKS, pins

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
GROUPS = PROJECT["dependency-groups"]
RUNTIME = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["postgresql"]]
WANTED = {
    LOCKS[0]: [*RUNTIME, *GROUPS["install"]],
    LOCKS[1]: [*RUNTIME, *(one for one in GROUPS["dev"] if isinstance(one, str)), *GROUPS["install"]],
    LOCKS[2]: GROUPS["supply"],
    LOCKS[3]: GROUPS["fuzz"],
}
PIN = "tiny==1.0 --hash=sha256:{}\n"


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_of_a_lock_is_pinned_by_hashes(lock: str) -> None:
    """Counted without the reader under test: as many pins as lines that name a package, and no other lines."""
    text = (ROOT / lock).read_text("utf-8")
    named = [line for line in text.splitlines() if not line.startswith("    --hash=sha256:")]
    found = pins(ROOT / lock)
    print(f"{lock}: {len(found)} packages, {sum(len(pin.sha256s) for pin in found)} hashes")  # noqa: T201
    assert [f"{pin.name}=={pin.version}" for pin in found] == [line.split()[0] for line in named]
    assert len({pin.name for pin in found}) == len(found)
    assert sum(len(pin.sha256s) for pin in found) == len(re.findall(r"--hash=sha256:[0-9a-f]{64}\b", text))
    assert all(pin.sha256s for pin in found)


def test_the_locks_are_all_there_are() -> None:
    assert {path.name for path in ROOT.glob("requirements*")} == set(LOCKS)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_what_the_project_asks_for_in_a_version_that_it_takes(lock: str) -> None:
    pinned = {pin.name: pin.version for pin in pins(ROOT / lock)}
    asked = [Requirement(one) for one in WANTED[lock]]
    assert asked
    for one in asked:
        assert one.specifier.contains(pinned[canonicalize_name(one.name)]), one


def test_no_two_locks_pin_one_package_to_two_versions() -> None:
    versions = {(pin.name, pin.version) for lock in LOCKS for pin in pins(ROOT / lock)}
    assert len(versions) == len({name for name, _ in versions})


@pytest.mark.parametrize(
    "line",
    [
        "alembic==1.0",
        "alembic>=1.0 --hash=sha256:" + "0" * 64,
        "alembic --hash=sha256:" + "0" * 64,
        "alembic==1.* --hash=sha256:" + "0" * 64,
        "alembic==1.0 --hash=md5:" + "0" * 32,
        "alembic==1.0 --hash=sha256:" + "0" * 63,
        "alembic @ file:///alembic.whl --hash=sha256:" + "0" * 64,
        "--extra-index-url file:///elsewhere",
        "-e .",
    ],
)
def test_a_line_that_pins_nothing_by_hash_makes_a_lock_unreadable(line: str, tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(PIN.format("0" * 64) + line + "\n", "utf-8")
    with pytest.raises(ValueError, match=r"requirements\.lock: not pinned by hashes: "):
        pins(lock)


def test_everything_that_make_installs_is_held_to_its_hashes_or_is_our_own_tree() -> None:
    lines = [line.strip() for line in (ROOT / "Makefile").read_text("utf-8").splitlines()]
    installed = [line for line in lines if line.startswith("$(INSTALL)") or re.search(r"pip3? install", line)]
    ours = "$(INSTALL) --no-deps --no-build-isolation --no-index -e ."
    locked = {f"$(INSTALL) --require-hashes -r {lock}" for lock in LOCKS}
    defined = "INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check"
    assert set(installed) == {ours, defined, *locked}


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    """A package of one file, as a registry would have it."""
    path = tmp_path / "registry" / "tiny-1.0-py3-none-any.whl"
    path.parent.mkdir()
    about = "tiny-1.0.dist-info"
    with ZipFile(path, "w") as archive:
        archive.writestr("tiny.py", "PAID_FEN = 100\n")
        archive.writestr(f"{about}/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        archive.writestr(
            f"{about}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(
            f"{about}/RECORD", f"tiny.py,,\n{about}/METADATA,,\n{about}/WHEEL,,\n{about}/RECORD,,\n"
        )
    return path


def _install(lock: Path, wheel: Path) -> subprocess.CompletedProcess[str]:
    """What `make` does with a lock, from a folder instead of a registry and into a folder of its own."""
    pip = [sys.executable, "-m", "pip", "--isolated", "--disable-pip-version-check", "install", "--quiet"]
    away = ["--no-index", "--find-links", str(wheel.parent), "--target", str(lock.parent / "installed")]
    words = [*pip, *away, "--no-cache-dir", "--require-hashes", "-r", str(lock)]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def _lock(wheel: Path, sha256: str) -> Path:
    lock = wheel.parents[1] / "requirements.lock"
    lock.write_text(PIN.format(sha256), "utf-8")
    return lock


def test_a_file_that_has_its_hash_is_installed(wheel: Path) -> None:
    lock = _lock(wheel, hashlib.sha256(wheel.read_bytes()).hexdigest())
    done = _install(lock, wheel)
    assert done.returncode == 0, done.stderr
    assert (lock.parent / "installed" / "tiny.py").read_text("utf-8") == "PAID_FEN = 100\n"


def test_a_file_of_one_other_byte_is_refused(wheel: Path) -> None:
    content = wheel.read_bytes()
    lock = _lock(wheel, hashlib.sha256(content).hexdigest())
    wheel.write_bytes(content.replace(b"PAID_FEN = 100", b"PAID_FEN = 900"))
    done = _install(lock, wheel)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (lock.parent / "installed" / "tiny.py").exists()


def test_a_changed_hash_in_the_lock_is_refused(wheel: Path) -> None:
    sha256 = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lock = _lock(wheel, ("0" if sha256[0] != "0" else "1") + sha256[1:])
    done = _install(lock, wheel)
    assert done.returncode != 0
    assert "DO NOT MATCH THE HASHES" in done.stderr
    assert not (lock.parent / "installed").exists()


def test_a_package_without_a_hash_is_refused(wheel: Path) -> None:
    lock = _lock(wheel, "0" * 64)
    lock.write_text("tiny==1.0\n", "utf-8")
    done = _install(lock, wheel)
    assert done.returncode != 0
    assert "--require-hashes" in done.stderr
