# ruff: noqa: E501 - the platforms' headings and lines are data, as long as they are
"""A corpus of damaged files as data: a name, the bytes, and the fault codes it must be refused with.

An empty set of codes means that the file must be accepted, with the number of rows named. The groups of
`bad_input` grow it to the size that the catalogue of faults asks for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

ORDER_HEADER = (
    "订单编号,买家会员名,买家应付货款,买家应付邮费,买家支付积分,总金额,买家实际支付金额,订单状态,买家留言,"
    "收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,订单创建时间,订单付款时间 ,宝贝标题 ,订单备注,宝贝总数量,"
    "订单关闭原因,退款金额,确认收货时间,发货时间"
)
GOOD_ORDER = {
    "订单编号": '="3300000000000000001"',
    "买家会员名": "tb***1",
    "买家应付货款": "100.00",
    "买家应付邮费": "0.00",
    "买家支付积分": "0",
    "总金额": "100.00",
    "买家实际支付金额": "100.00",
    "订单状态": "交易成功",
    "买家留言": "",
    "收货人姓名": "张三丰",
    "收货地址": "浙江省 杭州市 西湖区 1 号",
    "运送方式": "快递",
    "联系电话": "null",
    "联系手机": "'13800138000",
    "订单创建时间": "2026-10-01 10:00:00",
    "订单付款时间": "2026-10-01 10:01:00",
    "宝贝标题": "示例连衣裙",
    "订单备注": "",
    "宝贝总数量": "1",
    "订单关闭原因": "订单未关闭",
    "退款金额": "无退款申请",
    "确认收货时间": "2026-10-08 09:00:00",
    "发货时间": "2026-10-02 18:00:00",
}
STATEMENT_HEADER = (
    "账务流水号,业务流水号,商户订单号,商品名称,发生时间,对方账号,收入金额（+元）,支出金额（-元）,账户余额（元）,"
    "交易渠道,业务类型,备注"
)
PREAMBLE = (
    "#支付宝账务明细查询\n#账号：[20880000000000000156]\n"
    "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年11月01日 00:00:00]\n"
    "#-----------------------------------------账务明细列表----------------------------------------\n"
)
END = "#-----------------------------------------账务明细列表结束------------------------------------\n"
LINES = (
    "1000000000000000001\t,1,T200P3300000000000000001\t,,2026-10-08 09:00:01,*某(a***@b.com),95.00, ,1095.00,x,交易付款,\n"
    "1000000000000000002\t,2,,,2026-10-08 09:00:02,,0.00,-4.75,1090.25,x,其它,天猫佣金（类目）{3300000000000000001}扣款\n"
)
TOTALS = "#支出合计：1笔，共-4.75元\n#收入合计：1笔，共95.00元\n#导出时间：[2026年11月01日 09:00:00]\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One file of the corpus: refused with `codes`, the first fault at `row`, `column` and `value`, or accepted.

    Of an accepted file `rows` counts its rows and `said` names values of the first. `value` is as it stands in the
    file; it is shown masked. What is large is made when it is asked for.
    """

    name: str
    made: bytes | Callable[[], bytes]
    codes: frozenset[str] = field(default_factory=frozenset)
    rows: int = 0
    row: int = 0
    column: str = ""
    value: str | None = None
    said: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content(self) -> bytes:
        """The bytes of the file."""
        return self.made if isinstance(self.made, bytes) else self.made()

    @property
    def is_large(self) -> bool:
        """Whether the file is made anew each time."""
        return not isinstance(self.made, bytes)


def order_line(**cells: str) -> str:
    """A line of the order report: the good order with some cells replaced."""
    known = {**GOOD_ORDER, **cells}
    return ",".join(known[name.strip()] for name in ORDER_HEADER.split(","))


def order_file(*lines: str) -> bytes:
    """An order report of the lines, in GB18030."""
    return "\n".join([ORDER_HEADER, *(lines or (order_line(),)), ""]).encode("gb18030")


def statement(preamble: str = PREAMBLE, lines: str = LINES, end: str = END + TOTALS) -> bytes:
    """An Alipay statement of twelve columns, in GB18030."""
    return f"{preamble}{STATEMENT_HEADER}\n{lines}{end}".encode("gb18030")


def bad(name: str, content: bytes | Callable[[], bytes], *codes: str) -> Sample:
    """A file that must be refused with exactly these fault codes."""
    return Sample(name=name, made=content, codes=frozenset(codes))


def good(name: str, content: bytes, rows: int = 1) -> Sample:
    """A file that must be accepted with so many rows."""
    return Sample(name=name, made=content, rows=rows)


def bad_cell(name: str, column: str, cell: str, code: str) -> Sample:
    """An order report whose one row has a cell that must be refused at its place."""
    content = order_file(order_line(**{column: quoted(cell)}))
    shown = None if code == "control_character" else cell.strip('"')
    return Sample(name=name, made=content, codes=frozenset({code}), row=2, column=column, value=shown)


def good_cell(name: str, column: str, cell: str, said: Mapping[str, Any]) -> Sample:
    """An order report whose one row has a cell that must be read as `said`."""
    return Sample(name=name, made=order_file(order_line(**{column: quoted(cell)})), rows=1, said=said)


def quoted(cell: str) -> str:
    """A cell as a CSV carries it."""
    plain = not set(cell) & {",", '"', "\n", "\r"} or cell.startswith('"')
    return cell if plain else '"' + cell.replace('"', '""') + '"'


PAID = "买家实际支付金额"
PAID_AT = "订单付款时间"
_text = order_file().decode("gb18030")
_one, _two = LINES.splitlines(keepends=True)

ENCODINGS = [
    good("gb18030", order_file()),
    good("utf-8", _text.encode()),
    good("utf-8 with mark", _text.encode("utf-8-sig")),
    good("carriage returns only", _text.replace("\n", "\r").encode()),
    good("windows line ends", _text.replace("\n", "\r\n").encode()),
    bad("utf-16", _text.encode("utf-16"), "nul"),
    bad("utf-16 big endian", _text.encode("utf-16-be"), "nul"),
    bad("truncated utf-8 after a mark", _text.encode("utf-8-sig")[:61], "bad_encoding"),
    bad("mark before gb18030", b"\xef\xbb\xbf" + order_file(), "bad_encoding"),
    bad("gb18030 cut inside a character", order_file() + b"\x81", "bad_encoding"),
    bad("mixed encodings", order_file() + "，".encode() + b"\xff", "bad_encoding"),
    bad("a NUL in a cell", order_file().replace(b"tb***1", b"tb\x00*1"), "nul"),
    bad("empty", b"", "empty_file"),
    bad("a mark and nothing else", b"\xef\xbb\xbf", "empty_file"),
    bad("blanks only", b"  \r\n \n", "empty_file"),
    bad("a workbook cut off", b"PK\x03\x04rest", "bad_zip"),
    bad("an old workbook", b"\xd0\xcf\x11\xe0rest", "spreadsheet"),
    bad("larger than any report", lambda: b"x" * (50 * 1024 * 1024 + 1), "too_big"),
]
STRUCTURE = [
    good("heading only", (ORDER_HEADER + "\n").encode(), 0),
    good("blank lines between", order_file(order_line(), "", order_line(订单编号="3300000000000000002")), 2),
    bad("not a report", b"hello,world\n1,2\n", "unknown_layout"),
    bad("missing column", order_file().replace("订单状态".encode("gb18030"), b"x"), "unknown_layout"),
    bad("duplicate column", _text.replace("买家留言", "订单备注").encode(), "duplicate_column"),
    bad("two names of one column", _text.replace("买家留言", "买家实付金额").encode(), "duplicate_column"),
    bad("a value without a column name", _text.replace("买家会员名", "").encode(), "unnamed_column"),
    bad("a cell too many", order_file(order_line() + ",x"), "ragged_row"),
    bad("a cell too few", order_file(order_line().rpartition(",")[0]), "ragged_row"),
    bad("an open quote", order_file(order_line(宝贝标题='"裙'), order_line()), "broken_csv"),
    bad("text after a quote", order_file(order_line(宝贝标题='"裙"子')), "broken_csv"),
    bad("a field without end", order_file(order_line(宝贝标题="裙" * 200_000)), "broken_csv"),
    bad("the same order twice", order_file(order_line(), order_line()), "duplicate_row"),
    bad("html instead of a file", b"<html><body>login</body></html>", "unknown_layout"),
]
CELLS = [
    good("apostrophe before a number", order_file(order_line(订单编号="'3300000000000000001"))),
    good("a TAB after every value", order_file(order_line(买家应付邮费="0.00\t", 订单状态="交易成功\t"))),
    good("yuan as a unit", order_file(order_line(买家实际支付金额="100.00元"))),
    good(
        "Excel's times",
        order_file(order_line(订单付款时间="2026/10/1 9:05", 订单创建时间="2026/10/01 09:04")),
    ),
    good("a single space for no money", order_file(order_line(退款金额=" "))),
    bad_cell("Excel's order number", "订单编号", "3.30928E+18", "damaged_number"),
    bad_cell("Excel's order number with zeros", "订单编号", "3300000000000000000.0", "damaged_number"),
    bad_cell("no order number", "订单编号", "", "missing_value"),
    bad_cell("letters in an order number", "订单编号", "33000000000O0000001", "bad_number"),
    bad_cell("full-width order number", "订单编号", "３３００００００００００００００００１", "bad_number"),
    bad_cell("a third decimal", PAID, "12.345", "bad_money"),
    bad_cell("three zeros", PAID, "12.000", "bad_money"),
    bad_cell("exponent", PAID, "1e30", "bad_money"),
    bad_cell("NaN", PAID, "NaN", "bad_money"),
    bad_cell("infinity", PAID, "Infinity", "bad_money"),
    bad_cell("underscore", PAID, "1_000", "bad_money"),
    bad_cell("full-width digits", PAID, "１２３.４５", "bad_money"),
    bad_cell("Arabic digit", PAID, "٣", "bad_money"),
    bad_cell("no-break space", PAID, "\u00a012.30", "bad_money"),
    bad_cell("thousands", PAID, '"1,234.50"', "bad_money"),
    bad_cell("currency sign", PAID, "¥12.30", "bad_money"),
    bad_cell("plus sign", PAID, "+5", "bad_money"),
    bad_cell("leading zero", PAID, "012.30", "bad_money"),
    bad_cell("bare point", PAID, ".5", "bad_money"),
    bad_cell("a minus", PAID, "-1.00", "wrong_sign"),
    bad_cell("no amount", PAID, "", "missing_value"),
    bad_cell("thirteen digits", PAID, "1234567890123.00", "bad_money"),
    bad_cell("broken count", "宝贝总数量", "1.5", "bad_count"),
    bad_cell("no such day", PAID_AT, "2026-02-30 10:00:00", "bad_moment"),
    bad_cell("no leap year", PAID_AT, "2025-02-29 10:00:00", "bad_moment"),
    bad_cell("thirteenth month", PAID_AT, "2026-13-01 10:00:00", "bad_moment"),
    bad_cell("compact day", PAID_AT, "20260228", "bad_moment"),
    bad_cell("week date", PAID_AT, "2026-W09-6", "bad_moment"),
    bad_cell("short parts", PAID_AT, "2026-2-3 10:00:00", "bad_moment"),
    bad_cell("full-width year", PAID_AT, "２０２６-10-01 10:00:00", "bad_moment"),
    bad_cell("Excel's serial day", PAID_AT, "46296.42", "bad_moment"),
    bad_cell("twenty-four o'clock", PAID_AT, "2026-10-01 24:00:00", "bad_moment"),
    bad_cell("a day without a time", PAID_AT, "2026-10-01", "bad_moment"),
    bad_cell("escape in a note", "订单备注", "\x1b[2Jx", "control_character"),
    bad_cell("right-to-left override in a title", "宝贝标题", "\u202egnp.exe", "control_character"),
    bad(
        "numbers rounded by Excel",
        order_file(*(order_line(订单编号=f"33000000000000{n}0000") for n in range(1, 5))),
        "rounded_numbers",
    ),
    bad(
        "every fault is told, not only the first",
        order_file(order_line(买家实际支付金额="x", 宝贝总数量="y"), order_line(订单付款时间="z")),
        "bad_money",
        "bad_count",
        "bad_moment",
    ),
]
STATEMENTS = [
    good("a statement", statement(), 2),
    good(
        "a statement of no lines",
        statement(lines="", end=END + "#支出合计：0笔，共0.00元\n#收入合计：0笔，共0.00元\n"),
        0,
    ),
    good("expense total without the minus", statement(end=END + TOTALS.replace("-4.75", "4.75")), 2),
    good("newest line first", statement(lines=_two + _one), 2),
    bad("no preamble at all", f"{STATEMENT_HEADER}\n{LINES}".encode(), "no_preamble"),
    bad("no account", statement(preamble=PREAMBLE.replace("#账号", "#户")), "no_preamble"),
    bad("no such first day", statement(preamble=PREAMBLE.replace("10月01日", "10月32日")), "no_preamble"),
    bad(
        "a period that ends before it begins",
        statement(preamble=PREAMBLE.replace("11月", "09月")),
        "no_preamble",
    ),
    bad("cut off before the totals", statement(end=""), "no_footer"),
    bad("cut off before the end mark", statement(end=TOTALS), "no_footer"),
    bad("cut off in the totals", statement(end=END + TOTALS.splitlines()[0]), "no_footer"),
    bad("a total of three decimals", statement(end=END + TOTALS.replace("95.00", "95.000")), "no_footer"),
    bad("another income total", statement(end=END + TOTALS.replace("95.00", "96.00")), "wrong_totals"),
    bad("another count", statement(end=END + TOTALS.replace("支出合计：1", "支出合计：2")), "wrong_totals"),
    bad("a line taken out", statement(lines=_one), "wrong_totals"),
    bad(
        "an amount changed", statement(lines=LINES.replace("-4.75", "-4.70")), "broken_chain", "wrong_totals"
    ),
    bad("a balance changed", statement(lines=LINES.replace("1090.25", "1090.20")), "broken_chain"),
    bad(
        "a line of September",
        statement(lines=LINES.replace("2026-10-08 09:00:01", "2026-09-30 23:59:59")),
        "outside_period",
    ),
    bad(
        "the midnight after",
        statement(lines=LINES.replace("2026-10-08 09:00:02", "2026-11-01 00:00:00")),
        "outside_period",
    ),
    bad("income written negative", statement(lines=LINES.replace(",95.00", ",-95.00")), "wrong_sign"),
    good("expense written positive", statement(lines=LINES.replace("-4.75", "4.75")), 2),
    bad("the same line twice", statement(lines=_one + _one), "duplicate_row"),
    bad("a line after the totals", statement(lines=_one, end=END + TOTALS + _two), "after_footer"),
    bad("a preamble and nothing else", PREAMBLE.encode(), "empty_file"),
]
CLAIM = '{"order_no": "3300000000000000001", "at": "2026-10-12T10:00", "claim": {"claim_no": "c1", "kind": "cancel"}}'
CLAIMS = [
    good("a claim", CLAIM.encode()),
    good("a month's question", b'{"key": "d-01", "at": "2026-10-12T10:00", "distributor_month": {}}'),
    bad("not JSON", b'{"order_no": }', "bad_claim"),
    bad("a key twice in an object", CLAIM.replace('"at"', '"order_no"').encode(), "bad_claim"),
    bad("the same claim twice", f"{CLAIM}\n{CLAIM}".encode(), "duplicate_row"),
    bad("no claim number", CLAIM.replace("claim_no", "number").encode(), "bad_claim"),
    bad("a claim without an order", CLAIM.replace("3300000000000000001", "33").encode(), "bad_claim"),
    bad("an unknown key", CLAIM.replace('"at"', '"buyer": "x", "at"').encode(), "bad_claim"),
    bad("no such moment", CLAIM.replace("2026-10-12", "2026-10-32").encode(), "bad_claim"),
    bad("a list", b'{"at": "2026-10-12T10:00", "key": "k", "bulk": []}', "bad_claim"),
    bad("a line that is a list", f"{CLAIM}\n[]".encode(), "bad_claim"),
    bad("a number that is none", CLAIM.replace('"cancel"', "NaN").encode(), "bad_claim"),
    bad("half a character", CLAIM.replace("cancel", "\\ud800").encode(), "bad_claim"),
    bad("bottomless JSON", b'{"claim": ' + b"[" * 100_000, "bad_claim"),
]
CORPUS = [*ENCODINGS, *STRUCTURE, *CELLS, *STATEMENTS, *CLAIMS]
