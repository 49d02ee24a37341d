from datetime import date

import pytest

from cli.rule_pages import NoSuchRule, conflict_texts, page_of
from tests.calculators.layered import HEAD, PACK, book, entry

DAY = date(2026, 10, 1)


def test_a_rule_is_shown_with_its_own_words_and_the_digest_of_its_document() -> None:
    page = page_of(book(), "004-C2d", DAY, "main")
    assert page["quotations"][0].startswith("延迟发货投诉成立才会赔付")
    assert len(page["document"]["sha256"]) == 64


def test_all_thirty_conflicts_have_both_sides_and_a_resolution_in_both_languages() -> None:
    assert list(conflict_texts()) == [f"C-{number:02}" for number in range(1, 31)]
    keys = {"side_a", "side_b", "resolution_zh", "resolution_en"}
    assert all(set(text) == keys and all(text.values()) for text in conflict_texts().values())


def test_every_conflict_that_the_rulebook_names_has_its_text() -> None:
    named = {conflict for rule in book().rules.values() for conflict in rule.conflicts}
    assert named
    assert named <= set(conflict_texts())


@pytest.mark.parametrize(("name", "conflict"), [("000-7B", "C-01"), ("late_unit", "C-07")])
def test_conflicts_are_shown_where_the_rule_or_a_note_names_them(name: str, conflict: str) -> None:
    page = page_of(book(), name, DAY, "main")
    assert conflict in [one["id"] for one in page["conflicts"]]


@pytest.mark.parametrize(("day", "hours"), [("2017-06-24", "72"), ("2017-06-25", "48")])
def test_a_parameter_is_shown_as_it_stands_on_the_day(day: str, hours: str) -> None:
    (parameter,) = page_of(book(), "ship_hours", date.fromisoformat(day), "main")["parameters"]
    assert parameter["in_force"]["value"] == hours
    assert parameter["governed_by"] == "paid"
    assert [one["value"] for one in parameter["history"]] == ["72", "48"]


def test_every_layer_is_shown_and_the_uppermost_is_in_force() -> None:
    rulebook = book(HEAD + entry("late_rate", 'value = "0.20"'), packs=(PACK,))
    rate = page_of(rulebook, "late_rate", DAY, "main")["parameters"][0]
    assert rate["in_force"]["layer"] == "shop"
    assert [one["layer"] for one in rate["layers"]] == [PACK, "shop main"]
    assert rate["layers"][1]["approver"] == "李主管"


def test_a_gap_is_shown_as_one() -> None:
    rate = page_of(book(packs=(PACK,)), "late_rate", date(2020, 1, 1), "main")["parameters"][0]
    assert rate["in_force"]["value"] is None
    assert rate["in_force"]["layer"] == PACK


def test_what_a_pack_brings_has_a_page_too() -> None:
    page = page_of(book(), "late_min", DAY, "main")
    assert (page["id"], page["status"]) == ("11000266-7", "pack")
    late_min = next(one for one in page["parameters"] if one["name"] == "late_min")
    assert (late_min["in_force"], late_min["history"]) == (None, [])


def test_a_rule_that_is_not_there_is_refused_with_those_near_it() -> None:
    with pytest.raises(NoSuchRule, match="004-C2a, 004-C2b"):
        page_of(book(), "004-C2", DAY, "main")
