"""Distributors' months: what each has earned, what the book has of it, and what a pending refund would cost.

Nothing is worked out here: every sum comes from asking the calculators, once as things stand and once for each
thing that might be otherwise. What was earned less what was booked is what is still due.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain, count
from typing import Any

from calculators.answers import terms_of
from calculators.facts import DistributorMonth, MonthOrder
from calculators.kinds.distributors import FORFEITING, return_rate
from calculators.money import format_yuan
from calculators.rulebook import Rulebook, Tier
from calculators.terms import Terms, decimal_text
from calculators.tiers import step_of
from ledger import payables, queries
from ledger.distributor_facts import KIND, Body, MonthFacts, booked_months, recorded_months, settled_fen
from ledger.quoting import Quote, quote
from ledger.reading import Reader
from ledger.recordings import RecordedSettlement
from ledger.reports_of_payables import Deduction, DistributorRow, DistributorStatement, MonthLine, TierRow

MAIN = "main"
DUE = frozenset({"to_record", "to_approve", "to_correct"})
_KEPT = ("breaches", "granted_factor")
_WITHOUT_BOUND = {"dist_return_rate_max": "1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Under which rulebook, at which moment and for which shop a month is asked."""

    rulebook: Rulebook
    at: datetime
    shop: str = MAIN

    def case(self, body: Body, **more: Any) -> dict[str, Any]:
        """The case of a distributor's month, or of one changed in some way."""
        shop = {} if self.shop == MAIN else {"shop": self.shop}
        return {"at": self.at.replace(microsecond=0).isoformat(), KIND: body, **shop, **more}

    def quote(self, body: Body, **more: Any) -> Quote:
        """The answer to such a case; `BadCase` for facts that cannot be."""
        return quote(self.case(body, **more), self.rulebook)

    def rebate_fen(self, body: Body, **more: Any) -> int:
        """What the calculators would give for it in all."""
        return self.quote(body, **more).settlement.to_buyer.statement_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedMonth:
    """One distributor's month as asked: what is sent to them, and the case that would book what is still due."""

    statement: DistributorStatement
    case: dict[str, Any]


def distributor_months(
    reader: Reader, month: str, asking: Asking, given: Mapping[str, MonthFacts] | None = None
) -> tuple[AskedMonth, ...]:
    """Every distributor with facts for a month: given ones first, else the book's orders, else what was recorded."""
    recorded = recorded_months(reader, month)
    facts = {name: _as_recorded(settled) for name, settled in recorded.items()}
    for name, booked in booked_months(reader, month, asking.rulebook).items():
        known = facts[name].body if name in facts else {}
        kept = {key: known[key] for key in _KEPT if key in known}
        facts[name] = MonthFacts(body={**booked.body, **kept}, pending=booked.pending)
    facts |= given or {}
    return tuple(
        asked_month(asking, facts[name], recorded.get(name, ()), _paid(reader, recorded.get(name, ())))
        for name in sorted(facts)
    )


def asked_month(
    asking: Asking, facts: MonthFacts, recorded: Sequence[RecordedSettlement] = (), paid_fen: int = 0
) -> AskedMonth:
    """One month asked, with what was recorded and paid for it; `BadCase` for facts that cannot be."""
    earned, settled = asking.quote(facts.body), settled_fen(recorded)
    body = {**facts.body, "settled": format_yuan(settled)} if settled > 0 else facts.body
    due = asking.quote(body).settlement
    due_fen = due.to_buyer.statement_fen - due.from_buyer_fen
    row = replace(
        _row(asking, facts, earned),
        settled_fen=settled,
        paid_fen=paid_fen,
        due_fen=due_fen,
        state=_state(due.decision, recorded, due_fen),
        claim_no=recorded[-1].claim_no if recorded else "",
        seq=recorded[-1].seq if recorded else None,
        voucher=recorded[-1].voucher if recorded else "",
    )
    return AskedMonth(statement=_statement(asking, facts, earned, row), case=asking.case(body))


def distributor_rows(reader: Reader, month: str, asking: Asking) -> tuple[DistributorRow, ...]:
    """The same, one row a distributor, as the month's workbook shows them."""
    return tuple(one.statement.row for one in distributor_months(reader, month, asking))


def next_claim_no(reader: Reader, distributor: str, month: str) -> str:
    """The number that a month is booked under: subject and month, and for a correction how often by then."""
    first = f"{distributor} {month}"
    numbers = chain([first], (f"{first}/{times}" for times in count(2)))
    return next(number for number in numbers if queries.settlement(reader, number) is None)


def _as_recorded(recorded: Sequence[RecordedSettlement]) -> MonthFacts:
    body = json.loads(recorded[-1].case_json)[KIND]
    return MonthFacts(body={name: value for name, value in body.items() if name != "settled"})


def _paid(reader: Reader, recorded: Iterable[RecordedSettlement]) -> int:
    """What was transferred for the settlements of a month."""
    return sum(row.paid_fen for one in recorded for row in payables.payable(reader, one.claim_no))


def _state(decision: str, recorded: Sequence[RecordedSettlement], due_fen: int) -> str:
    if decision == "hold":
        return "running"
    if recorded:
        return "to_correct" if due_fen else "recorded"
    return {"pay": "to_record", "approve": "to_approve"}.get(decision, "refused")


def _row(asking: Asking, facts: MonthFacts, earned: Quote) -> DistributorRow:
    """The row of a month as nothing were booked of it."""
    month, terms = _month(earned), terms_of(earned.case, asking.rulebook)
    gross, refunds = _sum(month.orders), _sum(month.refunds)
    rebate = earned.settlement.to_buyer.statement_fen
    return DistributorRow(
        distributor=month.distributor,
        month=month.month,
        orders=len(month.orders),
        pieces=sum(one.pieces for one in month.orders),
        gross_fen=gross,
        refunds_fen=refunds,
        net_fen=gross - refunds,
        rate=return_rate(month, terms.choice("dist_return_rate_basis")),
        tier_before=decimal_text(_tier(terms, gross).factor),
        tier_after=decimal_text(_tier(terms, gross - refunds).factor),
        breaches=month.breaches,
        rebate_fen=rebate,
        settled_fen=0,
        paid_fen=0,
        due_fen=rebate,
        rules=_rules(earned),
        state="",
        claim_no="",
        seq=None,
        voucher="",
        **_pending(asking, facts, earned, terms),
    )


def _pending(asking: Asking, facts: MonthFacts, earned: Quote, terms: Terms) -> dict[str, Any]:
    """What becomes of the month once the pending refunds are booked, and what that costs where a bound is crossed."""
    more = [*facts.body.get("refunds", ()), *facts.pending]
    month, later = _month(earned), asking.quote({**facts.body, "refunds": more})
    after = _month(later)
    basis, most = terms.choice("dist_return_rate_basis"), terms.rate("dist_return_rate_max")
    tiers = [_tier(terms, _sum(one.orders) - _sum(one.refunds)) for one in (month, after)]
    rates = [return_rate(one, basis) for one in (month, after)]
    crosses = tiers[1].factor > tiers[0].factor or rates[1] > most >= rates[0]
    lost = earned.settlement.to_buyer.statement_fen - later.settlement.to_buyer.statement_fen
    return {
        "pending_fen": _sum(after.refunds) - _sum(month.refunds),
        "pending_tier": decimal_text(tiers[1].factor),
        "pending_rate": rates[1],
        "cost_fen": lost if crosses else 0,
    }


def _month(asked: Quote) -> DistributorMonth:
    question = asked.case.question
    if not isinstance(question, DistributorMonth):
        raise TypeError(f"{question!r} is not a distributor's month")
    return question


def _sum(lines: Iterable[MonthOrder]) -> int:
    return sum(line.amount_fen for line in lines)


def _tier(terms: Terms, fen: int) -> Tier:
    """The tier of a month's net; above all of them the last, which the supervisor may grant."""
    tiers = terms.tiers("dist_tiers")
    return step_of(terms, tiers, max(fen, 0)) or tiers[-1]


def _rules(earned: Quote) -> str:
    settlement = earned.settlement
    clauses = [item.rule for item in settlement.items] + [one.rule for one in settlement.not_applied]
    return " ".join(dict.fromkeys(clauses))


def _statement(asking: Asking, facts: MonthFacts, earned: Quote, row: DistributorRow) -> DistributorStatement:
    month, terms = _month(earned), terms_of(earned.case, asking.rulebook)
    pending = _month(asking.quote({**facts.body, "refunds": list(facts.pending)})).refunds
    return DistributorStatement(
        row=row,
        bought=_lines(month.orders),
        returned=_lines(month.refunds),
        pending=_lines(pending),
        tiers=tuple(map(_tier_row, terms.tiers("dist_tiers"))),
        rate_max=decimal_text(terms.rate("dist_return_rate_max")),
        deductions=_deductions(asking, facts.body, earned),
    )


def _lines(lines: Iterable[MonthOrder]) -> tuple[MonthLine, ...]:
    return tuple(
        MonthLine(order_no=line.order_no, amount_fen=line.amount_fen, pieces=line.pieces) for line in lines
    )


def _tier_row(tier: Tier) -> TierRow:
    return TierRow(
        bottom_fen=tier.bottom,
        includes_bottom=tier.includes_bottom,
        top_fen=tier.top,
        includes_top=tier.includes_top,
        factor=decimal_text(tier.factor),
    )


def _deductions(asking: Asking, body: Body, earned: Quote) -> tuple[Deduction, ...]:
    """Why nothing or less was earned, the first reason with what it cost: the answer without it less this one."""
    notes = earned.settlement.not_applied
    forfeited = any(note.rule in FORFEITING.values() for note in notes)
    otherwise = {**body, "breaches": []} if forfeited else body
    lost = asking.rebate_fen(otherwise, **({} if forfeited else {"policy": _WITHOUT_BOUND}))
    lost -= earned.settlement.to_buyer.statement_fen
    return tuple(
        Deduction(rule=note.rule, zh=note.why.zh, en=note.why.en, fen=0 if place else lost)
        for place, note in enumerate(notes)
    )
