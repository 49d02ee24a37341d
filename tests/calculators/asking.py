"""How the tests of the calculators ask: a case as JSON in, the answer as JSON out, and sums over answers."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from calculators.money import parse_yuan
from calculators.rulebook import Rulebook
from calculators.rulebook_reader import bundle, read_rulebook
from cli.rulebooks import default_rulebook, shipped_texts
from ledger.quoting import answer_or_error

Json = dict[str, Any]

AT = "2017-03-08T10:00"
SHIPPED: Json = {
    "paid_at": "2017-03-01T10:00",
    "ship_clicked_at": "2017-03-01T18:00",
    "picked_up_at": "2017-03-01T20:00",
    "signed_at": "2017-03-04T15:00",
}
CLOSED: Json = {"confirmed_at": "2017-03-05T09:00"}
# One no-reason case a line is a rule of its own; where splitting is what matters it must not get in the way.
AS_OFTEN_AS_WANTED = {"max_noreason_cases_per_order": 1000}
# What only the runner of a worked case reads.
TEST_ONLY = ("rules", "packs", "expect", "expect_error")
BESIDE_THE_BUYER = {"courier_claim", "staff_fine", "staff_reward"}
CASH_CHANNELS = ("order", "alipay", "coupon", "statement")


def order(*lines: tuple[int, str], **changes: Any) -> Json:
    """A shipped and signed order of (pieces, price) lines, with whatever else is given."""
    listed = [{"line": n, "qty": qty, "price": price} for n, (qty, price) in enumerate(lines, start=1)]
    made = {"order_no": "T", **SHIPPED, "lines": listed, **changes}
    return {key: value for key, value in made.items() if value is not None}


def pieces(*counts: tuple[int, int]) -> list[Json]:
    """The `lines` of a claim from (line, pieces)."""
    return [{"line": number, "qty": qty} for number, qty in counts]


def sent_back(cause: str = "quality", *counts: tuple[int, int], **changes: Any) -> Json:
    """A return whose goods have arrived; of everything where no (line, pieces) are given."""
    claim = {"kind": "return", "cause": cause, "received": True, **changes}
    return {**claim, "lines": pieces(*counts)} if counts else claim


def case(order: Json, claim: Json, history: Sequence[Json] = (), **changes: Any) -> Json:
    """A whole case, asked at AT unless another moment is given."""
    return {"at": AT, "order": order, "history": list(history), "claim": claim, **changes}


@cache
def _under(packs: tuple[str, ...]) -> Rulebook:
    return read_rulebook(bundle(shipped_texts(), packs))


def rulebook_of(worked: Mapping[str, Any]) -> Rulebook:
    """The shipped rulebook with the packs in force that a worked case names."""
    packs = tuple(worked.get("packs", ()))
    return _under(packs) if packs else default_rulebook()


def clauses_known() -> set[str]:
    """Every clause of the manuals, and every rule that a known pack takes its figures from."""
    book = default_rulebook()
    packed = {one.rule for pack in book.packs.values() for one in pack.amendments}
    return {*book.rules, *packed, *book.packs}


def ask(asked: Any) -> Json:
    """The answer under the manuals' own rulebook; an `error` in it is a failure."""
    answer = answer_or_error(asked, default_rulebook())
    assert "error" not in answer, answer["error"]
    return answer


def error_path(asked: Any) -> str | None:
    """The path at which a bad case is refused, or None where it is answered."""
    error = answer_or_error(asked, default_rulebook()).get("error")
    return None if error is None else str(error["path"])


def given_fen(answer: Json) -> int:
    """Everything the buyer gets, points and 集分宝 at 100 a yuan."""
    channels = answer["to_buyer"]
    in_kind = int(channels["points"]) + int(channels["jifenbao"])
    return sum(parse_yuan(channels[name]) for name in CASH_CHANNELS) + in_kind


def item_fen(answer: Json, *names: str) -> int:
    """The sum of the items of these names; of all that concern the buyer where none is named."""
    return sum(
        parse_yuan(item["amount"])
        for item in answer["items"]
        if (item["item"] in names if names else item["item"] not in BESIDE_THE_BUYER)
    )


def net_of(entries: Iterable[Json]) -> dict[str, int]:
    """The net movement of every account, debits positive, in fen."""
    net: dict[str, int] = {}
    for entry in entries:
        for posting in entry["postings"]:
            fen = parse_yuan(posting.get("debit") or "0") - parse_yuan(posting.get("credit") or "0")
            net[posting["account"]] = net.get(posting["account"], 0) + fen
    return net


def ceilings(answer: Json) -> dict[str, tuple[int, int, int]]:
    """What was paid, and given back before and after, by what it is of."""
    return {
        one["what"]: (parse_yuan(one["paid"]), parse_yuan(one["before"]), parse_yuan(one["after"]))
        for one in answer["ceilings"]
    }


def after(answer: Json) -> dict[str, int]:
    """What has been given back after this answer, by what it is of."""
    return {what: figures[2] for what, figures in ceilings(answer).items()}


def life(order: Json, claims: Sequence[Json], **changes: Any) -> list[Json]:
    """The answers to claims made one after the other, each with those before it as its history."""
    return [ask(case(order, claim, claims[:place], **changes)) for place, claim in enumerate(claims)]


def without(value: Mapping[str, Any], *names: str) -> Json:
    """The same object less some keys."""
    return {key: one for key, one in value.items() if key not in names}
