import re
from pathlib import Path

import pytest

from cli.rule_checks import check_rules
from tests.calculators.layered import HEAD, PACK, RULES, book, entry


def _file(folder: Path, text: str) -> Path:
    file = folder / "own.toml"
    file.write_text(text, "utf-8")
    return file


@pytest.mark.parametrize(
    ("file", "holds"),
    [
        ("004.toml", "27 rules"),
        ("conventions.toml", "1 rules"),
        (f"packs/{PACK}.toml", f"pack {PACK} with 66 entries"),
    ],
)
def test_the_shipped_files_are_clean(file: str, holds: str) -> None:
    checked = check_rules(RULES / file)
    assert (checked.faults, checked.holds[: len(holds)]) == ((), holds)


def test_a_clean_override_and_a_whole_bundle_say_what_they_hold(tmp_path: Path) -> None:
    text = HEAD + entry("late_rate", 'value = "0.20"')
    assert check_rules(_file(tmp_path, text)).holds == "override of main with 1 entries"
    whole = book(text, packs=(PACK,))
    assert check_rules(_file(tmp_path, whole.text)).holds.endswith(whole.digest)


def test_faults_come_in_the_order_of_their_lines(tmp_path: Path) -> None:
    text = HEAD.replace("李主管", "") + entry("late_rat", 'value = "0.2"') + entry("late_cap", "value = 5.5")
    file = _file(tmp_path, text)
    assert check_rules(file).faults == (
        f"{file}:3: override.approver: says nothing",
        f"{file}:7: override.parameter[0].name: late_rat is not a parameter of the rulebook",
        f"{file}:14: override.parameter[1].value: 5.5 is a float; write it as a text",
    )


def test_a_manual_s_faults_have_their_lines_too(tmp_path: Path) -> None:
    text = (RULES / "004.toml").read_text("utf-8").replace('status = "gate"', 'status = "gait"', 1)
    line = text[: text.index('"gait"')].count("\n") + 1
    file = _file(tmp_path, text)
    assert [fault.split(": ")[0] for fault in check_rules(file).faults] == [f"{file}:{line}"]


def test_what_is_no_toml_has_the_line_of_the_first_fault(tmp_path: Path) -> None:
    file = _file(tmp_path, '[override]\nshop = "main\n')
    (fault,) = check_rules(file).faults
    assert fault.startswith(f"{file}:2: ")


def test_the_examples_of_the_documentation_are_clean(tmp_path: Path) -> None:
    examples = re.findall(r"```toml\n(.*?)```", Path("docs/rulebook.md").read_text("utf-8"), re.DOTALL)
    assert len(examples) == 3
    assert [check_rules(_file(tmp_path, text)).faults for text in examples] == [(), (), ()]
