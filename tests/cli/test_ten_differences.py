"""A month with ten planted differences: the reconciliation names all ten of them, and nothing else."""

from typing import Any

import pytest

from calculators.money import format_yuan
from cli.demo.movements import Movement
from tests.cli.planted import (
    COMPENSATION_FEN,
    FOREIGN_FEN,
    FOREIGN_ORDER,
    LATE_FEN,
    UNKNOWN_FEN,
    Planted,
    planted,
)
from tests.cli.shell import DESPITE, Shell

Row = dict[str, Any]
QUIET = {"matched", "booked"}


@pytest.fixture
def made(shell: Shell) -> Planted:
    """A book of October with ten differences; August and September are closed, and August's file came late."""
    made = planted(shell.folder / "shop")
    shell("init", "--opening", "1012.01=50030.00", "--on", "2026-08-01")
    shell("close", "2026-08", *DESPITE)
    shell("import", made.september)
    shell("close", "2026-09", *DESPITE)
    shell("import", *made.files)
    shell("import", made.late)
    shell("record", "--cases", made.cases)
    for waits in shell("approve", "--json").json:
        shell("approve", waits["subject"], "--digest", waits["digest"], "--actor", "supervisor")
    shell("reverse", str(_entry_of(shell, made.payout)), "--reason", "by mistake", "--on", "2026-10-31")
    return made


def test_all_ten_are_named_with_their_state_and_difference_and_nothing_else_is_open(
    shell: Shell, made: Planted
) -> None:
    told = shell("reconcile", "2026-10", "--json", code=1).json
    loud = [row for row in told["rows"] if row["state"] not in QUIET and not _waits(row)]
    found = {name: _only(loud, is_meant) for name, is_meant in _ten(made).items()}
    assert {name: (row["state"], row["difference"]) for name, row in found.items()} == {
        "a refund that was recorded is missing on the statement": (
            "not_arrived",
            format_yuan(-made.missing_refund.fen),
        ),
        "a buyer was paid twice": ("doubled", format_yuan(made.double_payment.fen)),
        "the platform took twice its rate": ("difference", format_yuan(made.wrong_fee.fen)),
        "a line belongs to an order that nobody imported": ("only_statement", format_yuan(FOREIGN_FEN)),
        "a line of August came after its close": ("late", format_yuan(-LATE_FEN)),
        "a refund has another amount than its claim": ("difference", "-5.00"),
        "a receipt is short by a coupon": ("difference", "-5.00"),
        "a payout is not in the ledger any more": ("only_statement", format_yuan(made.payout.fen)),
        "a compensation was taken without a settlement": ("only_statement", format_yuan(COMPENSATION_FEN)),
        "a remark that nobody understands stands in suspense": ("only_statement", format_yuan(UNKNOWN_FEN)),
    }
    assert len(loud) == len(found)
    assert told["open"] == len(found) - 1  # the late line is booked, and told without being open
    assert all(row["order_no"] or row["serial"] for row in loud)
    unbooked = (made.payout.fen, -made.missing_refund.fen, FOREIGN_FEN, -5_00, -5_00)
    assert told["off"] == format_yuan(sum(unbooked))


def _ten(made: Planted) -> dict[str, Any]:
    """Each planted difference in a sentence, and how its row is known."""
    return {
        "a refund that was recorded is missing on the statement": _of(made.missing_refund, "refund"),
        "a buyer was paid twice": lambda row: row["state"] == "doubled",
        "the platform took twice its rate": _of(made.wrong_fee, "commission"),
        "a line belongs to an order that nobody imported": lambda row: row["order_no"] == FOREIGN_ORDER,
        "a line of August came after its close": lambda row: row["on"].startswith("2026-08"),
        "a refund has another amount than its claim": _of(made.other_refund, "refund"),
        "a receipt is short by a coupon": _of(made.short_receipt, "receipt"),
        "a payout is not in the ledger any more": lambda row: row["meaning"] == "withdrawal",
        "a compensation was taken without a settlement": lambda row: row["meaning"] == "compensation",
        "a remark that nobody understands stands in suspense": lambda row: row["on"] == "2026-10-20",
    }


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_people_read_all_ten_with_what_to_do_next(shell: Shell, made: Planted, lang: str) -> None:
    shown = [
        shell("reconcile", month, "--lang", lang, code=code)
        for month, code in (("2026-10", 1), ("2026-08", 0))
    ]
    shell.matches(f"ten_differences.{lang}", *shown)


def _of(movement: Movement, meaning: str) -> Any:
    return lambda row: (row["order_no"], row["meaning"]) == (movement.order_no, meaning)


def _only(rows: list[Row], is_meant: Any) -> Row:
    (row,) = [row for row in rows if is_meant(row)]
    return row


def _waits(row: Row) -> bool:
    """What was delivered or owed in the last days waits for the next month, as in every month."""
    return row["state"] == "not_arrived" and not row["overdue"]


def _entry_of(shell: Shell, payout: Movement) -> int:
    rows: list[Row] = shell("reconcile", "2026-10", "--json", code=1).json["rows"]
    payouts = [row for row in rows if row["meaning"] == "withdrawal" and row["on"] == str(payout.at.date())]
    return int(_only(payouts, lambda row: row["statement"] == format_yuan(payout.fen))["entry"])
