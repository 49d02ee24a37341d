"""The 封面: which book and period, sealed by which hash, under which rules, and how to check it."""

from dataclasses import dataclass
from datetime import datetime

from calculators.days import SHANGHAI
from exports.cells import Formula
from exports.checks import all_tied, checks_sheet
from exports.sheets import Kind
from ledger.reports import PeriodReport

TITLE = "封面"
SHORT_HASH_LENGTH = 12

_HOW_TO_CHECK = (
    "一、「校验」表各行差额均应为零；公式为活公式，改动任何一个数字即会显示不符。",
    "二、运行 settle verify，核对其输出的链头哈希与本页一致；短哈希印在每页页脚，纸质件亦可核对。",
    "三、运行 settle replay，按入账时的规则手册重算每一笔售后与凭证。",
    "四、金额单位为元；余额借方为正、贷方为负。本表为导出件，账簿以数据库为准。",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverLine:
    """One line of the cover: a label and what stands beside it."""

    label: str
    kind: Kind
    value: str | int | Formula


def short_hash(report: PeriodReport) -> str:
    """The first twelve digits of the head's hash, for footers and paper."""
    return report.head.hash[:SHORT_HASH_LENGTH]


def cover_lines(report: PeriodReport) -> list[CoverLine]:
    """The cover from top to bottom."""
    return [
        *_identity(report),
        *_extent(report),
        CoverLine(label="校验结论", kind=Kind.VERDICT, value=all_tied(checks_sheet(report))),
        *(_text("核对方法" if not number else "", line) for number, line in enumerate(_HOW_TO_CHECK)),
    ]


def _identity(report: PeriodReport) -> list[CoverLine]:
    return [
        _text("账套", report.book),
        _text("会计期间", report.period),
        _text("结账时间", _moment(report.closed_at)),
        _text("链头哈希", report.head.hash),
        _text("短哈希", short_hash(report)),
        _text("规则手册摘要", report.rulebook_digest),
    ]


def _extent(report: PeriodReport) -> list[CoverLine]:
    entries = len({row.seq for row in report.journal})
    return [
        _count("链头序号", report.head.seq),
        _count("科目数", len(report.trial_balance)),
        _count("凭证数", entries),
        _count("分录行数", len(report.journal)),
        _count("售后明细行数", len(report.items)),
    ]


def _moment(moment: datetime | None) -> str:
    """Shanghai time, as people write it; an open period says so."""
    if moment is None:
        return "未结账"
    return moment.astimezone(SHANGHAI).isoformat(sep=" ", timespec="seconds")


def _text(label: str, text: str) -> CoverLine:
    return CoverLine(label=label, kind=Kind.TEXT, value=text)


def _count(label: str, number: int) -> CoverLine:
    return CoverLine(label=label, kind=Kind.NUMBER, value=number)
