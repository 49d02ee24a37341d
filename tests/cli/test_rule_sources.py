from pathlib import Path

from cli.rule_sources import CLAUSE, cases_folder, citations, item_clauses, named_in_tests, worked_cases


def test_a_clause_is_found_in_prose_and_not_inside_a_longer_word() -> None:
    text = "see 000-11.2, 003-9 and 000-II.1.2; not 2000-01 nor x-000-1"
    assert CLAUSE.findall(text) == ["000-11.2", "003-9", "000-II.1.2"]


def test_the_code_that_writes_a_clause_is_named_with_its_line() -> None:
    places = [one.place for one in citations() if one.clause == "004-C2d" and one.exact]
    lines = {place: Path(place.split(":")[0]).read_text("utf-8").splitlines() for place in places}
    assert places
    assert all('"004-C2d"' in lines[place][int(place.split(":")[1]) - 1] for place in places)


def test_an_item_has_the_clauses_that_stand_with_it_in_a_call() -> None:
    assert {"004-C2d", "004-E4", "004-C2a"} <= item_clauses()["late_compensation"]


def test_worked_cases_are_read_without_what_the_runner_keeps_to_itself() -> None:
    cases = worked_cases(Path("tests/cases"))
    assert len(cases) > 400
    assert all(not {"rules", "expect", "expect_error"} & set(case.question) for case in cases)


def test_tests_that_name_a_clause_are_found_and_longer_clauses_are_not_mistaken_for_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "test_x.py").write_text("# 000-1.1\n# 000-1 and more\n# 000-1\n", "utf-8")
    named = named_in_tests("000-1", tmp_path / "cases")
    assert [place.rpartition(":")[2] for place in named] == ["2", "3"]


def test_the_folder_of_a_source_tree_is_used_and_elsewhere_none(tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    assert cases_folder(None) == Path("tests/cases")
    monkeypatch.chdir(tmp_path)
    assert cases_folder(None) is None
    assert cases_folder(tmp_path) == tmp_path
