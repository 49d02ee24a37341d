"""Fines and rewards of employees, as far as the manuals name or the shop has set an amount (002-1.7, 002-1.11)."""

from calculators.facts import Staff
from calculators.money import format_yuan
from calculators.settlement import Settlement
from calculators.sheet import Sheet, Working
from calculators.terms import Unset
from calculators.wording import say


def settle(sheet: Sheet, staff: Staff) -> Settlement:
    """A fine by its steps or of at least 30.00, or a reward; what the manual leaves blank is refused."""
    {"breach": _breach, "complaint": _complaint, "reward": _reward, "commission": _commission}[staff.what](
        sheet, staff
    )
    return sheet.settled("staff", "closed")


def _breach(sheet: Sheet, staff: Staff) -> None:
    steps = sheet.terms.value("fine_steps")
    _caution(sheet, "002-1.7")
    if staff.occurrence > len(steps):
        why = say(
            f"第 {staff.occurrence} 次违规:开除,不罚款", f"breach {staff.occurrence}: dismissal, no money"
        )
        sheet.skip("staff_fine", "002-1.7", why)
        sheet.ask(
            "department_manager",
            "002-1.7",
            say("开除须部门经理决定", "a dismissal is the manager's decision"),
        )
        return
    if not staff.occurrence:
        sheet.refuse("staff_fine", "002-1.7", say("未填第几次违规", "which breach it is was not stated"))
        return
    fen = steps[staff.occurrence - 1]
    working = Working(
        formula=format_yuan(fen), inputs={"occurrence": str(staff.occurrence)}, parameters=("fine_steps",)
    )
    sheet.add("staff_fine", "002-1.7", "wages", fen, working)


def _complaint(sheet: Sheet, staff: Staff) -> None:
    least = sheet.terms.fen("complaint_fine_min")
    _caution(sheet, "004-A2.6")
    if staff.amount_fen < least:
        why = say(
            f"最低不得低于 {format_yuan(least)} 元", f"a complaint is fined at least {format_yuan(least)}"
        )
        sheet.refuse("staff_fine", "004-A2.6", why)
        return
    fine = format_yuan(staff.amount_fen)
    working = Working(formula=fine, inputs={"amount": fine}, parameters=("complaint_fine_min",))
    sheet.add("staff_fine", "004-A2.6", "wages", staff.amount_fen, working)


def _caution(sheet: Sheet, rule: str) -> None:
    text = say("罚款员工的合法性存疑,请先问法务", "fining employees is doubtful under labour law")
    sheet.advise("C-16", rule, text)


def _commission(sheet: Sheet, staff: Staff) -> None:
    """002-1.5: only orders noted with the number count, and the manual gives no rate for those either."""
    if staff.staff_noted:
        why = say("手册未写提成比例,不能计算", "amount not given: the manual names no rate of commission")
    else:
        why = say("订单未备注工号,提成 0.00", "the order bears no staff number: commission 0.00")
    sheet.refuse("staff_commission", "002-1.5", why)


def _reward(sheet: Sheet, staff: Staff) -> None:
    total, names, parts = 0, [], []
    for count, name in ((staff.errors, "reward_error"), (staff.ideas, "reward_idea")):
        if not count:
            continue
        try:
            each = sheet.terms.fen(name)
        except Unset:
            why = say(
                f"手册未写奖励金额,请先设定 {name}", f"the manual leaves the amount blank; set {name} first"
            )
            sheet.refuse("staff_reward", "002-1.11", why)
            return
        total += count * each
        names.append(name)
        parts.append(f"{count} × {format_yuan(each)}")
    working = Working(formula=" + ".join(parts) or "0.00", parameters=tuple(names))
    sheet.add("staff_reward", "002-1.11", "wages", total, working)
