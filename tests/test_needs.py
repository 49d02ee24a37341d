"""What becomes of a test whose program is missing."""

import pytest

from tests.needs import needs

MISSING = "settle-no-such-program"


def test_a_program_that_is_there_is_found() -> None:
    assert needs("sh").endswith("sh")


def test_a_missing_program_skips_its_test(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SETTLE_REQUIRE_ALL", raising=False)
    with pytest.raises(pytest.skip.Exception, match=MISSING):
        needs(MISSING)


def test_a_missing_program_fails_its_test_where_all_are_required(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SETTLE_REQUIRE_ALL", "1")
    with pytest.raises(pytest.fail.Exception, match=MISSING):
        needs(MISSING)
