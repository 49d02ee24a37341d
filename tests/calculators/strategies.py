"""Random orders and random claims on them, as the JSON of a case: what the laws are tried on.

Every order is possible in the shop: coupon and points never exceed it, and freight is charged only where it
is not free. Every claim is complete (goods received, complaints upheld), so that few of them are held.
"""

from typing import Any

from hypothesis import strategies as st

from calculators.money import format_yuan, parse_yuan
from tests.calculators.asking import CLOSED, SHIPPED, Json

PRICES = st.one_of(st.integers(1, 400), st.integers(1, 60_000))
FREIGHT = st.one_of(st.just(0), st.integers(1, 3_000))
CAUSES = ("quality", "wrong_item", "mismatch", "micro_flaw", "size", "style", "colour", "no_reason")
SELLER_CAUSES, BUYER_CAUSES = CAUSES[:4], CAUSES[4:]


@st.composite
def orders(draw: st.DrawFn, /, **fixed: Any) -> Json:
    """An order that was signed; `fixed` overrules what is drawn."""
    numbers = range(1, draw(st.integers(1, 4)) + 1)
    lines = [_line(draw, number) for number in numbers]
    own_shares = draw(st.integers(0, 4)) == 0
    if own_shares:
        _platform_shares(draw, lines)
    free = draw(st.booleans())
    made: Json = {
        "order_no": "T",
        **SHIPPED,
        **(CLOSED if draw(st.booleans()) else {}),
        "payment": draw(st.sampled_from(["online", "online", "online", "card", "cod"])),
        "free_shipping": free,
        "postage": format_yuan(0 if free else draw(FREIGHT)),
        "postage_cost": format_yuan(draw(FREIGHT)),
        "lines": lines,
    }
    if not own_shares and draw(st.booleans()):
        made["coupon"] = _coupon(draw, lines)
    made |= fixed
    return made | _in_kind(draw, made)


def _line(draw: st.DrawFn, number: int) -> Json:
    return {"line": number, "qty": draw(st.integers(1, 6)), "price": format_yuan(draw(PRICES))}


def _platform_shares(draw: st.DrawFn, lines: list[Json]) -> None:
    for line in lines:
        line["paid"] = format_yuan(draw(st.integers(0, worth(line))))


def worth(line: Json) -> int:
    """The price of a whole line, in fen."""
    return parse_yuan(line["price"]) * int(line["qty"])


def _coupon(draw: st.DrawFn, lines: list[Json]) -> Json:
    chosen = draw(st.lists(st.sampled_from([line["line"] for line in lines]), unique=True))
    most = sum(worth(line) for line in lines if not chosen or line["line"] in chosen)
    coupon = {"amount": format_yuan(draw(st.integers(0, most)))}
    return {**coupon, "lines": chosen} if chosen else coupon


def _in_kind(draw: st.DrawFn, made: Json) -> Json:
    points = draw(st.one_of(st.just(0), st.integers(0, paid_fen(made))))
    jifenbao = draw(st.one_of(st.just(0), st.integers(0, paid_fen(made) - points)))
    return {"points": points, "jifenbao": jifenbao}


def paid_fen(order: Json) -> int:
    """What was paid for an order in all tenders, freight included."""
    goods = sum(parse_yuan(line["paid"]) if "paid" in line else worth(line) for line in order["lines"])
    coupon = parse_yuan(order["coupon"]["amount"]) if "coupon" in order else 0
    return goods - coupon + parse_yuan(order.get("postage", "0"))


def pieces_of(order: Json) -> list[int]:
    """One number a piece: the line it belongs to."""
    return [line["line"] for line in order["lines"] for _ in range(line["qty"])]


@st.composite
def splits(draw: st.DrawFn, order: Json) -> list[list[Json]]:
    """All pieces of an order in a random sequence of groups, each the `lines` of one claim."""
    left = draw(st.permutations(pieces_of(order)))
    groups = []
    while left:
        size = draw(st.integers(1, len(left)))
        groups.append(grouped(left[:size]))
        left = left[size:]
    return groups


def grouped(numbers: list[int]) -> list[Json]:
    """The `lines` of a claim from one line number a piece."""
    return [{"line": number, "qty": numbers.count(number)} for number in sorted(set(numbers))]


@st.composite
def some_lines(draw: st.DrawFn, order: Json) -> Json:
    """`lines` of some pieces, or nothing: whatever has not come back."""
    if draw(st.integers(0, 3)) == 0:
        return {}
    chosen = draw(
        st.lists(st.sampled_from(order["lines"]), min_size=1, max_size=2, unique_by=lambda x: x["line"])
    )
    return {"lines": [{"line": one["line"], "qty": draw(st.integers(1, one["qty"]))} for one in chosen]}


@st.composite
def claims(draw: st.DrawFn, order: Json, kinds: tuple[str, ...] = ()) -> Json:
    """One claim of a random kind on the order."""
    kind = draw(st.sampled_from(kinds or tuple(sorted(MAKERS))))
    claim: Json = MAKERS[kind](draw, order)
    return claim


def _yuan(draw: st.DrawFn, most: int) -> str:
    return format_yuan(draw(st.one_of(st.integers(0, min(most, 300)), st.integers(0, most))))


def _sent_back(draw: st.DrawFn, order: Json) -> Json:
    return {
        "kind": "return",
        "cause": draw(st.sampled_from(CAUSES)),
        "received": True,
        "return_postage": _yuan(draw, 2_000),
        "route": draw(st.sampled_from(["order", "order", "timed_out"])),
        "disclosed": draw(st.booleans()),
        **draw(some_lines(order)),
    }


def _exchanged(draw: st.DrawFn, order: Json) -> Json:
    return {
        "kind": "exchange",
        "cause": draw(st.sampled_from(CAUSES)),
        "received": True,
        "replacement": {"price": _yuan(draw, 60_000), "stock": 9},
        "return_postage": _yuan(draw, 2_000),
        "reship_postage": _yuan(draw, 2_000),
        **draw(some_lines(order)),
    }


def _rejected(draw: st.DrawFn, order: Json) -> Json:
    return {
        "kind": "reject",
        "returned": True,
        "return_postage": _yuan(draw, 2_000),
        **draw(some_lines(order)),
    }


def _lost(draw: st.DrawFn, order: Json) -> Json:
    return {
        "kind": "lost",
        "cause": "lost",
        "choice": draw(st.sampled_from(["refund", "reship"])),
        "cost": _yuan(draw, 20_000),
        "claim_received": _yuan(draw, 20_000),
        "reship_postage": _yuan(draw, 2_000),
        **draw(some_lines(order)),
    }


def _missing(draw: st.DrawFn, order: Json) -> Json:
    return {**_lost(draw, order), "kind": "missing", "cause": "missing", "signed_by": "stranger"}


def _difference(draw: st.DrawFn, order: Json) -> Json:
    reason = draw(st.sampled_from(["activity", "missed_coupon", "presale_reorder", "concession"]))
    by_reason: Json = {
        "activity": {"activity_price": _yuan(draw, 60_000), "activity_day": "2017-03-03"},
        "missed_coupon": {"coupon_amount": _yuan(draw, 6_000), "threshold": "0.00"},
        "presale_reorder": {"old_price": _yuan(draw, 6_000), "page_price": _yuan(draw, 6_000)},
        "concession": {"amount": _yuan(draw, 6_000), "return_postage": "12.00", "reship_postage": "10.00"},
    }[reason]
    in_transit = {"asked_at": "2017-03-04T10:00"} if draw(st.booleans()) else {}
    common = {"kind": "price_difference", "reason": reason, "received": True, **in_transit}
    return {**common, **by_reason, **draw(some_lines(order))}


def _overpaid(draw: st.DrawFn, order: Json) -> Json:
    return {"kind": "price_difference", "reason": "overpaid_postage", "due": _yuan(draw, 3_000)}


def _repaired(draw: st.DrawFn, order: Json) -> Json:
    line = draw(st.sampled_from(order["lines"]))["line"]
    return {"kind": "repair", "amount": _yuan(draw, 2_100), "lines": [{"line": line, "qty": 1}]}


def _goodwill(draw: st.DrawFn, order: Json) -> Json:
    return {
        "kind": "goodwill",
        "amount": _yuan(draw, 15_000),
        "as": draw(st.sampled_from(["cash", "coupon"])),
    }


def _invoice(draw: st.DrawFn, order: Json) -> Json:
    return {"kind": "invoice", "requested": _yuan(draw, 90_000)}


MAKERS = {
    "return": _sent_back,
    "exchange": _exchanged,
    "reject": _rejected,
    "lost": _lost,
    "missing": _missing,
    "price_difference": _difference,
    "overpaid_postage": _overpaid,
    "repair": _repaired,
    "goodwill": _goodwill,
    "invoice": _invoice,
}


@st.composite
def lives(draw: st.DrawFn, /, *kinds: str, **fixed: Any) -> tuple[Json, list[Json]]:
    """An order and up to five claims on it, in the order in which they are made."""
    made = draw(orders(**fixed))
    return made, draw(st.lists(claims(made, kinds), min_size=1, max_size=5))
