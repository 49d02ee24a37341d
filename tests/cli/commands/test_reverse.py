import pytest

from tests.cli.shell import DESPITE, Shell, dump


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_entry_is_taken_back_once(booked: Shell, lang: str) -> None:
    words = ["reverse", "7", "--reason", "duplicate", "--lang", lang]
    first, second = booked(*words), booked(*words, code=4)
    booked.matches(f"reverse.{lang}", first, second)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_a_closed_month_it_lands_in_the_next_in_red_and_of_an_earlier_year_in_blue(
    booked: Shell, lang: str
) -> None:
    booked("close", "2026-10", *DESPITE)
    booked.matches(
        f"reverse_late.{lang}",
        booked("reverse", "7", "--reason", "duplicate", "--on", "2026-10-31", "--lang", lang),
        booked("reverse", "8", "--reason", "duplicate", "--on", "2027-01-05", "--lang", lang),
    )
    told = booked("reverse", "9", "--reason", "duplicate", "--on", "2026-10-31", "--json").json
    assert (told["colour"], told["effective_on"]) == ("red", "2026-11-01")
    booked.matches(
        f"show_corrections.{lang}",
        *(booked("show", str(told["seq"] - back), "--lang", lang) for back in (2, 1)),
    )
    assert booked("replay", "--json").json["first_difference"] is None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_cannot_be_reversed_is_refused_and_nothing_changes(booked: Shell, lang: str) -> None:
    done = booked("reverse", "7", "--reason", "duplicate", "--json").json
    before = dump(booked.folder / "settle.db")
    refused = [
        booked("reverse", str(done["seq"]), "--reason", "again", "--lang", lang, code=4),
        booked("reverse", "99999", "--reason", "none", "--lang", lang, code=4),
        booked("reverse", "8", "--reason", " ", "--lang", lang, code=4),
        booked("reverse", "8", "--reason", "early", "--on", "2026-01-01", "--lang", lang, code=4),
        booked("reverse", "8", "--reason", "when", "--on", "soon", "--lang", lang, code=2),
    ]
    booked.matches(f"reverse_not.{lang}", *refused)
    assert dump(booked.folder / "settle.db") == before


def test_both_entries_together_are_nothing(booked: Shell) -> None:
    done = booked("reverse", "7", "--reason", "duplicate", "--json").json
    (old,) = booked("show", "7", "--json").json["entries"]
    (new,) = booked("show", str(done["seq"]), "--json").json["entries"]
    assert done["reversed"] == 7
    assert [line["amount_fen"] for line in new["postings"]] == [
        -line["amount_fen"] for line in old["postings"]
    ]
