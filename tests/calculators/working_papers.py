"""A worked case's answer as an accountant's working paper: every amount with its clause, formula, facts and figures.

What the laws over all cases cannot say is whether an explanation is the one that was signed. So the papers are kept
as texts beside the tests, one file a topic, and compared word by word.
"""

from collections.abc import Iterator

from calculators.errors import BadCase
from calculators.money import format_yuan
from calculators.settlement import Item, Settlement
from calculators.terms import Used
from ledger.quoting import quote
from tests.calculators.asking import TEST_ONLY, Json, rulebook_of, without


def paper(worked: Json) -> str:
    """The working paper of a worked case, or the fault that makes it no case."""
    try:
        settlement = quote(without(worked, *TEST_ONLY), rulebook_of(worked)).settlement
    except BadCase as problem:
        return f"no case: {problem.path}: {problem.message}\n"
    return "\n".join(_lines(settlement)) + "\n"


def _lines(settlement: Settlement) -> Iterator[str]:
    yield f"{settlement.kind}, {settlement.state}: {settlement.decision}; {_amounts(settlement)}"
    for item in settlement.items:
        yield from _item(item)
    yield from _reasons(settlement)
    for one in settlement.ceilings:
        if one.before_fen != one.after_fen:
            figures = map(format_yuan, (one.before_fen, one.after_fen, one.paid_fen))
            yield "  {}: given {} → {} of {}".format(one.what, *figures)
    for movement in settlement.movements:
        yield f"  moves {movement.what} {format_yuan(movement.fen)}"


def _reasons(settlement: Settlement) -> Iterator[str]:
    for note in settlement.not_applied:
        yield f"  not {note.item} [{note.rule}] {note.why.en} / {note.why.zh}"
    for word, noted in (("awaits", settlement.awaits), ("asks", settlement.approvals)):
        for one in noted:
            yield f"  {word} {one.what} [{one.rule}] {one.text.en} / {one.text.zh}"
    for advisory in settlement.advisories:
        yield f"  advises {advisory.id} [{advisory.rule}] {advisory.text.en} / {advisory.text.zh}"


def _amounts(settlement: Settlement) -> str:
    given = settlement.to_buyer
    named = (
        ("order", format_yuan(given.order_fen)),
        ("alipay", format_yuan(given.alipay_fen)),
        ("points", str(given.points)),
        ("jifenbao", str(given.jifenbao)),
        ("coupon", format_yuan(given.coupon_fen)),
        ("statement", format_yuan(given.statement_fen)),
        ("red packet", "none" if given.red_packet_fen is None else format_yuan(given.red_packet_fen)),
        ("in kind", format_yuan(settlement.in_kind_fen)),
        ("from buyer", format_yuan(settlement.from_buyer_fen)),
    )
    written = [f"{name} {amount}" for name, amount in named if amount not in ("0", "0.00", "none")]
    return ", ".join(written) or "nothing"


def _item(item: Item) -> Iterator[str]:
    amount, exact = format_yuan(item.amount_fen), item.exact / 100
    yield f"  {item.item} [{item.rule}] by {item.channel}: {amount} = {item.formula} (exactly {exact})"
    if item.inputs:
        yield f"    from {'; '.join(f'{name} {fact}' for name, fact in item.inputs.items())}"
    for used in item.parameters:
        yield f"    with {_used(used)}"


def _used(used: Used) -> str:
    since = f" since {used.since}" if used.since else ""
    return f"{used.name} {used.value} [{used.layer} {used.rule}{since}]"
