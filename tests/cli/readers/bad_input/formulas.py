"""Cells that a spreadsheet would run: read as the text they are from a CSV, refused from a workbook that runs them."""

from tests.cli.readers.corpus import Sample, good_cell
from tests.cli.readers.small import small, workbook

_FORMULAS = (
    "=cmd|'/c calc'!A1",
    '=HYPERLINK("http://x","点我")',
    "=1+1",
    "=SUM(A1:A9)",
    "=IMPORTXML(A1,A2)",
    '=WEBSERVICE("http://x")',
    "=@SUM(1)",
    "=DDE(1,2,3)",
    "=A1",
    "={1,2}",
    "=-1",
    "==1",
    '="a"&"b"',
    "=RAND()",
    "=NOW()",
    '=INDIRECT("A1")',
)
_LOOK_ALIKE = (
    "+1+1",
    "+cmd|x!A1",
    "-1+1",
    "-2+3+cmd|x",
    "@SUM(1+1)",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "{=1+1}",
    "|calc",
    "%0A=1",
    "a=1",
    "1=1",
    "=",
    ";=1",
    '"=1"',
    "\u2212 1",
)
_ORDER = small("order_report", "2022")
_TITLE = "宝贝标题"


def _in_workbook(text: str, heading: str, **verdict: object) -> Sample:
    grid: list[list[object]] = [list(row) for row in _ORDER.grid()]
    grid[1][_ORDER.names.index(heading)] = text
    return Sample(name=f"{text!r} in a workbook's {heading}", made=workbook(grid), **verdict)  # type: ignore[arg-type]


FORMULAS = [
    *(
        good_cell(f"{text!r} in a CSV", _TITLE, text, {"title": text})
        for text in (*_FORMULAS, *_LOOK_ALIKE[:-2])
    ),
    *(
        _in_workbook(text, _TITLE, codes=frozenset({"computed_cell"}), row=2, column=_TITLE)
        for text in _FORMULAS
    ),
    *(_in_workbook(text, _TITLE, rows=1, said={"title": text}) for text in _LOOK_ALIKE),
    _in_workbook(
        "=95", "买家实际支付金额", codes=frozenset({"computed_cell"}), row=2, column="买家实际支付金额"
    ),
    _in_workbook('="3300000000000000001"', "订单编号", rows=1, said={"order_no": "3300000000000000001"}),
    _in_workbook("=1+1", "买家留言", rows=1, said={"title": "示例连衣裙"}),
]
