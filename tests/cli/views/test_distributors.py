from fractions import Fraction
from typing import Any

import pytest

from cli.views.distributors import percent, show_distributors
from ledger.reports_of_payables import Deduction, DistributorRow, DistributorStatement
from tests.cli.views.printed import printed


def statement(*deductions: Deduction, **changes: Any) -> DistributorStatement:
    given: dict[str, Any] = {
        "distributor": "d-01",
        "month": "2026-10",
        "orders": 4,
        "pieces": 40,
        "gross_fen": 6_000_000,
        "refunds_fen": 500_000,
        "net_fen": 5_500_000,
        "rate": Fraction(1, 12),
        "tier_before": "0.8",
        "tier_after": "0.8",
        "breaches": (),
        "rebate_fen": 1_100_000,
        "settled_fen": 0,
        "paid_fen": 0,
        "due_fen": 1_100_000,
        "pending_fen": 0,
        "pending_tier": "0.8",
        "pending_rate": Fraction(1, 12),
        "cost_fen": 0,
        "rules": "000-13.2A",
        "state": "to_record",
        "claim_no": "",
        "seq": None,
        "voucher": "",
    }
    return DistributorStatement(
        row=DistributorRow(**{**given, **changes}),
        bought=(),
        returned=(),
        pending=(),
        tiers=(),
        rate_max="0.2",
        deductions=deductions,
    )


def lines(one: DistributorStatement, language: str = "en") -> list[str]:
    return printed(lambda console: show_distributors([one], console, language)).splitlines()


def test_a_month_stands_on_one_line() -> None:
    assert lines(statement())[1].split() == [
        *(
            "d-01",
            "4",
            "55000.00",
            "8.33%",
            "0.8",
            "11000.00",
            "0.00",
            "11000.00",
            "000-13.2A",
            "to",
            "record",
        ),
    ]


def test_refunds_that_cost_a_tier_and_breaches_are_shown() -> None:
    shown = lines(statement(tier_before="0.8", tier_after="0.85", breaches=("damaged", "bad_review")))
    assert "0.8 → 0.85" in shown[1]
    assert "damaged, bad review" in shown[1]


@pytest.mark.parametrize(("language", "word"), [("zh", "超过"), ("en", "above")])
def test_why_nothing_was_earned_stands_with_its_clause_and_cost(language: str, word: str) -> None:
    why = Deduction(rule="000-13.2A", zh="退货率超过 0.2", en="the rate is above 0.2", fen=360_000)
    (said,) = lines(statement(why), language)[2:]
    assert said.startswith("d-01: [000-13.2A]")
    assert word in said
    assert said.endswith("(−3600.00)")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"pending_tier": "0.85", "cost_fen": 365_000},
            "the tier goes 0.8 → 0.85, the return rate goes 8.33% → 21.00%, and the rebate falls by 3650.00.",
        ),
        (
            {"cost_fen": 1_100_000},
            "refunded, the return rate goes 8.33% → 21.00%, and the rebate falls by 11000.00.",
        ),
    ],
)
def test_a_pending_refund_that_costs_is_warned_of(changes: dict[str, Any], said: str) -> None:
    warned = statement(pending_fen=760_000, pending_rate=Fraction(21, 100), **changes)
    assert lines(warned)[-1].endswith(said)
    assert "优惠减少" in lines(warned, "zh")[-1]
    assert len(lines(statement(pending_fen=1))) == 2


def test_a_percentage_is_rounded_to_a_hundredth() -> None:
    assert [percent(rate) for rate in (Fraction(0), Fraction(1, 3), Fraction(2, 3))] == [
        "0.00%",
        "33.33%",
        "66.67%",
    ]
