"""The cover: which book, sealed by which hash, what it comes to, what is inside, and who signs."""

from dataclasses import replace
from typing import Any

from exports.cells import Formula
from exports.sheets import Tab
from exports.styles import Style
from exports.workbook_tabs import workbook_tabs
from ledger.reports import PeriodReport, TrialBalanceRow
from ledger.reports_of_gates import GateName, Passed
from tests.exports.samples import report


def _tab(content: PeriodReport) -> Tab:
    return workbook_tabs(content)[0]


def _beside(content: PeriodReport) -> dict[object, tuple[Any, ...]]:
    lines = [line.values for line in _tab(content).lines() if line.values]
    return {values[0].shows if isinstance(values[0], Formula) else values[0]: values[1:] for values in lines}


def test_it_names_the_book_its_head_and_its_anchor() -> None:
    said = _beside(report())
    assert said["账套"] == ("示例店",)
    assert said["会计期间"] == ("2017-03",)
    assert said["结账时间"] == said["编制截至"] == ("2017-04-01 09:00:00+08:00",)
    assert (said["链头序号"], said["操作序号"]) == ((1,), (7,))
    assert (said["链头哈希"], said["短哈希"]) == (("ab" * 32,), ("abababababab",))
    assert said["锚点"] == ('{"book": "示例店"}',)
    assert said["规则手册摘要"] == ("cd" * 32,)


def test_an_open_period_says_so() -> None:
    said = _beside(report(closed_at=None))
    assert said["结账时间"] == said["结账关口"] == ("未结账",)


def test_it_says_which_gates_the_close_went_past_and_why() -> None:
    assert _beside(report())["结账关口"] == ("没有越过未清的关口",)
    at = report().closed_at
    assert at is not None
    passed = Passed(
        gates=((GateName.UNMATCHED, 3), (GateName.SUSPENSE, 1)), reason="等平台答复", actor="王", at=at
    )
    said = _beside(replace(report(), passed=passed))
    assert said["结账关口"] == ("越过 未核销流水 3、待查款项 1；原因：等平台答复；经办：王",)


def test_the_anchor_spans_the_page_and_nothing_else_is_merged() -> None:
    tab = _tab(report())
    (merged,) = tab.merged
    row = int(merged.partition(":")[0][1:])
    assert list(tab.lines())[row - 1].values[0] == "锚点"


def test_key_figures_are_live_and_said_in_capitals() -> None:
    alipay = TrialBalanceRow(
        account="1012.01",
        name_zh="其他货币资金—支付宝",
        name_en="Alipay",
        opening_fen=100,
        debit_fen=1050,
        credit_fen=0,
        closing_fen=1150,
    )
    owed = replace(alipay, account="2241.02", name_zh="其他应付款—待付买家", closing_fen=-325_04)
    said = _beside(replace(report(), trial_balance=(alipay, owed)))
    moved, closing, capitals, _ = said["支付宝"]
    assert (moved.shows, closing.shows, capitals) == ("10.50", "11.50", "借　壹拾壹元伍角整")
    assert closing.expression.startswith("SUMIF('科目余额表'!")
    assert said["待付买家"][2] == "贷　叁佰贰拾伍元零肆分"


def test_the_contents_link_to_every_sheet_with_its_rows_and_total() -> None:
    tabs = workbook_tabs(report())
    said = _beside(report())
    for tab in tabs[1:]:
        assert said[tab.title] == (tab.rows, tab.total, tab.about)
    links = [
        line.values[0].expression
        for line in tabs[0].lines()
        if line.values and isinstance(line.values[0], Formula)
    ]
    assert links == [f'HYPERLINK("#\'{tab.title}\'!A1","{tab.title}")' for tab in tabs[1:]]


def test_three_people_sign() -> None:
    lines = [line for line in _tab(report()).lines() if Style.SIGNATURE in line.styles]
    assert [line.values[0] for line in lines] == ["制表：", "复核：", "审批："]


def test_the_verdict_is_the_sum_of_the_checks() -> None:
    (verdict,) = _beside(report())["校验结论"]
    assert verdict == Formula(expression="'校验'!$B$2", shows="0.00")
