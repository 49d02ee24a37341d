"""Where a settlement is assembled: the case's terms, the order's position after its history, the kind that answers.

A new kind is a new file in `kinds` and one line in the tables below.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from calculators.days import business_day, first_of
from calculators.facts import Bulk, Case, Checkout, Claim, DistributorMonth, Order, Staff
from calculators.further_questions import CouponLife, FreightWaiver, ViolationPoints
from calculators.kinds import (
    accessories,
    activity_differences,
    broken_promises,
    bulk,
    cancels,
    card_payments,
    checkouts,
    concessions,
    coupon_lives,
    distributors,
    exchanges,
    extra_parcels,
    fake_shipments,
    freight_waivers,
    gifts,
    goodwill,
    incomplete_returns,
    invoice_postings,
    invoices,
    late_keeps,
    late_shipments,
    lost,
    mismatches,
    missed_coupons,
    missing,
    overpaid_postage,
    platform_commissions,
    presale_reorders,
    rejects,
    repairs,
    reroutes,
    returns,
    shortages,
    speedy_refunds,
    staff,
    stalled_trackings,
    surcharges,
    violation_points,
)
from calculators.layers import Seller, Ungoverned
from calculators.platform_advice import advised, held, pack_alone, packs_at_stake
from calculators.position import Given, Position, in_fen, opening, overruled
from calculators.rulebook import Pack, Rulebook
from calculators.settlement import Settlement
from calculators.sheet import Sheet
from calculators.terms import Terms, Unset
from calculators.worksheet import Worksheet, happened

CLAIMS: dict[tuple[str, str | None], Callable[[Worksheet], None]] = {
    ("cancel", None): cancels.settle,
    ("reject", None): rejects.settle,
    ("return", None): returns.settle,
    ("exchange", None): exchanges.settle,
    ("price_difference", "activity"): activity_differences.settle,
    ("price_difference", "missed_coupon"): missed_coupons.settle,
    ("price_difference", "presale_reorder"): presale_reorders.settle,
    ("price_difference", "late_keep"): late_keeps.settle,
    ("price_difference", "concession"): concessions.settle,
    ("price_difference", "overpaid_postage"): overpaid_postage.settle,
    ("repair", None): repairs.settle,
    ("late_shipment", None): late_shipments.settle,
    ("shortage", None): shortages.settle,
    ("fake_shipment", None): fake_shipments.settle,
    ("stalled_tracking", None): stalled_trackings.settle,
    ("broken_promise", None): broken_promises.settle,
    ("mismatch", None): mismatches.settle,
    ("platform_commission", None): platform_commissions.settle,
    ("lost", None): lost.settle,
    ("missing", None): missing.settle,
    ("invoice", None): invoices.settle,
    ("surcharge", None): surcharges.settle,
    ("goodwill", None): goodwill.settle,
    ("accessory", None): accessories.settle,
    ("reroute", None): reroutes.settle,
    ("speedy_refund", None): speedy_refunds.settle,
    ("incomplete_return", None): incomplete_returns.settle,
    ("extra_parcel", None): extra_parcels.settle,
    ("card_payment", None): card_payments.settle,
    ("invoice_posting", None): invoice_postings.settle,
    ("gift", None): gifts.settle,
}
QUESTIONS: dict[type, Callable[[Sheet, Any], Settlement]] = {
    DistributorMonth: distributors.settle,
    Bulk: bulk.settle,
    Checkout: checkouts.settle,
    Staff: staff.settle,
    CouponLife: coupon_lives.settle,
    FreightWaiver: freight_waivers.settle,
    ViolationPoints: violation_points.settle,
}


def terms_of(case: Case, rulebook: Rulebook) -> Terms:
    """What binds a case on its governing days, its policy included; `BadCase` where policy or shop cannot be."""
    return Terms(rulebook, case.policy, _days(case, case.claim), _seller(case))


def _seller(case: Case) -> Seller:
    """Whom the terms bind: the case's shop, on the platform of its order."""
    return Seller(shop=case.shop, platform=case.order.platform) if case.order else Seller(shop=case.shop)


def settle(case: Case, rulebook: Rulebook) -> Settlement:
    """The settlement of a case under a rulebook; `BadCase` where policy, shop or order cannot be."""
    terms = terms_of(case, rulebook)
    settlement = _settled(case, terms)
    for pack in packs_at_stake(rulebook, terms.consulted):
        platform = _as_the_platform(case, terms, pack)
        if platform:
            settlement = advised(settlement, _settled(case, platform), pack)
    return settlement


def _as_the_platform(case: Case, terms: Terms, pack: Pack) -> Terms | None:
    """The terms as a known pack would have them; None where nothing the case turned on is another there."""
    rulebook, days, seller = terms.rulebook, _days(case, case.claim), _seller(case)
    in_force = Terms(replace(rulebook, active=(*rulebook.active, pack.id)), {}, days, seller)
    turned_on = terms.consulted & pack.names
    if not any(in_force.governs(name) for name in turned_on):
        return None
    own = {*case.policy, *(one.name for shop in rulebook.overrides for one in shop.amendments)}
    governed = frozenset(name for name in own if in_force.governs(name))
    policy = {name: value for name, value in case.policy.items() if name not in governed}
    platform = Terms(pack_alone(rulebook, pack, governed), policy, days, seller)
    moments = [_days(case, claim) for claim in (*case.history, case.claim)]
    both = ((terms.on_days(then), platform.on_days(then)) for then in moments)
    return platform if any(_differ(ours, theirs, turned_on) for ours, theirs in both) else None


def _differ(ours: Terms, theirs: Terms, names: frozenset[str]) -> bool:
    """Whether any of these parameters stands otherwise under the other terms."""
    return any(_standing(ours, name) != _standing(theirs, name) for name in names)


def _standing(terms: Terms, name: str) -> object:
    """The value of a parameter, or in which way there is none."""
    try:
        return terms.value(name)
    except (Unset, Ungoverned) as none:
        return type(none)


def _settled(case: Case, terms: Terms) -> Settlement:
    """The settlement under these terms; on hold where they turn on what an active pack does not know."""
    if case.question is not None:
        return QUESTIONS[type(case.question)](Sheet(terms=terms, at=case.at), case.question)
    if case.order is None or case.claim is None:
        raise ValueError("a case without a question has an order and a claim")
    try:
        position = _position(case, terms)
        return _work(case.order, case.claim, terms, (case.at, position))[0]
    except Ungoverned as unknown:
        state = "closed" if happened(case.order.confirmed_at, case.at) else "open"
        return held(case.claim.kind, state, unknown)


def _days(case: Case, claim: Claim | None) -> dict[str, date]:
    """The governing days of a case: the asking, and where known the payment and the month."""
    days = {"asked": business_day(claim.asked_at if claim else case.at)}
    if case.order and case.order.paid_at:
        days["paid"] = business_day(case.order.paid_at)
    if case.order and case.order.invoice:
        days["issued"] = case.order.invoice.issued_on
    if isinstance(case.question, DistributorMonth):
        days["month"] = first_of(case.question.month)
    return days


def _position(case: Case, terms: Terms) -> Position:
    """Where the order stands after its history, each claim worked out again on its own day."""
    order = case.order
    if order is None:
        raise ValueError("only an order has a history")
    points_rate, jifenbao_rate = terms.number("points_per_yuan"), terms.number("jifenbao_per_yuan")
    position = opening(order, in_fen(order.points, points_rate), in_fen(order.jifenbao, jifenbao_rate))
    for place, claim in enumerate(case.history):
        then = terms.on_days(_days(case, claim))
        before = position
        position = _work(order, claim, then, (claim.asked_at, before))[1]
        if claim.settled:
            given = Given(
                settled=claim.settled,
                points_fen=in_fen(claim.settled.points, points_rate),
                jifenbao_fen=in_fen(claim.settled.jifenbao, jifenbao_rate),
                path=f"history[{place}].settled",
            )
            position = overruled(before, position, given)
    return position


def _work(
    order: Order, claim: Claim, terms: Terms, start: tuple[datetime, Position]
) -> tuple[Settlement, Position]:
    at, position = start
    sheet = Worksheet(terms=terms, at=at, order=order, claim=claim, start=position, position=position)
    reason = claim.reason if claim.kind == "price_difference" else None
    CLAIMS[claim.kind, reason](sheet)
    return sheet.signed()
