import io
from types import SimpleNamespace

import pytest
from rich.console import Console

from cli.progress import Bar, counted, passed, waiting, watched, watched_lines


def _bar(
    monkeypatch: pytest.MonkeyPatch, seconds: list[float], *, terminal: bool = True
) -> tuple[Bar, io.StringIO]:
    """A bar to an unseen terminal, whose clock tells these seconds one after the other."""
    told = iter(seconds)
    monkeypatch.setattr("cli.progress.time.monotonic", lambda: next(told, seconds[-1]))
    out = io.StringIO()
    return Bar("replaying", 4, Console(file=out, force_terminal=terminal, width=80)), out


def test_what_takes_long_shows_how_far_it_is_and_leaves_nothing_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    bar, out = _bar(monkeypatch, [0.0, 0.5, 1.5])
    bar.tick(1)
    assert out.getvalue() == ""
    bar.tick(2)
    bar.tick(3)
    bar.end()
    assert "replaying" in out.getvalue()


def test_what_is_quick_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bar, out = _bar(monkeypatch, [0.0, 0.9])
    bar.tick(1)
    bar.end()
    assert out.getvalue() == ""


def test_a_pipe_gets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    bar, out = _bar(monkeypatch, [0.0, 9.0], terminal=False)
    bar.tick(1)
    bar.end()
    assert out.getvalue() == ""


def test_watching_changes_neither_the_things_nor_their_order() -> None:
    assert list(watched([3, 1, 2], "x")) == [3, 1, 2]


def test_a_counted_call_answers_as_the_call_does(monkeypatch: pytest.MonkeyPatch) -> None:
    bar, _ = _bar(monkeypatch, [0.0])
    call = counted(lambda one, other: one + other, bar)
    assert [call(1, 2), call(3, 4)] == [3, 7]


@pytest.mark.parametrize(("terminal", "shown"), [(True, True), (False, False)])
def test_a_wheel_turns_on_a_terminal_only(*, terminal: bool, shown: bool) -> None:
    out = io.StringIO()
    with waiting("reconciling", Console(file=out, force_terminal=terminal, width=80)):
        pass
    assert ("reconciling" in out.getvalue()) == shown


def test_lines_of_a_sheet_pass_unchanged() -> None:
    sheet = SimpleNamespace(title="序时账", last_row=3)
    assert list(watched_lines(sheet, iter("abc"))) == ["a", "b", "c"]


def test_of_things_that_come_one_by_one_only_the_number_is_known() -> None:
    assert list(passed((number for number in range(3)), "x", 3)) == [0, 1, 2]
