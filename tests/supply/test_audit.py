"""The audit: it is green only where every package was asked about and nothing is known of any."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from supply import audit
from supply.locks import Pin
from tests.needs import needs

ROOT = Path(__file__).resolve().parents[2]
WANTED = [
    Pin(name=name, version="1.0", marker=marker, sha256s=frozenset({"a" * 64}))
    for name, marker in (("alembic", ""), ("colorama", "sys_platform == 'win32'"))
]
SKIPPED = {"skip_reason": "not found"}
SAFE: dict[str, Any] = {"version": "1.0", "vulns": []}
KNOWN: dict[str, Any] = {"version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}


def _read(*listed: dict[str, Any], said: str = "") -> audit.Audited:
    return audit.read_answer("a.lock", WANTED, json.dumps({"dependencies": listed}), said)


def test_an_audit_of_all_that_finds_nothing_ends_with_0() -> None:
    found = _read({"name": "alembic", **SAFE}, {"name": "colorama", **SAFE})
    assert found.code == 0
    assert list(found.told()) == ["a.lock: 2 packages audited of 2, 0 known vulnerabilities"]


def test_an_audit_that_could_ask_about_nothing_is_not_run() -> None:
    found = _read({"name": "alembic", **SKIPPED}, {"name": "colorama", **SKIPPED})
    assert found.code == 2
    assert list(found.told()) == ["a.lock: not run: 0 packages audited of 2", "  not found"]


@pytest.mark.parametrize(
    "answer", ["", "null", "{}", "[]", "no vulnerabilities found", '{"dependencies": []}']
)
def test_an_answer_that_names_no_package_is_not_run(answer: str) -> None:
    found = audit.read_answer("a.lock", WANTED, answer, "asking\nno route to host\n")
    assert found.code == 2
    assert list(found.told()) == ["a.lock: not run: 0 packages audited of 2", "  no route to host"]


@pytest.mark.parametrize("second", [[{"name": "colorama", **SKIPPED}], []])
def test_an_audit_of_some_is_not_green(second: list[dict[str, Any]]) -> None:
    found = _read({"name": "alembic", **SAFE}, *second)
    assert found.code == 1
    assert next(iter(found.told())) == "a.lock: 1 packages audited of 2, 0 known vulnerabilities"


def test_what_is_known_is_named_with_what_mends_it() -> None:
    found = _read({"name": "alembic", **KNOWN}, {"name": "colorama", **SAFE})
    assert found.code == 1
    assert list(found.told())[1:] == ["  alembic 1.0: PYSEC-1, mended in 1.1"]


def test_an_answer_about_another_version_is_not_about_ours() -> None:
    assert _read({"name": "alembic", **SAFE, "version": "1.1"}, {"name": "colorama", **SAFE}).audited == 1


def test_what_only_another_machine_needs_is_asked_about_too(tmp_path: Path) -> None:
    lock, program = tmp_path / "a.lock", tmp_path / "pip-audit"
    hashes = "--hash=sha256:" + "a" * 64
    lock.write_text(f"alembic==1.0 {hashes}\ncolorama==1.0 ; sys_platform == 'win32' {hashes}\n", "utf-8")
    program.write_text(
        f"#!{sys.executable}\nimport json, sys\nasked = open(sys.argv[sys.argv.index('--requirement') + 1])\n"
        "listed = [line.split()[0].split('==') for line in asked if ';' not in line]\n"
        "print(json.dumps({'dependencies': [{'name': n, 'version': v, 'vulns': []} for n, v in listed]}))\n"
    )
    program.chmod(0o755)
    assert audit.audit(lock, str(program)).code == 0


def test_an_audit_whose_source_cannot_be_reached_is_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = ROOT / ".venv-supply" / "bin" / "pip-audit"
    program = str(beside) if beside.exists() else needs("pip-audit")
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    lock = tmp_path / "a.lock"
    lock.write_text("alembic==1.0 --hash=sha256:" + "a" * 64 + "\n", "utf-8")
    found = audit.audit(lock, program)
    assert (found.code, found.audited) == (2, 0)
    assert next(iter(found.told())) == "a.lock: not run: 0 packages audited of 1"
