"""How an amount is withheld from a refund: at most what is given back, the rest noted as not collected.

Each deduction is an item of its own on its own base, never compounded. Shares over several claims are
cumulative, so that no way of splitting a return pays more or less.
"""

from dataclasses import dataclass

from calculators.goods_back import Back, base_channel
from calculators.money import format_yuan
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet


@dataclass(slots=True, kw_only=True)
class Withholding:
    """Deductions from one refund of pieces, and how much of the refund they may still take."""

    sheet: Worksheet
    back: Back
    left_fen: int
    taken_fen: int = 0

    def take(self, name: str, rule: str, due_fen: int, why: Working) -> int:
        """Withhold what is due, at most what is left of the refund; note the rest as not collected."""
        fen = min(due_fen, self.left_fen)
        if due_fen > fen:
            short = format_yuan(due_fen - fen)
            self.sheet.skip(name, rule, say(f"不足扣,未收 {short} 元", f"not collected: {short}"))
        if fen:
            self.sheet.add(name, rule, base_channel(self.sheet), -fen, why)
        self.left_fen -= fen
        self.taken_fen += fen
        return fen


def advised_only(sheet: Worksheet, name: str, rule: str, due_fen: int) -> bool:
    """Warn of C-06 wherever a deduction is due, and say whether the shop only wants the warning."""
    if not due_fen:
        return True
    amount = format_yuan(due_fen)
    sheet.advise(
        "C-06",
        rule,
        say(
            f"手册扣 {amount} 元;七天无理由退货应全额退还,发票税费另有 6 分违规风险",
            f"the manual withholds {amount}; a no-reason return within 7 days is owed in full",
        ),
    )
    if sheet.terms.choice("refund_deductions") == "APPLY":
        return False
    sheet.skip(name, rule, say("本店只提示不扣", "the shop only advises and does not withhold"))
    return True
