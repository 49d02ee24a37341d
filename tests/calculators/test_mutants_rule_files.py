"""What a broken file of rules is told, word for word: every fault with its line, its place and its reason."""

import pytest

from calculators.errors import BadRulebook
from calculators.rulebook_reader import bundle, read_rulebook, unbundle
from calculators.toml_text import read_toml
from cli.rulebooks import shipped_texts
from tests.calculators.layered import HEAD, PACK, entry

SHIPPED = shipped_texts()
MANUAL = '[document]\nid = "900"\ntitle = "A manual"\n'
RULE = '[[rule]]\nid = "900-1"\ntitle = "A rule"\nstatus = "computed"\nquotations = ["says so"]\n'
PARAMETER = '[[rule.parameter]]\nname = "the_cap"\nunit = "yuan"\n'
VALUES = 'values = [{ value = "20.00" }]\n'
GOOD = MANUAL + RULE + PARAMETER + VALUES
PACK_HEAD = '[pack]\nid = "p"\ntitle = "t"\nfrom = "2020-01-01"\nchecked_on = "2026-01-01"\n'
NOTHING = "is missing: without an entry there is nothing to put in force"


def _faults(files: dict[str, str], packs: tuple[str, ...] = ()) -> list[str]:
    try:
        read_rulebook(bundle(files, packs))
    except BadRulebook as refused:
        return refused.faults
    return []


def _dated(*values: str) -> str:
    """One value after another, each as (days, value)."""
    return f"values = [{', '.join(values)}]"


def _packed(*more: str) -> str:
    lines = ["[[parameter]]", 'name = "late_rate"', 'rule = "r-1"', 'citation = "c"', *more, ""]
    return "\n".join(["", *lines])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a = \n", ":1: Invalid value (at line 1, column 5)"),
        ("", ":1: document: is missing"),
        (MANUAL, ":1: rule: is missing"),
        (
            GOOD.replace('title = "A manual"', 'title = "A manual"\ncolour = "red"'),
            ":4: document.colour: is not a key that belongs here",
        ),
        (
            GOOD.replace('quotations = ["says so"]\n', ""),
            ":4: rule[0]: 900-1 quotes no clause and cites no source",
        ),
        (GOOD + RULE, ":14: rule[1].id: 900-1 stands in the rulebook twice"),
        (
            GOOD + PARAMETER + VALUES,
            ":14: rule[0].parameter[1].name: the_cap stands in the rulebook twice",
        ),
        (
            MANUAL
            + RULE
            + PARAMETER.replace("yuan", "choice")
            + 'readings = ["A", "B"]\nvalues = [{ value = "C" }]\n',
            ":13: rule[0].parameter[0].values[0].value: C is not among the readings A, B",
        ),
        (
            GOOD.replace(VALUES, _dated('{ from = "2018-01-01", to = "2017-12-31", value = "1.00" }')),
            ":12: rule[0].parameter[0].values[0]: ends before it begins",
        ),
        (
            GOOD.replace(
                VALUES,
                _dated('{ to = "2017-06-24", value = "1.00" }', '{ from = "2017-06-24", value = "2" }'),
            ),
            ":12: rule[0].parameter[0].values[1]: overlaps the version before it",
        ),
        (
            GOOD.replace('"20.00"', "20.0"),
            ":12: rule[0].parameter[0].values[0].value: 20.0 is a float; write it as a text",
        ),
    ],
)
def test_a_manual_is_told_its_fault(text: str, fault: str) -> None:
    assert _faults({"900.toml": text}) == [f"900.toml{fault}"]


def test_a_version_of_a_single_day_is_none_that_ends_before_it_begins() -> None:
    one_day = _dated('{ from = "2018-01-01", to = "2018-01-01", value = "1.00" }')
    assert _faults({"900.toml": GOOD.replace(VALUES, one_day)}) == []
    assert _faults(SHIPPED | {"own.toml": HEAD + entry("late_cap", one_day)}) == []


def test_a_file_that_cannot_be_read_does_not_hide_the_next_one() -> None:
    assert _faults({"1.toml": "a = \n", "2.toml": '[document]\nid = "x"\n'}) == [
        "1.toml:1: Invalid value (at line 1, column 5)",
        "2.toml:1: document.title: is missing",
    ]


def test_a_rulebook_of_no_file_says_what_it_lacks() -> None:
    assert _faults({}) == ["the rulebook holds no rule"]


def test_several_faults_are_one_sentence_each() -> None:
    with pytest.raises(BadRulebook) as refused:
        read_rulebook(bundle({"1.toml": "a = \n", "2.toml": ""}))
    assert (
        str(refused.value) == "1.toml:1: Invalid value (at line 1, column 5); 2.toml:1: document: is missing"
    )


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "override = 3\n",
            [
                *("1: override.shop: is missing", "1: override.approver: is missing"),
                *("1: override.approved_on: is missing", f"1: override.parameter: {NOTHING}"),
            ],
        ),
        (
            "x = 1\n" + HEAD + entry("late_rate", 'value = "0.2"'),
            ["1: x: is not a table that belongs here"],
        ),
        (
            HEAD.replace('"李主管"', '" "').replace('"main"', '""') + entry("late_rate", 'value = "0.2"'),
            ["3: override.approver: says nothing", "2: override.shop: says nothing"],
        ),
        (
            HEAD.replace('shop = "main"\n', "") + 'colour = "red"\n' + entry("late_rate", 'value = "0.2"'),
            ["1: override.shop: is missing", "4: override.colour: is not a key that belongs here"],
        ),
        (
            HEAD + entry("late_rate", 'value = "0.2"', 'approver = ""'),
            ["10: override.parameter[0].approver: says nothing"],
        ),
        (
            HEAD + entry("late_unit", 'value = "PER_CASE"'),
            ["9: override.parameter[0].value: PER_CASE is not among the readings PER_ITEM, PER_ORDER"],
        ),
        (
            HEAD + entry("late_cap", 'value = "1.00"', 'unit = "rate"'),
            ["10: override.parameter[0].unit: late_cap is in yuan"],
        ),
        (
            HEAD + entry("late_rate", 'value = "0.1"', _dated('{ value = "0.2" }')),
            ["6: override.parameter[0]: states either one value or dated values"],
        ),
        (
            HEAD + entry("late_rate", _dated('{ from = "2018-01-01", to = "2017-12-31", value = "0.1" }')),
            ["9: override.parameter[0].values[0]: ends before it begins"],
        ),
        (
            HEAD + entry("late_rate", "values = [3]"),
            ["9: override.parameter[0].values[0]: is missing or no table"],
        ),
        (
            HEAD + entry("late_rate", _dated('{ valu = "0.1" }')),
            [
                "9: override.parameter[0].values[0].value: is missing",
                "9: override.parameter[0].values[0].valu: is not a key that belongs here",
            ],
        ),
        (HEAD + "parameter = 3\n", [f"5: override.parameter: {NOTHING}"]),
        (HEAD + "parameter = []\n", [f"5: override.parameter: {NOTHING}"]),
        (HEAD + f'packs = ["{PACK}"]\nparameter = []\n', [f"6: override.parameter: {NOTHING}"]),
        (HEAD + f'packs = ["{PACK}"]\n', []),
        (
            HEAD + entry("late_rate", 'value = "0.2"') * 3,
            [
                "11: override.parameter[1]: overlaps another entry of late_rate",
                "16: override.parameter[2]: overlaps another entry of late_rate",
            ],
        ),
        (
            HEAD
            + entry("late_rate", _dated('{ from = "2026-01-01", to = "2026-06-30", value = "0.2" }'))
            + entry("late_rate", _dated('{ from = "2026-06-30", value = "0.1" }')),
            ["11: override.parameter[1]: overlaps another entry of late_rate"],
        ),
        (
            HEAD
            + entry("late_rate", _dated('{ from = "2026-06-30", value = "0.1" }'))
            + entry("late_rate", _dated('{ from = "2026-01-01", to = "2026-06-30", value = "0.2" }')),
            ["11: override.parameter[1]: overlaps another entry of late_rate"],
        ),
        (
            HEAD
            + entry("late_rate", _dated('{ from = "2026-07-01", value = "0.2" }'))
            + entry("late_rate", _dated('{ from = "2026-01-01", to = "2026-06-30", value = "0.1" }')),
            [],
        ),
        (
            HEAD
            + entry(
                "late_rate",
                _dated('{ to = "2026-06-30", value = "0.2" }', '{ from = "2026-06-30", value = "0.1" }'),
            ),
            ["6: override.parameter[0]: the values of late_rate overlap"],
        ),
    ],
)
def test_an_override_is_told_every_fault(text: str, faults: list[str]) -> None:
    assert _faults(SHIPPED | {"own.toml": text}) == [f"own.toml:{fault}" for fault in faults]


def test_the_second_file_of_a_shop_is_told_where_it_overlaps_the_first() -> None:
    first = HEAD + entry("late_rate", 'value = "0.2"')
    second = HEAD + entry("late_cap", 'value = "2.00"') + entry("late_rate", 'value = "0.3"')
    assert _faults(SHIPPED | {"a.toml": first, "b.toml": second}) == [
        "b.toml:11: override.parameter[1]: overlaps another entry of late_rate"
    ]
    assert _faults(SHIPPED | {"a.toml": first, "b.toml": second.replace("main", "other")}) == []


SPAN = '{ from = "2020-01-01", to = "2020-06-30", value = "0.2" }'


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (
            "[pack]\n",
            [
                *("1: pack.id: is missing", "1: pack.title: is missing", "1: pack.from: is missing"),
                *("1: pack.checked_on: is missing", f"1: parameter: {NOTHING}"),
            ],
        ),
        (
            PACK_HEAD + 'to = "2020-06-29"\n' + _packed(_dated(SPAN)),
            ["8: parameter[0]: late_rate has a value or a gap outside the days of the pack"],
        ),
        (PACK_HEAD + 'to = "2020-06-30"\n' + _packed(_dated(SPAN)), []),
        (
            PACK_HEAD + _packed(_dated(SPAN, '{ from = "2020-07-02", value = "0.1" }')),
            ["7: parameter[0]: late_rate says nothing from 2020-07-01 to 2020-07-01: a value or a gap"],
        ),
        (PACK_HEAD + _packed(_dated(SPAN, '{ from = "2020-07-01", value = "0.1" }')), []),
        (
            PACK_HEAD + _packed("occasional = true", _dated(SPAN, '{ from = "2021-07-01", value = "0.1" }')),
            [],
        ),
        (
            PACK_HEAD + _packed("gaps = [3]", _dated('{ from = "2020-07-01", value = "0.2" }')),
            ["11: parameter[0].gaps[0]: is missing or no table"],
        ),
        (
            PACK_HEAD + _packed(_dated(SPAN), 'colour = "red"'),
            ["12: parameter[0].colour: is not a key that belongs here"],
        ),
        (
            PACK_HEAD + _packed(_dated(SPAN)) + _packed(_dated(SPAN)),
            ["13: parameter[1]: overlaps another entry of late_rate"],
        ),
        (PACK_HEAD, [f"1: parameter: {NOTHING}"]),
        (
            PACK_HEAD + "parameter = 3\n",
            ["6: pack.parameter: is not a key that belongs here", f"1: parameter: {NOTHING}"],
        ),
    ],
)
def test_a_pack_is_told_every_fault(text: str, faults: list[str]) -> None:
    assert _faults(SHIPPED | {"own.toml": text}) == [f"own.toml:{fault}" for fault in faults]


def test_a_pack_that_is_known_is_named_where_it_stands() -> None:
    (fault,) = _faults({**SHIPPED, "own.toml": SHIPPED[f"packs/{PACK}.toml"]})
    assert fault.endswith(f": pack.id: {PACK} stands in the rulebook twice")


@pytest.mark.parametrize(
    ("files", "packs", "fault"),
    [
        (SHIPPED, ("nope",), "active.toml:2: active.packs[0]: nope is no platform pack; known: tmall-2026"),
        (
            SHIPPED,
            ("tmall-2026", "zzz"),
            "active.toml:2: active.packs[1]: zzz is no platform pack; known: tmall-2026",
        ),
        (
            {"900.toml": GOOD},
            ("nope",),
            "active.toml:2: active.packs[0]: nope is no platform pack; known: none",
        ),
        ({"900.toml": GOOD, "active.toml": "[active]\n"}, (), "active.toml:1: active.packs: is missing"),
        (
            {"900.toml": GOOD, "active.toml": "[active]\npacks = []\n[more]\n"},
            (),
            "active.toml:3: more: is not a key that belongs here",
        ),
    ],
)
def test_packs_that_cannot_be_made_active_are_named(
    files: dict[str, str], packs: tuple[str, ...], fault: str
) -> None:
    assert _faults(files, packs) == [fault]


def test_two_known_packs_are_named_with_a_comma() -> None:
    another = PACK_HEAD + _packed(_dated(SPAN))
    (fault,) = _faults({**SHIPPED, "packs/another.toml": another}, ("nope",))
    assert fault.endswith("nope is no platform pack; known: p, tmall-2026")


def test_what_a_pack_introduces_is_kept_as_it_says() -> None:
    text = PACK_HEAD + "\n".join(
        [
            "[[parameter]]",
            *('name = "paid_how"', 'rule = "r-9"', 'citation = "c"', 'unit = "choice"'),
            *('readings = ["A", "B"]', 'note = "n"', 'governed_by = "paid"'),
            'values = [{ from = "2020-01-01", to = "2020-06-30", value = "A" }]',
            "[[parameter]]",
            *('name = "paid_how"', 'rule = "r-10"', 'citation = "d"'),
            'values = [{ from = "2020-07-01", value = "B" }]',
            "",
        ]
    )
    one, other = read_rulebook(bundle(SHIPPED | {"own.toml": text})).packs["p"].amendments
    assert (one.name, one.rule, one.unit, one.citation) == ("paid_how", "r-9", "choice", "c")
    assert (one.readings, one.note, one.governed_by) == (("A", "B"), "n", "paid")
    assert (one.occasional, one.approver, one.platform) == (False, "", "")
    assert (other.rule, other.unit, other.readings, other.note) == ("r-10", "choice", ("A", "B"), "")
    assert _faults(SHIPPED | {"own.toml": text.replace('value = "B"', 'value = "C"')}) == [
        "own.toml:19: parameter[1].values[0].value: C is not among the readings A, B"
    ]


def test_what_an_override_does_not_say_is_what_the_manuals_say() -> None:
    (override,) = read_rulebook(
        bundle(SHIPPED | {"own.toml": HEAD + entry("late_rate", 'value = "0.2"', 'note = "why"')})
    ).overrides
    (one,) = override.amendments
    assert (one.rule, one.unit, one.governed_by, one.note) == ("004-C2d", "rate", "asked", "why")
    assert (one.citation, one.approver, one.occasional, one.gaps) == ("memo 7", "李主管", False, ())


def test_rules_and_documents_know_each_other() -> None:
    book = read_rulebook(bundle({"900.toml": GOOD}))
    assert book.rules["900-1"].document == "900"
    assert book.documents["900"].title == "A manual"


def test_a_bundle_without_packs_names_none_and_a_name_of_two_lines_is_refused() -> None:
    assert list(unbundle(bundle({"900.toml": GOOD}))) == ["900.toml"]
    assert "active.toml" in unbundle(bundle({"900.toml": GOOD}, ("p",)))
    with pytest.raises(BadRulebook, match="marks a file of a bundle"):
        bundle({"a\nb.toml": GOOD})


INLINE = """\
[a]
one = { x = [
  1], y = 2 }
two = [{ x = 1 }, [2,
  3], { y = { z = [4,
  5] } }]
"three" = 3
[[a.b]]
'c' = 4
[a.b.d]
e = 5
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        *(("a", 1), ("a.one", 2), ("a.one.x", 2), ("a.one.y", 3), ("a.two", 4), ("a.two[0].x", 4)),
        *(("a.two[1]", 4), ("a.two[1][1]", 5), ("a.two[2]", 5), ("a.two[2].y", 5), ("a.two[2].y.z", 5)),
        *(("a.two[2].y.z[1]", 6), ("a.three", 7), ("a.b", 8), ("a.b[0]", 8), ("a.b[0].c", 9)),
        *(("a.b[0].d", 10), ("a.b[0].d.e", 11)),
    ],
)
def test_values_inside_values_have_their_lines(path: str, line: int) -> None:
    assert read_toml(INLINE).line(path) == line


def test_a_float_at_the_top_has_a_path_of_its_own() -> None:
    toml = read_toml("rate = 0.5\n[a]\nb = [1.5, { c = 2.5 }]\n")
    assert toml.floats == (("rate", "0.5"), ("a.b[0]", "1.5"), ("a.b[1].c", "2.5"))
