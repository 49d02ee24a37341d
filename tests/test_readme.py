"""What the README shows is what the program prints, and its two commands are the Makefile's."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SESSIONS = re.findall(r"```console\n\$ settle ([^\n]*)\n(.*?)```", README, re.DOTALL)
OF_ITS_DAY = re.compile(r"[0-9a-f]{64}")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("readme") / "demo"
    _settle(f"demo {folder}", ROOT)
    return folder


def _settle(words: str, folder: Path) -> str:
    program = [sys.executable, "-c", "from cli.main import run; run()", *words.split()]
    done = subprocess.run(program, cwd=folder, capture_output=True, encoding="utf-8", check=True)
    return done.stdout


def _lasting(text: str) -> list[str]:
    """The lines that do not carry a hash: those are other ones on every day and under every rulebook."""
    return [line.rstrip() for line in text.rstrip().splitlines() if not OF_ITS_DAY.search(line)]


@pytest.mark.parametrize(("words", "shown"), SESSIONS, ids=[words[:40] for words, _ in SESSIONS])
def test_the_session_of_the_readme_is_what_is_printed(words: str, shown: str, demo: Path) -> None:
    printed = _lasting(_settle(words, demo))
    assert len(printed) > 3
    assert _lasting(shown) == printed


def test_the_readme_has_two_sessions() -> None:
    assert len(SESSIONS) == 2


@pytest.mark.parametrize("target", ["demo", "test"])
def test_the_two_commands_of_the_readme_are_in_the_makefile(target: str) -> None:
    assert f"\nmake {target} " in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_page_the_readme_points_to_is_there() -> None:
    pages = re.findall(r"\]\(([^)#:]+)\)", README)
    assert len(pages) >= 6
    assert [page for page in pages if not (ROOT / page).exists()] == []
