"""What the platform's rules say where the shop does not follow them: a gap is held, a difference is advised.

A pack that is known but not active never changes an amount. The same case is asked once more as the platform
would have it, over the shop's own overrides too, and where the answer would be another the settlement says so,
with both figures.
"""

from collections.abc import Iterator
from dataclasses import replace

from calculators.layers import Ungoverned
from calculators.money import format_yuan
from calculators.rulebook import Pack, Rulebook
from calculators.settlement import BESIDE_THE_BUYER, Advisory, Awaited, Settlement, ToBuyer
from calculators.terms import Used
from calculators.wording import Text, say

GAP, PLATFORM = "RULE_GAP", "PLATFORM_RULE"
_DECISIONS = {"pay": "付款", "hold": "暂缓", "approve": "待审批", "refuse": "拒绝"}


def held(kind: str, state: str, unknown: Ungoverned) -> Settlement:
    """The settlement of a case that turns on a value nobody has found: on hold, nothing due yet."""
    name, gap = unknown.amendment.name, unknown.gap
    text = say(
        f"{unknown.pack} 的 {name} 在 {gap.since} 至 {gap.until} 无据可查:{gap.why};不以前后的数值代替",
        f"{name} of {unknown.pack} is not known from {gap.since} to {gap.until}: {gap.why}; "
        "no neighbouring value is stretched over it",
    )
    rule = unknown.amendment.rule
    return Settlement(
        decision="hold",
        kind=kind,
        state=state,
        to_buyer=ToBuyer(red_packet_fen=0),
        awaits=(Awaited(what="platform_rule", rule=rule, text=text),),
        advisories=(Advisory(id=GAP, rule=rule, text=text),),
    )


def packs_at_stake(rulebook: Rulebook, consulted: frozenset[str]) -> tuple[Pack, ...]:
    """The known packs that speak of something this case has turned on."""
    return tuple(pack for pack in rulebook.packs.values() if pack.names & consulted)


def pack_alone(rulebook: Rulebook, pack: Pack, governed: frozenset[str]) -> Rulebook:
    """The rulebook as the platform would have it: the pack active, and no override of what it governs that day."""
    overrides = tuple(
        replace(one, amendments=tuple(own for own in one.amendments if own.name not in governed))
        for one in rulebook.overrides
    )
    return replace(rulebook, active=(*rulebook.active, pack.id), overrides=overrides)


def advised(settlement: Settlement, other: Settlement, pack: Pack) -> Settlement:
    """The settlement with a warning where the pack would have given the other one; a gap warns of nothing."""
    if _outcome(settlement) == _outcome(other) or any(one.id == GAP for one in other.advisories):
        return settlement
    theirs = [used for used in _parameters(other) if used.layer == pack.id]
    rule = theirs[0].rule if theirs else pack.id
    advisory = Advisory(id=PLATFORM, rule=rule, text=_both(settlement, other, pack))
    return replace(settlement, advisories=(*settlement.advisories, advisory))


def _both(settlement: Settlement, other: Settlement, pack: Pack) -> Text:
    ours = {used.name: used.value for used in _parameters(settlement)}
    theirs = {used.name: used.value for used in _parameters(other) if used.layer == pack.id}
    names = [name for name, value in theirs.items() if ours.get(name) != value]
    values_zh = "".join(f";{name} {ours.get(name, '无')} / {theirs[name]}" for name in names)
    values_en = "".join(f"; {name} {ours.get(name, 'none')} / {theirs[name]}" for name in names)
    we, they = _figure(settlement, other), _figure(other, settlement)
    return say(
        f"本单 {_DECISIONS[settlement.decision]} {we},"
        f"平台规则 {pack.id}(查证于 {pack.checked_on})为 {_DECISIONS[other.decision]} {they}{values_zh}",
        f"this settlement: {settlement.decision} {we}; the platform's rules {pack.id} "
        f"(checked on {pack.checked_on}): {other.decision} {they}{values_en}",
    )


def _figure(settlement: Settlement, other: Settlement) -> str:
    """What the settlement comes to, beside the other one: with its channels where the sums are the same."""
    net = _net(settlement)
    if net != _net(other) or settlement.to_buyer == other.to_buyer:
        return format_yuan(net)
    return " ".join([format_yuan(net), *_channels(settlement)])


def _net(settlement: Settlement) -> int:
    """What the buyer gets less what he pays, points by their worth; what only the shop pays where that is all."""
    given = settlement.to_buyer
    cash = given.order_fen + given.alipay_fen + given.coupon_fen + given.statement_fen
    net = cash + settlement.in_kind_fen + (given.red_packet_fen or 0) - settlement.from_buyer_fen
    beside = sum(item.amount_fen for item in settlement.items if item.item in BESIDE_THE_BUYER)
    return net or beside


def _channels(settlement: Settlement) -> list[str]:
    """The channels in which money goes out, by their names in the case format."""
    given = settlement.to_buyer
    named = (
        ("order", given.order_fen),
        ("alipay", given.alipay_fen),
        ("coupon", given.coupon_fen),
        ("red_packet", given.red_packet_fen or 0),
        ("in_kind", settlement.in_kind_fen),
    )
    return [f"{name} {format_yuan(fen)}" for name, fen in named if fen]


def _outcome(settlement: Settlement) -> tuple[object, ...]:
    given = replace(settlement.to_buyer, red_packet_fen=settlement.to_buyer.red_packet_fen or 0)
    items = tuple((item.item, item.amount_fen, item.channel) for item in settlement.items)
    return settlement.decision, given, settlement.in_kind_fen, settlement.from_buyer_fen, items


def _parameters(settlement: Settlement) -> Iterator[Used]:
    return (used for item in settlement.items for used in item.parameters)
