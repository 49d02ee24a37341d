"""Alipay's files with something wrong around or between their lines: what a statement proves of itself."""

from dataclasses import replace

from tests.cli.readers.corpus import Sample, bad, good
from tests.cli.readers.small import NO, Small, file_of, small, workbook_of

_MBILL = small("alipay_statement", "mbill")
_FULL = small("alipay_statement", "2019")
_TRADES = small("alipay_trades")
_INCOME = small("goods_income")
_BELOW = small("alipay_statement", "2012-19").below


def _above(one: Small, place: int, line: str) -> Small:
    return replace(one, above=(*one.above[:place], line, *one.above[place + 1 :]))


def _below(one: Small, place: int, line: str) -> Small:
    return replace(one, below=(*one.below[:place], line, *one.below[place + 1 :]))


def _bad(name: str, one: Small, *codes: str) -> Sample:
    return bad(name, file_of(one), *codes)


def _good(name: str, one: Small, rows: int = 2) -> Sample:
    return good(name, file_of(one), rows)


_TURNED = replace(_MBILL, rows=tuple(reversed(_MBILL.rows)))
_NO_REFUNDS = replace(_TRADES, rows=_TRADES.rows[:1], below=(_TRADES.below[0], _TRADES.below[1]))

FRAMED = [
    # the lines around it, cut into cells
    _good("an end mark behind a comma", _below(_FULL, 0, f"#,{_FULL.below[0][1:]}")),
    _good("an end mark behind a comma below trades", _below(_TRADES, 0, f"#,{_TRADES.below[0][1:]}")),
    _bad(
        "a telephone for a day", _above(_FULL, 2, "#起始日期：[13800138000]   终止日期：[x]"), "no_preamble"
    ),
    # the statement of 22 columns
    _good("mbill with a minus before its expense", _MBILL.with_cells(1, **{"支出（-元）": "-4.75"})),
    _good(
        "mbill with noughts for blanks",
        _MBILL.with_cells(0, **{"支出（-元）": "0.00"}).with_cells(1, **{"收入（+元）": "0.00"}),
    ),
    _good("mbill with official totals", replace(_MBILL, below=_BELOW)),
    _good("mbill newest first", _TURNED),
    _good(
        "mbill with days in brackets",
        _above(_MBILL, 1, "#起始日期：[2026-10-01 00:00:00]   终止日期：[2026-10-31 23:59:59]"),
    ),
    _good("mbill with its fee", _MBILL.with_cells(1, **{"服务费（元）": "-0.57"})),
    _bad(
        "mbill with wrong official totals",
        replace(_MBILL, below=(_BELOW[0], "#支出合计：2笔，共4.75元", _BELOW[2])),
        "wrong_totals",
    ),
    _bad("mbill with half its totals", replace(_MBILL, below=_BELOW[:2]), "no_footer"),
    _bad("mbill with an amount changed", _MBILL.with_cells(1, **{"支出（-元）": "4.70"}), "broken_chain"),
    _bad(
        "mbill with income for expense",
        _MBILL.with_cells(1, **{"支出（-元）": " ", "收入（+元）": "4.75"}),
        "broken_chain",
    ),
    _bad("mbill with negative income", _MBILL.with_cells(0, **{"收入（+元）": "-95.00"}), "wrong_sign"),
    _bad(
        "mbill of another month",
        _above(_MBILL, 1, "#起始日期：2026-09-01 00:00:00   终止日期：2026-09-30 23:59:59"),
        "outside_period",
    ),
    _bad("mbill without an account", _above(_MBILL, 0, "#账号：shop"), "no_preamble"),
    _bad("mbill without days", _above(_MBILL, 1, "#起始日期：十月"), "no_preamble"),
    _bad(
        "mbill with a serial twice", _MBILL.with_cells(1, 支付宝流水号="1000000000000000001"), "duplicate_row"
    ),
    _bad("mbill with a serial of Excel's", _MBILL.with_cells(1, 支付宝流水号="1E+18"), "damaged_number"),
    # the others, and their frames
    good("a statement as a workbook", workbook_of(_FULL), 2),
    _good(
        "a statement saved again by a spreadsheet",
        replace(
            _FULL,
            above=tuple(f"{line},,,," for line in _FULL.above),
            below=tuple(f"{line},,,," for line in _FULL.below),
        ),
    ),
    _good("a statement with the short account", _above(_FULL, 1, "#账号：[2088000000000001]")),
    _good("a statement by mail address", _above(_FULL, 1, "#账号：[shop@example.com]")),
    _bad("a statement of no account", _above(_FULL, 1, "#账号：[]"), "no_preamble"),
    _bad(
        "a statement of 30 February",
        _above(_FULL, 2, "#起始日期：[2026年02月30日 00:00:00]   终止日期：[2026年11月01日 00:00:00]"),
        "no_preamble",
    ),
    _bad(
        "a statement without an end", _above(_FULL, 2, "#起始日期：[2026年10月01日 00:00:00]"), "no_preamble"
    ),
    _bad(
        "a statement of no time",
        _above(_FULL, 2, "#起始日期：[2026年10月01日 00:00:00]   终止日期：[2026年10月01日 00:00:00]"),
        "no_preamble",
    ),
    _bad(
        "a statement with a total missing",
        replace(_FULL, below=(_FULL.below[0], _FULL.below[1])),
        "no_footer",
    ),
    _bad("a statement with a total in words", _below(_FULL, 1, "#支出合计：一笔，共四元"), "no_footer"),
    _bad("a statement with full-width totals", _below(_FULL, 1, "#支出合计：１笔，共-4.75元"), "no_footer"),
    _bad(
        "two statements in one file",
        replace(_FULL, below=(*_FULL.below, *_FULL.above, _FULL.heading)),
        "bad_number",
        "bad_money",
        "bad_moment",
    ),
    _bad("a balance without its balance", _FULL.with_cells(1, **{"账户余额（元）": ""}), "missing_value"),
    _bad("a negative balance", _FULL.with_cells(1, **{"账户余额（元）": "-1.00"}), "wrong_sign"),
    _bad(
        "a line in and out at once that its balance denies",
        _FULL.with_cells(1, **{"收入金额（+元）": "1.00"}),
        "broken_chain",
        "wrong_totals",
    ),
    # the trade detail
    _good("trades without a refund and without its total", _NO_REFUNDS, 1),
    _bad("trades without their totals", replace(_TRADES, below=_TRADES.below[:1]), "no_footer"),
    _bad("trades without their end", replace(_TRADES, below=_TRADES.below[1:]), "no_footer"),
    _bad(
        "trades with another sum",
        _below(_TRADES, 1, "#交易合计：1笔，商家实收共96.00元，商家优惠共0.00元"),
        "wrong_totals",
    ),
    _bad(
        "trades with another count of refunds",
        _below(_TRADES, 2, "#退款合计：2笔，商家实收退款共-20.00元，商家优惠退款共0.00元"),
        "wrong_totals",
    ),
    _bad("trades with a refund nobody counted", replace(_TRADES, below=_TRADES.below[:2]), "wrong_totals"),
    _bad("a refund that is income", _TRADES.with_cells(1, **{"商家实收（元）": "20.00"}), "wrong_sign"),
    _bad("a trade below zero", _TRADES.with_cells(0, **{"商家实收（元）": "-95.00"}), "wrong_sign"),
    _bad("a trade of another kind", _TRADES.with_cells(0, 业务类型="充值"), "bad_choice"),
    _bad(
        "a trade of September",
        _TRADES.with_cells(0, 创建时间="2026-09-30 10:00:00", 完成时间="2026-09-30 10:00:01"),
        "outside_period",
    ),
    _good(
        "a trade begun in September",
        _TRADES.with_cells(0, 创建时间="2026-09-30 23:59:00", 完成时间="2026-10-01 00:00:10"),
    ),
    _bad("a trade twice", replace(_TRADES, rows=_TRADES.rows[:1] * 2), "duplicate_row"),
    _bad(
        "a trade below the totals",
        replace(_TRADES, below=(*_TRADES.below, ",".join(_TRADES.grid()[1]).replace("01\t", "02\t", 1))),
        "after_footer",
    ),
    _bad("trades of nobody", _above(_TRADES, 1, "#账号"), "no_preamble"),
    # the goods income
    _good("goods income of a day", _INCOME.with_cells(账期="20261008"), 1),
    _good("goods income below zero", _INCOME.with_cells(**{"订单实际金额（元）": "-0.13"}), 1),
    _bad("goods income without an order", _INCOME.with_cells(订单号=""), "missing_value"),
    _bad("goods income with an order of Excel's", _INCOME.with_cells(订单号="3.3E+18"), "damaged_number"),
    _bad("goods income with half a piece", _INCOME.with_cells(数量="0.5"), "bad_count"),
    _good(f"goods income of {NO} with another spelling", _INCOME.with_cells(sku="商品规格:1瓶装礼盒"), 1),
]
