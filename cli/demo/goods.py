"""What the demo shop sells, and how an order's lines come to their paid amounts."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from calculators.money import allocate, parse_yuan
from cli.demo.drawing import draw, pick

_STEPS = (1, 5, 7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product:
    """A style of the catalogue: price and cost of a piece."""

    style: str
    title: str
    price_fen: int
    cost_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an order; `paid_fen` is what was paid for all its pieces, points included."""

    title: str
    sku: str
    attributes: str
    qty: int
    price_fen: int
    paid_fen: int
    cost_fen: int


@cache
def products() -> tuple[Product, ...]:
    """The catalogue, in its own order."""
    return tuple(
        Product(
            style=entry["style"],
            title=entry["title"],
            price_fen=parse_yuan(entry["price"]),
            cost_fen=parse_yuan(entry["cost"]),
        )
        for entry in _catalogue()["product"]
    )


def choose(count: int, name: str) -> list[Product]:
    """So many different products, drawn by name."""
    first = draw(len(products()), name, "product")
    step = pick(_STEPS, name, "step")
    return [products()[(first + place * step) % len(products())] for place in range(count)]


def of_style(style: str) -> Product:
    """The product of a style; `StopIteration` where the catalogue has none."""
    return next(product for product in products() if product.style == style)


def lines_of(bought: Sequence[Product], qtys: Sequence[int], coupon_fen: int, name: str) -> tuple[Line, ...]:
    """The order's lines, the coupon shared over them by what they cost."""
    wholes = [product.price_fen * qty for product, qty in zip(bought, qtys, strict=True)]
    paid = allocate(sum(wholes) - coupon_fen, wholes)
    return tuple(
        _line(product, qtys[place], paid[place], f"{name}/{place}") for place, product in enumerate(bought)
    )


def _line(product: Product, qty: int, paid_fen: int, name: str) -> Line:
    colour = pick(_catalogue()["colours"], name, "colour")
    size = pick(_catalogue()["sizes"], name, "size")
    return Line(
        title=product.title,
        sku=f"{product.style}-{size}",
        attributes=f"颜色分类:{colour};尺码:{size}",
        qty=qty,
        price_fen=product.price_fen,
        paid_fen=paid_fen,
        cost_fen=product.cost_fen,
    )


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_name("catalogue.toml").read_text("utf-8"))
