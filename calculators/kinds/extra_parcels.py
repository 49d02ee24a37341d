"""A parcel dearer or more than usual that the shop itself is the cause of: nobody else pays for it.

The second parcel of a split shipment (000-16.2), SF instead of the usual courier for an overdue order (000-3,
003-2) or for an exchange that the shop delayed (000-8.5a).
"""

from calculators.lateness import is_late
from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.wording import say
from calculators.worksheet import Worksheet

ITEM = "extra_freight"
PARCELS = {"split": "000-16.2", "late": "000-3", "exchange_delay": "000-8.5a"}


def settle(sheet: Worksheet) -> None:
    """The parcel's freight is the shop's; the item is what it costs more than the usual one."""
    rule = PARCELS[sheet.claim.parcel]
    if sheet.claim.parcel == "split" and sum(line.qty for line in sheet.order.lines) == 1:
        sheet.refuse(ITEM, rule, say("只有一件,无从拆单", "a single piece cannot be split"))
        return
    if sheet.claim.parcel == "late" and not is_late(sheet, sheet.claim.asked_at):
        why = say("未超时,不改发顺丰", "not overdue: no dearer courier is owed")
        sheet.refuse(ITEM, rule, why)
        return
    fen = _item(sheet, rule)
    sheet.move("courier_bill", sheet.claim.chosen_fen)
    if sheet.claim.parcel == "late":
        _compare_with_compensation(sheet, fen)


def _item(sheet: Worksheet, rule: str) -> int:
    chosen = format_yuan(sheet.claim.chosen_fen)
    if sheet.claim.parcel == "split":
        working = Working(formula=chosen, inputs={"parcel": chosen})
        return sheet.add(ITEM, rule, "courier", sheet.claim.chosen_fen, working)
    usual = format_yuan(sheet.claim.usual_fen)
    working = Working(formula=f"max(0, {chosen} − {usual})", inputs={"chosen": chosen, "usual": usual})
    return sheet.add(ITEM, rule, "courier", max(sheet.claim.chosen_fen - sheet.claim.usual_fen, 0), working)


def _compare_with_compensation(sheet: Worksheet, fen: int) -> None:
    """争取最小赔付: a remedy dearer than the 30 % it should replace is the supervisor's to allow."""
    if sheet.is_cod:
        text = say("货到付款无 30% 赔付,补救属自愿", "COD owes no 30 %: the remedy is voluntary")
        sheet.advise("C-24", "004-E4", text)
        return
    due = _compensation(sheet)
    if fen > due:
        text = say(
            f"比延迟赔付 {format_yuan(due)} 元还贵,须主管同意",
            f"dearer than the {format_yuan(due)} of compensation it should replace: ask the supervisor",
        )
        sheet.ask("supervisor", "000-3", text)


def _compensation(sheet: Worksheet) -> int:
    """What the late goods would cost by 004-C2d, in fen."""
    rate, cap = sheet.terms.rate("late_rate"), sheet.terms.fen("late_cap")
    worth = [sheet.position.lines[number].value.worth(qty) for number, qty in sheet.units()]
    bases = worth if sheet.terms.choice("late_unit") == "PER_ITEM" else [sum(worth)]
    return sum(min(cap, round_half_up(rate * base)) for base in bases)
