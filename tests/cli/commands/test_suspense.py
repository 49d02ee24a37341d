from pathlib import Path

import pytest

from cli.demo.folder import STATEMENT
from tests.cli.shell import Shell


@pytest.fixture
def suspended(shell: Shell, shop: Path) -> Shell:
    """A shell beside a book with the month's statement."""
    shell("init", "--opening", "1012.01=50000.00", "--on", "2026-10-01")
    shell("import", shop / STATEMENT)
    return shell


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_stands_in_suspense_is_listed_with_age_file_row_and_words(suspended: Shell, lang: str) -> None:
    suspended.matches(f"suspense.{lang}", suspended("suspense", "--on", "2026-11-02", "--lang", lang))


def test_machines_read_the_lines_and_what_other_entries_moved(suspended: Shell) -> None:
    told = suspended("suspense", "--json").json
    (line,) = told["lines"]
    assert (told["balance_fen"], told["listed_fen"], told["cleared_otherwise_fen"]) == (3860, 3860, 0)
    assert (line["on"], line["age_days"], line["meaning"], line["amount_fen"]) == (
        "2026-10-17",
        16,
        "donation",
        3860,
    )
    assert (line["file"], line["row"]) == (STATEMENT, 367)
    (entry,) = suspended("show", str(line["seq"]), "--json").json["entries"]
    assert line["voucher"] == entry["voucher"] != ""


def test_a_line_that_was_taken_back_is_listed_no_more(suspended: Shell) -> None:
    seq = suspended("suspense", "--json").json["lines"][0]["seq"]
    suspended("reverse", str(seq), "--reason", "查明", "--on", "2026-10-31")
    told = suspended("suspense", "--json").json
    assert (told["lines"], told["balance_fen"]) == ([], 0)
    assert "0 lines" in suspended("suspense", "--lang", "en").out


def test_a_day_that_is_none_is_refused_and_no_traceback(suspended: Shell) -> None:
    refused = suspended("suspense", "--on", "soon", "--lang", "en", code=2)
    assert refused.err == "--on: 's***n' is not a day YYYY-MM-DD.\n"
