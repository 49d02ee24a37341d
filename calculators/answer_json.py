"""A settlement as the JSON of `case-format.md`: amounts as text, every reason in one language, and a digest.

The digest is taken over the answer in English with its journal entries, so that it does not depend on who
reads it; a quote is bound to what is booked by it.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from calculators.money import format_yuan
from calculators.settlement import Awaited, Item, Settlement, ToBuyer
from calculators.terms import Used

Entries = Sequence[dict[str, Any]]


def answer_json(
    settlement: Settlement, entries: Entries, rulebook: dict[str, str], language: str
) -> dict[str, Any]:
    """The whole answer with its digest; `entries` and `rulebook` as they stand in the case format."""
    digest = hashlib.sha256(canonical(_body(settlement, entries, rulebook, "en")).encode()).hexdigest()
    return _body(settlement, entries, rulebook, language) | {"digest": digest}


def canonical(value: Any) -> str:
    """JSON with sorted keys and no spaces: one text for one value."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _body(
    settlement: Settlement, entries: Entries, rulebook: dict[str, str], language: str
) -> dict[str, Any]:
    return {
        "decision": settlement.decision,
        "to_buyer": _to_buyer(settlement.to_buyer),
        "from_buyer": format_yuan(settlement.from_buyer_fen),
        "items": [_item(item) for item in settlement.items],
        "not_applied": [
            {"item": one.item, "rule": one.rule, "why": one.why.in_language(language)}
            for one in settlement.not_applied
        ],
        "awaits": [_awaited(one, "fact", language) for one in settlement.awaits],
        "approvals": [_awaited(one, "who", language) for one in settlement.approvals],
        "advisories": [
            {"id": one.id, "rule": one.rule, "text": one.text.in_language(language)}
            for one in settlement.advisories
        ],
        "ceilings": [
            {
                "what": one.what,
                "paid": format_yuan(one.paid_fen),
                "before": format_yuan(one.before_fen),
                "after": format_yuan(one.after_fen),
            }
            for one in settlement.ceilings
        ],
        "entries": list(entries),
        "rulebook": rulebook,
    }


def _to_buyer(given: ToBuyer) -> dict[str, str | int]:
    """The channels; `red_packet` stands among them only under a platform pack."""
    red_packet = given.red_packet_fen
    platform = {} if red_packet is None else {"red_packet": format_yuan(red_packet)}
    given_always: dict[str, str | int] = {
        "order": format_yuan(given.order_fen),
        "alipay": format_yuan(given.alipay_fen),
        "points": given.points,
        "jifenbao": given.jifenbao,
        "coupon": format_yuan(given.coupon_fen),
        "statement": format_yuan(given.statement_fen),
    }
    return given_always | platform


def _item(item: Item) -> dict[str, Any]:
    exact = item.exact / 100
    return {
        "item": item.item,
        "rule": item.rule,
        "amount": format_yuan(item.amount_fen),
        "channel": item.channel,
        "formula": item.formula,
        "inputs": dict(item.inputs),
        "parameters": {used.name: _used(used) for used in item.parameters},
        "exact": f"{exact.numerator}/{exact.denominator}",
    }


def _used(used: Used) -> dict[str, str | None]:
    since = used.since.isoformat() if used.since else None
    stated = {"value": used.value, "layer": used.layer, "rule": used.rule, "from": since}
    return stated | ({"citation": used.citation} if used.citation else {})


def _awaited(one: Awaited, key: str, language: str) -> dict[str, str]:
    return {key: one.what, "rule": one.rule, "text": one.text.in_language(language)}
