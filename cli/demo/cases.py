"""The after-sales cases of the demo shop: each scenario's orders, and what agents noted of them.

The scenarios are data (`scenarios.toml`). Here their days are counted from the order's life, and amounts that
depend on the order ("@price-40.00", "@cash+300.00") are worked out.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from calculators.money import format_yuan, parse_yuan
from cli.demo.drawing import draw
from cli.demo.goods import choose, lines_of, of_style
from cli.demo.orders import DemoOrder, Life, later, life_of, money_mark, order_number, paid_on, within_month

Scenario = dict[str, Any]
_RELATIVE = re.compile(r"@(price|cash|goods)([+-][0-9]+\.[0-9]{2})?")
_POSTAGE_COST_FEN = 1000
_LAST_DAY = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoClaim:
    """One claim as agents noted it; `is_refund` where it is an application of the refund report."""

    key: str
    order_no: str
    asked_at: datetime
    at: datetime
    is_refund: bool
    body: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoCase:
    """An order and the claims on it, oldest first."""

    scenario: str
    order: DemoOrder
    claims: tuple[DemoClaim, ...]


@cache
def scenarios() -> tuple[Scenario, ...]:
    """Every sort of after-sales case, in the order of `scenarios.toml`."""
    return tuple(_file()["scenario"])


@cache
def questions() -> tuple[Scenario, ...]:
    """The questions that belong to no single order."""
    return tuple(_file()["question"])


def cases(first_place: int) -> list[DemoCase]:
    """Every case of every scenario, its order numbered from `first_place` on."""
    wanted = [scenario for scenario in scenarios() for _ in range(scenario["count"])]
    return [_case(scenario, first_place + place) for place, scenario in enumerate(wanted)]


def _case(scenario: Scenario, place: int) -> DemoCase:
    """A case that ends within the month: how long it takes decides the days on which it may begin."""
    trial = _case_from(scenario, place, 1)
    spare = _LAST_DAY - max(claim.at.day for claim in trial.claims)
    day = scenario.get("paid_day") or 1 + draw(max(spare, 1), "day", place)
    return _case_from(scenario, place, day)


def _case_from(scenario: Scenario, place: int, day: int) -> DemoCase:
    name = f"case/{place}"
    paid_at = paid_on(day, place)
    life = life_of(paid_at, scenario.get("ship", 1), scenario.get("sign", 3), name)
    if scenario["confirmed"] == "before" and life.signed_at:
        life = replace(life, confirmed_at=later(life.signed_at, 1, name, "confirm"))
    order = _order(scenario, place, life)
    claims = tuple(_claim(claim, order, f"{name}/{step}") for step, claim in enumerate(scenario["claims"]))
    if scenario["confirmed"] == "after":
        life = _confirmed_after(life, claims[-1].at, name)
    return DemoCase(scenario=scenario["name"], order=replace(order, life=within_month(life)), claims=claims)


def _confirmed_after(life: Life, at: datetime, name: str) -> Life:
    signed_at = max(life.signed_at or at, at)
    return replace(life, confirmed_at=later(signed_at, 2, name, "confirm"))


def _order(scenario: Scenario, place: int, life: Life) -> DemoOrder:
    name = f"case/{place}"
    styles = scenario.get("styles")
    bought = [of_style(style) for style in styles] if styles else choose(scenario.get("lines", 1), name)
    qtys = scenario.get("qty", [1] * len(bought))
    lines = lines_of(bought, qtys, parse_yuan(scenario.get("coupon", "0.00")), name)
    assert life.paid_at is not None
    order = DemoOrder(
        order_no=order_number(life.paid_at.date(), place),
        life=replace(life, created_at=life.created_at - timedelta(days=scenario.get("created_before", 0))),
        lines=lines,
        postage_fen=parse_yuan(scenario.get("postage", "0.00")),
        points=scenario.get("points", 0),
        jifenbao=scenario.get("jifenbao", 0),
        payment=scenario.get("payment", "online"),
        activity=scenario.get("activity", ""),
        distributor=scenario.get("distributor", ""),
        closed=scenario.get("closed", False),
    )
    return replace(order, marks=tuple(_marks(scenario, order)))


def _marks(scenario: Scenario, order: DemoOrder) -> list[str]:
    marks = [money_mark("运费成本", _POSTAGE_COST_FEN)] if order.life.shipped_at else []
    if scenario.get("special"):
        marks.append(f"【特价:{order.lines[0].sku}】")
    if scenario.get("presale"):
        marks.append(f"【预售:{order.lines[0].sku}】")
    if "invoice_on" in scenario:
        marks.append(f"【发票:{format_yuan(order.cash_fen)} {scenario['invoice_on']}】")
        marks.append(f"【发票退回:{scenario['invoice_back_on']}】")
    return marks


def _claim(noted: Mapping[str, Any], order: DemoOrder, name: str) -> DemoClaim:
    asked_at = _moment(noted["asked"], order.life, None, name)
    at = _moment(noted["settled"], order.life, asked_at, f"{name}/settled")
    is_refund = noted.get("refund", False)
    key = _refund_number(asked_at, name) if is_refund else f"SH{at:%Y%m%d}-{draw(9000, name, 'key') + 1000}"
    body = {
        "claim_no": key,
        "asked_at": asked_at.strftime("%Y-%m-%dT%H:%M:%S"),
        **_resolved(noted["body"], order, asked_at),
    }
    return DemoClaim(
        key=key, order_no=order.order_no, asked_at=asked_at, at=at, is_refund=is_refund, body=body
    )


def _refund_number(asked_at: datetime, name: str) -> str:
    return f"{asked_at:%y%m%d}{10**11 + draw(9 * 10**11 - 1, name, 'refund')}"


def _moment(said: list[Any], life: Life, asked_at: datetime | None, name: str) -> datetime:
    since, days = said
    moments = {
        "asked": asked_at,
        "paid": life.paid_at,
        "shipped": life.picked_up_at,
        "signed": life.signed_at,
        "confirmed": life.confirmed_at,
    }
    moment = moments[since]
    assert moment is not None, (since, name)
    return later(moment, days, name)


def _resolved(value: Any, order: DemoOrder, asked_at: datetime) -> Any:
    """The noted value with every amount and day that depends on the order worked out."""
    if isinstance(value, dict):
        return {key: _resolved(part, order, asked_at) for key, part in value.items()}
    if isinstance(value, list):
        return [_resolved(part, order, asked_at) for part in value]
    return _amount(value, order, asked_at) if isinstance(value, str) else value


def _amount(said: str, order: DemoOrder, asked_at: datetime) -> str:
    if said == "@asked-1":
        return (asked_at - timedelta(days=1)).strftime("%Y-%m-%d")
    found = _RELATIVE.fullmatch(said)
    if not found:
        return said
    bases = {"price": order.lines[0].price_fen, "cash": order.cash_fen, "goods": order.goods_fen}
    more_fen = parse_yuan(found.group(2).removeprefix("+")) if found.group(2) else 0
    return format_yuan(bases[found.group(1)] + more_fen)


@cache
def _file() -> dict[str, list[Scenario]]:
    return tomllib.loads(Path(__file__).with_name("scenarios.toml").read_text("utf-8"))
