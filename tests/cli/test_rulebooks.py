from pathlib import Path

import pytest

from cli.rulebooks import VARIABLE, UnreadableRules, default_rulebook, rulebook_in_use, shipped_texts
from tests.calculators.layered import HEAD, PACK, entry

OVERRIDE = HEAD + entry("late_rate", 'value = "0.20"')


@pytest.fixture
def override(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(VARIABLE, raising=False)
    file = tmp_path / "own.toml"
    file.write_text(OVERRIDE, "utf-8")
    return file


def test_the_default_knows_the_pack_and_has_none_active() -> None:
    assert set(default_rulebook().packs) == {PACK}
    assert (default_rulebook().active, default_rulebook().overrides) == ((), ())


def test_manuals_and_packs_are_shipped_and_the_conflicts_are_no_rulebook() -> None:
    manuals = {f"00{number}.toml" for number in range(5)}
    assert set(shipped_texts()) == manuals | {"conventions.toml", f"packs/{PACK}.toml"}


def test_without_any_wish_the_default_is_in_use(override: Path) -> None:
    assert rulebook_in_use() is default_rulebook()


def test_the_variable_names_the_default_override(override: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(override))
    assert rulebook_in_use().overrides[0].shop == "main"


def test_an_option_stands_in_the_place_of_the_variable(
    override: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(override.parent / "not there"))
    assert rulebook_in_use([override]).overrides[0].amendments[0].name == "late_rate"


def test_packs_are_made_active_by_name(override: Path) -> None:
    assert rulebook_in_use(packs=[PACK]).active == (PACK,)


def test_two_files_of_the_same_name_are_both_read(override: Path) -> None:
    other = override.parent / "shop 2" / "own.toml"
    other.parent.mkdir()
    other.write_text(OVERRIDE.replace('"main"', '"two"'), "utf-8")
    assert {one.shop for one in rulebook_in_use([override, other]).overrides} == {"main", "two"}


def test_a_file_that_is_not_there_is_refused_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(UnreadableRules) as refused:
        rulebook_in_use([tmp_path / "none.toml"])
    assert "读不了" in refused.value.said("zh")
    assert "cannot be read" in refused.value.said("en")
