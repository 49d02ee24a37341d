import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from calculators.money import format_yuan, parse_yuan
from cli.commands.demo import BOOK_FILE, OURS, WORKBOOK
from cli.demo.folder import CASES, STATEMENT
from cli.readers import read_file
from cli.rulebooks import default_rulebook
from ledger import queries
from ledger import tables as t
from ledger.connections import sqlite_url
from ledger.engine import open_book
from ledger.rehearsal import rehearse
from tests.calculators.layered import HEAD, entry
from tests.calculators.layered import book as layered
from tests.cli.shell import Said, Shell

CHECKS = "校验"


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Said]:
    """The demo run twice in one folder, the second time over the first."""
    folder = tmp_path_factory.mktemp("demo")
    shell = Shell(folder=folder)
    shell("demo", folder / "shop", "--lang", "en")
    return folder / "shop", shell("demo", folder / "shop", "--lang", "zh")


def test_a_second_run_in_the_same_folder_works_and_agrees(demo: tuple[Path, Said]) -> None:
    folder, said = demo
    assert "重放一致：" in said.out
    assert {path.name for path in folder.iterdir()} <= OURS
    assert {BOOK_FILE, WORKBOOK, CASES} <= {path.name for path in folder.iterdir()}


def test_its_month_is_closed_with_every_gate_clear_and_past_none(demo: tuple[Path, Said]) -> None:
    folder, said = demo
    assert "2026-10 各道关口已清，可以结账" in said.out
    cover = load_workbook(folder / WORKBOOK)["封面"].iter_rows(max_col=2, values_only=True)
    assert dict(cover)["结账关口"] == "没有越过未清的关口"


@pytest.mark.parametrize("stranger", ["holiday.jpg", "mine.csv"])
def test_a_folder_with_strangers_is_refused_and_left_alone(shell: Shell, stranger: str) -> None:
    (shell.folder / stranger).write_text("mine")
    (shell.folder / CASES).write_text("{}")
    refused = [shell("demo", shell.folder, "--lang", lang, code=3) for lang in ("zh", "en")]
    assert "不是空的，也不是以前的演示" in refused[0].err
    assert "neither empty nor an earlier demo" in refused[1].err
    assert (shell.folder / stranger).read_text() == "mine"
    assert {path.name for path in shell.folder.iterdir()} == {stranger, CASES}


def test_a_file_in_place_of_the_folder_is_refused(shell: Shell) -> None:
    (shell.folder / "x").write_text("")
    assert shell("demo", "x", "--lang", "zh", code=5).err


def test_alipay_in_the_ledger_is_alipay_on_the_statement(demo: tuple[Path, Said]) -> None:
    folder, said = demo
    statement = read_file(STATEMENT, (folder / STATEMENT).read_bytes()).statement
    assert statement is not None
    assert statement.closing_fen is not None
    with open_book(sqlite_url(folder / BOOK_FILE), read_only=True) as book, book.reading() as reader:
        assert queries.balance(reader, "1012.01") == statement.closing_fen
    (line,) = [line for line in said.out.splitlines() if line.startswith("1012.01 ")]
    assert line.split()[-1] == format_yuan(statement.closing_fen)


def _commissions(folder: Path) -> list[tuple[int, int]]:
    """Base and amount, in fen, of every 5 % that the month withheld under 000-10.1."""
    with open_book(sqlite_url(folder / BOOK_FILE), read_only=True) as book, book.reading() as reader:
        answers = [
            json.loads(row["answer_json"]) for row in reader.rows(sa.select(t.settlement.c.answer_json))
        ]
    items = [item for answer in answers for item in answer["items"] if item["rule"] == "000-10.1"]
    return [(parse_yuan(item["inputs"]["base"]), parse_yuan(item["amount"])) for item in items]


def test_rehearsed_under_its_own_rules_the_month_differs_in_nothing(demo: tuple[Path, Said]) -> None:
    folder, _ = demo
    with open_book(sqlite_url(folder / BOOK_FILE), read_only=True) as book, book.reading() as reader:
        replayed, told = rehearse(reader, default_rulebook())
    assert replayed.first_difference is None
    assert told is not None
    assert told.settlements == replayed.settlements > 100
    assert (told.claims, told.orders, told.difference_fen) == ((), (), 0)
    assert {row.difference_fen for row in (*told.clauses, *told.accounts)} == {0}


def test_rehearsed_at_4_per_cent_the_month_differs_by_what_that_is_of_each_base(
    demo: tuple[Path, Said],
) -> None:
    folder, _ = demo
    withheld = _commissions(folder)
    difference = sum(-((2 * 4 * base + 100) // 200) - amount for base, amount in withheld)
    with open_book(sqlite_url(folder / BOOK_FILE), read_only=True) as book, book.reading() as reader:
        _, told = rehearse(reader, layered(HEAD + entry("cod_commission_rate", 'value = "0.04"')))
    assert told is not None
    assert len(told.claims) == len(withheld) > 2
    assert told.difference_fen == difference > 0
    changed = {row.account: row.difference_fen for row in told.accounts if row.difference_fen}
    assert changed == {"5051.02": difference, "2241.02": -difference}
    assert [row.rule for row in told.clauses if row.difference_fen] == ["000-10.1"]


def test_the_demo_month_is_reconciled_with_nothing_left_open(demo: tuple[Path, Said]) -> None:
    folder, said = demo
    told = Shell(folder=folder)("reconcile", "2026-10", "--db", folder / BOOK_FILE, "--json").json
    assert (told["open"], told["off"], told["gap"]) == (0, "0.00", "0.00")
    assert set(told["sums"]) == {"matched", "booked", "explained", "not_arrived"}
    assert told["statement"] == {name: told["ledger"][name] for name in ("opening", "closing")}
    assert "2026-10 对账平：每行流水都已核销、入账、说明或挂账" in said.out


def test_every_check_of_the_workbook_is_zero(demo: tuple[Path, Said]) -> None:
    folder, _ = demo
    book = load_workbook(folder / WORKBOOK, data_only=True)
    assert CHECKS in book.sheetnames
    numbers = [
        cell.value for row in book[CHECKS].iter_rows() for cell in row if isinstance(cell.value, int | float)
    ]
    formulas = _formulas(folder / WORKBOOK)
    assert len(formulas) >= 5
    assert [book[CHECKS][cell].value for cell in formulas] == [0] * len(formulas), numbers


def _formulas(workbook: Path) -> list[str]:
    """The cells of the sheet of checks that are computed; the link back to the cover computes nothing."""
    cells = [cell for row in load_workbook(workbook)[CHECKS].iter_rows() for cell in row]
    return [
        cell.coordinate
        for cell in cells
        if str(cell.value).startswith("=") and not str(cell.value).startswith("=HYPERLINK")
    ]


def test_the_installed_program_speaks_the_locales_language(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("settle")
    environment = {**os.environ, "LC_ALL": "zh_CN.UTF-8"}
    ended = subprocess.run(
        [program, "show", "1"], cwd=tmp_path, env=environment, capture_output=True, check=False
    )
    assert ended.returncode == 5
    assert "没有账套。请用 settle init 新建" in ended.stderr.decode()
