"""The 封面: which book and period, sealed by which hash, what it comes to, what is inside, and who signs."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from calculators.days import SHANGHAI
from exports.capitals import in_capitals
from exports.cells import Formula, Line, Value, yuan_digits
from exports.sheets import CONTENTS, Sheet, Tab, link
from exports.styles import Style
from exports.tabs import trial_balance
from exports.tabs.checks import CheckRow, all_tied
from exports.tallies import Month
from ledger.canonical import short
from ledger.chart import ALIPAY, ALLOWANCES, ESCROW, LIABILITY, RETURNS, SALES, TO_BUYERS
from ledger.reports import PeriodReport

TITLE = CONTENTS
BOOK, PERIOD, HEAD_NUMBER, HEAD_HASH = "账套", "会计期间", "链头序号", "链头哈希"
OPERATIONS, ANCHOR, GATES = "操作序号", "锚点", "结账关口"
_WIDTHS = (18, 20, 20, 34, 40)
_ANCHOR_ROW, _ANCHOR_HEIGHT = 11, 62
_KEY_ACCOUNTS = (ALIPAY, ESCROW, LIABILITY, TO_BUYERS, SALES, RETURNS, ALLOWANCES)
_HEADINGS = (Style.HEADING, *(Style.HEADING_OF_NUMBERS,) * 2, *(Style.HEADING,) * 2)
_FIGURES = (Style.TEXT, Style.AMOUNT, Style.AMOUNT, Style.TEXT, Style.TEXT)
_SIGNERS = ("制表", "复核", "审批")
_HOW_TO_CHECK = (
    "一、「校验」各行差额均应为零；公式为活公式，改动任何一个数字即会显示不符。",
    "二、settle verify-workbook 本文件：按账簿重新算出每一格，逐格指出不再相符的地方。",
    "三、settle verify --anchor 锚点文件：锚点一行印在本页，短哈希印在每页页脚，纸质件亦可核对。",
    "四、settle replay：按入账时的规则手册重算每一笔售后与凭证。",
    "五、金额单位为元；余额借方为正、贷方为负。本表为导出件，账簿以数据库为准。",
)


def cover_tab(month: Month, tabs: Sequence[Tab], checks: Sheet[CheckRow]) -> Tab:
    """The sheet 封面 before these sheets; `checks` is the list of tie-outs."""
    lines = tuple(_lines(month, tabs, all_tied(checks)))
    return Tab(
        title=TITLE,
        lines=lambda: lines,
        last_row=len(lines),
        widths=_WIDTHS,
        upright=True,
        merged=(f"B{_ANCHOR_ROW}:E{_ANCHOR_ROW}",),
    )


def gates_said(report: PeriodReport) -> str:
    """The gates that the close went past, with why and who, in one line."""
    if report.closed_at is None:
        return "未结账"
    if report.passed is None:
        return "没有越过未清的关口"
    gates = "、".join(f"{name.zh} {count}" for name, count in report.passed.gates)
    return f"越过 {gates}；原因：{report.passed.reason}；经办：{report.passed.actor}"


def _lines(month: Month, tabs: Sequence[Tab], tied: Formula) -> Iterator[Line]:
    report = month.report
    yield _line((Style.TITLE, f"{report.book} {report.period} 结算工作簿"), height=32)
    yield from _identity(report)
    yield _pair("校验结论", Style.VERDICT, tied)
    yield _line()
    yield from _figures(month)
    yield _line()
    yield from _contents(tabs)
    yield _line()
    for number, text in enumerate(_HOW_TO_CHECK):
        yield _pair("" if number else "核对方法", Style.NOTE, text)
    yield _line()
    yield from _signatures()


def _identity(report: PeriodReport) -> Iterator[Line]:
    yield _pair(BOOK, Style.WORDS, report.book)
    yield _pair(PERIOD, Style.WORDS, report.period)
    yield _pair("结账时间", Style.WORDS, _moment(report.closed_at) or "未结账")
    yield _pair("编制截至", Style.WORDS, _moment(report.recorded_at))
    yield _pair(HEAD_NUMBER, Style.COUNT, report.head.seq)
    yield _pair(OPERATIONS, Style.COUNT, report.operations)
    yield _pair(HEAD_HASH, Style.WORDS, report.head.hash)
    yield _pair("短哈希", Style.WORDS, short(report.head.hash))
    yield _pair("规则手册摘要", Style.WORDS, report.rulebook_digest)
    yield _pair(ANCHOR, Style.PROSE, report.anchor_line, height=_ANCHOR_HEIGHT)
    yield _pair(GATES, Style.WORDS, gates_said(report))


def _figures(month: Month) -> Iterator[Line]:
    """What the month comes to: balances and movements of the accounts people ask for first, in capitals too."""
    yield _row(_HEADINGS, ("关键数字", "本期净发生", "期末余额", "期末余额人民币（大写）", None))
    balances = {row.account: row for row in month.report.trial_balance}
    for account in _KEY_ACCOUNTS:
        row = balances.get(account)
        if row:
            moved, closing = row.debit_fen - row.credit_fen, row.closing_fen
            values = (_name(row.name_zh), _moved(month, account, moved), _closing(month, account, closing))
            yield _row(_FIGURES, (*values, _said(closing), None))


def _contents(tabs: Sequence[Tab]) -> Iterator[Line]:
    yield _row(_HEADINGS, ("目录", "行数", "合计", "内容", None))
    for tab in tabs:
        styles = (Style.LINK, Style.NUMBER, Style.AMOUNT, Style.NOTE)
        yield _row(styles, (link(tab.title, tab.title), tab.rows, tab.total, tab.about))


def _signatures() -> Iterator[Line]:
    for who in _SIGNERS:
        styles = (Style.LABEL, Style.SIGNATURE, Style.LABEL, Style.SIGNATURE)
        yield _row(styles, (f"{who}：", None, "日期：", None), height=28)


def _moved(month: Month, account: str, fen: int) -> Formula:
    debit, credit = _asked(month, account, trial_balance.DEBIT), _asked(month, account, trial_balance.CREDIT)
    return Formula(expression=f"{debit}-{credit}", shows=yuan_digits(fen))


def _closing(month: Month, account: str, fen: int) -> Formula:
    return Formula(expression=_asked(month, account, trial_balance.CLOSING), shows=yuan_digits(fen))


def _asked(month: Month, account: str, column: str) -> str:
    sheet = trial_balance.trial_balance_sheet(month)
    (accounts,), (figures,) = sheet.ranges(trial_balance.ACCOUNT), sheet.ranges(column)
    return f'SUMIF({accounts},"{account}",{figures})'


def _moment(moment: datetime | None) -> str:
    """Shanghai time, as people write it; nothing for no moment."""
    return moment.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds") if moment else ""


def _said(fen: int) -> str:
    """A balance in capitals, by its side and without a sign."""
    return f"{trial_balance.side(fen)}　{in_capitals(abs(fen))}"


def _name(name_zh: str) -> str:
    return name_zh.rpartition("—")[2]


def _pair(label: str, style: Style, value: Value, height: int | None = None) -> Line:
    return _line((Style.LABEL, label), (style, value), height=height)


def _line(*cells: tuple[Style, Value], height: int | None = None) -> Line:
    return Line(
        styles=tuple(style for style, _ in cells), values=tuple(value for _, value in cells), height=height
    )


def _row(styles: tuple[Style, ...], values: tuple[Value, ...], height: int | None = None) -> Line:
    return Line(styles=styles, values=values, height=height)
