"""The reader of rulebooks: one fault and the book is not used, and every fault is told with its place."""

import pytest

from calculators.errors import BadRulebook
from calculators.rulebook_reader import bundle, read_rulebook
from cli.rulebooks import default_rulebook

HEAD = '[document]\nid = "900"\ntitle = "A manual"\n'
RULE = '[[rule]]\nid = "900-1"\ntitle = "A rule"\nstatus = "computed"\nquotations = ["says so"]\n'
PARAMETER = '[[rule.parameter]]\nname = "the_cap"\nunit = "yuan"\n'
VALUES = 'values = [{ value = "20.00" }]\n'
GOOD = HEAD + RULE + PARAMETER + VALUES
TIERS = '[[rule.parameter]]\nname = "steps"\nunit = "tiers"\nvalues = [{ value = [\n'


def _faults(text: str) -> list[str]:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(bundle({"900.toml": text}))
    return refused.value.faults


def _tiers(*steps: str) -> str:
    return HEAD + RULE + TIERS + ",\n".join(steps) + "\n] }]\n"


def test_a_good_rulebook_is_read_and_its_text_kept() -> None:
    book = read_rulebook(bundle({"900.toml": GOOD}))
    assert book.parameters["the_cap"].versions[0].value == 2_000
    assert book.rules["900-1"].quotations == ("says so",)
    assert read_rulebook(book.text) == book


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD.replace('title = "A manual"', 'title = "A manual"\ncolour = "red"'), "document.colour"),
        (GOOD.replace("status", 'mood = "good"\nstatus'), "rule[0].mood"),
        (GOOD + 'cap = "1.00"\n', "rule[0].parameter[0].cap"),
        (GOOD.replace('"20.00"', "20.0"), "values[0].value"),
        (GOOD.replace('"20.00"', "20"), "rule[0].parameter[0].values[0].value"),
        (GOOD.replace('"20.00"', '"20.001"'), "rule[0].parameter[0].values[0].value"),
        (GOOD.replace('unit = "yuan"', 'unit = "dollar"'), "rule[0].parameter[0].unit"),
        (GOOD.replace("computed", "perhaps"), "rule[0].status"),
        (GOOD.replace('quotations = ["says so"]\n', ""), "rule[0]"),
        (GOOD.replace('["says so"]', "[]"), "rule[0].quotations"),
        (GOOD.replace('id = "900-1"\n', ""), "rule[0].id"),
        (GOOD + RULE, "rule[1].id"),
        (GOOD + PARAMETER + VALUES, "rule[0].parameter[1].name"),
        (GOOD.replace(VALUES, ""), "rule[0].parameter[0].values"),
        (HEAD + RULE + PARAMETER + 'readings = ["1.00"]\n' + VALUES, "rule[0].parameter[0].values[0].value"),
        (GOOD.replace('{ value = "20.00" }', '{ from = 2017-06-25, value = "1.00" }'), "values[0].from"),
        (GOOD.replace('{ value = "20.00" }', '{ from = "2017-02-30", value = "1.00" }'), "values[0].from"),
        (GOOD.replace('title = "A rule"', "title = A rule"), "900.toml:"),
        ("", "document"),
        (HEAD, "rule"),
    ],
)
def test_a_rulebook_with_a_fault_is_refused_at_its_place(text: str, place: str) -> None:
    faults = _faults(text)
    assert any(place in fault for fault in faults), faults
    assert all(fault.startswith(("900.toml:", "the rulebook holds no rule")) for fault in faults)


@pytest.mark.parametrize(
    "values",
    [
        '[{ value = "1.00" }, { value = "2.00" }]',
        '[{ to = "2017-06-24", value = "1.00" }, { from = "2017-06-24", value = "2.00" }]',
        '[{ to = "2017-06-24", value = "1.00" }, { to = "2018-06-24", value = "2.00" }]',
        '[{ from = "2018-01-01", value = "1.00" }, { from = "2017-01-01", value = "2.00" }]',
    ],
)
def test_versions_that_overlap_are_refused(values: str) -> None:
    (fault,) = _faults(GOOD.replace('[{ value = "20.00" }]', values))
    assert "overlaps" in fault


def test_a_version_that_ends_before_it_begins_is_refused() -> None:
    turned = '[{ from = "2018-01-01", to = "2017-01-01", value = "1.00" }]'
    (fault,) = _faults(GOOD.replace('[{ value = "20.00" }]', turned))
    assert "ends before it begins" in fault


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (['{ from = "0", to = "10", includes_to = true, factor = "1" }'], "includes_from"),
        (['{ from = "0", includes_from = true, to = "10", factor = "1" }'], "includes_to"),
        (['{ from = "5", includes_from = true, to = "1", includes_to = true, factor = "1" }'], "[0].to"),
        (['{ from = "0", includes_from = true }'], "factor"),
        ([], "value"),
        (
            [
                '{ from = "0", includes_from = true, to = "10", includes_to = true, factor = "1" }',
                '{ from = "11", includes_from = true, factor = "0.9" }',
            ],
            "[1].from",
        ),
        (
            [
                '{ from = "0", includes_from = true, to = "10", includes_to = false, factor = "1" }',
                '{ from = "10", includes_from = false, factor = "0.9" }',
            ],
            "[1].from",
        ),
    ],
)
def test_tiers_say_their_bounds_and_leave_no_hole(steps: list[str], place: str) -> None:
    (fault,) = _faults(_tiers(*steps))
    assert place in fault


def test_all_faults_are_told_together() -> None:
    faults = _faults(GOOD.replace('"20.00"', '"20.001"') + RULE + 'mood = "bad"\n')
    assert len(faults) == 2


def test_a_rulebook_without_a_rule_is_none() -> None:
    with pytest.raises(BadRulebook, match="no rule"):
        read_rulebook("")


def test_the_digest_is_of_the_text_and_follows_every_letter_of_it() -> None:
    book, other = default_rulebook(), bundle({"900.toml": GOOD})
    assert read_rulebook(book.text).digest == book.digest
    assert read_rulebook(other).digest != read_rulebook(other.replace("20.00", "20.01")).digest


def test_the_files_of_a_bundle_are_in_one_order_whoever_lists_them() -> None:
    assert bundle({"b.toml": "2", "a.toml": "1"}) == bundle({"a.toml": "1", "b.toml": "2"})
