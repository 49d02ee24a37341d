"""`settle rules` as people and machines meet it, and settlements quoted, recorded and replayed under layers."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.calculators.layered import HEAD, LATE, PACK, entry
from tests.cli.shell import Shell
from tests.house.source import ROOT

CASES = ROOT / "tests" / "cases"
OWN = HEAD + entry("late_rate", 'values = [{ from = "2026-09-01", value = "0.20" }]')


@pytest.fixture
def layered(shell: Shell) -> Shell:
    """A shell beside an override of the shop and a case of a late parcel."""
    (shell.folder / "own.toml").write_text(OWN, "utf-8")
    (shell.folder / "case.json").write_text(json.dumps(LATE), "utf-8")
    return shell


def _listed(shell: Shell, *words: str) -> list[str]:
    return [rule["id"] for rule in shell("rules", "list", "--json", *words).json]


def test_all_rules_of_the_manuals_are_listed(shell: Shell) -> None:
    assert len([rule for rule in _listed(shell) if not rule.startswith("conventions")]) == 146


def test_the_list_is_narrowed_by_status_document_and_item(shell: Shell) -> None:
    assert set(_listed(shell, "--status", "gate", "--document", "004")) < set(
        _listed(shell, "--document", "004")
    )
    assert _listed(shell, "--item", "late_compensation") == ["004-C2a", "004-C2d", "004-E4"]


@pytest.mark.parametrize("option", ["--status", "--document"])
def test_what_no_rule_can_have_is_refused_with_what_there_is(shell: Shell, option: str) -> None:
    assert f"{option} nonsense: only " in shell("rules", "list", option, "nonsense", code=2).err


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_is_shown_with_its_words_conflicts_and_parameters(shell: Shell, lang: str) -> None:
    said = shell("rules", "show", "000-7B", "--on", "2026-10-01", "--lang", lang).out.splitlines()
    first = [line.rstrip() for line in said[:3]]
    assert first[:2] == [
        "000-7B  Return of a free-shipping order deducts the outbound freight  computed",
        "「让客人知悉退货要扣回运费」",
    ]
    assert any("C-01" in line for line in said)
    assert any("SELLER_BEARS · DEDUCT_IF_DISCLOSED · BUYER_ROUND_TRIP" in line for line in said)
    assert ("未查看案例" if lang == "zh" else "no cases looked at") in said[-1]


def test_a_rule_names_the_code_cases_and_tests_that_exercise_it(shell: Shell) -> None:
    page = shell("rules", "show", "004-C2d", "--cases", str(CASES), "--json").json
    assert any(place.startswith("calculators/kinds/late_shipments.py:") for place in page["code"])
    assert "late_shipment: capped at 500.00" in page["cases"]
    assert any(place.startswith("tests/cli/commands/test_rules.py:") for place in page["tests"])


def test_a_parameter_is_shown_under_the_layers_asked_for(layered: Shell) -> None:
    words = ("rules", "show", "late_rate", "--json", "--on")
    values = [
        layered(*words, "2026-10-01").json,
        layered(*words, "2026-10-01", "--pack", PACK).json,
        layered(*words, "2026-10-01", "--pack", PACK, "--rules", "own.toml").json,
        layered(*words, "2020-01-01", "--pack", PACK).json,
    ]
    assert [page["parameters"][0]["in_force"]["value"] for page in values] == ["0.3", "0.05", "0.2", None]


@pytest.mark.parametrize(
    ("rule", "name", "value"),
    [
        ("11000266-9", "fake_cap", "500.00"),
        ("20010603", "promise_carrier_cap", "30.00"),
        ("争议处理规则-15", "own_promise", "HIGHER"),
    ],
)
def test_a_rule_of_a_pack_is_shown_with_its_values_cases_and_citation(
    shell: Shell, rule: str, name: str, value: str
) -> None:
    words = ("rules", "show", rule, "--on", "2026-08-22", "--pack", PACK, "--cases", str(CASES), "--json")
    page = shell(*words).json
    in_force = {one["name"]: one["in_force"] for one in page["parameters"]}[name]
    assert (page["status"], in_force["value"], in_force["layer"]) == ("pack", value, PACK)
    assert page["cases"]
    assert in_force["citation"] in page["citation"]


def test_an_entry_of_another_platform_is_shown_with_its_name(shell: Shell) -> None:
    page = shell("rules", "show", "promise_carrier_cap", "--json").json
    (parameter,) = [one for one in page["parameters"] if one["name"] == "promise_carrier_cap"]
    assert [one["layer"] for one in parameter["layers"]] == [f"{PACK} (taobao)"]


def test_an_unknown_rule_and_a_day_that_does_not_exist_are_refused(shell: Shell) -> None:
    assert "there is no rule 004-C2. Near it: 004-C2a" in shell("rules", "show", "004-C2", code=3).err
    assert "--on: day is out of range" in shell("rules", "show", "004-C2a", "--on", "2026-02-30", code=2).err


def test_coverage_of_the_source_tree_has_no_hole(shell: Shell) -> None:
    found = shell("rules", "coverage", "--cases", str(CASES), "--json").json
    assert found["holes"] == []
    assert found["counts"]["rules"] == 147
    assert "no hole" in shell("rules", "coverage", "--cases", str(CASES)).out


def test_a_hole_ends_in_exit_code_1(shell: Shell) -> None:
    (shell.folder / "one.json").write_text(json.dumps([{**LATE, "rules": []}]), "utf-8")
    said = shell("rules", "coverage", "--cases", str(shell.folder), "--lang", "en", code=1).out
    assert "hole: an item without a worked case: goods" in said


def test_coverage_without_cases_says_what_it_has_not_looked_at(shell: Shell) -> None:
    assert shell("rules", "coverage", "--json").json["not_looked_at"]


def test_a_clean_override_is_said_to_be_clean(layered: Shell) -> None:
    assert layered("rules", "check", "own.toml").out == "own.toml: clean, override of main with 1 entries\n"


def test_faults_are_told_by_line_with_exit_code_3(layered: Shell) -> None:
    bad = OWN.replace("late_rate", "late_rat").replace('approver = "李主管"\n', "")
    (layered.folder / "own.toml").write_text(bad, "utf-8")
    said = layered("rules", "check", "own.toml", code=3)
    assert said.err.splitlines() == [
        "own.toml:1: override.approver: is missing",
        "own.toml:6: override.parameter[0].name: late_rat is not a parameter of the rulebook",
    ]
    assert layered("rules", "check", "own.toml", "--json", code=3).json["faults"] == said.err.splitlines()


def test_a_bad_override_is_not_quoted_under(layered: Shell) -> None:
    (layered.folder / "own.toml").write_text(OWN.replace("0.20", "twenty"), "utf-8")
    said = layered("quote", "--case", "case.json", "--rules", "own.toml", code=3)
    assert "own.toml:9: override.parameter[0].values[0].value: must be a text" in said.err


def _quoted(shell: Shell, *words: str) -> dict[str, Any]:
    return dict(shell("quote", "--case", "case.json", "--json", *words).json)


def test_a_quote_under_an_override_and_under_the_pack_has_the_figures_of_each(layered: Shell) -> None:
    manuals, own, pack = (
        _quoted(layered, *words) for words in ((), ("--rules", "own.toml"), ("--pack", PACK))
    )
    assert [manuals["to_buyer"]["points"], own["to_buyer"]["points"]] == [9000, 6000]
    assert pack["to_buyer"]["red_packet"] == "15.00"
    assert "pay 60.00" in own["advisories"][0]["text"]
    assert "pay 15.00" in own["advisories"][0]["text"]
    assert len({one["rulebook"]["digest"] for one in (manuals, own, pack)}) == 3
    assert "red packet 15.00" in layered("quote", "--case", "case.json", "--pack", PACK).out


def test_the_variable_makes_an_override_the_default(layered: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    under_option = _quoted(layered, "--rules", "own.toml")
    monkeypatch.setenv("SETTLE_RULES", "own.toml")
    assert _quoted(layered) == under_option


def test_a_claim_in_a_gap_cannot_be_recorded(layered: Shell) -> None:
    case = LATE | {
        "order": LATE["order"] | {"paid_at": "2020-01-01T10:00"},
        "claim": LATE["claim"] | {"claim_no": "G"},
    }
    (layered.folder / "gap.json").write_text(json.dumps(case), "utf-8")
    layered("init")
    said = layered("record", "--case", "gap.json", "--pack", PACK, code=4)
    assert "is not known from 2017-06-25 to 2025-09-04" in said.err


@pytest.mark.parametrize(
    "words", [("--rules", "own.toml"), ("--pack", PACK), ("--rules", "own.toml", "--pack", PACK)]
)
def test_what_was_recorded_under_layers_is_replayed_under_them(
    layered: Shell, words: tuple[str, ...]
) -> None:
    case = LATE | {"claim": LATE["claim"] | {"claim_no": "L-1"}}
    (layered.folder / "case.json").write_text(json.dumps(case), "utf-8")
    layered("init")
    digest = _quoted(layered, *words)["digest"]
    layered("record", "--case", "case.json", "--digest", digest, *words)
    Path(layered.folder / "own.toml").unlink()
    replayed = layered("replay", "--json").json
    assert (replayed["settlements"], replayed["first_difference"]) == (1, None)
