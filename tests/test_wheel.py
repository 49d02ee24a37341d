"""The wheel: everything the program needs is in it, it runs where no source is near, and it is the same every time."""

import os
import shutil
import subprocess
import sys
import sysconfig
import tomllib
from hashlib import sha256
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.house.source import PACKAGES, ROOT

SHIPPED = (*PACKAGES, "migrations")
BESIDE = ("pyproject.toml", "README.md", "CHANGELOG.md", ".gitignore")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    _run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a new environment that has the wheel, and the libraries of this one behind it."""
    environment = tmp_path_factory.mktemp("installed") / "venv"
    _run(sys.executable, "-m", "venv", "--without-pip", str(environment))
    python = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    _run(*pip, "install", "--quiet", "--no-deps", "--no-index", str(wheel))
    (libraries,) = environment.glob("lib/python*/site-packages")
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return environment / "bin"


def _run(*command: str, folder: Path | None = None, **more: str) -> str:
    """What a command prints, run where neither the current folder nor the environment leads to the source."""
    clean = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | more
    done = subprocess.run(command, cwd=folder or "/", env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _sources() -> set[str]:
    files = (file for package in SHIPPED for file in (ROOT / package).rglob("*") if file.is_file())
    return {file.relative_to(ROOT).as_posix() for file in files if "__pycache__" not in file.parts}


def test_every_file_of_the_packages_is_in_the_wheel_and_no_other(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert packed == _sources()


@pytest.mark.parametrize("pattern", ["calculators/rules/*.toml", "migrations/versions/*.py"])
def test_rulebooks_and_migrations_are_among_them(pattern: str) -> None:
    assert {file.relative_to(ROOT).as_posix() for file in ROOT.glob(pattern)} & _sources()


def test_the_installed_code_is_the_wheels_own(programs: Path, tmp_path: Path) -> None:
    lines = "import calculators, ledger, exports, cli; print(cli.__file__)"
    where = _run(str(programs / "python"), "-c", lines, folder=tmp_path)
    assert where.startswith(str(programs.parent))


def test_the_installed_program_says_its_version(programs: Path, tmp_path: Path) -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert version in _run(str(programs / "settle"), "--version", folder=tmp_path)


def test_wheel_and_source_have_the_same_bytes_from_another_copy_on_another_machine(tmp_path: Path) -> None:
    """Files of another day and other rights, in another zone and with another hash seed."""
    copy, here, there = tmp_path / "copy", tmp_path / "here", tmp_path / "there"
    for name in SHIPPED:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in BESIDE:
        shutil.copy(ROOT / name, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700 if path.is_dir() else 0o600)
    build = [sys.executable, "-m", "build", "--wheel", "--sdist", "--no-isolation", "--outdir"]
    _run(*build, str(here), str(ROOT), SOURCE_DATE_EPOCH="1790000000", PYTHONHASHSEED="1", TZ="UTC")
    machine = {"PYTHONHASHSEED": "2", "TZ": "America/New_York"}
    _run(*build, str(there), str(copy), SOURCE_DATE_EPOCH="1790000000", **machine)
    made = _digests(here)
    assert {name.rpartition(".")[2] for name in made} == {"whl", "gz"}
    assert _digests(there) == made


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
