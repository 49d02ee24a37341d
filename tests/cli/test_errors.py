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


def test_a_telephone_that_was_added_to_amounts_or_runs_into_a_day_is_masked() -> None:
    summed = Fault(code="wrong_totals", file="a.csv", value="99.00", detail="(≠ 13800138004.50)")
    spliced = Fault(code="bad_moment", file="a.csv", value="13800132026-10-01 10:01:00")
    assert (summed.value, summed.detail) == ("99.00", "(≠ 138****8004.50)")
    assert spliced.value == "138****2026-10-01 10:01:00"
