"""A distributor's statement: everything the reader needs to work the sum out, on A4, safe in its folder."""

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from exports.distributor_statement import TITLE, file_name, write_statements
from exports.errors import BadPlace
from ledger.reports_of_payables import Deduction, DistributorRow, DistributorStatement, MonthLine, TierRow

TIERS = (
    TierRow(bottom_fen=0, includes_bottom=True, top_fen=1_000_000, includes_top=True, factor="1"),
    TierRow(bottom_fen=1_000_000, includes_bottom=True, top_fen=5_000_000, includes_top=True, factor="0.85"),
    TierRow(bottom_fen=5_000_000, includes_bottom=False, top_fen=None, includes_top=False, factor="0.8"),
)


def statement(**changes: Any) -> DistributorStatement:
    """A month of two orders, one refund and a pending one, 10,000.00 earned and 7,350.00 paid before."""
    given: dict[str, Any] = {
        "distributor": "d-01",
        "month": "2026-10",
        "orders": 2,
        "pieces": 400,
        "gross_fen": 5_100_001,
        "refunds_fen": 100_000,
        "net_fen": 5_000_001,
        "rate": Fraction(100_000, 5_100_001),
        "tier_before": "0.8",
        "tier_after": "0.8",
        "breaches": (),
        "rebate_fen": 1_000_000,
        "settled_fen": 735_000,
        "paid_fen": 735_000,
        "due_fen": 265_000,
        "pending_fen": 50_000,
        "pending_tier": "0.85",
        "pending_rate": Fraction(3, 100),
        "cost_fen": 257_500,
        "rules": "000-13.2A",
        "state": "to_correct",
        "claim_no": "d-01 2026-10",
        "seq": 7,
        "voucher": "记-7",
    }
    row = DistributorRow(**{**given, **changes})
    return DistributorStatement(
        row=row,
        bought=(
            MonthLine(order_no="4261004010598110991", amount_fen=5_000_001, pieces=390),
            MonthLine(order_no="4261004010598110992", amount_fen=100_000, pieces=10),
        ),
        returned=(MonthLine(order_no="4261004010598110992", amount_fen=100_000, pieces=10),),
        pending=(MonthLine(order_no="4261004010598110991", amount_fen=50_000, pieces=4),),
        tiers=TIERS,
        rate_max="0.2",
        deductions=(Deduction(rule="000-13.2D", zh="差评只提示", en="noted", fen=0),),
    )


def written(folder: Path, one: DistributorStatement) -> Worksheet:
    (file,) = write_statements([one], folder, overwrite=True)
    return load_workbook(file, data_only=True)[TITLE]


def cells(sheet: Worksheet) -> list[Any]:
    return [cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None]


def beside(sheet: Worksheet, label: str) -> Any:
    """What stands to the right of a label."""
    (found,) = [row[1].value for row in sheet.iter_rows() if row[0].value == label]
    return found


def test_it_says_whose_month_what_it_came_to_and_what_is_due(tmp_path: Path) -> None:
    sheet = written(tmp_path, statement())
    assert (beside(sheet, "代购"), beside(sheet, "月份"), beside(sheet, "凭证")) == (
        "d-01",
        "2026-10",
        "d-01 2026-10 记-7",
    )
    assert [beside(sheet, label) for label in ("订单金额", "减：退款", "月订单净额")] == [
        51000.01,
        -1000,
        50000.01,
    ]
    assert [beside(sheet, label) for label in ("本月优惠", "减：已付", "本次应付")] == [10000, -7350, 2650]
    assert (beside(sheet, "优惠大写"), beside(sheet, "本次应付大写")) == ("壹万元整", "贰仟陆佰伍拾元整")


def test_it_says_the_tiers_and_the_bound_that_were_in_force(tmp_path: Path) -> None:
    said = cells(written(tmp_path, statement()))
    assert {"≥0.00，≤10000.00", "≥10000.00，≤50000.00", ">50000.00"} <= set(said)
    assert any("上限 20.00%" in cell for cell in said if isinstance(cell, str))
    assert {"0.85", "0.8", "只享受店铺优惠"} <= set(said)


def test_it_names_the_clause_of_what_was_not_given_and_what_is_still_pending(tmp_path: Path) -> None:
    sheet = written(tmp_path, statement())
    assert beside(sheet, "[000-13.2D]") == 0
    assert "差评只提示" in cells(sheet)
    assert beside(sheet, "待退（尚未计入）") == 500


def test_a_claw_back_is_said_to_be_one(tmp_path: Path) -> None:
    sheet = written(tmp_path, statement(rebate_fen=735_000, paid_fen=1_000_000))
    assert (beside(sheet, "应追回"), beside(sheet, "应追回大写")) == (2650, "贰仟陆佰伍拾元整")


def test_a_month_that_is_not_booked_says_so(tmp_path: Path) -> None:
    assert beside(written(tmp_path, statement(claim_no="", voucher="", seq=None)), "凭证") == "未入账"


def test_every_order_and_refund_is_listed_with_live_totals_in_named_tables(tmp_path: Path) -> None:
    sheet = written(tmp_path, statement())
    assert cells(sheet).count("4261004010598110991") == 2
    assert beside(sheet, "订单明细") == 51000.01
    live = load_workbook(next(tmp_path.iterdir()))[TITLE]
    assert set(live.tables) == {"orders", "refunds", "pending"}
    for name, heading in (
        ("orders", "订单明细"),
        ("refunds", "退款明细"),
        ("pending", "待退明细（尚未计入）"),
    ):
        area = live.tables[name].ref
        first, last = (int("".join(filter(str.isdigit, cell))) for cell in area.split(":"))
        (total,) = [row[1].value for row in live.iter_rows() if row[0].value == heading]
        assert total == f"=SUM(B{first + 1}:B{last})"


def test_it_lies_upright_on_a4_and_has_room_to_sign(tmp_path: Path) -> None:
    sheet = written(tmp_path, statement())
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("portrait", "9")
    assert {"制单", "复核", "代购确认", "日期"} <= set(cells(sheet))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("d-01", "代购对账单-d-01-2026-10.xlsx"),
        ("张三的店", "代购对账单-张三的店-2026-10.xlsx"),
        ("../../etc/passwd", "代购对账单-__.._etc_passwd-2026-10.xlsx"),
        ("a\\b:c\u202e", "代购对账单-a_b_c_-2026-10.xlsx"),
        ("x" * 300, f"代购对账单-{'x' * 64}-2026-10.xlsx"),
    ],
)
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str, file: str) -> None:
    assert file_name(statement(distributor=name)) == file
    (made,) = write_statements([statement(distributor=name)], tmp_path)
    assert made.parent == tmp_path


def test_a_name_that_looks_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    assert beside(written(tmp_path, statement(distributor="=HYPERLINK(1)")), "代购") == "=HYPERLINK(1)"


def test_two_that_would_have_one_file_are_refused_before_any_is_written(tmp_path: Path) -> None:
    with pytest.raises(BadPlace, match="one file"):
        write_statements([statement(distributor="a/b"), statement(distributor="a:b")], tmp_path)
    (tmp_path / file_name(statement(distributor="d-02"))).write_text("mine")
    with pytest.raises(BadPlace, match="is there already"):
        write_statements([statement(), statement(distributor="d-02")], tmp_path)
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]


def test_the_same_statement_is_the_same_bytes(tmp_path: Path) -> None:
    contents = {written(tmp_path, statement()) and next(tmp_path.iterdir()).read_bytes() for _ in range(2)}
    assert len(contents) == 1
