"""The demo's month, made once for all tests that hand it over."""

from pathlib import Path

import pytest

from tests.cli.commands.shop import settle


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo's book, its month closed."""
    folder = tmp_path_factory.mktemp("shop")
    done = settle("demo", "demo", "--lang", "en", folder=folder)
    assert done.returncode == 0, done.stderr
    return folder / "demo"
