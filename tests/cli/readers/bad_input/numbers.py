"""Long numbers on their way in: whole as text, refused where a spreadsheet has made doubles of them."""

from tests.cli.readers.corpus import Sample, bad, bad_cell, good_cell, order_file, order_line
from tests.cli.readers.small import small, workbook

_ORDER = small("order_report", "2025-26")
_IDS = (
    "1234567890",
    "123456789012345",
    "1234567890123456",
    "3300000000000000001",
    "9" * 28,
    "2014112611001004680073956707",
    "1" * 32,
)
_BROKEN = (
    *("3.30928E+18", "3.3e18", "3300000000000000000.0", "3300000000000000001.", "2.014112611001005e+27"),
    *(
        "3,300,000,000,000,000,001",
        "3300 0000 0000 0000 001",
        "3300000000000000001L",
        "0x2DCBC0",
        "-3300000000000000001",
    ),
    *(
        "123456789",
        "1" * 33,
        "T200P3300000000000000001",
        "３３００００００００００００００００１",
        "3300000000000000001/2",
        "∞",
    ),
)


def _in_workbook(name: str, heading: str, value: object, **verdict: object) -> Sample:
    grid: list[list[object]] = [list(row) for row in _ORDER.grid()]
    grid[1][_ORDER.names.index(heading)] = value
    return Sample(name=f"a workbook's {name}", made=workbook(grid), **verdict)  # type: ignore[arg-type]


def _refused(name: str, heading: str, value: object, code: str) -> Sample:
    return _in_workbook(
        name, heading, value, codes=frozenset({code}), row=2, column=_COLUMNS.get(heading, heading)
    )


_COLUMNS = {"买家实付金额": "买家实际支付金额"}
_PAID = "买家实付金额"

NUMBERS = [
    *(good_cell(f"order number {number}", "订单编号", number, {"order_no": number}) for number in _IDS),
    *(
        good_cell(f'order number ="{number}"', "订单编号", f'="{number}"', {"order_no": number})
        for number in _IDS[2:5]
    ),
    *(
        bad_cell(
            f"order number {number}",
            "订单编号",
            number,
            "damaged_number" if "." in number or "e18" in number else "bad_number",
        )
        for number in _BROKEN
    ),
    bad(
        "numbers that Excel has rounded",
        order_file(*(order_line(订单编号=f"33000000000000{n}0000") for n in range(1, 5))),
        "rounded_numbers",
    ),
    *(
        _in_workbook(f"text {number}", "订单编号", number, rows=1, said={"order_no": number})
        for number in _IDS[:6]
    ),
    _in_workbook(
        "number of 15 digits", "订单编号", 123456789012345, rows=1, said={"order_no": "123456789012345"}
    ),
    _refused("number of 16 digits", "订单编号", 1234567890123456, "damaged_number"),
    _refused("number of 19 digits", "订单编号", 3300000000000000001, "damaged_number"),
    _refused("number of 28 digits", "订单编号", 2014112611001004680073956707.0, "damaged_number"),
    _refused("amount with digits lost", _PAID, 12345678901234567.89, "damaged_number"),
    _in_workbook("0.1 + 0.2", _PAID, 0.1 + 0.2, rows=1, said={"cash_fen": 30}),
    _in_workbook("95", _PAID, 95, rows=1, said={"cash_fen": 9500}),
    _in_workbook("95.0", _PAID, 95.0, rows=1, said={"cash_fen": 9500}),
    _in_workbook("1234.56", _PAID, 1234.56, rows=1, said={"cash_fen": 123456}),
    _in_workbook("-0.0", _PAID, -0.0, rows=1, said={"cash_fen": 0}),
    _refused("third decimal", _PAID, 12.345, "bad_money"),
    _refused("hair above 12.34", _PAID, 12.3400001, "bad_money"),
    _refused("amount below a fen", _PAID, 1e-7, "bad_money"),
    _refused("minus", _PAID, -5, "wrong_sign"),
    _refused("1e22", _PAID, 1e22, "damaged_number"),
    _refused("truth", _PAID, True, "bad_money"),
    _refused("error", _PAID, "#N/A", "computed_cell"),
    _refused("formula", _PAID, "=1/0", "computed_cell"),
    _refused("nothing", _PAID, None, "missing_value"),
]
