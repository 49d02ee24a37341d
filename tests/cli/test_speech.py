import pytest

from cli.speech import PIPE_WIDTH, BadOption, console, either, language, language_of


@pytest.mark.parametrize(
    ("environment", "spoken"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "C", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({}, "en"),
    ],
)
def test_the_locale_decides_where_nobody_asks(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], spoken: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language(None) == spoken
    assert language("zh") == "zh"


def test_another_language_is_refused() -> None:
    with pytest.raises(BadOption):
        language("fr")


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        (["--lang", "zh"], "zh"),
        (["--lang=en", "x"], "en"),
        (["--lang"], None),
        (["--lang", "fr"], None),
        (["zh"], None),
    ],
)
def test_the_language_is_found_in_the_words(words: list[str], asked: str | None) -> None:
    assert language_of(words) == asked


def test_no_line_is_broken_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    console().print("长" * 3000)
    assert capsys.readouterr().out == "长" * 3000 + "\n"
    assert console().width == PIPE_WIDTH
    assert either("zh", "一", "one") == "一"
