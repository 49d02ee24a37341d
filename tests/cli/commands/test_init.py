import pytest

from tests.cli.shell import Shell
from tests.ledger.released import FIRST, lay_out


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_book_is_made_with_its_opening_balances(shell: Shell, lang: str) -> None:
    made = shell(
        "init",
        "--opening",
        "1012.01=50000.00",
        "--opening",
        "1406=80000",
        "--on",
        "2026-10-01",
        "--lang",
        lang,
    )
    shell.matches(f"init.{lang}", made, shell("show", "1", "--lang", lang))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_second_book_of_the_name_is_refused(shell: Shell, lang: str) -> None:
    shell("init")
    shell.matches(f"init_twice.{lang}", shell("init", "--lang", lang, code=5))


def test_machines_are_told_in_json(shell: Shell) -> None:
    assert shell("init", "--book", "tmall", "--json").json == {"book": "tmall", "opening": False}
    assert shell("init", "--book", "tmall", "--json", code=5).json["error"]["kind"] == "BookExists"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--opening", "1012.01=1.234"], 2),
        (["--opening", "1012.01"], 2),
        (["--opening", "9999=1.00"], 4),
        (["--opening", "1012.01=1.00", "--on", "2026-02-30"], 2),
    ],
)
def test_a_wrong_opening_leaves_no_file(shell: Shell, words: list[str], code: int) -> None:
    shell("init", *words, code=code)
    assert not (shell.folder / "settle.db").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_older_database_is_brought_up_to_date(shell: Shell, lang: str) -> None:
    lay_out(FIRST, shell.folder / "settle.db")
    refused = shell("show", "1", "--lang", lang, code=5)
    assert "settle init" in refused.err
    shell.matches(f"init_upgrade.{lang}", shell("init", "--lang", lang))
    assert shell("verify", "--lang", lang).out
    assert shell("init", "--json", code=5).json["error"]["kind"] == "BookExists"


def test_machines_are_told_of_the_upgrade_and_a_book_may_be_made_beside(shell: Shell) -> None:
    lay_out(FIRST, shell.folder / "settle.db")
    said = shell("init", "--book", "tmall", "--json").json
    assert said == {"book": "tmall", "opening": False, "upgraded": {"from": "0001", "to": "0004"}}
    lay_out(FIRST, shell.folder / "other.db")
    said = shell("init", "--db", "other.db", "--json").json
    assert said == {"book": "main", "opening": False, "upgraded": {"from": "0001", "to": "0004"}}


def test_a_folder_or_a_path_in_no_folder_is_refused(shell: Shell) -> None:
    assert "cannot be made" in shell("init", "--db", shell.folder, code=5).err
    assert "建不了：没有这个文件或文件夹" in shell("init", "--db", "no/such.db", "--lang", "zh", code=5).err


def test_a_url_of_no_known_database_is_refused_by_its_kind_alone(shell: Shell) -> None:
    said = shell("init", "--db", "oracle2://wang:secret@host/x", code=2)
    assert "--db oracle2://…" in said.err
    assert "secret" not in said.err
