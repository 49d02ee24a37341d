"""Packs and overrides are read strictly: each fault is refused, with its file, line and path."""

import pytest

from calculators.errors import BadRulebook
from calculators.rulebook_reader import bundle, read_rulebook
from cli.rulebooks import shipped_texts
from tests.calculators.layered import HEAD, PACK, book, entry

SHIPPED = shipped_texts()
TWO_PLATFORMS = [
    "[[parameter]]",
    *('name = "carrier_rate"', 'rule = "r-2"', 'citation = "c"', 'unit = "rate"', 'platform = "taobao"'),
    'values = [{ from = "2021-01-01", value = "0.05" }]',
]
PACK_HEAD = '[pack]\nid = "p"\ntitle = "t"\nfrom = "2020-01-01"\nchecked_on = "2026-01-01"\n'


def _faults(text: str, name: str = "own.toml") -> list[str]:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(bundle(SHIPPED | {name: text}))
    return refused.value.faults


def _pack_entry(name: str, *more: str) -> str:
    return "\n".join(["\n[[parameter]]", f'name = "{name}"', 'rule = "r-1"', 'citation = "c"', *more, ""])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            HEAD + entry("late_rat", 'value = "0.2"'),
            "own.toml:7: override.parameter[0].name: late_rat is not",
        ),
        (
            HEAD + entry("late_unit", 'value = "PER_CASE"'),
            "own.toml:9: override.parameter[0].value: PER_CASE is not",
        ),
        (
            HEAD + entry("late_cap", 'value = "1.00"', 'unit = "rate"'),
            "own.toml:10: override.parameter[0].unit: late_cap",
        ),
        (HEAD + entry("late_cap", "value = 50"), "own.toml:9: override.parameter[0].value: "),
        (HEAD + entry("late_cap", 'value = "50.001"'), "own.toml:9: override.parameter[0].value: "),
        (HEAD + entry("late_rate", "value = 0.2"), "own.toml:9: override.parameter[0].value: 0.2 is a float"),
        (HEAD + entry("late_rate", 'valu = "0.2"'), "own.toml:9: override.parameter[0].valu: is not a key"),
        (HEAD + entry("late_rate", ""), "own.toml:6: override.parameter[0]: states either one value"),
        (
            HEAD + '\n[[override.parameter]]\nname = "late_rate"\nvalue = "0.2"\n',
            "own.toml:6: override.parameter[0].citation: is missing",
        ),
        (
            HEAD + '\n[[override.parameter]]\nname = "late_rate"\ncitation = " "\nvalue = "0.2"\n',
            "own.toml:8: override.parameter[0].citation: says nothing",
        ),
        (
            HEAD.replace('approver = "李主管"\n', "") + entry("late_rate", 'value = "0.2"'),
            "own.toml:1: override.approver: is missing",
        ),
        (
            HEAD.replace("2026-09-01", "2026-09-31") + entry("late_rate", 'value = "0.2"'),
            "own.toml:4: override.approved_on: ",
        ),
        (HEAD, "own.toml:1: override.parameter: is missing"),
        (
            HEAD + 'packs = ["nope"]\n',
            "own.toml:5: override.packs[0]: nope is no platform pack; known: tmall-2026",
        ),
        (HEAD + entry("late_rate", 'value = "0.2"') + "\n[other]\n", "own.toml:11: other: is not a table"),
        (HEAD + "x = [\n", "own.toml:6: "),
    ],
)
def test_a_fault_of_an_override_is_refused_with_its_line(text: str, fault: str) -> None:
    assert any(one.startswith(fault) for one in _faults(text)), _faults(text)


@pytest.mark.parametrize(
    "text",
    [
        HEAD
        + entry(
            "late_rate",
            'values = [{ value = "0.2", to = "2026-06-30" }, { value = "0.1", from = "2026-06-30" }]',
        ),
        HEAD
        + entry("late_rate", 'value = "0.2"')
        + entry("late_rate", 'values = [{ value = "0.1", from = "2026-06-30" }]'),
    ],
)
def test_a_day_may_not_be_claimed_twice(text: str) -> None:
    assert any("overlap" in one for one in _faults(text))


def test_two_files_of_one_shop_may_not_claim_a_day_twice() -> None:
    text = HEAD + entry("late_rate", 'value = "0.2"')
    with pytest.raises(BadRulebook, match="overlaps another entry of late_rate"):
        book(text, text)


def test_all_faults_of_a_file_are_reported_together() -> None:
    text = HEAD + entry("late_rat", 'value = "0.2"') + entry("late_unit", 'value = "X"', 'unit = "choice"')
    assert len(_faults(text.replace('shop = "main"', "shop = 3"))) == 3


def test_an_entry_may_name_its_own_approver() -> None:
    text = (
        HEAD
        + entry("late_rate", 'value = "0.2"')
        + entry("late_cap", 'value = "9.00"', 'approver = "王经理"')
    )
    (override,) = book(text).overrides
    assert [one.approver for one in override.amendments] == ["李主管", "王经理"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            _pack_entry("late_rate", 'values = [{ value = "0.2" }]'),
            "has a value or a gap outside the days of the pack",
        ),
        (
            _pack_entry("late_rate", 'values = [{ from = "2019-12-31", value = "0.2" }]'),
            "outside the days of the pack",
        ),
        (
            _pack_entry("unheard_of", 'values = [{ from = "2020-01-01", value = "0.2" }]'),
            "unheard_of is not a parameter",
        ),
        (
            _pack_entry(
                "late_rate",
                "values = [",
                '{ from = "2020-01-01", to = "2020-06-30", value = "0.2" },',
                '{ from = "2021-01-01", value = "0.1" },',
                "]",
            ),
            "late_rate says nothing from 2020-07-01 to 2020-12-31: a value or a gap",
        ),
        (
            _pack_entry(
                "late_rate",
                'gaps = [{ from = "2020-01-01", to = "2020-06-30" }]',
                'values = [{ from = "2020-07-01", value = "0.2" }]',
            ),
            "gaps[0].why: is missing",
        ),
        (
            _pack_entry(
                "late_rate",
                'gaps = [{ from = "2020-01-01", to = "2020-07-01", why = "w" }]',
                'values = [{ from = "2020-07-01", value = "0.2" }]',
            ),
            "overlap",
        ),
        (_pack_entry("late_rate", 'values = [{ value = "0.2" }, { value = "0.1" }]'), "overlap"),
    ],
)
def test_a_fault_of_a_pack_is_refused(text: str, fault: str) -> None:
    faults = _faults(PACK_HEAD + text)
    assert any(fault in one for one in faults), faults


def test_a_hole_that_is_declared_a_gap_is_read() -> None:
    entries = _pack_entry(
        "late_rate",
        'gaps = [{ from = "2020-07-01", to = "2020-12-31", why = "w" }]',
        'values = [{ from = "2020-01-01", to = "2020-06-30", value = "0.2" }, { from = "2021-01-01", value = "0.1" }]',
    )
    rulebook = read_rulebook(bundle(SHIPPED | {"own.toml": PACK_HEAD + entries}))
    assert rulebook.packs["p"].amendments[0].gaps[0].why == "w"


def test_a_pack_is_known_once() -> None:
    assert any(
        "tmall-2026 stands in the rulebook twice" in one for one in _faults(SHIPPED[f"packs/{PACK}.toml"])
    )


def test_a_pack_nobody_knows_cannot_be_made_active() -> None:
    with pytest.raises(BadRulebook, match="nope is no platform pack; known: tmall-2026"):
        read_rulebook(bundle(SHIPPED, ("nope",)))


def test_a_file_may_not_smuggle_another_into_the_bundle() -> None:
    with pytest.raises(BadRulebook, match="marks a file of a bundle"):
        bundle({"own.toml": HEAD + "\n#=== 004.toml\n"})


def test_the_digest_covers_packs_and_overrides() -> None:
    text = HEAD + entry("late_rate", 'value = "0.2"')
    digests = {one.digest for one in (book(), book(text), book(packs=(PACK,)), book(text, packs=(PACK,)))}
    assert len(digests) == 4


def test_a_bundle_is_read_again_as_it_was() -> None:
    first = book(HEAD + entry("late_rate", 'value = "0.2"'), packs=(PACK,))
    again = read_rulebook(first.text)
    assert (again.digest, again.overrides, again.active) == (first.digest, first.overrides, first.active)


def test_an_entry_is_of_the_pack_s_platform_unless_it_names_its_own() -> None:
    head = PACK_HEAD + 'platform = "tmall"\n'
    own = _pack_entry("late_cap", 'values = [{ from = "2021-01-01", value = "9.00" }]')
    text = head + own + "\n".join(["", *TWO_PLATFORMS, ""])
    pack = read_rulebook(bundle(SHIPPED | {"packs/p.toml": text})).packs["p"]
    assert {one.name: one.platform for one in pack.amendments} == {
        "late_cap": "tmall",
        "carrier_rate": "taobao",
    }


def test_a_platform_that_is_none_of_the_case_format_is_refused() -> None:
    assert any(
        "pack.platform: must be one of tmall, taobao" in one
        for one in _faults(PACK_HEAD + 'platform = "jd"\n')
    )
    bad = _pack_entry("late_cap", 'value = "9.00"', 'platform = "jd"')
    assert any("parameter[0].platform: must be one of" in one for one in _faults(PACK_HEAD + bad))
