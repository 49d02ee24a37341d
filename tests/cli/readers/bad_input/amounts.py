"""Amounts that `Decimal`, `float` or a spreadsheet would take, in an order report and in an Alipay statement."""

from tests.cli.readers.corpus import PAID, Sample, bad_cell, good_cell
from tests.cli.readers.small import STATEMENT, file_of

_NOT_MONEY = (
    *(
        "0.001",
        "12.345",
        "12.000",
        "1e3",
        "1e30",
        "1E400000",
        "NaN",
        "sNaN",
        "-NaN",
        "Infinity",
        "-inf",
        "inf",
    ),
    *(
        "1_000",
        "１２３.４５",
        "٣",
        "٣.٥",
        "\u00a012.30",
        "12.30\u00a0",
        "1,234.50",
        "1 234.50",
        "$12.30",
        "12.30 CNY",
    ),
    *(
        "+5",
        "+5.00",
        "012.30",
        "00",
        ".5",
        "5.",
        "1.2.3",
        "12,30",
        "0x10",
        "1/2",
        "12%",
        "一百",
        "壹佰元",
        "-",
        "--1",
    ),
    *(
        "1234567890123.00",
        "9" * 40,
        "（12.30）",
        "(12.30)",
        "12.3O",
        "l2.30",
        "12.30元元",
        "\u200b12.30",
        "−1.00",
    ),
)
_MONEY = {
    "0": 0,
    "-0": 0,
    "0.0": 0,
    "0.5": 50,
    "5": 500,
    "12.3": 1230,
    "12.30": 1230,
    "12.30元": 1230,
    '="12.30"': 1230,
    "'12.30": 1230,
    " 12.30\t": 1230,
    "999999999999.99": 99_999_999_999_999,
}
_PLACE = "账户余额（元）"

AMOUNTS = [
    *(bad_cell(f"paid {cell!r}", PAID, cell, "bad_money") for cell in _NOT_MONEY),
    *(good_cell(f"paid {cell!r}", PAID, cell, {"cash_fen": fen}) for cell, fen in _MONEY.items()),
    bad_cell("paid -1.00", PAID, "-1.00", "wrong_sign"),
    bad_cell("nothing paid", PAID, "", "missing_value"),
    *(
        Sample(
            name=f"balance {cell!r}",
            made=file_of(STATEMENT.with_cells(1, **{_PLACE: cell})),
            codes=frozenset({"bad_money"}),
            row=7,
            column=_PLACE,
            value=cell,
        )
        for cell in _NOT_MONEY
        if cell.isascii()
    ),
]
