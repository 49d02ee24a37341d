import pytest

from cli.errors import LANGUAGES, BadFile, Fault, ShellError, fault_codes


def test_a_refusal_of_the_shell_is_said_in_the_language_asked_for() -> None:
    problem = ShellError("没有", "there is none")
    assert (problem.said("zh"), problem.said("en"), str(problem)) == (
        "没有",
        "there is none",
        "there is none",
    )


def test_one_sentence_alone_serves_both_languages() -> None:
    assert {ShellError("无 / none").said(language) for language in LANGUAGES} == {"无 / none"}


@pytest.mark.parametrize("code", sorted(fault_codes()))
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_says_what_why_and_what_next(code: str, language: str) -> None:
    text = Fault(code=code, file="a.csv").text(language)
    assert all((text.what, text.why, text.next_step))


def test_a_fault_names_file_row_column_and_value() -> None:
    fault = Fault(code="damaged_number", file="a.csv", row=7, column="订单编号", value="3.3E+18")
    assert fault.sentence("zh").startswith("a.csv 第 7 行 订单编号: ")
    assert "row 7" in fault.sentence("en")
    assert "「3.3E+18」" in BadFile([fault]).said("zh")
