from datetime import UTC, datetime

from cli import clock


def test_now_is_this_moment_in_shanghai() -> None:
    before = datetime.now(UTC)
    told = clock.now()
    assert before <= told <= datetime.now(UTC)
    assert told.utcoffset() is not None
    assert str(told.tzinfo) == "Asia/Shanghai"
