"""The terms of a case: which value holds on which day, and whence it is said to come."""

from datetime import date
from fractions import Fraction

import pytest

from calculators.errors import BadCase
from calculators.rulebook_reader import bundle, read_rulebook
from calculators.terms import Terms, Unset, decimal_text
from cli.rulebooks import default_rulebook

DAY = date(2017, 3, 1)
BOOK = read_rulebook(
    bundle(
        {
            "900.toml": '[document]\nid = "900"\ntitle = "A manual"\n[[rule]]\nid = "900-1"\ntitle = "A rule"\n'
            'status = "computed"\nquotations = ["says so"]\n[[rule.parameter]]\nname = "hours"\nunit = "hours"\n'
            'governed_by = "paid"\nvalues = [{ from = "2017-01-01", to = "2017-06-24", value = 72 },'
            ' { from = "2017-06-26", value = 48 }]\n'
        }
    )
)


def _terms(**policy: object) -> Terms:
    return Terms(default_rulebook(), policy, {"asked": DAY})


def test_a_value_of_the_manuals_says_its_layer_clause_and_value() -> None:
    terms = _terms()
    (used,) = terms.used("repair_cap")
    assert terms.fen("repair_cap") == 2_000
    assert (used.value, used.layer, used.rule) == ("20.00", "manuals", "003-13b")


def test_a_policy_overrules_and_says_so() -> None:
    terms = _terms(repair_cap="30.00")
    (used,) = terms.used("repair_cap")
    assert (terms.fen("repair_cap"), used.value, used.layer) == (3_000, "30.00", "policy")


def test_a_policy_is_checked_whole_before_anything_is_read() -> None:
    with pytest.raises(BadCase, match=r"policy\.mood"):
        _terms(mood="good")
    with pytest.raises(BadCase, match=r"policy\.repair_cap"):
        _terms(repair_cap="20.001")


@pytest.mark.parametrize(
    ("paid", "hours"), [(date(2017, 1, 1), 72), (date(2017, 6, 24), 72), (date(2017, 6, 26), 48)]
)
def test_the_governing_day_picks_the_version(paid: date, hours: int) -> None:
    assert Terms(BOOK, {}, {"asked": date(2020, 1, 1), "paid": paid}).number("hours") == hours


@pytest.mark.parametrize("paid", [date(2016, 12, 31), date(2017, 6, 25)])
def test_a_day_that_no_version_covers_is_unset_and_never_stretched(paid: date) -> None:
    with pytest.raises(Unset) as unset:
        Terms(BOOK, {}, {"asked": DAY, "paid": paid}).number("hours")
    assert unset.value.name == "hours"


def test_a_blank_of_the_manuals_is_unset_until_the_shop_sets_it() -> None:
    with pytest.raises(Unset):
        _terms().fen("reward_error")
    assert _terms(reward_error="5.00").fen("reward_error") == 500


def test_an_earlier_claim_is_measured_on_its_own_days_under_the_same_policy() -> None:
    terms = Terms(BOOK, {}, {"asked": DAY, "paid": date(2017, 6, 26)})
    assert terms.on_days({"asked": DAY, "paid": DAY}).number("hours") == 72
    assert terms.number("hours") == 48


@pytest.mark.parametrize(
    ("value", "text"),
    [(Fraction(1, 20), "0.05"), (Fraction(17, 20), "0.85"), (Fraction(2), "2"), (Fraction(1, 125), "0.008")],
)
def test_a_rate_is_written_as_people_write_it(value: Fraction, text: str) -> None:
    assert decimal_text(value) == text
