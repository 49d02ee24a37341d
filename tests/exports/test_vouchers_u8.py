"""The text for 用友 U8: marked experimental, one comma line a posting, no text that shifts a field."""

from pathlib import Path

import pytest
from hypothesis import given

from calculators.money import parse_yuan
from exports.errors import BadPlace
from exports.vouchers_u8 import write_u8
from ledger.reports_of_handing import HandOver
from tests.exports.months import NASTY, a_month, months, moving


def lines_of(month: HandOver, folder: Path) -> list[list[str]]:
    path = folder / "u8.experimental.txt"
    write_u8(month, path, overwrite=True)
    heading, *lines, last = path.read_bytes().decode("gb18030").split("\r\n")
    assert (heading, last) == ("填制凭证,V800", "")
    return [line.split(",") for line in lines]


def test_a_file_whose_name_does_not_say_experimental_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPlace, match="must say so: experimental"):
        write_u8(a_month(), tmp_path / "凭证.txt")
    assert list(tmp_path.iterdir()) == []


def test_a_line_has_its_known_fields_in_their_places(tmp_path: Path) -> None:
    first = lines_of(a_month(), tmp_path)[0]
    assert first[:8] == ["2026-10-12", "记", "1", "0", "退货退款 T1", "5001.02", "123.45", "0.00"]
    assert first[11] == "王芳"


def test_no_text_adds_a_field_or_a_line(tmp_path: Path) -> None:
    entries = [moving(n, n, narration=text, actor=text) for n, text in enumerate(NASTY, 1)]
    lines = lines_of(a_month(entries), tmp_path)
    assert len(lines) == 2 * len(NASTY)
    assert {len(fields) for fields in lines} == {len(lines_of(a_month(), tmp_path)[0])}
    assert not any('"' in field for fields in lines for field in fields)


@given(months())
def test_debits_and_credits_of_the_file_are_those_of_the_month(
    tmp_path_factory: pytest.TempPathFactory, month: HandOver
) -> None:
    lines = lines_of(month, tmp_path_factory.mktemp("u8"))
    debit = sum(parse_yuan(fields[6]) for fields in lines)
    credit = sum(parse_yuan(fields[7]) for fields in lines)
    assert debit == credit == sum(row.debit_fen for row in month.trial_balance)
