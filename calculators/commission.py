"""000-10: the 5 % and 12 % commission that is taken out of certain refunds."""

from dataclasses import replace
from fractions import Fraction

from calculators.money import format_yuan, round_half_up
from calculators.sheet import Working
from calculators.terms import decimal_text
from calculators.withholding import Withholding, advised_only
from calculators.wording import say
from calculators.worksheet import Worksheet


def withhold_commission(withholding: Withholding) -> None:
    """000-10: 5 % of a COD return without the shop's fault, 5 % or 12 % of a timed-out application."""
    sheet, back = withholding.sheet, withholding.back
    causes = _commission_causes(sheet)
    if not causes:
        why = say(
            "非货到付款无理由、亦非客人原因超时",
            "neither COD without our fault nor timed out through the buyer",
        )
        sheet.skip("commission", "000-10.1", why)
        return
    rates = {name: sheet.terms.rate(name) for name, _ in causes}
    most = max(causes, key=lambda cause: rates[cause[0]])
    summed = sheet.terms.choice("commission_overlap") == "SUM"
    rate = sum(rates.values(), Fraction(0)) if summed else rates[most[0]]
    base = back.goods_fen
    if sheet.terms.choice("commission_base") == "GOODS_PLUS_FREIGHT":
        base += back.freight_carried_fen
    before = sheet.position.commission_base_fen
    due = round_half_up(rate * (before + base)) - round_half_up(rate * before)
    sheet.position = replace(sheet.position, commission_base_fen=before + base)
    if advised_only(sheet, "commission", most[1], due):
        return
    working = Working(
        formula=f"−R({decimal_text(rate)} × {format_yuan(before + base)})"
        + (f" + R({decimal_text(rate)} × {format_yuan(before)})" if before else ""),
        inputs={"base": format_yuan(base), "base_before": format_yuan(before)},
        parameters=(*rates, "commission_overlap", "commission_base", "refund_deductions"),
        exact=-rate * base,
    )
    withholding.take("commission", most[1], due, working)


def _commission_causes(sheet: Worksheet) -> list[tuple[str, str]]:
    """The rates that apply, each with its clause. A timeout is the buyer's unless `fault` says otherwise."""
    causes = []
    if sheet.is_cod and not sheet.seller_fault:
        causes.append(("cod_commission_rate", "000-10.1"))
    if sheet.claim.route == "timed_out" and sheet.claim.fault in {None, "buyer"}:
        juhuasuan = sheet.order.activity == "juhuasuan"
        causes.append(
            ("juhuasuan_commission_rate", "000-10.4")
            if juhuasuan
            else ("timed_out_commission_rate", "000-10.2")
        )
    return causes
