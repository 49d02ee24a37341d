"""Two counters of platform points that never mix and start again each year."""

from typing import Any

import pytest

from tests.calculators.asking import Json, ask, error_path

YEAR_END = "2017-12-31T23:59:59"


def violation(what: str, on: str = "2017-06-01", **keys: Any) -> Json:
    return {"what": what, "on": on, **keys}


def tally(*violations: Json, at: str = YEAR_END, **top: Any) -> Json:
    return ask({"at": at, **top, "violation_points": {"violations": list(violations)}})


def counters(answer: Json) -> list[str]:
    return [item["inputs"]["points"] for item in answer["items"]]


# Ex 40: invoice tax 6, freight on free shipping 4, card fee 6 (or 4), two closures
A_BAD_YEAR = (
    violation("invoice"),
    violation("free_shipping"),
    violation("card"),
    violation("close", times=2),
)


@pytest.mark.parametrize(("card_points", "general"), [(6, "18"), (4, "16")])
def test_a_bad_year_is_18_points_or_16_by_the_list(card_points: int, general: str) -> None:
    assert counters(tally(*A_BAD_YEAR, policy={"card_points": card_points})) == [general, "0"]


def test_both_readings_of_the_card_are_told() -> None:
    (advisory,) = tally(*A_BAD_YEAR)["advisories"]
    assert advisory["id"] == "C-13"
    assert "2 fewer" in advisory["text"]


@pytest.mark.parametrize(
    ("points", "closes"), [("12", ["SHOP_CLOSES"]), ("11.8", []), ("12.1", ["SHOP_CLOSES"])]
)
def test_the_shop_closes_at_48_serious_points(points: str, closes: list[str]) -> None:
    answer = tally(violation("serious", points="36"), violation("serious", points=points))
    assert [one["id"] for one in answer["advisories"]] == closes


def test_general_points_never_close_it() -> None:
    answer = tally(violation("serious", points="47.8"), violation("general", points="6", times=9))
    assert counters(answer) == ["54", "47.8"]
    assert answer["advisories"] == []


def test_last_years_points_and_tomorrows_do_not_count() -> None:
    violations = [violation("leak", on) for on in ("2016-12-31", "2017-01-01", "2017-12-31", "2018-01-01")]
    assert counters(tally(*violations)) == ["12", "0"]
    assert counters(tally(*violations, at="2018-01-01T00:00")) == ["6", "0"]


def test_no_money_moves() -> None:
    answer = tally(*A_BAD_YEAR)
    assert answer["entries"] == []
    assert {item["amount"] for item in answer["items"]} == {"0.00"}


@pytest.mark.parametrize("what", ["payment_method", "deposit_fraud", "quality_check"])
def test_what_the_manual_gives_no_points_for_is_named_and_not_counted(what: str) -> None:
    answer = tally(violation(what))
    assert [one["item"] for one in answer["not_applied"]] == [what]
    assert counters(answer) == ["0", "0"]


@pytest.mark.parametrize("amiss", [violation("serious"), violation("leak", points="6")])
def test_points_that_are_missing_or_not_the_users_to_give_are_a_bad_case(amiss: Json) -> None:
    asked = {"at": YEAR_END, "violation_points": {"violations": [amiss]}}
    assert error_path(asked) == "violation_points.violations[0].points"
